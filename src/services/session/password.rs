//! Passwords: Argon2id, 19 MiB, two passes (OWASP's first recommendation for it).

use std::sync::OnceLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::task::spawn_blocking;

use crate::{error::AppError, portal::Portal, services::failure::broken};

/// The hash of a new password.
pub async fn hash_password(portal: &Portal, password: String) -> Result<String, AppError> {
    let _turn = portal.hashing.acquire().await.map_err(|it| broken(&it))?;
    let hashed = spawn_blocking(move || hash(&password)).await.map_err(|it| broken(&it))?;
    hashed.map_err(|it| broken(&it))
}

/// Whether `password` is the one behind `hash`. Without a hash it takes just as long to say no, so that
/// nobody can find out by the time it takes which e-mail addresses have an account.
pub async fn matches(password: String, hash: Option<String>) -> bool {
    let compared = spawn_blocking(move || match hash {
        Some(hash) => verify(&password, &hash),
        None => {
            let _always_wrong = nobodys_hash().is_some_and(|it| verify(&password, it));
            false
        }
    });
    compared.await.unwrap_or(false)
}

fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// A hash like everybody's, of a password that nobody knows.
fn nobodys_hash() -> Option<&'static str> {
    static HASH: OnceLock<Option<String>> = OnceLock::new();
    HASH.get_or_init(|| hash(&uuid::Uuid::new_v4().to_string()).ok()).as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_and_no_other_is() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("correct horse", &kept));
        assert!(!verify("correct horse ", &kept));
        assert!(!verify("correct horse", "not a hash"));
    }

    #[test]
    fn two_equal_passwords_have_different_hashes() {
        assert_ne!(hash("same").unwrap(), hash("same").unwrap());
    }
}
