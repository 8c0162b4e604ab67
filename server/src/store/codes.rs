//! One-time codes: to take on a subject, or to choose a new password.

use super::{Answer, Event};
use crate::account::Account;

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Acting for a subject, with a new account or one that is there.
    Subject,
    /// A new password.
    Password,
}

impl Purpose {
    /// Returns the word it is stored under.
    pub fn word(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Password => "password",
        }
    }
}

/// A code as it is kept.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its hash.
    pub hash: [u8; 32],
    /// What it is for.
    pub purpose: Purpose,
    /// Whose password, or empty.
    pub account: String,
    /// Which subject, or empty.
    pub subject: String,
    /// What the one who acts is to the subject; a word of the app's.
    pub relation: String,
    /// The account that gave it.
    pub given_by: String,
    /// When it ends, in milliseconds since 1970.
    pub expires: i64,
}

/// Who acts for whom, and who said so.
#[derive(Debug, Clone)]
pub struct Bond {
    /// The account that acts.
    pub account: String,
    /// The subject it acts for.
    pub subject: String,
    /// What the one who acts is to the subject; empty for accounts that were made with it.
    pub relation: String,
    /// The account that gave the code.
    pub given_by: String,
    /// When the code was used, in milliseconds since 1970; 0 for accounts that were made with it.
    pub since: i64,
}

/// Codes are used once; what they allow happens in the same transaction, at the time of its event. A code that is not
/// there, or not any more, is `Missing`.
pub trait Codes {
    /// Keeps a code and drops those that have expired, and earlier ones for the same password.
    fn add_code(&self, code: Code, event: Event) -> Answer<'_, ()>;
    /// Chooses a new password and ends the account's sessions.
    fn reset_password(&self, code: [u8; 32], account: &str, password: String, event: Event)
    -> Answer<'_, ()>;
    /// Makes a resident's account that acts for the code's subject.
    fn enrol(&self, code: [u8; 32], account: &str, password: String, event: Event) -> Answer<'_, Account>;
    /// Lets an account act for the code's subject as well.
    fn take_on(&self, code: [u8; 32], account: &str, event: Event) -> Answer<'_, Bond>;
    /// Lists whom an account acts for.
    fn acts_for(&self, account: &str) -> Answer<'_, Vec<Bond>>;
    /// Lists who acts for a subject.
    fn acting_for(&self, subject: &str) -> Answer<'_, Vec<Bond>>;
    /// Ends that an account acts for a subject.
    fn part(&self, account: &str, subject: &str, event: Event) -> Answer<'_, ()>;
}
