//! Where an account is signed in.

use super::{Answer, Event};

/// How many bytes of a session's hash name it in lists.
pub const SHORT: usize = 8;

/// One place where an account is signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The first bytes of the hash of its token.
    pub id: Vec<u8>,
    /// What the device was called.
    pub device: String,
    /// When it signed in, in milliseconds since 1970; 0 where that was not kept.
    pub since: i64,
    /// When it was last seen, to a few minutes.
    pub seen: i64,
}

/// Lists sessions and ends them from afar.
pub trait Sessions {
    /// Lists the sessions of an account that have not expired, the latest seen first.
    fn sessions(&self, account: &str, now: i64) -> Answer<'_, Vec<Signed>>;
    /// Notes that a session was used.
    fn seen(&self, token: [u8; 32], now: i64) -> Answer<'_, ()>;
    /// Ends one session of an account, by its id.
    fn end_one(&self, account: &str, id: Vec<u8>, event: Event) -> Answer<'_, ()>;
    /// Ends every session of an account but `keep`.
    fn end_others(&self, account: &str, keep: Option<[u8; 32]>, event: Event) -> Answer<'_, ()>;
}
