//! What decision support says, in the language of the screen.

use super::odds::{Likelihood, Pull, factor, likelihood, percent, pull};
use crate::language::*;
use crate::ui::Tone;
use domain::measurements::Urgency;
use guide::{Advice, Level, Reason, Says, Source};

/// Says a level of urgency.
#[must_use]
pub fn level(i18n: Language, level: Level) -> &'static str {
    match level {
        Level::SelfCare => td_string!(i18n, complaint.level_self_care),
        Level::Appointment => td_string!(i18n, complaint.level_appointment),
        Level::Day => td_string!(i18n, complaint.level_day),
        Level::Emergency => td_string!(i18n, complaint.level_emergency),
        Level::Ambulance => td_string!(i18n, complaint.level_ambulance),
    }
}

/// Returns the level that counts: decision support never makes a follow-up less urgent than its norm.
#[must_use]
pub fn urged(advice: &Advice, norm: Option<&Urgency>) -> Level {
    norm.and_then(|norm| Level::of(norm.as_str())).map_or(advice.level, |norm| advice.level.max(norm))
}

/// Returns how serious a level looks.
#[must_use]
pub const fn level_tone(level: Level) -> Tone {
    match level {
        Level::Emergency | Level::Ambulance => Tone::Life,
        Level::Day => Tone::Care,
        Level::Appointment | Level::SelfCare => Tone::Calm,
    }
}

/// Returns how serious a red flag looks: one that can wait a day is no danger to life yet.
#[must_use]
pub const fn flag_tone(level: Level) -> Tone {
    match level {
        Level::Emergency | Level::Ambulance => Tone::Life,
        Level::Day | Level::Appointment | Level::SelfCare => Tone::Care,
    }
}

/// Returns whole per cent of thousandths, as [`likely`] says them.
#[must_use]
pub const fn whole_percent(permille: u16) -> u16 {
    percent(permille)
}

/// Says why a level is asked for, one sentence each.
#[must_use]
pub fn level_reasons(i18n: Language, advice: &Advice, norm: Option<&Urgency>) -> Vec<String> {
    let of_norm = urged(advice, norm) > advice.level;
    let of_norm = of_norm.then(|| td_string!(i18n, complaint.because_norm).to_owned());
    let reasons = advice.reasons.iter().filter_map(|reason| match reason {
        Reason::RedFlag(id) => {
            let flag = advice.red_flags.iter().find(|flag| flag.id == *id)?;
            Some(td_string!(i18n, complaint.because_flag, name = flag.name.clone()))
        }
        Reason::Likely { name, together } => {
            let percent = percent(*together);
            Some(td_string!(i18n, complaint.because_likely, name = name.clone(), percent = percent))
        }
        Reason::CannotTell => Some(td_string!(i18n, complaint.because_little).to_owned()),
    });
    of_norm.into_iter().chain(reasons).collect()
}

/// Says how likely something is, in a word and in per cent.
#[must_use]
pub fn likely(i18n: Language, permille: u16) -> String {
    let word = match likelihood(permille) {
        Likelihood::Very => td_string!(i18n, complaint.very_likely),
        Likelihood::Rather => td_string!(i18n, complaint.rather_likely),
        Likelihood::Possible => td_string!(i18n, complaint.possible),
        Likelihood::Unlikely => td_string!(i18n, complaint.unlikely),
    };
    let mut text = word.to_owned();
    text.push_str(" · ");
    text.push_str(&td_string!(i18n, complaint.per_cent, percent = percent(permille)));
    text
}

/// Says a finding that is there, or that it is not.
#[must_use]
pub fn known(i18n: Language, name: String, absent: bool) -> String {
    if absent { td_string!(i18n, complaint.absent, name = name) } else { name }
}

/// Says what a finding says about a cause.
#[must_use]
pub fn says(i18n: Language, says: &Says) -> String {
    let name = known(i18n, says.name.clone(), says.state == guide::State::Absent);
    let factor = factor(says.weight);
    match pull(says.weight) {
        Pull::StronglyFor => td_string!(i18n, complaint.strongly_for, name = name, factor = factor),
        Pull::For => td_string!(i18n, complaint.in_favour, name = name, factor = factor),
        Pull::Neither => td_string!(i18n, complaint.neither, name = name),
        Pull::Against => td_string!(i18n, complaint.against, name = name, factor = factor),
        Pull::StronglyAgainst => td_string!(i18n, complaint.strongly_against, name = name, factor = factor),
    }
}

/// Says a source, and that it is general knowledge where it is.
#[must_use]
pub fn cited(i18n: Language, source: &Source) -> String {
    match source.example {
        true => td_string!(i18n, complaint.example, line = source.line.clone()),
        false => source.line.clone(),
    }
}

/// Says the source of what is known of a medicine, and that it is general knowledge where there is none.
#[must_use]
pub fn sourced(i18n: Language, source: Option<&Source>) -> String {
    let none = || td_string!(i18n, prescribe.source_none).to_owned();
    source.filter(|source| !source.example).map_or_else(none, |source| source.line.clone())
}

/// Says distinct sources, one a line, and the version of the knowledge last.
#[must_use]
pub fn sources<'a>(i18n: Language, sources: impl Iterator<Item = &'a Source>, knowledge: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for source in sources {
        let line = cited(i18n, source);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if !knowledge.is_empty() {
        let version = knowledge.get(..8).unwrap_or(knowledge).to_owned();
        lines.push(td_string!(i18n, complaint.knowledge, version = version));
    }
    lines.join("\n")
}

/// Says how long something has lasted.
#[must_use]
pub fn lasting(i18n: Language, hours: u32) -> String {
    match hours {
        hours if hours < 48 && hours != 24 => td_string!(i18n, complaint.hours, hours = hours),
        ..=335 => td_string!(i18n, complaint.days, days = (hours + 12) / 24),
        _ => td_string!(i18n, complaint.weeks, weeks = (hours + 84) / 168),
    }
}
