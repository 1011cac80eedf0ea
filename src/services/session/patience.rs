//! Slowing down who guesses passwords: per account, and per address from which they come.

use std::net::{IpAddr, Ipv6Addr};

use chrono::TimeDelta;
use domain::refusal::Refusal;
use storage::attempt;

use crate::{error::AppError, portal::Portal};

/// So many wrong passwords of one account are taken for typing errors.
const FREE: u32 = 5;
/// And so many from one address: a whole house may stand behind it.
const FREE_OF_ADDRESS: u32 = 100;
/// The first wait; each further wrong password doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// Longer waits would let anybody lock anybody out.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// Wrong passwords are forgotten after this.
pub const MEMORY: TimeDelta = TimeDelta::hours(1);

/// The key under which wrong passwords of an account are counted, whether the account exists or not.
pub fn account_key(email: &str) -> String {
    format!("account:{}", email.chars().take(320).collect::<String>())
}

/// Whoever has an address of IPv6 has all of its network (RFC 6177), so these count as one.
fn address_key(address: IpAddr) -> String {
    match address {
        IpAddr::V4(it) => format!("address:{it}"),
        IpAddr::V6(it) => {
            let network = it.to_bits() & !u128::from(u64::MAX);
            format!("address:{}/64", Ipv6Addr::from_bits(network))
        }
    }
}

/// What is counted, and how often each may go wrong.
fn keys(email: &str, address: Option<IpAddr>) -> impl Iterator<Item = (String, u32)> {
    let of_address = address.map(|it| (address_key(it), FREE_OF_ADDRESS));
    [(account_key(email), FREE)].into_iter().chain(of_address)
}

/// Refuses to look at a password while the account or the address has to wait.
pub async fn ensure(portal: &Portal, email: &str, address: Option<IpAddr>) -> Result<(), AppError> {
    let now = portal.now();
    let mut conn = portal.read().await?;
    for (key, free) in keys(email, address) {
        let wrong = attempt::recent(&mut conn, &key, now - MEMORY).await?;
        let left =
            wrong.last.map_or(TimeDelta::zero(), |last| last + wait_after(wrong.count, free) - now);
        if left > TimeDelta::zero() {
            let seconds = u64::try_from(left.num_seconds()).unwrap_or_default() + 1;
            return Err(Refusal::SlowDown { seconds }.into());
        }
    }
    Ok(())
}

/// Notes a wrong password.
pub async fn note(portal: &Portal, email: &str, address: Option<IpAddr>) -> Result<(), AppError> {
    let mut conn = portal.db.begin().await?;
    for (key, _) in keys(email, address) {
        attempt::note(&mut conn, &key, portal.now()).await?;
    }
    Ok(conn.commit().await?)
}

fn wait_after(wrong: u32, free: u32) -> TimeDelta {
    let Some(further) = wrong.checked_sub(free) else { return TimeDelta::zero() };
    let doubled = FIRST_WAIT.checked_mul(1_i32.checked_shl(further.min(30)).unwrap_or(i32::MAX));
    doubled.map_or(LONGEST_WAIT, |it| it.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_passwords_are_free_and_each_further_one_waits_longer() {
        let waits: Vec<_> = (0..12).map(|it| wait_after(it, FREE).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(wait_after(u32::MAX, FREE), LONGEST_WAIT);
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_address() {
        let key = |address: &str| address_key(address.parse().unwrap());
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }
}
