//! The statement of a member of staff over a period.

use serde::{Deserialize, Serialize};

use super::indicator::earned;
use super::weigh::pinned;
use super::{Claim, IndicatorLine, Measured, PointsRules, Ruling, Rulings, Score, Weighed, score, weigh};
use crate::base::{Date, InstitutionId, Order, Period, StaffId, WorkPoints};
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
    /// The item is not for the person's group.
    OtherGroup,
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
    /// A claim's own.
    Claim(WorkPoints),
    /// A day's.
    Day(WorkPoints),
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
    /// What figures measured over periods that end in these days earned.
    pub indicators: Vec<IndicatorLine>,
    /// The sum of lines that count, and of indicators.
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
    /// The group of the person.
    pub group: &'a str,
}

/// Returns the statement of `staff` over `period`. The order of claims, rulings and figures does not matter.
///
/// Claims of the whole year are to be passed, since yearly caps count from its first day; lines are
/// those of the period. Counted claims use up caps first, by date; pending ones what is then left.
/// A measured figure is weighed by the version in force on the last day of its own period.
///
/// # Errors
/// [`RuleError::UnknownVersion`] when this device lacks the version a claim was made under.
pub fn statement(
    claims: &[Claim],
    rulings: &[Ruling],
    measured: &[Measured],
    versions: &Shelf<PointsRules>,
    staff: &StaffId,
    period: Period,
    post: Post<'_>,
) -> Result<Statement, RuleError> {
    let rulings = Rulings::of(rulings);
    let own = claims.iter().filter(|claim| claim.staff == *staff);
    let weighed = weigh(own, &rulings, post.group, pinned(versions))?;
    let so_far = Period { from: Period::year_of(period.until).from, until: period.until };
    let in_year = weighed.iter().filter(|w| w.state.counts() && so_far.contains(w.claim.on));
    let of_claims: WorkPoints = in_year.map(|weighed| weighed.points).sum();
    let mut indicators = indicators(measured, versions, post.group);
    let ends_in = |line: &IndicatorLine, days: Period| days.contains(line.measured.period.until);
    let of_figures: WorkPoints = indicators.iter().filter(|l| ends_in(l, so_far)).map(|l| l.points).sum();
    let gauge = gauge(versions, so_far, post, of_claims + of_figures);
    indicators.retain(|line| ends_in(line, period));
    let lines: Vec<Line> =
        weighed.iter().filter(|w| period.contains(w.claim.on)).map(|w| line(w, &rulings)).collect();
    let sum = |keep: fn(LineState) -> bool| -> WorkPoints {
        lines.iter().filter(|line| keep(line.state)).map(|line| line.points).sum()
    };
    let counted = sum(LineState::counts) + indicators.iter().map(|line| line.points).sum();
    let pending = sum(|state| state == LineState::Pending);
    Ok(Statement { staff: staff.clone(), period, lines, indicators, counted, pending, gauge })
}

fn indicators(measured: &[Measured], versions: &Shelf<PointsRules>, group: &str) -> Vec<IndicatorLine> {
    let in_force = |measured: &Measured| in_force(versions, measured.period.until);
    let lines = measured.iter().filter_map(|m| Some(earned(m, in_force(m)?, group)));
    let mut lines: Vec<IndicatorLine> = lines.flatten().collect();
    lines.order_by(|a, b| {
        let key = |line: &IndicatorLine| (line.measured.period.until, line.measured.period.from);
        key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title)).then(a.measured.value.cmp(&b.measured.value))
    });
    // The same figure received twice is one.
    lines.dedup();
    lines
}

/// Says why a claim is worth what it is.
fn line(weighed: &Weighed<'_>, rulings: &Rulings<'_>) -> Line {
    let claim = weighed.claim;
    let overruled = rulings.on(claim).split_last().map_or(&[][..], |(_, earlier)| earlier);
    Line {
        claim: claim.clone(),
        score: score(claim, weighed.rules),
        state: weighed.state,
        before_caps: weighed.before_caps,
        points: weighed.points,
        capped_by: weighed.capped_by,
        ruling: weighed.ruling.cloned(),
        overruled: overruled.iter().copied().cloned().collect(),
        rules_title: weighed.rules.title.clone(),
        rules: claim.rules.clone(),
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
