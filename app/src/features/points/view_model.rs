//! What the page of a member of staff's own points shows.

use super::Entry;
use crate::replica::{closing::KnownClose, files::StaffYear};
use domain::base::Order;
use domain::{
    base::{ClaimId, Date, Period, StaffId, Timestamp, WorkPoints},
    rules::{RuleError, RuleRef, Shelf},
    work_points::{Close, Correction, Gauge, LineState, PointsRules, Post, in_force, outstanding, statement},
};
use std::cmp::Reverse;

/// Which days are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// A calendar month.
    Month,
    /// A calendar year.
    #[default]
    Year,
}

/// The page.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsPage {
    /// The sum of what counts.
    pub counted: WorkPoints,
    /// How many lines make it up.
    pub counted_lines: usize,
    /// The sum of what waits for a ruling.
    pub pending: WorkPoints,
    /// How many lines wait.
    pub pending_lines: usize,
    /// The goal of the year of the day that is shown, whatever span is shown; nothing where the rules set none.
    pub goal: Option<Goal>,
    /// The lines, newest work first.
    pub entries: Vec<Entry>,
}

/// How far the year has come towards its threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The figures.
    pub gauge: Gauge,
    /// What counts in the year.
    pub counted: WorkPoints,
    /// What waits in the year.
    pub pending: WorkPoints,
    /// The rule version that sets the threshold.
    pub rule: RuleRef,
}

/// How a person's month was closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// Who closed it.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// What it counted.
    pub counted: WorkPoints,
    /// What it entered of months closed before.
    pub entered: Vec<Correction>,
}

/// Returns how `month` was closed for a person; nothing while it is open.
#[must_use]
pub fn settlement(closes: &[KnownClose], staff: &StaffId, month: Period) -> Option<Settlement> {
    let known = closes.iter().find(|known| known.confirmed && known.closed.close.month == month)?;
    let closed = &known.closed;
    let frozen = closed.close.people.iter().find(|person| person.staff == *staff);
    Some(Settlement {
        by: closed.by.clone(),
        at: closed.at,
        counted: frozen.map(|person| person.counted).unwrap_or_default(),
        entered: closed.close.corrections.iter().filter(|entry| entry.staff == *staff).cloned().collect(),
    })
}

/// Returns what became known of a person's closed months and stands in none: the next close enters it.
///
/// # Errors
/// When a claim was made under a version this device lacks.
pub fn to_be_entered(
    year: &StaffYear,
    closes: &[KnownClose],
    shelf: &Shelf<PointsRules>,
    post: Post<'_>,
) -> Result<Vec<Correction>, RuleError> {
    let confirmed = closes.iter().filter(|known| known.confirmed);
    let closes: Vec<Close> = confirmed.map(|known| known.closed.close.clone()).collect();
    let over = |close: &Close| {
        let (claims, rulings) = (&year.activity.claims, &year.rulings);
        statement(claims, rulings, &[], shelf, &year.staff, close.month, post)
    };
    let now = closes.iter().map(over).collect::<Result<Vec<_>, _>>()?;
    Ok(outstanding(&closes, &now))
}

/// Makes the page of the month or year of `on` from somebody's claims, at least of that year.
///
/// # Errors
/// When a claim was made under a version this device lacks.
pub fn points_page(
    year: &StaffYear,
    shelf: &Shelf<PointsRules>,
    post: Post<'_>,
    on: Date,
    span: Span,
) -> Result<PointsPage, RuleError> {
    let (claims, rulings) = (&year.activity.claims, &year.rulings);
    let over = |period| statement(claims, rulings, &[], shelf, &year.staff, period, post);
    let whole = over(Period::year_of(on))?;
    let goal = whole.gauge.and_then(|gauge| {
        let (version, rules) = in_force(shelf, whole.period.until)?;
        let source = rules.threshold(post.institution, post.name)?.source.clone();
        let rule = RuleRef { rule: rules.title.clone(), version: version.clone(), from: rules.from, source };
        Some(Goal { gauge, counted: whole.counted, pending: whole.pending, rule })
    });
    let shown = match span {
        Span::Year => whole,
        Span::Month => over(Period::month_of(on))?,
    };
    let how_many = |keep: fn(LineState) -> bool| shown.lines.iter().filter(|line| keep(line.state)).count();
    let counted_lines = how_many(LineState::counts);
    let pending_lines = how_many(|state| state == LineState::Pending);
    let mut entries: Vec<Entry> =
        shown.lines.into_iter().filter_map(|line| Entry::of(line, shelf, &year.activity.disputes)).collect();
    entries.order_by_key(|entry| Reverse((entry.line.claim.on, entry.line.claim.recorded_at)));
    Ok(PointsPage {
        counted: shown.counted,
        counted_lines,
        pending: shown.pending,
        pending_lines,
        goal,
        entries,
    })
}

/// Returns one line of somebody's claims, as it stands among the others; nothing when it is not there.
pub(super) fn entry_of(
    year: &StaffYear,
    shelf: &Shelf<PointsRules>,
    post: Post<'_>,
    claim: &ClaimId,
) -> Option<Entry> {
    let on = year.activity.claims.iter().find(|own| own.id == *claim)?.on;
    let (claims, rulings) = (&year.activity.claims, &year.rulings);
    let month = statement(claims, rulings, &[], shelf, &year.staff, Period::month_of(on), post).ok()?;
    let line = month.lines.into_iter().find(|line| line.claim.id == *claim)?;
    Entry::of(line, shelf, &year.activity.disputes)
}

#[cfg(test)]
mod tests;
