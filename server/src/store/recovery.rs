//! The time after a restore in which devices give back what the store has lost.

use super::Answer;

/// Opens and closes the recovery window.
pub trait Recovery {
    /// Opens the window until a time, in milliseconds since 1970, or closes it with one that is over.
    fn open_recovery(&self, until: i64, now: i64) -> Answer<'_, ()>;
    /// Returns until when it is, or was, open; 0 if it never was.
    fn recovery(&self) -> Answer<'_, i64>;
}
