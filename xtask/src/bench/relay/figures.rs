//! Medians, percentiles, and the table in which ours stands beside theirs.

use crate::bench::record::{Record, Row};
use std::time::Duration;

/// Returns the middle value; the lower one of two.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied()
}

/// Returns the smallest value that `percent` of all do not exceed, in milliseconds.
pub fn percentile(sorted: &[Duration], percent: f64) -> Option<f64> {
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).map(|time| time.as_secs_f64() * 1000.0)
}

/// What is wanted of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Nothing; it explains another.
    None,
    /// At least this many times theirs.
    Times(f64),
    /// No more than theirs.
    NoWorse,
    /// No more than this.
    AtMost(f64),
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// In which unit.
    pub unit: &'static str,
    /// Of automerge-repo's server; nothing when it was not run or did not get to the end.
    pub theirs: Option<f64>,
    /// Of ours.
    pub ours: f64,
    /// What is wanted.
    pub target: Target,
}

impl Figure {
    /// Tells whether the target is met; nothing when there is none, or nothing to compare with.
    pub fn met(&self) -> Option<bool> {
        match self.target {
            Target::None => None,
            Target::Times(times) => self.theirs.map(|theirs| self.ours >= theirs * times),
            Target::NoWorse => self.theirs.map(|theirs| self.ours <= theirs),
            Target::AtMost(most) => Some(self.ours <= most),
        }
    }

    fn line(&self, before: Option<f64>) -> String {
        let theirs = self.theirs.map_or("–".to_owned(), number);
        let ratio = match self.theirs {
            Some(theirs) if theirs > 0.0 => format!("{}×", number(self.ours / theirs)),
            _ => String::new(),
        };
        let target = match self.target {
            Target::None => String::new(),
            Target::Times(times) => format!("≥ {times}× theirs"),
            Target::NoWorse => "≤ theirs".to_owned(),
            Target::AtMost(most) => format!("≤ {}", number(most)),
        };
        let verdict = match self.met() {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        let what = format!("{}, {}", self.what, self.unit);
        let before = before.map_or(String::new(), |value| format!("before {}", number(value)));
        let line = format!(
            "{what:66} {theirs:>9} {:>9} {ratio:>9}  {target:14} {verdict:7} {before}",
            number(self.ours)
        );
        line.trim_end().to_owned()
    }
}

fn number(value: f64) -> String {
    let digits = match value.abs() {
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Prints the figures beside those of the last run, keeps them, and returns the names of those that missed.
pub fn print(figures: &[Figure]) -> anyhow::Result<Vec<String>> {
    let mut record = Record::read("bench-relay")?;
    println!("\n{:66} {:>9} {:>9} {:>9}  target", "", "theirs", "ours", "ours/th.");
    for figure in figures {
        println!("{}", figure.line(record.value(&figure.what)));
    }
    record.keep(figures.iter().map(|figure| Row::new(&figure.what, figure.ours, figure.unit)).collect());
    record.write("bench-relay")?;
    let missed = figures.iter().filter(|figure| figure.met() == Some(false));
    Ok(missed.map(|figure| figure.what.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(theirs: Option<f64>, ours: f64, target: Target) -> Figure {
        Figure { what: "documents".to_owned(), unit: "a second", theirs, ours, target }
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let all: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&all, 50.0), Some(100.0));
        assert_eq!(percentile(&all, 99.0), Some(198.0));
        assert_eq!(percentile(&all, 100.0), Some(200.0));
        assert_eq!(percentile(all.get(..1).unwrap(), 99.0), Some(1.0));
        assert_eq!(percentile(&[], 99.0), None);
    }

    #[test]
    fn the_median_is_the_middle_one_in_any_order() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn a_target_is_met_at_its_edge_and_missed_behind_it() {
        assert_eq!(figure(Some(100.0), 300.0, Target::Times(3.0)).met(), Some(true));
        assert_eq!(figure(Some(100.0), 299.0, Target::Times(3.0)).met(), Some(false));
        assert_eq!(figure(Some(100.0), 101.0, Target::NoWorse).met(), Some(false));
        assert_eq!(figure(None, 80.0, Target::AtMost(80.0)).met(), Some(true));
        assert_eq!(figure(None, 300.0, Target::Times(3.0)).met(), None);
    }

    #[test]
    fn a_line_shows_ratio_target_and_the_run_before() {
        let line = figure(Some(200.0), 700.0, Target::Times(3.0)).line(Some(650.0));
        assert!(line.contains("3.5×") && line.contains("met") && line.ends_with("before 650"), "{line}");
    }
}
