//! The statement of a member of staff over a period.

use crate::base::Order;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Claim, PointsRules, Ruling, Score, Verdict, score};
use crate::base::{Date, InstitutionId, ItemId, Period, StaffId, WorkPoints};
use crate::rules::{RuleError, Shelf, VersionHash};

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// Counted without a ruling: the rules ask for none.
    Counted,
    /// Ruled and counted.
    Accepted,
    /// Ruled and counted with another figure.
    Adjusted,
    /// Ruled out.
    Rejected,
    /// Waiting for a ruling.
    Pending,
    /// Withdrawn by whoever made it.
    Withdrawn,
    /// The version it was made under has no such item.
    NoSuchItem,
}

impl LineState {
    /// Tells whether the line's points are in the total.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Counted | Self::Accepted | Self::Adjusted)
    }
}

/// A line, which explains its own figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The claim.
    pub claim: Claim,
    /// Base × coefficients; nothing when the rules do not have the item.
    pub score: Option<Score>,
    /// Where it stands.
    pub state: LineState,
    /// The points before caps: the score, or what a ruling put in its place.
    pub before_caps: WorkPoints,
    /// The points after caps: counted when the state counts, else what it would bring.
    pub points: WorkPoints,
    /// The cap that cut it.
    pub capped_by: Option<Cap>,
    /// The ruling that counts: who and why.
    pub ruling: Option<Ruling>,
    /// Earlier rulings on the same claim, oldest first.
    pub overruled: Vec<Ruling>,
    /// The name of the rules.
    pub rules_title: String,
    /// Their version.
    pub rules: VersionHash,
}

/// A cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "per", content = "points", rename_all = "snake_case")]
pub enum Cap {
    /// A calendar month's.
    Month(WorkPoints),
    /// A calendar year's.
    Year(WorkPoints),
}

/// How far the points counted in a calendar year have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gauge {
    /// The year so far: from its first day to the statement's last.
    pub period: Period,
    /// The points counted in it.
    pub counted: WorkPoints,
    /// The points to reach.
    pub threshold: WorkPoints,
    /// Points still missing.
    pub missing: WorkPoints,
    /// Reached, in basis points; may pass 10000.
    pub reached: u32,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Whose.
    pub staff: StaffId,
    /// Over which days.
    pub period: Period,
    /// Lines by date of work.
    pub lines: Vec<Line>,
    /// The sum of lines that count.
    pub counted: WorkPoints,
    /// The sum of pending lines.
    pub pending: WorkPoints,
    /// The gauge, where the latest rules set a threshold.
    pub gauge: Option<Gauge>,
}

/// The place a statement's threshold is set by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post<'a> {
    /// The institution where the person works.
    pub institution: &'a InstitutionId,
    /// Its name.
    pub name: &'a str,
}

/// Returns the statement of `staff` over `period`. The order of claims and rulings does not matter.
///
/// Claims of the whole year are to be passed, since yearly caps count from its first day; lines are
/// those of the period. Counted claims use up caps first, by date; pending ones what is then left.
///
/// # Errors
/// [`RuleError::UnknownVersion`] when this device lacks the version a claim was made under.
pub fn statement(
    claims: &[Claim],
    rulings: &[Ruling],
    versions: &Shelf<PointsRules>,
    staff: &StaffId,
    period: Period,
    post: Post<'_>,
) -> Result<Statement, RuleError> {
    let mut lines: Vec<Line> = Vec::new();
    for claim in claims.iter().filter(|claim| claim.staff == *staff) {
        lines.push(line(claim, rulings, versions)?);
    }
    lines.order_by(|a, b| order(a).cmp(&order(b)));
    let mut caps = Caps::default();
    for counting in [true, false] {
        let wanted = |line: &&mut Line| line.state.counts() == counting && line.state != LineState::Rejected;
        for line in lines.iter_mut().filter(wanted) {
            caps.apply(line, versions.get(&line.rules)?);
        }
    }
    let so_far = Period { from: Period::year_of(period.until).from, until: period.until };
    let in_year = lines.iter().filter(|line| line.state.counts() && so_far.contains(line.claim.on));
    let gauge = gauge(versions, so_far, post, in_year.map(|line| line.points).sum());
    lines.retain(|line| period.contains(line.claim.on));
    let sum = |keep: fn(&Line) -> bool| lines.iter().filter(|l| keep(l)).map(|l| l.points).sum();
    let counted = sum(|line| line.state.counts());
    let pending = sum(|line| line.state == LineState::Pending);
    Ok(Statement { staff: staff.clone(), period, lines, counted, pending, gauge })
}

