//! The summary index: which documents the device holds and one row a subject, in pages of a hundred.
//!
//! Lists and search read only this; a page is written in the same transaction as the chunk that changed it, during a first
//! sync with a later one.

use documents::SUMMARY_VERSION;
use domain::base::json;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use sync::{About, DocumentId, Heads, sorted};

/// Subjects a page.
const PAGE: usize = 100;

/// What the device knows of one document without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which document.
    pub id: DocumentId,
    /// Kind, subject, team and institution.
    pub about: About,
    /// Heads that are safe on the server; empty until it has any.
    pub server: Heads,
    /// Heads on this device's disk.
    pub local: Heads,
}

impl Held {
    /// Returns whether the device has changes that are not known to be on the server's disk.
    #[must_use]
    pub fn unsent(&self) -> bool {
        self.local != self.server
    }
}

/// One subject: its documents and, for residents, the row that lists show.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<R> {
    /// The documents by kind and id.
    pub documents: Vec<Held>,
    /// The row, once a document of the subject could be read.
    pub row: Option<R>,
}

/// The index in memory.
pub struct Index<R> {
    entries: BTreeMap<String, Entry<R>>,
    pages: Vec<BTreeSet<String>>,
    page_of: HashMap<String, usize>,
    subject_of: HashMap<DocumentId, String>,
    dirty: BTreeSet<usize>,
    outdated: BTreeSet<String>,
}

impl<R> Default for Index<R> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            pages: Vec::new(),
            page_of: HashMap::new(),
            subject_of: HashMap::new(),
            dirty: BTreeSet::new(),
            outdated: BTreeSet::new(),
        }
    }
}

impl<R: Serialize + DeserializeOwned> Index<R> {
    /// Reads a page after those that were read before it; one that cannot be read hides no other.
    pub fn read_page(&mut self, bytes: &[u8]) -> Result<(), serde_json::Error> {
        self.page(json::read(bytes)?);
        Ok(())
    }

    fn page(&mut self, stored: Vec<Stored>) {
        let number = self.pages.len();
        let mut page = BTreeSet::new();
        for item in stored {
            for held in &item.documents {
                self.subject_of.insert(DocumentId::new(held.id), item.subject.clone());
            }
            let documents = item.documents.into_iter().map(|held| held.open(&item.subject)).collect();
            self.page_of.insert(item.subject.clone(), number);
            page.insert(item.subject.clone());
            // A row of another version is shown until it is made anew; what the device holds is never lost with it.
            if item.row.is_some() && item.version != SUMMARY_VERSION {
                self.outdated.insert(item.subject.clone());
            }
            let row = item.row.and_then(|row| json::from_value(&row).ok());
            self.entries.insert(item.subject, Entry { documents, row });
        }
        self.pages.push(page);
    }

    /// Returns the subjects whose rows were made by another version.
    pub fn outdated(&self) -> &BTreeSet<String> {
        &self.outdated
    }

    /// Returns the numbers of the pages that changed since the last call.
    pub fn take_dirty(&mut self) -> BTreeSet<usize> {
        std::mem::take(&mut self.dirty)
    }

    /// Returns key and content of a page.
    #[must_use]
    pub fn page_on_disk(&self, number: usize) -> Option<(String, Vec<u8>)> {
        Some((key(number), self.encode(number)?))
    }

    fn encode(&self, number: usize) -> Option<Vec<u8>> {
        let subjects = self.pages.get(number)?;
        let stored: Vec<Stored> = subjects
            .iter()
            .filter_map(|subject| {
                let entry = self.entries.get(subject)?;
                let documents = entry.documents.iter().map(StoredHeld::close).collect();
                let row = entry.row.as_ref().and_then(|row| serde_json::to_value(row).ok());
                let version = if self.outdated.contains(subject) { 0 } else { SUMMARY_VERSION };
                Some(Stored { subject: subject.clone(), documents, row, version })
            })
            .collect();
        json::write(&stored).ok().map(String::into_bytes)
    }

    /// Returns one subject.
    #[must_use]
    pub fn entry(&self, subject: &str) -> Option<&Entry<R>> {
        self.entries.get(subject)
    }

