//! Failed attempts, counted where a restart does not forget them.

use super::Answer;

/// Who or where attempts are counted for, and how patiently.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    /// A hash of the account or the address.
    pub who: [u8; 32],
    /// How many failures are free.
    pub free: u32,
    /// After how many milliseconds a failure is forgotten.
    pub forgets: i64,
}

/// Counts attempts.
pub trait Attempts {
    /// Counts an attempt as failed until it is forgiven, unless one of `counted` has to wait; then returns until when.
    fn attempt(&self, counted: Vec<Counted>, now: i64) -> Answer<'_, Result<(), i64>>;
    /// Forgets all failures of `who`, and one of `where_from`.
    fn forgive(&self, who: Vec<[u8; 32]>, where_from: [u8; 32]) -> Answer<'_, ()>;
}
