//! What the person did that the server has not confirmed, in their words and in order.

use domain::base::json;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use sync::DocumentId;

/// What was done; the interface has a text for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A visit was signed.
    Visit,
    /// A visit was voided.
    Void,
    /// Another date was agreed.
    Plan,
    /// Telephone, address, key groups, allergies, conditions or medicines were changed.
    Facts,
    /// A contract was signed.
    Contract,
    /// Work was claimed by hand, or the claim taken back.
    Claim,
    /// A ruling was disputed, or the dispute taken back.
    Dispute,
    /// A claim was ruled on.
    Ruling,
    /// A month was closed.
    Close,
    /// A prescription was reviewed, or a review read.
    Review,
    /// A resident recorded a pressure.
    Reading,
    /// A photo or another file was added.
    Attachment,
    /// The county's rules were drafted or published.
    Rules,
    /// A reward was asked for or handed out, an entry of health points disputed or answered.
    HealthPoints,
    /// Anything a newer version wrote.
    #[serde(other)]
    Other,
}

/// One deed with the changes that carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// What was done.
    pub deed: Deed,
    /// Whom it concerns.
    pub subject: String,
    /// When, in ms since 1970.
    pub at: i64,
    /// When the server had confirmed all of it.
    pub sent: Option<i64>,
    /// Whether a person has to decide on it first: this account may not change what it changes.
    #[serde(default)]
    pub submitted: bool,
    /// Changes not confirmed yet: document and hash.
    #[serde(with = "in_hex")]
    pub open: Vec<([u8; 16], [u8; 32])>,
    /// Files that the server does not have yet: document and address.
    #[serde(default, with = "in_hex")]
    pub blobs: Vec<([u8; 16], [u8; 32])>,
}

impl Sending {
    /// Returns whether this is the same deed, as far as it has been sent by now.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        (self.deed, &self.subject, self.at) == (other.deed, &other.subject, other.at)
    }
}

/// Changes as texts: document and hash in hex, one after the other.
mod in_hex {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    type Changes = Vec<([u8; 16], [u8; 32])>;

    pub fn serialize<S: Serializer>(changes: &Changes, serializer: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<String> =
            changes.iter().map(|(id, hash)| hex::encode([&id[..], hash].concat())).collect();
        texts.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Changes, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|text| change(text).ok_or_else(|| D::Error::custom("no change"))).collect()
    }

    fn change(text: &str) -> Option<([u8; 16], [u8; 32])> {
        let bytes = hex::decode(text).ok()?;
        let (id, hash) = bytes.split_at_checked(16)?;
        Some((id.try_into().ok()?, hash.try_into().ok()?))
    }
}

/// The outbox and the log of what has left it.
#[derive(Default)]
pub struct Outbox {
    items: BTreeMap<u64, Sending>,
}

/// Confirmed deeds that are kept for the log.
const LOG: usize = 100;

impl Outbox {
    /// Reads the stored entries; one that cannot be read hides no other.
    pub fn read(stored: Vec<(String, Vec<u8>)>) -> Self {
        let parse = |(key, bytes): (String, Vec<u8>)| Some((key.parse().ok()?, json::read(&bytes).ok()?));
        Self { items: stored.into_iter().filter_map(parse).collect() }
    }

    /// Returns the entry's key in the store.
    pub fn key(number: u64) -> String {
        format!("{number:012}")
    }

    /// Returns the number the next deed will have.
    pub fn next(&self) -> u64 {
        self.items.last_key_value().map_or(0, |(number, _)| number + 1)
    }

    /// Adds a deed under its number.
    pub fn insert(&mut self, number: u64, sending: Sending) {
        self.items.insert(number, sending);
    }

    /// Puts what the store has under a key in the place of what was known.
    pub fn replace(&mut self, key: &str, stored: Option<&[u8]>) {
        let Ok(number) = key.parse::<u64>() else { return };
        match stored.and_then(|bytes| json::read(bytes).ok()) {
            Some(sending) => self.insert(number, sending),
            None => self.remove(number),
        }
    }

    /// Takes a deed back that did not reach the disk.
    pub fn remove(&mut self, number: u64) {
        self.items.remove(&number);
    }

    /// Returns how many deeds wait.
    pub fn waiting(&self) -> usize {
        self.items.values().filter(|sending| sending.sent.is_none()).count()
    }

    /// Returns the numbers of all deeds.
    pub fn numbers(&self) -> Vec<u64> {
        self.items.keys().copied().collect()
    }

