//! The closed month: frozen once, replayed for ever, corrected only by entries.

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
}

/// A member of staff's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Who.
    pub staff: StaffId,
    /// Every claim of the month, by date of work.
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
    /// The points after caps; nothing unless they counted.
    pub points: WorkPoints,
    /// The version of the rules.
    pub rules: VersionHash,
    /// The ruling that counted.
    pub ruling: Option<RulingId>,
}

/// A difference between a closed month and what is known now. The closed month stays; this is entered where its cause lies.
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
    /// Returns what is to be added to the month of its cause.
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
    Close { institution, month, heads, people }
}

fn frozen(statement: &Statement) -> Frozen {
    let lines = statement.lines.iter().map(|line| FrozenLine {
        claim: line.claim.id.clone(),
        item: line.claim.item.clone(),
        on: line.claim.on,
        state: line.state,
        points: if line.state.counts() { line.points } else { WorkPoints::ZERO },
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
    let mut found = Vec::new();
    for statement in now {
        let was = close.people.iter().find(|person| person.staff == statement.staff);
        let was = |claim: &ClaimId| {
            let line = was.and_then(|person| person.lines.iter().find(|line| line.claim == *claim));
            line.map_or(WorkPoints::ZERO, |line| line.points)
        };
        for line in &statement.lines {
            let claim = &line.claim;
            let is = if line.state.counts() { line.points } else { WorkPoints::ZERO };
            let was = was(&claim.id);
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
