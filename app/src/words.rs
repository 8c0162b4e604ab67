//! What the domain says, in the language of the screen. One place, so that a reason reads the same everywhere.

mod care;
pub mod decision;
mod odds;
mod packs;
pub mod prescription;

pub use care::*;
pub use packs::of_pack;

use crate::clock;
use crate::language::*;
use domain::{
    base::{Date, Sex, Timestamp},
    people::KeyGroup,
    rules::{Reason, ReasonCode, RuleRef, Source, SourceKind},
};

/// Says a reason in one sentence.
#[must_use]
pub fn reason(i18n: Language, code: &ReasonCode) -> String {
    match code {
        ReasonCode::BelowTarget { sbp, dbp, target_sbp, target_dbp } => {
            td_string!(
                i18n,
                words.below_target,
                sbp = sbp,
                dbp = dbp,
                target_sbp = target_sbp,
                target_dbp = target_dbp
            )
        }
        ReasonCode::AboveTarget { sbp, dbp, target_sbp, target_dbp } => {
            td_string!(
                i18n,
                words.above_target,
                sbp = sbp,
                dbp = dbp,
                target_sbp = target_sbp,
                target_dbp = target_dbp
            )
        }
        ReasonCode::AboveTargetAgain { previous } => {
            td_string!(i18n, words.above_target_again, previous = short_date(i18n, *previous))
        }
        ReasonCode::Critical { sbp, dbp, limit_sbp, limit_dbp } => {
            td_string!(
                i18n,
                words.critical,
                sbp = sbp,
                dbp = dbp,
                limit_sbp = limit_sbp,
                limit_dbp = limit_dbp
            )
        }
        ReasonCode::VeryLow { sbp, dbp, limit_sbp, limit_dbp } => {
            td_string!(
                i18n,
                words.very_low,
                sbp = sbp,
                dbp = dbp,
                limit_sbp = limit_sbp,
                limit_dbp = limit_dbp
            )
        }
        ReasonCode::DangerSign { sign } => td_string!(i18n, words.danger_sign, sign = sign_label(i18n, sign)),
        ReasonCode::DangerSignWithCriticalPressure { sign } => {
            td_string!(i18n, words.danger_sign_with_critical_pressure, sign = sign_label(i18n, sign))
        }
        ReasonCode::PregnantOrLactating => td_string!(i18n, words.pregnant_or_lactating).to_owned(),
        ReasonCode::GlucoseBelowTarget { glucose, target } => {
            td_string!(
                i18n,
                words.glucose_below_target,
                glucose = glucose.to_string(),
                target = target.to_string()
            )
        }
        ReasonCode::GlucoseAboveTarget { glucose, target } => {
            td_string!(
                i18n,
                words.glucose_above_target,
                glucose = glucose.to_string(),
                target = target.to_string()
            )
        }
        ReasonCode::GlucoseHigh { glucose, limit } => {
            td_string!(i18n, words.glucose_high, glucose = glucose.to_string(), limit = limit.to_string())
        }
        ReasonCode::GlucoseLow { glucose, limit } => {
            td_string!(i18n, words.glucose_low, glucose = glucose.to_string(), limit = limit.to_string())
        }
        ReasonCode::GlucoseNotFasting { glucose, target } => {
            td_string!(
                i18n,
                words.glucose_not_fasting,
                glucose = glucose.to_string(),
                target = target.to_string()
            )
        }
        ReasonCode::GlucoseRaisedInPregnancy { glucose, limit } => {
            td_string!(
                i18n,
                words.glucose_raised_in_pregnancy,
                glucose = glucose.to_string(),
                limit = limit.to_string()
            )
        }
        ReasonCode::AdverseReaction => td_string!(i18n, words.adverse_reaction).to_owned(),
        ReasonCode::AdverseReactionHardToControl => td_string!(i18n, words.adverse_reaction_hard).to_owned(),
        ReasonCode::Complication => td_string!(i18n, words.complication).to_owned(),
        ReasonCode::RoutineFollowUp { times_a_year, days } => {
            td_string!(i18n, words.routine, times = times_a_year, days = days)
        }
        ReasonCode::RecheckAfterAdjustment { days } => td_string!(i18n, words.recheck, days = days),
        ReasonCode::CheckReferral { days } => td_string!(i18n, words.check_referral, days = days),
        ReasonCode::AgreedDate => td_string!(i18n, words.agreed_date).to_owned(),
        ReasonCode::NeverSeen => td_string!(i18n, words.never_seen).to_owned(),
        ReasonCode::PackageItemDue { from, until } => td_string!(
            i18n,
            words.package_item_due,
            from = short_date(i18n, *from),
            until = short_date(i18n, *until)
        ),
        ReasonCode::Unknown => td_string!(i18n, words.unknown_reason).to_owned(),
    }
}