    /// Returns deeds, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Sending> {
        self.items.values().rev()
    }

    /// Returns the documents with open changes.
    pub fn documents(&self) -> BTreeSet<DocumentId> {
        let open = self.items.values().flat_map(|sending| &sending.open);
        open.map(|(id, _)| DocumentId::new(*id)).collect()
    }

    /// Returns the open changes of `document`.
    pub fn open_changes(&self, document: DocumentId) -> Vec<[u8; 32]> {
        let of_document = |(id, hash): &([u8; 16], [u8; 32])| (id == document.bytes()).then_some(*hash);
        self.items.values().flat_map(|sending| &sending.open).filter_map(of_document).collect()
    }

    /// Notes that what is open of `document` has been handed in for a person to decide on.
    pub fn hand_in(&mut self, document: DocumentId) {
        let of_document = |(id, _): &([u8; 16], [u8; 32])| id == document.bytes();
        for sending in self.items.values_mut().filter(|sending| sending.open.iter().any(of_document)) {
            sending.submitted = true;
        }
    }

    /// Marks changes of `document` as safe; returns the numbers of the deeds that changed.
    pub fn confirm(&mut self, document: DocumentId, safe: &[[u8; 32]], now: i64) -> Vec<u64> {
        let mut changed = Vec::new();
        for (number, sending) in &mut self.items {
            let before = sending.open.len();
            sending.open.retain(|(id, hash)| id != document.bytes() || !safe.contains(hash));
            if sending.open.len() != before {
                changed.push(*number);
                if sending.open.is_empty() && sending.blobs.is_empty() {
                    sending.sent = Some(now);
                }
            }
        }
        changed
    }

    /// Returns the files that wait, oldest first.
    pub fn blobs(&self) -> Vec<(DocumentId, [u8; 32])> {
        let blobs = self.items.values().flat_map(|sending| &sending.blobs);
        blobs.map(|(id, hash)| (DocumentId::new(*id), *hash)).collect()
    }

    /// Marks a file as safe; returns the numbers of the deeds that changed.
    pub fn uploaded(&mut self, document: DocumentId, hash: &[u8; 32], now: i64) -> Vec<u64> {
        let mut changed = Vec::new();
        for (number, sending) in &mut self.items {
            let before = sending.blobs.len();
            sending.blobs.retain(|(id, blob)| id != document.bytes() || blob != hash);
            if sending.blobs.len() != before {
                changed.push(*number);
                if sending.open.is_empty() && sending.blobs.is_empty() {
                    sending.sent = Some(now);
                }
            }
        }
        changed
    }

    /// Takes the oldest confirmed deeds beyond what the log keeps; returns their numbers.
    pub fn trim(&mut self) -> Vec<u64> {
        let sent: Vec<u64> =
            self.items.iter().filter(|(_, sending)| sending.sent.is_some()).map(|(n, _)| *n).collect();
        let gone: Vec<u64> = sent.iter().take(sent.len().saturating_sub(LOG)).copied().collect();
        for number in &gone {
            self.items.remove(number);
        }
        gone
    }

    /// Returns the bytes to store for a deed.
    pub fn encode(&self, number: u64) -> Option<Vec<u8>> {
        json::write(self.items.get(&number)?).ok().map(String::into_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sending(open: &[(u8, u8)]) -> Sending {
        let open = open.iter().map(|(id, hash)| ([*id; 16], [*hash; 32])).collect();
        Sending {
            deed: Deed::Visit,
            subject: "s".into(),
            at: 1,
            sent: None,
            submitted: false,
            open,
            blobs: Vec::new(),
        }
    }

    #[test]
    fn a_deed_waits_until_every_document_is_safe() {
        let mut outbox = Outbox::default();
        outbox.insert(0, sending(&[(1, 1), (2, 2)]));
        assert_eq!(outbox.confirm(DocumentId::new([1; 16]), &[[1; 32]], 9), [0]);
        assert_eq!(outbox.waiting(), 1);
        assert_eq!(outbox.confirm(DocumentId::new([2; 16]), &[[2; 32]], 9), [0]);
        assert_eq!(outbox.waiting(), 0);
    }

    #[test]
    fn a_deed_with_a_file_waits_for_both_whichever_is_safe_first() {
        let (id, blob) = (DocumentId::new([1; 16]), [9; 32]);
        for file_first in [true, false] {
            let mut outbox = Outbox::default();
            outbox.insert(0, Sending { blobs: vec![(*id.bytes(), blob)], ..sending(&[(1, 1)]) });
            assert_eq!(outbox.blobs(), [(id, blob)]);
            let mut steps = [true, false];
            steps.sort_by_key(|step| *step != file_first);
            for (step, waiting) in steps.into_iter().zip([1, 0]) {
                let changed =
                    if step { outbox.uploaded(id, &blob, 9) } else { outbox.confirm(id, &[[1; 32]], 9) };
                assert_eq!((changed, outbox.waiting()), (vec![0], waiting));
            }
            assert!(outbox.uploaded(id, &blob, 9).is_empty());
        }
    }

    #[test]
    fn an_outbox_of_before_there_were_files_is_read() {
        let text = br#"{"deed":"visit","subject":"s","at":1,"sent":null,"open":[]}"#;
        let outbox = Outbox::read(vec![(Outbox::key(0), text.to_vec())]);
        assert_eq!((outbox.waiting(), outbox.blobs().len()), (1, 0));
    }

    #[test]
    fn it_survives_the_disk() {
        let mut outbox = Outbox::default();
        outbox.insert(7, sending(&[(1, 1)]));
        let again = Outbox::read(vec![(Outbox::key(7), outbox.encode(7).unwrap())]);
        assert_eq!(again.items, outbox.items);
        assert_eq!(again.next(), 8);
    }

    #[test]
    fn the_log_forgets_only_what_was_sent() {
        let mut outbox = Outbox::default();
        for number in 0..150 {
            outbox.insert(number, sending(&[(1, number as u8)]));
        }
        outbox.confirm(DocumentId::new([1; 16]), &(0..120).map(|hash| [hash; 32]).collect::<Vec<_>>(), 9);
        assert_eq!(outbox.trim().len(), 20);
        assert_eq!(outbox.waiting(), 30);
    }
}
