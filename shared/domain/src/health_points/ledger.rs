//! A resident's health points, whole.

use serde::Serialize;

use super::earn::earned;
use super::redemption::{redeemed, requested};
use super::{
    Answer, Deed, EntryDispute, HealthEntry, HealthRules, Redeemed, RedeemedState, Redemption,
    RedemptionRequest, RequestState, Requested,
};
use crate::base::{Date, HealthPoints, Period};
use crate::rules::{RuleError, Shelf};

/// What a resident's health points are made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Papers<'a> {
    /// What was done, of both documents.
    pub deeds: &'a [Deed],
    /// What the resident asked for.
    pub requests: &'a [RedemptionRequest],
    /// What the resident disputed.
    pub disputes: &'a [EntryDispute],
    /// What the team handed out.
    pub redemptions: &'a [Redemption],
    /// What the team answered.
    pub answers: &'a [Answer],
}

/// Health points: every entry with its why, and what they sum to.
///
/// `earned − reversed − redeemed = available − overdrawn`, and one of the two on the right is zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// What was earned, by day.
    pub entries: Vec<HealthEntry>,
    /// What was handed out, by the moment of entry.
    pub redeemed_for: Vec<Redeemed>,
    /// What was asked for, by the moment.
    pub requests: Vec<Requested>,
    /// Disputes that wait for the team: of entries, and of what is missing.
    pub waiting: Vec<EntryDispute>,
    /// All that was earned, with what was taken back of it.
    pub earned: HealthPoints,
    /// What was taken back of it.
    pub reversed: HealthPoints,
    /// What was handed out.
    pub redeemed: HealthPoints,
    /// What there is; never less than nothing.
    pub available: HealthPoints,
    /// What was handed out beyond it; what is earned next goes there first.
    pub overdrawn: HealthPoints,
    /// What requests that wait would take.
    pub reserved: HealthPoints,
}

impl Ledger {
    /// Returns what can still be asked for: what there is without what waiting requests would take.
    #[must_use]
    pub fn free(&self) -> HealthPoints {
        (self.available - self.reserved).or_zero()
    }

    /// Returns what entries that count brought in a period.
    #[must_use]
    pub fn earned_in(&self, period: Period) -> HealthPoints {
        let own = self.entries.iter().filter(|entry| entry.counts() && period.contains(entry.on));
        own.map(|entry| entry.points).sum()
    }

    /// Returns how many requests and disputes wait for the team.
    #[must_use]
    pub fn waits(&self) -> usize {
        let requests = self.requests.iter().filter(|request| request.state == RequestState::Waiting);
        requests.count() + self.waiting.len()
    }
}

/// Returns the health points of a resident as of `today`. The order in which anything arrived does not matter.
///
/// What was handed out counts in full, whoever did so and whether or not they knew of each other: it was given, and a merge
/// takes nothing out of a hand. Two that answer one request are one, the one entered first. Where the points do not reach, what
/// there is is nothing and never less; the missing part is shown, by the order of entry, and what is earned next fills it first.
///
/// # Errors
/// [`RuleError::UnknownVersion`] when this device lacks the version that a request or redemption names.
pub fn ledger(papers: Papers<'_>, versions: &Shelf<HealthRules>, today: Date) -> Result<Ledger, RuleError> {
    let entries = earned(&papers, versions, today);
    let all: HealthPoints = entries.iter().map(|entry| entry.points).sum();
    let reversed: HealthPoints =
        entries.iter().filter(|entry| !entry.counts()).map(|entry| entry.points).sum();
    let redeemed_for = redeemed(&papers, versions, all - reversed)?;
    let requests = requested(&papers, versions, &redeemed_for)?;
    let given = redeemed_for.iter().filter(|redeemed| redeemed.state == RedeemedState::Given);
    let redeemed: HealthPoints = given.map(|redeemed| redeemed.price).sum();
    let balance = all - reversed - redeemed;
    let open = requests.iter().filter(|request| request.state == RequestState::Waiting);
    let reserved = open.map(|request| request.price).sum();
    Ok(Ledger {
        entries,
        redeemed_for,
        requests,
        waiting: waiting(&papers),
        earned: all,
        reversed,
        redeemed,
        available: balance.or_zero(),
        overdrawn: (HealthPoints::ZERO - balance).or_zero(),
        reserved,
    })
}

fn waiting(papers: &Papers<'_>) -> Vec<EntryDispute> {
    use crate::base::Order;
    let open = papers.disputes.iter().filter(|dispute| super::waiting(dispute, papers.answers));
    let mut open: Vec<EntryDispute> = open.cloned().collect();
    open.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    open.dedup_by(|a, b| a.id == b.id);
    open
}
