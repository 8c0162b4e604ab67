//! The closed month: frozen once, replayed for ever, corrected only by entries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{LineState, Statement};
use crate::base::{
    ClaimId, Date, InstitutionId, ItemId, Order, Period, RulingId, StaffId, Timestamp, WorkPoints,
};
use crate::rules::VersionHash;

/// A month of an institution as it was closed. Its canonical text is the same on every device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// The institution.
    pub institution: InstitutionId,
    /// The month.
    pub month: Period,
    /// The heads of the documents it rests on, as the server confirmed them: document, then heads.
    pub heads: Vec<(String, Vec<String>)>,
    /// Its people, by name of account.
    pub people: Vec<Frozen>,
    /// What became known of months closed before and was in none of them yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

impl Close {
    /// Enters what became known of months closed before.
    #[must_use]
    pub fn entering(self, corrections: Vec<Correction>) -> Self {
        Self { corrections, ..self }
    }

    /// Returns what each person's corrections add up to with what the month counted, by name of account.
    #[must_use]
    pub fn earned(&self) -> Vec<(StaffId, WorkPoints)> {
        let mut earned: BTreeMap<&StaffId, WorkPoints> = BTreeMap::new();
        let counted = self.people.iter().map(|person| (&person.staff, person.counted));
        let entered = self.corrections.iter().map(|entry| (&entry.staff, entry.difference()));
        for (staff, points) in counted.chain(entered) {
            let sum = earned.entry(staff).or_default();
            *sum = *sum + points;
        }
        earned.into_iter().map(|(staff, points)| (staff.clone(), points)).collect()
    }
}

/// A member of staff's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Who.
    pub staff: StaffId,
    /// The claims of the month that counted, by date of work. What did not is nobody else's business.
    pub lines: Vec<FrozenLine>,
    /// What measured figures earned.
    pub indicators: WorkPoints,
    /// What counts.
    pub counted: WorkPoints,
}

/// A claim as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenLine {
    /// The claim.
    pub claim: ClaimId,
    /// The kind of work.
    pub item: ItemId,
    /// The day of work.
    pub on: Date,
    /// Where it stood.
    pub state: LineState,
    /// The points after caps.
    pub points: WorkPoints,
    /// The version of the rules.
    pub rules: VersionHash,
    /// The ruling that counted.
    pub ruling: Option<RulingId>,
}

/// A difference between a closed month and what is known now. The closed month stays; the next one that is closed enters this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Who.
    pub staff: StaffId,
    /// The claim.
    pub claim: ClaimId,
    /// The day of work.
    pub on: Date,
    /// What was frozen; nothing for a claim that came later.
    pub was: WorkPoints,
    /// What counts now.
    pub is: WorkPoints,
    /// When the claim, its withdrawal or the ruling that makes the difference was recorded, or that of another claim
    /// under the same cap: the latest of this claim's own.
    pub at: Timestamp,
}

impl Correction {
    /// Returns what is to be added to the month that enters it.
    #[must_use]
    pub fn difference(&self) -> WorkPoints {
        self.is - self.was
    }
}

/// Freezes a month from its statements.
#[must_use]
pub fn close(
    institution: InstitutionId,
    month: Period,
    mut heads: Vec<(String, Vec<String>)>,
    statements: &[Statement],
) -> Close {
    heads.order_by(|a, b| a.cmp(b));
    let mut people: Vec<Frozen> = statements.iter().map(frozen).collect();
    people.order_by(|a, b| a.staff.cmp(&b.staff));
    Close { institution, month, heads, people, corrections: Vec::new() }
}

fn frozen(statement: &Statement) -> Frozen {
    let counted = statement.lines.iter().filter(|line| line.state.counts());
    let lines = counted.map(|line| FrozenLine {
        claim: line.claim.id.clone(),
        item: line.claim.item.clone(),
        on: line.claim.on,
        state: line.state,
        points: line.points,
        rules: line.rules.clone(),
        ruling: line.ruling.as_ref().map(|ruling| ruling.id.clone()),
    });
    Frozen {
        staff: statement.staff.clone(),
        lines: lines.collect(),
        indicators: statement.indicators.iter().map(|line| line.points).sum(),
        counted: statement.counted,
    }
}

/// Compares a closed month with its statements of today, and returns what differs, by person and day of work.
#[must_use]
pub fn corrections(close: &Close, now: &[Statement]) -> Vec<Correction> {
    outstanding(std::slice::from_ref(close), now)
}

/// Compares closed months with their statements of today, and returns what differs and was entered in none of them, by
/// person and day of work. A correction that a later month entered is not found again.
///
/// `closes` are of one institution, in any order; lines of `now` that lie in none of their months are left out.
#[must_use]
pub fn outstanding(closes: &[Close], now: &[Statement]) -> Vec<Correction> {
    let mut closes: Vec<&Close> = closes.iter().collect();
    closes.order_by(|a, b| a.month.from.cmp(&b.month.from));
    // What was paid for last: the frozen figure, or that of the latest correction.
    let mut stands: BTreeMap<&ClaimId, WorkPoints> = BTreeMap::new();
    for close in &closes {
        let lines = close.people.iter().flat_map(|person| &person.lines);
        stands.extend(lines.map(|line| (&line.claim, line.points)));
        stands.extend(close.corrections.iter().map(|entry| (&entry.claim, entry.is)));
    }
    let mut found = Vec::new();
    for statement in now {
        for line in &statement.lines {
            let claim = &line.claim;
            if !closes.iter().any(|close| close.month.contains(claim.on)) {
                continue;
            }
            let is = if line.state.counts() { line.points } else { WorkPoints::ZERO };
            let was = stands.get(&claim.id).copied().unwrap_or_default();
            if is != was {
                let causes = [
                    Some(claim.recorded_at),
                    claim.withdrawn.as_ref().map(|withdrawn| withdrawn.at),
                    line.ruling.as_ref().map(|ruling| ruling.at),
                ];
                let at = causes.into_iter().flatten().max().unwrap_or(claim.recorded_at);
                let (staff, claim, on) = (statement.staff.clone(), claim.id.clone(), claim.on);
                found.push(Correction { staff, claim, on, was, is, at });
            }
        }
    }
    found.order_by(|a, b| (&a.staff, a.on, &a.claim).cmp(&(&b.staff, b.on, &b.claim)));
    found
}
