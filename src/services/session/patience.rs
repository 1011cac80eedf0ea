//! Slowing down who guesses passwords: per account, and per address from which they come.

use std::net::IpAddr;

use chrono::TimeDelta;
use domain::refusal::Refusal;
use storage::attempt;

use crate::{error::AppError, portal::Portal};

/// So many wrong passwords are taken for typing errors.
const FREE: u32 = 5;
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

fn keys(email: &str, address: Option<IpAddr>) -> impl Iterator<Item = String> {
    [account_key(email)].into_iter().chain(address.map(|it| format!("address:{it}")))
}

/// Refuses to look at a password while the account or the address has to wait.
pub async fn ensure(portal: &Portal, email: &str, address: Option<IpAddr>) -> Result<(), AppError> {
    let now = portal.now();
    let mut conn = portal.read().await?;
    for key in keys(email, address) {
        let wrong = attempt::recent(&mut conn, &key, now - MEMORY).await?;
        let left =
            wrong.last.map_or(TimeDelta::zero(), |last| last + wait_after(wrong.count) - now);
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
    for key in keys(email, address) {
        attempt::note(&mut conn, &key, portal.now()).await?;
    }
    Ok(conn.commit().await?)
}

fn wait_after(wrong: u32) -> TimeDelta {
    let Some(further) = wrong.checked_sub(FREE) else { return TimeDelta::zero() };
    let doubled = FIRST_WAIT.checked_mul(1_i32.checked_shl(further.min(30)).unwrap_or(i32::MAX));
    doubled.map_or(LONGEST_WAIT, |it| it.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_passwords_are_free_and_each_further_one_waits_longer() {
        let waits: Vec<_> = (0..12).map(|it| wait_after(it).num_seconds()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }
}
