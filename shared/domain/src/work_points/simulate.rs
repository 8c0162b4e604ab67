//! What a draft of the rules would have done to a period that is known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::weigh::pinned;
use super::{Claim, PointsRules, Post, Ruling, Rulings, Weighed, in_force, weigh};
use crate::base::{ClaimId, Date, ItemId, Order, Period, StaffId, WorkPoints};
use crate::rules::{RuleError, Shelf};

/// How many claims are named that changed most.
const NAMED: usize = 20;

/// A figure before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shift {
    /// By the rules in force then.
    pub before: WorkPoints,
    /// By the draft.
    pub after: WorkPoints,
}

impl Shift {
    /// Returns what the draft adds.
    #[must_use]
    pub fn difference(&self) -> WorkPoints {
        self.after - self.before
    }

    fn add(&mut self, before: WorkPoints, after: WorkPoints) {
        self.before = self.before + before;
        self.after = self.after + after;
    }
}

/// What the draft does to a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Who.
    pub staff: StaffId,
    /// The points that count.
    pub points: Shift,
    /// The points to reach, where the rules set any.
    pub threshold: (Option<WorkPoints>, Option<WorkPoints>),
}

impl Change {
    /// Tells whether the person reached what was to be reached and no longer does.
    #[must_use]
    pub fn falls_under(&self) -> bool {
        let reaches =
            |points: WorkPoints, threshold: Option<WorkPoints>| threshold.is_none_or(|t| points >= t);
        reaches(self.points.before, self.threshold.0) && !reaches(self.points.after, self.threshold.1)
    }
}

/// What the draft does to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimChange {
    /// Whose.
    pub staff: StaffId,
    /// The claim.
    pub claim: ClaimId,
    /// The kind of work.
    pub item: ItemId,
    /// The day of work.
    pub on: Date,
    /// Its points.
    pub points: Shift,
}

/// What a draft would have done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Simulation {
    /// Over everybody.
    pub total: Shift,
    /// By person, by name of account.
    pub people: Vec<Change>,
    /// By kind of work: claims that count by either, and their points.
    pub items: BTreeMap<ItemId, (usize, Shift)>,
    /// The claims that changed most, the greatest change first.
    pub claims: Vec<ClaimChange>,
}

/// A member of staff whose work is simulated; claims are those of the whole year.
#[derive(Debug, Clone, Copy)]
pub struct Worker<'a> {
    /// Who.
    pub staff: &'a StaffId,
    /// Where, and in which group.
    pub post: Post<'a>,
    /// Their claims.
    pub claims: &'a [Claim],
    /// The rulings on them.
    pub rulings: &'a [Ruling],
}

/// A simulation under way: one person after the other, so that it can show how far it is and be stopped.
#[derive(Debug)]
pub struct Simulator<'a> {
    draft: &'a PointsRules,
    versions: &'a Shelf<PointsRules>,
    period: Period,
    result: Simulation,
}

impl<'a> Simulator<'a> {
    /// Begins: every claim of `period` counts once by the version it was made under and once by `draft`.
    #[must_use]
    pub fn new(draft: &'a PointsRules, versions: &'a Shelf<PointsRules>, period: Period) -> Self {
        Self { draft, versions, period, result: Simulation::default() }
    }

    /// Adds a person.
    ///
    /// # Errors
    /// [`RuleError::UnknownVersion`] when this device lacks the version a claim was made under.
    pub fn add(&mut self, worker: Worker<'a>) -> Result<(), RuleError> {
        let rulings = Rulings::of(worker.rulings);
        let (period, draft) = (self.period, self.draft);
        let mut own = pinned(self.versions);
        let group = worker.post.group;
        let before = weigh(worker.claims.iter(), &rulings, group, &mut own)?;
        // What was done outside the period keeps its rules: its caps are used up as they were.
        let by_draft = |claim: &Claim| if period.contains(claim.on) { Ok(draft) } else { own(claim) };
        let after = weigh(worker.claims.iter(), &rulings, group, by_draft)?;
        let mut points = Shift::default();
        for (before, after) in before.iter().zip(&after).filter(|(b, _)| period.contains(b.claim.on)) {
            let (was, is) = (counted(before), counted(after));
            points.add(was, is);
            if before.state.counts() || after.state.counts() {
                let (claims, shift) = self.result.items.entry(before.claim.item.clone()).or_default();
                *claims += 1;
                shift.add(was, is);
            }
            if was != is {
                self.name(worker.staff, before.claim, Shift { before: was, after: is });
            }
        }
        self.result.total.add(points.before, points.after);
        let threshold = |rules: &PointsRules| {
            rules.threshold(worker.post.institution, worker.post.name).map(|threshold| threshold.points)
        };
        let then = in_force(self.versions, period.until).and_then(|(_, rules)| threshold(rules));
        self.result.people.push(Change {
            staff: worker.staff.clone(),
            points,
            threshold: (then, threshold(draft)),
        });
        Ok(())
    }

    fn name(&mut self, staff: &StaffId, claim: &Claim, points: Shift) {
        let claims = &mut self.result.claims;
        claims.push(ClaimChange {
            staff: staff.clone(),
            claim: claim.id.clone(),
            item: claim.item.clone(),
            on: claim.on,
            points,
        });
        if claims.len() >= 64 * NAMED {
            keep_greatest(claims);
        }
    }

    /// Ends and returns what the draft would have done.
    #[must_use]
    pub fn finish(mut self) -> Simulation {
        keep_greatest(&mut self.result.claims);
        self.result.people.order_by(|a, b| a.staff.cmp(&b.staff));
        self.result
    }
}

fn counted(weighed: &Weighed<'_>) -> WorkPoints {
    if weighed.state.counts() { weighed.points } else { WorkPoints::ZERO }
}

/// The greatest change first; of equal ones the earlier claim.
fn keep_greatest(claims: &mut Vec<ClaimChange>) {
    claims.order_by(|a, b| {
        let size = |change: &ClaimChange| change.points.difference().0.unsigned_abs();
        size(b).cmp(&size(a)).then_with(|| (a.on, &a.claim).cmp(&(b.on, &b.claim)))
    });
    claims.truncate(NAMED);
}
