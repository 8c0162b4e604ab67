//! Which red flags fire.

use crate::knowledge::{Knowledge, Level, RedFlag};
use crate::model::{Person, State};

/// What red flags look at.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The state of every finding as set and implied, by index in the knowledge.
    pub states: &'a [State],
    /// The person.
    pub person: &'a Person,
    /// Weeks of pregnancy.
    pub pregnant_weeks: Option<u32>,
}

/// A red flag that fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    /// Its index in the knowledge.
    pub red_flag: usize,
    /// What it asks for.
    pub level: Level,
}

/// Returns the red flags that fire, the most urgent first, ties by id.
#[must_use]
pub fn fired(knowledge: &Knowledge, facts: &Facts<'_>) -> Vec<Fired> {
    // Few are present, in the order of their ids.
    let present: Vec<&str> = knowledge
        .findings
        .iter()
        .zip(facts.states)
        .filter(|(_, state)| **state == State::Present)
        .map(|(finding, _)| finding.id.as_str())
        .collect();
    let mut fired: Vec<Fired> = knowledge
        .red_flags
        .iter()
        .enumerate()
        .filter(|(_, flag)| fires(flag, &present, facts))
        .map(|(red_flag, flag)| Fired { red_flag, level: flag.level })
        .collect();
    fired.sort_by(|a, b| b.level.cmp(&a.level).then(a.red_flag.cmp(&b.red_flag)));
    fired
}

fn fires(flag: &RedFlag, present: &[&str], facts: &Facts<'_>) -> bool {
    let has = |id: &String| present.binary_search(&id.as_str()).is_ok();
    let one_of = |ids: &[String]| ids.is_empty() || ids.iter().any(has);
    // Weeks that nobody said do not exclude.
    let week = flag.from_week.is_none_or(|week| facts.pregnant_weeks.is_none_or(|weeks| weeks >= week));
    let week = week && flag.to_week.is_none_or(|week| facts.pregnant_weeks.is_none_or(|weeks| weeks <= week));
    let named = !(flag.all.is_empty() && flag.any.is_empty());
    named
        && flag.whom().holds(facts.person)
        && week
        && flag.all.iter().all(has)
        && one_of(&flag.any)
        && one_of(&flag.and_any)
        && one_of(&flag.history)
        && !flag.none.iter().any(has)
}