/// Says where a rule comes from, and that it is an example where it is one.
#[must_use]
pub fn source(i18n: Language, source: &Source) -> String {
    let document = source.document.clone();
    match (&source.article, source.kind == SourceKind::Example) {
        (Some(article), true) => {
            td_string!(i18n, words.source_example, document = document, article = article.clone())
        }
        (Some(article), false) => {
            td_string!(i18n, words.source, document = document, article = article.clone())
        }
        (None, true) => td_string!(i18n, words.source_whole_example, document = document),
        (None, false) => document,
    }
}

/// Says which rule, in which version, since when, from where.
#[must_use]
pub fn rule(i18n: Language, rule: &RuleRef) -> String {
    let version = td_string!(
        i18n,
        words.version,
        rule = rule.rule.clone(),
        from = rule.from.to_string(),
        version = rule.version.short().to_owned()
    );
    format!("{} · {version}", source(i18n, &rule.source))
}

/// Says all of a list of reasons, and the distinct rules behind them.
#[must_use]
pub fn explain(i18n: Language, reasons: &[Reason]) -> (Vec<String>, String) {
    let texts = reasons.iter().map(|found| reason(i18n, &found.code)).collect();
    let mut rules: Vec<String> = Vec::new();
    for found in reasons {
        let text = rule(i18n, &found.rule);
        if !rules.contains(&text) {
            rules.push(text);
        }
    }
    (texts, rules.join("\n"))
}

/// Says a date with its year.
#[must_use]
pub fn date(i18n: Language, date: Date) -> String {
    td_string!(i18n, words.date, year = date.year(), month = date.month(), day = date.day())
}

/// Says a date of this year or the next.
#[must_use]
pub fn short_date(i18n: Language, date: Date) -> String {
    td_string!(i18n, words.short_date, month = date.month(), day = date.day())
}

/// Says why a visit was voided, as it was recorded.
#[must_use]
pub fn void_reason(i18n: Language, reason: &str) -> String {
    match reason {
        "wrong_person" => td_string!(i18n, residents.void_wrong_person).to_owned(),
        "wrong_figures" => td_string!(i18n, residents.void_wrong_figures).to_owned(),
        "duplicate" => td_string!(i18n, residents.void_duplicate).to_owned(),
        "taken_back" => td_string!(i18n, points.taken_back).to_owned(),
        own => own.to_owned(),
    }
}

/// Says a date in figures, for narrow places.
#[must_use]
pub fn tiny_date(i18n: Language, date: Date) -> String {
    td_string!(i18n, words.tiny_date, month = date.month(), day = date.day())
}

/// Says hour and minute of a moment of today, the date of any other.
#[must_use]
pub fn time_or_date(i18n: Language, at: Timestamp) -> String {
    if at.date() == clock::today() { time(at) } else { tiny_date(i18n, at.date()) }
}

/// Says hour and minute of a moment, with the date where that is not today's.
#[must_use]
pub fn date_time(i18n: Language, at: Timestamp) -> String {
    if at.date() == clock::today() {
        time(at)
    } else {
        format!("{} {}", tiny_date(i18n, at.date()), time(at))
    }
}

/// Says hour and minute.
#[must_use]
pub fn time(at: Timestamp) -> String {
    let (hour, minute) = at.hour_minute();
    format!("{hour:02}:{minute:02}")
}

/// Says a sex; nothing when it is not known.
#[must_use]
pub fn sex(i18n: Language, sex: &Sex) -> String {
    match sex {
        Sex::Male => td_string!(i18n, common.male).to_owned(),
        Sex::Female => td_string!(i18n, common.female).to_owned(),
        Sex::Unknown(_) => String::new(),
    }
}

/// Says several things after one another, as the language lists them.
pub fn list<T: Into<String>>(i18n: Language, items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(Into::into).collect();
    items.join(td_string!(i18n, common.separator))
}

/// Says a key group.
#[must_use]
pub fn group(i18n: Language, group: &KeyGroup) -> String {
    match group {
        KeyGroup::Over65 => td_string!(i18n, words.group_over_65),
        KeyGroup::Child => td_string!(i18n, words.group_child),
        KeyGroup::Pregnant => td_string!(i18n, words.group_pregnant),
        KeyGroup::Hypertension => td_string!(i18n, words.group_hypertension),
        KeyGroup::Diabetes => td_string!(i18n, words.group_diabetes),
        KeyGroup::Tuberculosis => td_string!(i18n, words.group_tuberculosis),
        KeyGroup::MentalIllness => td_string!(i18n, words.group_mental),
        KeyGroup::Disabled => td_string!(i18n, words.group_disabled),
        KeyGroup::Poor => td_string!(i18n, words.group_poor),
        KeyGroup::Unknown(_) => td_string!(i18n, words.group_other),
    }
    .to_owned()
}
