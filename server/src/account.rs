//! Accounts, their passwords, and how they appear in logs.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::Rng;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name typed at sign-in; of staff also the subject of their documents.
    pub name: String,
    /// One of the roles of the policy.
    pub role: String,
    /// The institution, or empty.
    pub institution: String,
    /// The team, or empty.
    pub team: String,
    /// Subjects the account is bound to.
    pub residents: Vec<String>,
}

impl Account {
    /// Returns the author bytes that the account's changes carry.
    pub fn author(&self) -> Vec<u8> {
        author_of(&self.name)
    }

    /// Returns what a log may say of the account.
    pub fn pseudonym(&self) -> String {
        let hash = Sha256::digest(format!("log {}", self.name));
        hex::encode(hash.iter().take(4).copied().collect::<Vec<u8>>())
    }
}

/// Returns the author bytes that the changes of the account of this name carry.
pub fn author_of(name: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"xiangyi account\0");
    hash.update(name.as_bytes());
    hash.finalize().iter().take(16).copied().collect()
}

/// Says why a password cannot be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password cannot be hashed")]
pub struct HashError;

fn argon2() -> Result<Argon2<'static>, HashError> {
    // OWASP's second choice: 19 MiB, 2 passes, 1 lane.
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|_| HashError)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Guesses come by the hundred; so many at once would take gigabytes and every core. Two take their turns.
static TURNS: [Mutex<()>; 2] = [const { Mutex::new(()) }; 2];

fn turn() -> MutexGuard<'static, ()> {
    let [first, second] = &TURNS;
    first.try_lock().unwrap_or_else(|_| second.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Hashes a password with argon2id and a fresh salt; waits for its turn.
pub fn hash_password(password: &str) -> Result<String, HashError> {
    let _turn = turn();
    let salt = SaltString::encode_b64(&rand::rng().random::<[u8; 16]>()).map_err(|_| HashError)?;
    let hash = argon2()?.hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(|_| HashError)?.to_string())
}

/// Tells whether a password fits a hash; waits for its turn. Without a hash it works as long and says no, so that
/// time does not tell which accounts exist.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let (Ok(parsed), Ok(argon2)) = (PasswordHash::new(hash.unwrap_or(NOBODY)), argon2()) else {
        return false;
    };
    let _turn = turn();
    let fits = argon2.verify_password(password.as_bytes(), &parsed).is_ok();
    fits && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("correct horse").expect("hashes");
        assert!(verify_password("correct horse", Some(&hash)));
        assert!(!verify_password("battery staple", Some(&hash)));
        assert!(!verify_password("correct horse", None));
    }

    #[test]
    fn an_author_is_sixteen_bytes_and_differs_by_account() {
        let account = |name: &str| Account {
            name: name.into(),
            role: "nurse".into(),
            institution: String::new(),
            team: String::new(),
            residents: Vec::new(),
        };
        assert_eq!(account("a").author().len(), 16);
        assert_ne!(account("a").author(), account("b").author());
    }
}
