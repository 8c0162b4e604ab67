//! What the page of a member of staff's own points shows.

use super::Entry;
use crate::replica::files::StaffYear;
use domain::base::Order;
use domain::{
    base::{Date, Period, WorkPoints},
    rules::{RuleError, RuleRef, Shelf},
    work_points::{Gauge, LineState, PointsRules, Post, in_force, statement},
};
use std::cmp::Reverse;

/// Which days are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// The calendar month of today.
    Month,
    /// The calendar year of today.
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
    /// The goal of the year, whatever span is shown; nothing where the rules set none.
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

/// Makes the page of `year`, the documents of the year of `today`.
///
/// # Errors
/// When a claim was made under a version this device lacks.
pub fn points_page(
    year: &StaffYear,
    shelf: &Shelf<PointsRules>,
    post: Post<'_>,
    today: Date,
    span: Span,
) -> Result<PointsPage, RuleError> {
    let (claims, rulings) = (&year.activity.claims, &year.rulings);
    let over = |period| statement(claims, rulings, &[], shelf, &year.staff, period, post);
    let whole = over(Period::year_of(today))?;
    let goal = whole.gauge.and_then(|gauge| {
        let (version, rules) = in_force(shelf, whole.period.until)?;
        let source = rules.threshold(post.institution, post.name)?.source.clone();
        let rule = RuleRef { rule: rules.title.clone(), version: version.clone(), from: rules.from, source };
        Some(Goal { gauge, counted: whole.counted, pending: whole.pending, rule })
    });
    let shown = match span {
        Span::Year => whole,
        Span::Month => over(Period::month_of(today))?,
    };
    let how_many = |keep: fn(LineState) -> bool| shown.lines.iter().filter(|line| keep(line.state)).count();
    let counted_lines = how_many(LineState::counts);
    let pending_lines = how_many(|state| state == LineState::Pending);
    let mut entries: Vec<Entry> = shown.lines.into_iter().filter_map(|line| Entry::of(line, shelf)).collect();
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

#[cfg(test)]
mod tests;