    /// Returns one document.
    #[must_use]
    pub fn held(&self, id: DocumentId) -> Option<&Held> {
        self.entries.get(self.subject_of.get(&id)?)?.documents.iter().find(|held| held.id == id)
    }

    /// Returns all documents.
    pub fn documents(&self) -> impl Iterator<Item = &Held> {
        self.entries.values().flat_map(|entry| &entry.documents)
    }

    /// Returns all rows with their subjects.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &R)> {
        self.entries.iter().filter_map(|(subject, entry)| Some((subject.as_str(), entry.row.as_ref()?)))
    }

    /// Records what is held of a document, adding it if it is new.
    pub fn hold(&mut self, held: Held) {
        let subject = held.about.subject.clone();
        self.subject_of.insert(held.id, subject.clone());
        let documents = &mut self.touch(&subject).documents;
        match documents.iter_mut().find(|known| known.id == held.id) {
            Some(known) => *known = held,
            None => documents.push(held),
        }
    }

    /// Sets what is safe on the server.
    pub fn sent(&mut self, id: DocumentId, server: Heads) {
        let Some(mut held) = self.held(id).cloned() else { return };
        held.server = sorted(server);
        self.hold(held);
    }

    /// Replaces the row of a subject.
    pub fn set_row(&mut self, subject: &str, row: R) {
        self.touch(subject).row = Some(row);
        self.outdated.remove(subject);
    }

    /// Forgets a document; a subject without documents loses its row.
    pub fn forget(&mut self, id: DocumentId) {
        let Some(subject) = self.subject_of.remove(&id) else { return };
        let entry = self.touch(&subject);
        entry.documents.retain(|held| held.id != id);
        if entry.documents.is_empty() {
            entry.row = None;
        }
    }

    fn touch(&mut self, subject: &str) -> &mut Entry<R> {
        let number = match self.page_of.get(subject) {
            Some(number) => *number,
            None => self.place(subject),
        };
        self.dirty.insert(number);
        self.entries.entry(subject.to_owned()).or_insert_with(|| Entry { documents: Vec::new(), row: None })
    }

    fn place(&mut self, subject: &str) -> usize {
        if self.pages.last().is_none_or(|page| page.len() >= PAGE) {
            self.pages.push(BTreeSet::new());
        }
        let number = self.pages.len() - 1;
        if let Some(page) = self.pages.last_mut() {
            page.insert(subject.to_owned());
        }
        self.page_of.insert(subject.to_owned(), number);
        number
    }
}

fn key(number: usize) -> String {
    format!("{number:06}")
}

