//! The diary document: a resident's own readings, what they ask for and what they dispute.

use automerge::Automerge;
use domain::base::Order;
use domain::base::{EntryId, SignId, Timestamp};
use domain::health_points::{EntryDispute, RedemptionRequest, TakenBack};
use domain::measurements::Pressure;
use serde::{Deserialize, Serialize};

use crate::read::Reader;
use crate::rewards::reasoned;
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
    /// What was asked for health points, oldest first.
    pub requests: Vec<RedemptionRequest>,
    /// Entries of health points that were disputed, oldest first.
    pub disputes: Vec<EntryDispute>,
}

/// Reads a diary.
#[must_use]
pub fn read_diary(doc: &Automerge) -> (Diary, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Diary);
    let mut readings: Vec<Reading> =
        reader.entries("readings").into_iter().map(|(_, reading)| reading).collect();
    readings.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let mut requests: Vec<RedemptionRequest> = upgraded(&mut reader, "requests");
    let mut disputes: Vec<EntryDispute> = upgraded(&mut reader, "disputes");
    if reader.has("withdrawals") {
        for (id, back) in reader.entries::<TakenBack>("withdrawals") {
            if let Some(request) = requests.iter_mut().find(|request| request.id.as_str() == id) {
                request.withdrawn = Some(back);
            } else if let Some(dispute) = disputes.iter_mut().find(|dispute| dispute.id.as_str() == id) {
                dispute.withdrawn = Some(back);
            }
        }
    }
    requests.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    disputes.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (Diary { readings, requests, disputes }, reader.problems)
}

/// Reads the entries of a map that documents of before do not have.
fn upgraded<T: serde::de::DeserializeOwned>(reader: &mut Reader<'_>, map: &str) -> Vec<T> {
    if !reader.has(map) {
        return Vec::new();
    }
    reader.entries(map).into_iter().map(|(_, entry)| entry).collect()
}

impl Tx<'_, '_> {
    /// Asks for a reward. The document needs [`crate::make_room`] first.
    pub fn request_reward(&mut self, request: &RedemptionRequest) -> Result<(), WriteError> {
        let request = RedemptionRequest { withdrawn: None, ..request.clone() };
        self.insert("requests", request.id.as_str(), &request)
    }

    /// Disputes an entry of health points, or says that one is missing. The document needs [`crate::make_room`] first.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one.
    pub fn dispute_entry(&mut self, dispute: &EntryDispute) -> Result<(), WriteError> {
        reasoned(&dispute.reason)?;
        self.insert("disputes", dispute.id.as_str(), &EntryDispute { withdrawn: None, ..dispute.clone() })
    }

    /// Takes a request or a dispute back, with a reason.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] for one that is not there.
    pub fn withdraw_entry(&mut self, entry: &str, back: &TakenBack) -> Result<(), WriteError> {
        reasoned(&back.reason)?;
        if !self.has("requests", entry)? && !self.has("disputes", entry)? {
            return Err(WriteError::NoSuchEntry);
        }
        self.insert("withdrawals", entry, back)
    }

    /// Records a reading.
    pub fn record_reading(&mut self, reading: &Reading) -> Result<(), WriteError> {
        self.insert("readings", reading.id.as_str(), reading)
    }
}
