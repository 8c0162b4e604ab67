//! What the pages of health points show, from both sides' documents.

use crate::replica::{rewards::PointsFile, rows::Row};
use documents::{Catalog, deeds};
use domain::base::{Date, HealthPoints, Order, Period};
use domain::health_points::{
    Answer, EntryDispute, HealthEntry, HealthRules, Ledger, Participation, Redeemed, RequestState, Requested,
    in_force, ledger, participation,
};
use domain::rules::VersionHash;
use std::cmp::Reverse;

/// A page of health points.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// The county has published no rules that are in force.
    NoRules,
    /// Something names a version that this device lacks.
    NeedsUpdate,
    /// The points.
    Here(Box<Points>),
}

/// Somebody's points, and the rules of today.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// All entries and what they sum to.
    pub ledger: Ledger,
    /// The version in force today.
    pub version: VersionHash,
    /// What it says.
    pub rules: HealthRules,
    /// What the team answered.
    pub answers: Vec<Answer>,
}

/// An entry or something handed out, as on a statement of a bank.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Points that came.
    Earned(Box<HealthEntry>),
    /// Points that went.
    Given(Box<Redeemed>),
}

impl Item {
    /// Returns the day that counts.
    #[must_use]
    pub fn on(&self) -> Date {
        match self {
            Self::Earned(entry) => entry.on,
            Self::Given(given) => given.redemption.on,
        }
    }
}

/// Something that waits for the team.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A request.
    Request(Requested),
    /// A dispute, with the entry it is about; nothing where one is missing.
    Dispute(EntryDispute, Option<Box<HealthEntry>>),
}

/// Returns somebody's points as of `today`.
#[must_use]
pub fn page(file: &PointsFile, catalog: &Catalog, today: Date) -> Page {
    let Some((version, rules)) = in_force(&catalog.health_points, today) else { return Page::NoRules };
    let done = deeds(&file.file.record, &file.file.diary, &file.rewards);
    let papers = file.file.diary.papers(&done, &file.rewards);
    let Ok(ledger) = ledger(papers, &catalog.health_points, today) else { return Page::NeedsUpdate };
    let answers = file.rewards.answers.clone();
    Page::Here(Box::new(Points { ledger, version: version.clone(), rules: rules.clone(), answers }))
}

impl Points {
    /// Returns what came and went, the newest first.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let earned = self.ledger.entries.iter().map(|entry| Item::Earned(Box::new(entry.clone())));
        let given = self.ledger.redeemed_for.iter().map(|given| Item::Given(Box::new(given.clone())));
        let mut items: Vec<Item> = earned.chain(given).collect();
        items.order_by_key(|item| Reverse((item.on(), matches!(item, Item::Given(_)))));
        items
    }

    /// Returns what waits for the team, the oldest first: what was asked for, then what was disputed.
    #[must_use]
    pub fn wishes(&self) -> Vec<Wish> {
        let open = self.ledger.requests.iter().filter(|request| request.state == RequestState::Waiting);
        let entry = |dispute: &EntryDispute| {
            let about = dispute.entry.as_ref()?;
            self.ledger.entries.iter().find(|entry| entry.id == *about).cloned().map(Box::new)
        };
        let disputes = self.ledger.waiting.iter();
        let disputes = disputes.map(|dispute| Wish::Dispute(dispute.clone(), entry(dispute)));
        open.cloned().map(Wish::Request).chain(disputes).collect()
    }

    /// Returns what came this year.
    #[must_use]
    pub fn this_year(&self, today: Date) -> HealthPoints {
        self.ledger.earned_in(Period::year_of(today))
    }

    /// Returns how many points are missing for a price; nothing when there are enough.
    #[must_use]
    pub fn lacking(&self, price: HealthPoints) -> Option<HealthPoints> {
        Some((price - self.ledger.free()).or_zero()).filter(|lacking| *lacking > HealthPoints::ZERO)
    }
}

/// What a team sees of all its residents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Team {
    /// Residents who wait for an answer, those with the most first, then by name.
    pub waiting: Vec<Row>,
    /// How many requests and disputes that are.
    pub count: u32,
    /// How many take part.
    pub participation: Option<Participation>,
}

/// Returns what a team sees, from the rows of its residents.
pub fn team<'a>(rows: impl Iterator<Item = &'a Row>, today: Date) -> Team {
    let rows: Vec<&Row> = rows.collect();
    let mut waiting: Vec<Row> = rows.iter().filter(|row| row.waiting > 0).map(|row| (*row).clone()).collect();
    waiting.order_by_key(|row| (Reverse(row.waiting), row.initials.clone(), row.subject.clone()));
    let count = waiting.iter().fold(0_u32, |sum, row| sum.saturating_add(row.waiting));
    let so_far = Period { until: today, ..Period::year_of(today) };
    let found = participation(rows.iter().map(|row| row.took_part), so_far);
    Team { waiting, count, participation: Some(found).filter(|found| found.residents > 0) }
}

#[cfg(test)]
mod tests;
