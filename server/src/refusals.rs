//! Which refusals are written into the audit: each once an hour, so that nobody can fill it by trying.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use sync::DocumentId;

/// How long a refusal counts as known.
const WINDOW_MS: i64 = 3_600_000;
/// The most different refusals of one account in that time; the last of them is marked `and more`.
const MOST: usize = 100;

#[derive(Debug, Default)]
struct Window {
    since: i64,
    seen: BTreeSet<(DocumentId, String)>,
}

/// The refusals of the last hour.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<BTreeMap<String, Window>>);

impl Refusals {
    /// Returns what to note beside a refusal that is to be recorded; `None` if it is not.
    pub fn note(&self, account: &str, document: DocumentId, reason: &str, now: i64) -> Option<&'static str> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|_, window| now - window.since < WINDOW_MS);
        let window =
            windows.entry(account.to_owned()).or_insert_with(|| Window { since: now, seen: BTreeSet::new() });
        if window.seen.len() >= MOST || !window.seen.insert((document, reason.to_owned())) {
            return None;
        }
        Some(if window.seen.len() == MOST { "and more" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_noted_once_an_hour_and_a_flood_is_cut_short() {
        let refusals = Refusals::default();
        let id = |n: u8| DocumentId::new([n; 16]);
        assert_eq!(refusals.note("a", id(0), "no right", 0), Some(""));
        assert_eq!(refusals.note("a", id(0), "no right", 5), None);
        assert_eq!(refusals.note("b", id(0), "no right", 5), Some(""));
        assert_eq!(refusals.note("a", id(0), "foreign author", 5), Some(""));
        let noted = (1..=200).filter(|n| refusals.note("a", id(*n), "no right", 6).is_some());
        assert_eq!(noted.count(), MOST - 2);
        assert_eq!(refusals.note("a", id(0), "no right", WINDOW_MS), Some(""));
    }
}
