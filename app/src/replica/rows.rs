//! The row of a resident, read from the documents this device holds of them.

use crate::clock;
use automerge::Automerge;
use documents::{Catalog, ResidentDocuments, summarise};
use domain::care::CareRules;
use std::rc::Rc;

/// What lists and search show of a resident.
pub type Row = documents::Summary;

/// The kinds of documents that a row is made from.
pub const KINDS: [&str; 4] = ["person", "record", "diary", "rewards"];

/// Makes the row from the documents by kind; nothing without a document of the person.
#[must_use]
pub fn row(held: &[(String, Rc<Automerge>)], catalog: &Catalog) -> Option<Row> {
    let of = |kind: &str| held.iter().find(|(known, _)| known == kind).map(|(_, document)| &**document);
    let person = Some(of("person")?);
    let documents =
        ResidentDocuments { person, record: of("record"), diary: of("diary"), rewards: of("rewards") };
    Some(summarise(documents, &catalog.packages, CareRules::shipped().ok()?, clock::today()))
}
