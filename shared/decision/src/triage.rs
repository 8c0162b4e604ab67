//! How urgent: red flags first, then what is likely. A probability never lowers what a red flag asks for.

mod fire;

pub use crate::knowledge::Level;
pub use fire::{Facts, Fired, fired};

use crate::inference::Posterior;
use crate::knowledge::Knowledge;

/// Why a level is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// A red flag, by its index in the knowledge.
    RedFlag(usize),
    /// Conditions of at least that level are together so likely; the likeliest of them by index.
    Likely {
        /// The likeliest condition of that level or above.
        condition: usize,
        /// How likely all of them are together: 0 to 1.
        together: f64,
    },
    /// Too little is known to say that it can wait.
    CannotTell,
}

/// The level with its reasons, the weightiest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Triage {
    /// The level.
    pub level: Level,
    /// Why.
    pub reasons: Vec<Reason>,
}

const LEVELS: [Level; 4] = [Level::Ambulance, Level::Emergency, Level::Day, Level::Appointment];

/// Returns the most urgent of what red flags and likely conditions ask for.
#[must_use]
pub fn triage(knowledge: &Knowledge, fired: &[Fired], posterior: &Posterior, knows_enough: bool) -> Triage {
    let likely = likely(knowledge, posterior);
    let flagged = fired.iter().map(|one| one.level).max();
    let unsure = if knows_enough { Level::SelfCare } else { Level::Appointment };
    let mut level = likely.as_ref().map_or(Level::SelfCare, |(level, _)| *level).max(unsure);
    level = flagged.map_or(level, |flagged| level.max(flagged));
    let mut reasons: Vec<Reason> =
        fired.iter().filter(|one| one.level == level).map(|one| Reason::RedFlag(one.red_flag)).collect();
    if let Some((_, reason)) = likely.filter(|(likely, _)| *likely == level) {
        reasons.push(reason);
    }
    if !knows_enough && level == Level::Appointment {
        reasons.push(Reason::CannotTell);
    }
    reasons.extend(fired.iter().filter(|one| one.level < level).map(|one| Reason::RedFlag(one.red_flag)));
    Triage { level, reasons }
}

/// Returns the most urgent level that conditions of it and above are likely enough for.
fn likely(knowledge: &Knowledge, posterior: &Posterior) -> Option<(Level, Reason)> {
    LEVELS.into_iter().find_map(|level| {
        let of: Vec<(usize, f64)> = knowledge
            .conditions
            .iter()
            .enumerate()
            .filter(|(_, condition)| condition.triage >= level)
            .map(|(index, _)| (index, posterior.probability(index)))
            .collect();
        let together: f64 = of.iter().map(|(_, p)| p).sum();
        let mut top: Option<(usize, f64)> = None;
        for one in of {
            if top.is_none_or(|top| one.1 > top.1) {
                top = Some(one);
            }
        }
        let (condition, _) = top.filter(|_| together >= knowledge.figures.threshold(level))?;
        Some((level, Reason::Likely { condition, together }))
    })
}
