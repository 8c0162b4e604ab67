//! The diary document: a resident's own readings.

use automerge::Automerge;
use domain::base::Order;
use domain::base::{EntryId, SignId, Timestamp};
use domain::measurements::Pressure;
use serde::{Deserialize, Serialize};

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

/// A reading taken at home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The id.
    pub id: EntryId,
    /// When it was measured.
    pub at: Timestamp,
    /// The pressure.
    pub pressure: Pressure,
    /// Beats a minute.
    #[serde(default)]
    pub pulse: Option<u16>,
    /// Danger signs felt.
    #[serde(default)]
    pub danger_signs: Vec<SignId>,
    /// A word about it.
    #[serde(default)]
    pub note: String,
    /// The account that entered it: the resident's, or who acts for them.
    #[serde(default)]
    pub by: String,
}

/// A resident's diary.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Diary {
    /// Readings by time.
    pub readings: Vec<Reading>,
}

/// Reads a diary.
#[must_use]
pub fn read_diary(doc: &Automerge) -> (Diary, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Diary);
    let mut readings: Vec<Reading> =
        reader.entries("readings").into_iter().map(|(_, reading)| reading).collect();
    readings.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (Diary { readings }, reader.problems)
}

impl Tx<'_, '_> {
    /// Records a reading.
    pub fn record_reading(&mut self, reading: &Reading) -> Result<(), WriteError> {
        self.insert("readings", reading.id.as_str(), reading)
    }
}