/// By date of work, then by id.
fn order(line: &Line) -> (Date, &str) {
    (line.claim.on, line.claim.id.as_str())
}

fn line(claim: &Claim, rulings: &[Ruling], versions: &Shelf<PointsRules>) -> Result<Line, RuleError> {
    let rules = versions.get(&claim.rules)?;
    let mut own: Vec<&Ruling> = rulings.iter().filter(|ruling| ruling.claim == claim.id).collect();
    own.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    own.dedup_by(|a, b| a.id == b.id);
    let ruling = own.pop().cloned();
    let score = score(claim, rules);
    let scored = score.as_ref().map_or(WorkPoints::ZERO, |score| score.points);
    let needs_ruling = rules.item(&claim.item).is_none_or(|item| item.needs_ruling);
    let (state, before_caps) = match (&claim.withdrawn, &score, ruling.as_ref().map(|r| &r.verdict)) {
        (Some(_), ..) => (LineState::Withdrawn, WorkPoints::ZERO),
        (_, None, _) => (LineState::NoSuchItem, WorkPoints::ZERO),
        (.., Some(Verdict::Accepted)) => (LineState::Accepted, scored),
        (.., Some(Verdict::Adjusted { points })) => (LineState::Adjusted, *points),
        (.., Some(Verdict::Rejected)) => (LineState::Rejected, WorkPoints::ZERO),
        (.., Some(Verdict::Unknown)) => (LineState::Pending, scored),
        (.., None) if needs_ruling => (LineState::Pending, scored),
        (.., None) => (LineState::Counted, scored),
    };
    Ok(Line {
        claim: claim.clone(),
        score,
        state,
        before_caps,
        points: before_caps,
        capped_by: None,
        ruling,
        overruled: own.into_iter().cloned().collect(),
        rules_title: rules.title.clone(),
        rules: claim.rules.clone(),
    })
}

/// What each item has used of its month and year.
#[derive(Default)]
struct Caps {
    months: BTreeMap<(ItemId, Date), i64>,
    years: BTreeMap<(ItemId, Date), i64>,
}

impl Caps {
    fn apply(&mut self, line: &mut Line, rules: &PointsRules) {
        let Some(item) = rules.item(&line.claim.item) else { return };
        let key = |from: Date| (line.claim.item.clone(), from);
        let month = self.months.entry(key(Period::month_of(line.claim.on).from)).or_default();
        let year = self.years.entry(key(Period::year_of(line.claim.on).from)).or_default();
        let mut points = line.before_caps.0;
        let caps = [
            (item.cap_month, *month, Cap::Month as fn(WorkPoints) -> Cap),
            (item.cap_year, *year, Cap::Year as fn(WorkPoints) -> Cap),
        ];
        for (cap, used, name) in caps {
            let Some(cap) = cap else { continue };
            let room = (cap.0 - used).max(0);
            if points > room {
                points = room;
                line.capped_by = Some(name(cap));
            }
        }
        line.points = WorkPoints(points);
        *month += points;
        *year += points;
    }
}

fn gauge(
    versions: &Shelf<PointsRules>,
    period: Period,
    post: Post<'_>,
    counted: WorkPoints,
) -> Option<Gauge> {
    let in_force = in_force(versions, period.until)?;
    let threshold = in_force.1.threshold(post.institution, post.name)?.points;
    if threshold.0 <= 0 {
        return None;
    }
    let reached = i128::from(counted.0.max(0)) * 10_000 / i128::from(threshold.0);
    Some(Gauge {
        period,
        counted,
        threshold,
        missing: WorkPoints((threshold.0 - counted.0).max(0)),
        reached: u32::try_from(reached).unwrap_or(u32::MAX),
    })
}

/// Returns the published version in force on `date`; of two from the same day the greater hash.
#[must_use]
pub fn in_force(versions: &Shelf<PointsRules>, date: Date) -> Option<(&VersionHash, &PointsRules)> {
    versions.iter().filter(|(_, rules)| rules.from <= date).max_by_key(|(hash, rules)| (rules.from, *hash))
}
