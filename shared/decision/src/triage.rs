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

/// How much is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing that is present, or hardly anything of a long text: somebody has to see the person today.
    Nothing,
    /// Too little for any condition to be likely: it cannot wait at home.
    Little,
    /// Enough for a condition to be likely.
    Enough,
}

const LEVELS: [Level; 4] = [Level::Ambulance, Level::Emergency, Level::Day, Level::Appointment];

/// Returns the most urgent of what red flags and likely conditions ask for; what is likely asks for `most` at most, a red flag
/// for whatever it wants.
#[must_use]
pub fn triage(
    knowledge: &Knowledge,
    fired: &[Fired],
    posterior: &Posterior,
    known: Known,
    most: Level,
) -> Triage {
    let likely = likely(knowledge, posterior).map(|(level, reason)| (level.min(most), reason));
    let flagged = fired.iter().map(|one| one.level).max();
    let unsure = match known {
        Known::Enough => Level::SelfCare,
        Known::Little => Level::Appointment,
        Known::Nothing => Level::Day,
    };
    let mut level = likely.as_ref().map_or(Level::SelfCare, |(level, _)| *level).max(unsure);
    level = flagged.map_or(level, |flagged| level.max(flagged));
    let mut reasons: Vec<Reason> =
        fired.iter().filter(|one| one.level == level).map(|one| Reason::RedFlag(one.red_flag)).collect();
    if let Some((_, reason)) = likely.filter(|(likely, _)| *likely == level) {
        reasons.push(reason);
    }
    if known != Known::Enough && level == unsure {
        reasons.push(Reason::CannotTell);
    }
    reasons.extend(fired.iter().filter(|one| one.level < level).map(|one| Reason::RedFlag(one.red_flag)));
    Triage { level, reasons }
}

/// Returns the most urgent level that conditions of it and above are likely enough for, among those that are likely at
/// all: hundreds of conditions that nothing speaks for must not make a cold urgent.
fn likely(knowledge: &Knowledge, posterior: &Posterior) -> Option<(Level, Reason)> {
    let (_, highest) = posterior.top()?;
    let considered: Vec<(usize, Level, f64)> = knowledge
        .conditions
        .iter()
        .enumerate()
        .map(|(index, condition)| (index, condition.triage, posterior.probability(index)))
        .filter(|(_, _, p)| *p >= highest * knowledge.figures.levels.considered)
        .collect();
    let all: f64 = considered.iter().map(|(_, _, p)| p).sum();
    LEVELS.into_iter().find_map(|level| {
        let of = considered.iter().filter(|(_, asked, _)| *asked >= level);
        let together = of.clone().map(|(_, _, p)| p).sum::<f64>() / all;
        let mut top: Option<(usize, f64)> = None;
        for (index, _, p) in of {
            if top.is_none_or(|(_, highest)| *p > highest) {
                top = Some((*index, *p));
            }
        }
        let (condition, _) = top.filter(|_| together >= knowledge.figures.threshold(level))?;
        Some((level, Reason::Likely { condition, together }))
    })
}
