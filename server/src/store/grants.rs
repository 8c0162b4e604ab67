//! Grants: who may read documents beyond the policy, until when, and what was read.

use super::{Answer, Row};
use sync::DocumentId;

/// Lets one account read some documents about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its name: 16 hex digits.
    pub id: String,
    /// The account that may read.
    pub reader: String,
    /// Whom the documents are about.
    pub subject: String,
    /// What for, as the giver put it.
    pub purpose: String,
    /// The account that gave it; the reader's own in an emergency.
    pub given_by: String,
    /// When, in milliseconds since 1970.
    pub given: i64,
    /// When it ends by itself.
    pub expires: i64,
    /// When it was over: revoked, or found to have expired.
    pub ended: Option<i64>,
    /// Of one that the reader took in an emergency: who judges that, and how they did.
    pub emergency: Option<Emergency>,
    /// The documents.
    pub documents: Vec<DocumentId>,
}

/// How an emergency is judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Emergency {
    /// The institution whose managers judge it.
    pub institution: String,
    /// What they said, in a word; empty before.
    pub verdict: String,
    /// Who said it.
    pub judged_by: String,
}

/// A grant for whoever brings its code first.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The hash of the code.
    pub code: [u8; 32],
    /// Whom the documents are about.
    pub subject: String,
    /// What for.
    pub purpose: String,
    /// The account that offers it.
    pub given_by: String,
    /// How long the grant lasts, in milliseconds.
    pub lasts: i64,
    /// When the code ends.
    pub expires: i64,
    /// The documents.
    pub documents: Vec<DocumentId>,
}

impl Grant {
    /// Returns a fresh name.
    pub fn fresh_id() -> String {
        hex::encode(rand::random::<[u8; 8]>())
    }

    /// Tells whether it lets its reader read at `now`.
    pub fn runs(&self, now: i64) -> bool {
        self.ended.is_none() && now < self.expires
    }
}

/// Which grants.
#[derive(Debug, Clone)]
pub enum Which {
    /// The one of this name.
    Id(String),
    /// What this account may read.
    Reader(String),
    /// What others may read about this subject.
    Subject(String),
    /// The emergencies that this institution judges.
    Institution(String),
    /// Every one.
    All,
}

/// A document that was sent to somebody under a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// To whom.
    pub account: String,
    /// Which document.
    pub document: DocumentId,
    /// The name of the grant.
    pub grant: String,
}

/// Grants, the time they are held against, and the reads under them.
pub trait Grants {
    /// Keeps a grant; it binds every relay from then on.
    fn give(&self, grant: Grant) -> Answer<'_, ()>;
    /// Lists grants, the newest first, at most a thousand; with `running`, those that have not ended.
    fn grants(&self, which: Which, running: bool) -> Answer<'_, Vec<Grant>>;
    /// Keeps an offer, and drops those that have expired at `now`.
    fn offer(&self, offer: Offer, now: i64) -> Answer<'_, ()>;
    /// Makes an offer a grant to `reader`; `Missing` without one that runs at `now`.
    fn redeem(&self, code: [u8; 32], reader: &str, now: i64) -> Answer<'_, Grant>;
    /// Keeps what somebody thinks of an emergency, once.
    fn judge(&self, id: &str, verdict: &str, judged_by: &str, now: i64) -> Answer<'_, ()>;
    /// Ends a grant; `ended_by` is the account, or empty for the command line.
    fn end_grant(&self, id: &str, ended_by: &str, now: i64) -> Answer<'_, ()>;
    /// Ends every grant that has expired at `now`; a clock that is turned back revives none.
    fn end_expired(&self, now: i64) -> Answer<'_, ()>;
    /// Lists the documents about a subject.
    fn documents_about(&self, subject: &str) -> Answer<'_, Vec<Row>>;
    /// Lists the documents to which the rights of `reader` changed after `place`, with their rows; without one it was erased.
    fn access_since(&self, reader: &str, place: u64) -> Answer<'_, Vec<(DocumentId, Option<Row>)>>;
    /// Keeps that a document is sent under a grant.
    fn note_read(&self, read: Read) -> Answer<'_, ()>;
    /// Lists what was read under grants of documents about a subject, the newest first, at most a thousand.
    fn reads_about(&self, subject: &str) -> Answer<'_, Vec<Read>>;
    /// Raises the latest time ever seen to `now`, and returns it: `now` or later.
    fn raise_time(&self, now: i64) -> Answer<'_, i64>;
}
