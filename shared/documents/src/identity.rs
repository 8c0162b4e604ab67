//! Ids that every device derives alike, so that two offline registrations meet in one document.

use automerge::Author;
use domain::base::{ResidentId, StaffId};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::Kind;

/// The county's secret, 32 bytes, kept in the rules document, which only staff read.
pub type CountyKey = [u8; 32];

/// Returns the id of a document: 16 bytes of HMAC-SHA256(county key, kind ‖ 0 ‖ key).
///
/// `key` is the identity number for person and record; see [`year_key`] for activity, rulings, prescriptions and
/// reviews, [`crate::month_key`] for closed months, [`diary_id`] for diaries, [`rewards_id`] for
/// rewards; empty for catalog and rules.
#[must_use]
pub fn document_id(county_key: &CountyKey, kind: Kind, key: &str) -> [u8; 16] {
    let digest = keyed(county_key, kind.as_str(), key);
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    id
}

/// Returns the key of a staff member's activity, rulings, prescriptions and reviews of a year.
#[must_use]
pub fn year_key(staff: &StaffId, year: i32) -> String {
    format!("{staff}/{year}")
}

/// Returns the id of a resident's diary: 16 bytes of SHA-256("diary" ‖ 0 ‖ id of the record).
///
/// Residents write diaries and have no county key; whoever may read the record can derive this, nobody else.
#[must_use]
pub fn diary_id(record: &[u8; 16]) -> [u8; 16] {
    beside(b"diary\0", record)
}

/// Returns the id of the rewards document of a resident: 16 bytes of SHA-256("rewards" ‖ 0 ‖ id of the record).
#[must_use]
pub fn rewards_id(record: &[u8; 16]) -> [u8; 16] {
    beside(b"rewards\0", record)
}

/// Returns the id of a document beside a record.
fn beside(label: &[u8], record: &[u8; 16]) -> [u8; 16] {
    let mut digest = Sha256::new();
    digest.update(label);
    digest.update(record);
    let mut id = [0; 16];
    id.iter_mut().zip(digest.finalize()).for_each(|(to, from)| *to = from);
    id
}

/// Returns the opaque subject of the resident with this identity number.
#[must_use]
pub fn subject(county_key: &CountyKey, id_number: &str) -> ResidentId {
    let digest = keyed(county_key, "subject", id_number);
    ResidentId::new(hex::encode(digest.get(..10).unwrap_or_default()))
}

fn keyed(county_key: &CountyKey, label: &str, key: &str) -> [u8; 32] {
    // HMAC takes keys of any length; the error cannot occur for 32 bytes.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(county_key) else { return [0; 32] };
    mac.update(label.as_bytes());
    mac.update(&[0]);
    mac.update(key.as_bytes());
    mac.finalize().into_bytes().into()
}

/// Returns the author that stands for `account` in changes: 16 bytes of
/// SHA-256("xiangyi account" ‖ 0 ‖ account).
#[must_use]
pub fn author(account: &str) -> Author<'static> {
    let mut digest = Sha256::new();
    digest.update(b"xiangyi account\0");
    digest.update(account.as_bytes());
    let bytes = digest.finalize();
    Author::from(bytes.get(..16).unwrap_or_default().to_vec())
}