#[derive(Serialize, Deserialize)]
struct Stored {
    subject: String,
    documents: Vec<StoredHeld>,
    row: Option<serde_json::Value>,
    /// The summariser that made the row; none of the first said so.
    #[serde(default)]
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct StoredHeld {
    #[serde(with = "hex")]
    id: [u8; 16],
    kind: String,
    team: String,
    institution: String,
    server: Vec<Hash>,
    local: Vec<Hash>,
}

#[derive(Serialize, Deserialize)]
struct Hash(#[serde(with = "hex")] [u8; 32]);

impl StoredHeld {
    fn close(held: &Held) -> Self {
        Self {
            id: *held.id.bytes(),
            kind: held.about.kind.clone(),
            team: held.about.team.clone(),
            institution: held.about.institution.clone(),
            server: held.server.iter().map(|hash| Hash(hash.0)).collect(),
            local: held.local.iter().map(|hash| Hash(hash.0)).collect(),
        }
    }

    fn open(self, subject: &str) -> Held {
        let Self { id, kind, team, institution, server, local } = self;
        let heads =
            |hashes: Vec<Hash>| hashes.into_iter().map(|hash| automerge::ChangeHash(hash.0)).collect();
        let about = About { kind, subject: subject.to_owned(), team, institution };
        Held { id: DocumentId::new(id), about, server: heads(server), local: heads(local) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(number: u8, subject: &str) -> Held {
        let about = About {
            kind: "record".into(),
            subject: subject.into(),
            team: "t".into(),
            institution: "i".into(),
        };
        Held {
            id: DocumentId::new([number; 16]),
            about,
            server: vec![],
            local: vec![automerge::ChangeHash([1; 32])],
        }
    }

    /// Reads pages; the names of those that cannot be read are returned.
    fn read<R: Serialize + DeserializeOwned>(pages: Vec<(String, Vec<u8>)>) -> (Index<R>, Vec<String>) {
        let mut index = Index::default();
        let unread =
            pages.into_iter().filter_map(|(name, page)| index.read_page(&page).is_err().then_some(name));
        let damaged = unread.collect();
        (index, damaged)
    }

    /// Returns the pages that changed, as they are written.
    fn written<R: Serialize + DeserializeOwned + Clone>(index: &mut Index<R>) -> Vec<(String, Vec<u8>)> {
        index.take_dirty().into_iter().filter_map(|number| index.page_on_disk(number)).collect()
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let mut index = Index::<String>::default();
        for number in 0..150 {
            index.hold(held(number, &format!("s{number}")));
            index.set_row(&format!("s{number}"), format!("row {number}"));
        }
        let pages = written(&mut index);
        assert_eq!(pages.len(), 2);
        let (again, damaged) = read::<String>(pages);
        assert!(damaged.is_empty());
        assert_eq!(again.entries, index.entries);
        assert_eq!(again.held(DocumentId::new([149; 16])), index.held(DocumentId::new([149; 16])));
    }

    #[test]
    fn one_change_rewrites_one_page() {
        let mut index = Index::<String>::default();
        for number in 0..150 {
            index.hold(held(number, &format!("s{number}")));
        }
        index.take_dirty();
        index.sent(DocumentId::new([3; 16]), vec![automerge::ChangeHash([1; 32])]);
        assert_eq!(index.take_dirty().len(), 1);
        assert!(!index.held(DocumentId::new([3; 16])).unwrap().unsent());
        assert!(index.take_dirty().is_empty());
    }

    #[test]
    fn a_damaged_page_hides_no_other() {
        let mut index = Index::<String>::default();
        for number in 0..150 {
            index.hold(held(number, &format!("s{number}")));
        }
        let mut pages = written(&mut index);
        pages[0].1.truncate(10);
        let (again, damaged) = read::<String>(pages);
        assert_eq!(damaged, ["000000"]);
        assert_eq!(again.entries.len(), 50);
    }

    #[test]
    fn a_row_of_another_version_loses_no_document() {
        let mut index = Index::<String>::default();
        index.hold(held(1, "a"));
        index.set_row("a", "row".into());
        let (again, damaged) = read::<u32>(written(&mut index));
        assert!(damaged.is_empty());
        assert_eq!(again.entry("a").unwrap().row, None);
        assert_eq!(again.documents().count(), 1);
    }

    #[test]
    fn rows_of_another_version_are_known_until_they_are_made_anew() {
        let mut index = Index::<String>::default();
        index.hold(held(1, "a"));
        index.hold(held(2, "b"));
        index.set_row("a", "row".into());
        index.set_row("b", "row".into());
        let [(name, bytes)] = written(&mut index).try_into().unwrap();
        let mut first: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for item in first.as_array_mut().unwrap() {
            assert!(item.as_object_mut().unwrap().remove("version").is_some());
        }
        let page = (name, first.to_string().into_bytes());
        let mut index = read::<String>(vec![page]).0;
        assert_eq!(index.rows().count(), 2, "shown meanwhile");
        index.set_row("a", "anew".into());
        // Killed here, the other one is still known to be old.
        let mut again = read::<String>(written(&mut index)).0;
        assert_eq!(again.outdated().iter().collect::<Vec<_>>(), ["b"]);
        again.set_row("b", "anew".into());
        assert!(read::<String>(written(&mut again)).0.outdated().is_empty());
    }

    #[test]
    fn a_subject_without_documents_leaves_the_lists() {
        let mut index = Index::<String>::default();
        index.hold(held(1, "a"));
        index.set_row("a", "row".into());
        index.forget(DocumentId::new([1; 16]));
        assert_eq!(index.rows().count(), 0);
    }
}
