//! Second factors.

use super::{Answer, Event};

/// The second factor of an account.
#[derive(Debug, Clone)]
pub struct Factor {
    /// The secret, sealed.
    pub secret: Vec<u8>,
    /// Whether a code has shown that the person has it too; asked for only then.
    pub confirmed: bool,
}

/// Keeps second factors.
pub trait Factors {
    /// Returns the second factor of an account.
    fn factor(&self, account: &str) -> Answer<'_, Option<Factor>>;
    /// Keeps a secret that is not confirmed yet, in the place of another such; `Exists` where one is confirmed.
    fn begin_factor(&self, account: &str, secret: Vec<u8>) -> Answer<'_, ()>;
    /// Asks for the factor from now on; `step` is that of the first code, `recovery` are hashes of codes that stand in once.
    fn confirm_factor(
        &self,
        account: &str,
        step: u64,
        recovery: Vec<[u8; 32]>,
        event: Event,
    ) -> Answer<'_, ()>;
    /// Uses the code of a step up; tells whether neither it nor a later one was used before.
    fn use_step(&self, account: &str, step: u64) -> Answer<'_, bool>;
    /// Uses a recovery code up; tells whether it was there.
    fn use_recovery(&self, account: &str, code: [u8; 32], event: Event) -> Answer<'_, bool>;
    /// Forgets the factor of an account.
    fn drop_factor(&self, account: &str, event: Event) -> Answer<'_, ()>;
}
