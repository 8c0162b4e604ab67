//! Quarantine: changes of somebody who may not make them (any more), until a person has decided.

use super::Answer;
use sync::relay::Submission;
use sync::{DocumentId, Heads};

/// How much of one account may wait: entries, and bytes of all of them.
pub const MOST: (i64, i64) = (500, 64 << 20);

/// Something that was handed in.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its number.
    pub id: i64,
    /// The account that handed it in.
    pub account: String,
    /// The institution that account belonged to.
    pub institution: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Which document; it need not exist.
    pub document: DocumentId,
    /// The document's kind and subject, as the device knew them.
    pub about: (String, String),
    /// How many changes there are.
    pub changes: i64,
    /// The heads they lead to.
    pub heads: Heads,
    /// The sync message they came in; empty in lists.
    pub data: Vec<u8>,
    /// `waiting`, `accepted` or `rejected`.
    pub state: String,
    /// Who decided.
    pub decided_by: String,
}

/// Which submissions.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The one of this number, with its data.
    Id(i64),
    /// Everything that waits.
    Waiting,
    /// What this account handed in.
    Of(String),
}

/// Keeps submissions and what was decided.
pub trait Quarantine {
    /// Keeps a submission, once; returns whether there was room for it.
    fn submit(&self, account: &str, institution: &str, at: i64, submission: Submission) -> Answer<'_, bool>;
    /// Lists submissions, the newest first, at most a thousand.
    fn submissions(&self, wanted: Wanted) -> Answer<'_, Vec<Held>>;
    /// Keeps what was decided, once.
    fn decide(&self, id: i64, state: &str, decided_by: &str, at: i64) -> Answer<'_, ()>;
}
