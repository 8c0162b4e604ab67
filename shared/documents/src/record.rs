//! The record document: visits, contracts, conditions, allergies, medications, attachments, what is known of the body.

pub mod attachments;
pub mod body;
pub mod contracts;
pub mod history;
pub mod visits;

use automerge::Automerge;
use domain::base::Date;
use domain::base::Order;
use domain::care::{CareRules, Disease, Due, PreviousFollowUp};
use domain::contracts::{Contract, Service, Termination};
use domain::measurements::{Body, BodyFact, Whose, body_rules};
use domain::people::{KeyGroup, Resident};

pub use attachments::{Attachment, AttachmentKind};
pub use contracts::SignedContract;
pub use history::{Allergy, Condition, Medication};
use serde::Serialize;

use crate::read::Reader;
use crate::visit::{Visit, Voided};
use crate::{Kind, Problem};

/// A resident's record.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Record {
    /// Visits by date, voided ones too.
    pub visits: Vec<Visit>,
    /// Contracts by first day.
    pub contracts: Vec<SignedContract>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Allergies.
    pub allergies: Vec<Allergy>,
    /// Medications.
    pub medications: Vec<Medication>,
    /// Photos and other files by when they were taken, voided ones too.
    pub attachments: Vec<Attachment>,
    /// What was found of kidneys, liver, pregnancy and breast-feeding, by day; not what was voided.
    pub body: Vec<BodyFact>,
}

/// Reads a record.
#[must_use]
pub fn read_record(doc: &Automerge) -> (Record, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Record);
    let mut visits: Vec<Visit> = reader.entries("visits").into_iter().map(|(_, visit)| visit).collect();
    let attachments = if reader.has("attachments") { reader.entries("attachments") } else { Vec::new() };
    let mut attachments: Vec<Attachment> =
        attachments.into_iter().map(|(_, attachment)| attachment).collect();
    let voids = reader.entries::<Voided>("voids");
    let body = body::read(&mut reader, &voids);
    for (id, void) in voids {
        if let Some(visit) = visits.iter_mut().find(|visit| visit.id.as_str() == id) {
            visit.voided = Some(void);
        } else if let Some(attachment) =
            attachments.iter_mut().find(|attachment| attachment.id.as_str() == id)
        {
            attachment.voided = Some(void);
        }
    }
    attachments.order_by(|a, b| (a.taken_at, &a.id).cmp(&(b.taken_at, &b.id)));
    visits.order_by(|a, b| (a.on(), a.recorded_at, &a.id).cmp(&(b.on(), b.recorded_at, &b.id)));
    let mut contracts: Vec<SignedContract> =
        reader.entries("contracts").into_iter().map(|(_, contract)| contract).collect();
    for (id, end) in reader.entries::<Termination>("terminations") {
        if let Some(signed) = contracts.iter_mut().find(|signed| signed.contract.id.as_str() == id) {
            signed.contract.terminated = Some(end);
        }
    }
    contracts.order_by(|a, b| (a.contract.from, &a.contract.id).cmp(&(b.contract.from, &b.contract.id)));
    let values = |entries: Vec<(String, _)>| entries.into_iter().map(|(_, entry)| entry).collect();
    let conditions = values(reader.entries("conditions"));
    let allergies = reader.entries("allergies").into_iter().map(|(_, entry)| entry).collect();
    let medications = reader.entries("medications").into_iter().map(|(_, entry)| entry).collect();
    (Record { visits, contracts, conditions, allergies, medications, attachments, body }, reader.problems)
}

impl Record {
    /// Returns the visits that were not voided, by date.
    pub fn standing_visits(&self) -> impl DoubleEndedIterator<Item = &Visit> {
        self.visits.iter().filter(|visit| visit.voided.is_none())
    }

    /// Returns the contracts without their signatures.
    #[must_use]
    pub fn contracts(&self) -> Vec<Contract> {
        self.contracts.iter().map(|signed| signed.contract.clone()).collect()
    }

    /// Returns the services given, voided ones marked.
    #[must_use]
    pub fn services(&self) -> Vec<Service> {
        self.visits.iter().flat_map(Visit::services_given).collect()
    }

    /// Returns what of the follow-up of a disease before `date` counts for one held then.
    #[must_use]
    pub fn previous_follow_up(&self, disease: &Disease, date: Date) -> Option<PreviousFollowUp> {
        let before = self.standing_visits().rev().filter(|visit| visit.on() <= date);
        before.into_iter().find_map(|visit| visit.as_previous(disease))
    }

    /// Returns what was found of the body, by day: the facts, and what prescriptions of before them were checked with.
    #[must_use]
    pub fn body_facts(&self) -> Vec<BodyFact> {
        let mut facts: Vec<BodyFact> = self.standing_visits().filter_map(body::of_prescription).collect();
        facts.extend(self.body.iter().cloned());
        facts.order_by_key(|fact| (fact.on, fact.recorded_at));
        facts
    }

    /// Returns what is known of the body on a day; nothing without rules, which is not normal.
    #[must_use]
    pub fn body_on(&self, resident: &Resident, day: Date) -> Body {
        let whose = Whose { born: resident.birth_date, sex: &resident.sex };
        body_rules().and_then(|rules| rules.known(&self.body_facts(), whose, day)).unwrap_or_default()
    }

    /// Tells whether a resident is in the group of the pregnant, or known to be pregnant or to breast-feed.
    #[must_use]
    pub fn expects(&self, resident: &Resident, day: Date) -> bool {
        resident.is_in(&KeyGroup::Pregnant) || self.body_on(resident, day).expects()
    }

    /// Returns what is due for a resident, the earliest first: of every disease they are under care for, as of
    /// `since` where they were never seen, or were followed up for before.
    #[must_use]
    pub fn dues(&self, resident: &Resident, since: Date, rules: CareRules<'_>) -> Vec<(Disease, Due)> {
        let mut dues: Vec<(Disease, Due)> = Vec::new();
        for disease in Disease::KNOWN {
            let last = self.standing_visits().rev().find_map(|visit| visit.as_last(disease));
            if last.is_some() || disease.concerns(resident) {
                let due = rules.due(disease, last.as_ref(), since);
                dues.extend(due.into_iter().map(|due| (disease.clone(), due)));
            }
        }
        dues.order_by_key(|(disease, due)| (due.date, disease.clone()));
        dues
    }
}
