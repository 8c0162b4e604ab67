//! The summary index: which documents the device holds and one row a subject, in pages of a hundred.
//!
//! Lists and search read only this; a page is written in the same transaction as the chunk that changed it, during a first
//! sync with a later one.

mod stored;

use documents::SUMMARY_VERSION;
use domain::base::json;
use serde::{Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use stored::{Stored, StoredHeld};
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
    /// Reads a page in the place of what was there under its key; one that cannot be read hides no other.
    pub fn read_page(&mut self, key: &str, bytes: &[u8]) -> Result<(), serde_json::Error> {
        let Ok(number) = key.parse::<usize>() else { return Ok(()) };
        // A page that cannot be read keeps its place: what is written later must not be written over it.
        if self.pages.len() <= number {
            self.pages.resize_with(number + 1, BTreeSet::new);
        }
        self.page(number, json::read(bytes)?);
        Ok(())
    }

    /// Begins a page anew that cannot be opened any more.
    pub fn begin_page(&mut self, key: &str) {
        if let Ok(number) = key.parse::<usize>() {
            if self.pages.len() <= number {
                self.pages.resize_with(number + 1, BTreeSet::new);
            }
            self.page(number, Vec::new());
            self.dirty.insert(number);
        }
    }

    fn page(&mut self, number: usize, stored: Vec<Stored>) {
        let before = self.pages.get_mut(number).map(std::mem::take).unwrap_or_default();
        for subject in before {
            self.page_of.remove(&subject);
            self.outdated.remove(&subject);
            for held in self.entries.remove(&subject).into_iter().flat_map(|entry| entry.documents) {
                self.subject_of.remove(&held.id);
            }
        }
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
        if let Some(place) = self.pages.get_mut(number) {
            *place = page;
        }
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

    /// Returns whom `documents` are about.
    pub fn subjects(&self, documents: &BTreeSet<DocumentId>) -> BTreeSet<String> {
        documents.iter().filter_map(|id| self.subject_of.get(id).cloned()).collect()
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

#[cfg(test)]
mod tests;
