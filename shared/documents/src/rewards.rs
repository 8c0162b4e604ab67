//! The rewards document: the team's side of a resident's health points. The resident's side is in the diary.

use automerge::Automerge;
use domain::base::{Date, EntryId, Order, StaffId, Timestamp};
use domain::health_points::{Answer, Deed, DeedKind, Redemption, TakenBack};
use serde::Serialize;

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

domain::open_enum! {
    /// What the team saw a resident take part in.
    pub enum AttendanceKind {
        /// A lecture on health.
        Lecture = "lecture",
        /// A screening.
        Screening = "screening",
    }
}

/// Something the team saw a resident take part in that no visit records.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Attendance {
    /// The id.
    pub id: EntryId,
    /// What.
    pub kind: AttendanceKind,
    /// The day.
    pub on: Option<Date>,
    /// What it was about.
    pub note: String,
    /// Who entered it.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// Whether it was taken back; kept apart in the document.
    #[serde(skip)]
    pub taken_back: Option<TakenBack>,
}

domain::read_by_field! { Attendance { id, kind, on, note, by, at } but { taken_back } }

impl Attendance {
    /// Returns the day, or that of entry where it is missing.
    #[must_use]
    pub fn day(&self) -> Date {
        self.on.unwrap_or_else(|| self.at.date())
    }

    /// Returns what of it health points count.
    #[must_use]
    pub fn deed(&self) -> Deed {
        Deed {
            kind: DeedKind::Attendance,
            of: self.kind.as_str().to_owned(),
            on: self.day(),
            evidence: self.id.to_string(),
            taken_out: self.taken_back.clone(),
        }
    }
}

/// The team's side of a resident's health points.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Rewards {
    /// What the team saw, by day; what was taken back too.
    pub attendances: Vec<Attendance>,
    /// What was handed out, by the moment of entry; what was taken back too.
    pub redemptions: Vec<Redemption>,
    /// Answers to disputes and requests, oldest first.
    pub answers: Vec<Answer>,
}

/// Reads a rewards document.
#[must_use]
pub fn read_rewards(doc: &Automerge) -> (Rewards, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Rewards);
    let attendances = reader.entries("attendances").into_iter().map(|(_, entry)| entry);
    let mut attendances: Vec<Attendance> = attendances.collect();
    let redemptions = reader.entries("redemptions").into_iter().map(|(_, entry)| entry);
    let mut redemptions: Vec<Redemption> = redemptions.collect();
    let mut answers: Vec<Answer> = reader.entries("answers").into_iter().map(|(_, answer)| answer).collect();
    for (id, back) in reader.entries::<TakenBack>("taken_back") {
        if let Some(redemption) = redemptions.iter_mut().find(|entry| entry.id.as_str() == id) {
            redemption.taken_back = Some(back);
        } else if let Some(attendance) = attendances.iter_mut().find(|entry| entry.id.as_str() == id) {
            attendance.taken_back = Some(back);
        }
    }
    attendances.order_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
    redemptions.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    answers.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (Rewards { attendances, redemptions, answers }, reader.problems)
}

impl Tx<'_, '_> {
    /// Records that a resident took part in something.
    pub fn attend(&mut self, attendance: &Attendance) -> Result<(), WriteError> {
        self.insert("attendances", attendance.id.as_str(), attendance)
    }

    /// Records that a reward was handed out.
    pub fn hand_out(&mut self, redemption: &Redemption) -> Result<(), WriteError> {
        self.insert("redemptions", redemption.id.as_str(), redemption)
    }

    /// Takes back what was handed out or seen, with a reason. It stays readable.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] for one that is not there.
    pub fn take_back(&mut self, entry: &str, back: &TakenBack) -> Result<(), WriteError> {
        reasoned(&back.reason)?;
        if !self.has("redemptions", entry)? && !self.has("attendances", entry)? {
            return Err(WriteError::NoSuchEntry);
        }
        self.insert("taken_back", entry, back)
    }

    /// Answers a dispute or a request. A later answer counts instead; both stay.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one: the resident reads it.
    pub fn answer(&mut self, answer: &Answer) -> Result<(), WriteError> {
        reasoned(&answer.reason)?;
        self.insert("answers", answer.id.as_str(), answer)
    }
}

pub(crate) fn reasoned(reason: &str) -> Result<(), WriteError> {
    if reason.trim().is_empty() { Err(WriteError::NoReason) } else { Ok(()) }
}
