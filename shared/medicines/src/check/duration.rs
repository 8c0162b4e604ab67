//! More days than a prescription may cover.

use super::{Case, Item};
use crate::knowledge::{Control, Medicine};
use crate::line::Route;
use crate::{Finding, Kind, Level, amount::figure};

/// One finding a line that covers too many days.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    case.items.iter().filter_map(|item| judge(case, item)).collect()
}

/// How many days are too many, and by which rule.
struct Limit<'a> {
    level: Level,
    most: f64,
    key: &'static str,
    source: &'a str,
}

fn judge(case: &Case, item: &Item) -> Option<Finding> {
    let (medicine, days) = (item.medicine?, item.line.days?);
    let limit = match medicine.control {
        Some(Control::Narcotic) => narcotic(case, item, medicine),
        Some(Control::Psychotropic) => psychotropic(case),
        // A tube or a bottle is not a number of days.
        None if item.route.is_local() => return None,
        None => ordinary(case, medicine, days),
    };
    let places = [("medicine", item.name()), ("days", &figure(days)), ("most", &figure(limit.most))];
    (days > limit.most).then(|| Finding {
        level: limit.level,
        kind: Kind::Duration,
        lines: vec![item.at],
        what: case.medicines.say(limit.key, &places),
        why: String::new(),
        instead: case.medicines.say("duration_instead", &[]),
        source: limit.source.to_owned(),
    })
}

fn narcotic<'a>(case: &'a Case, item: &Item, medicine: &Medicine) -> Limit<'a> {
    let pack = &case.medicines.pack;
    let policy = &pack.policy;
    let pain = case.conditions.contains(policy.pain.as_str());
    let days = if pain { policy.days_narcotic_pain } else { policy.days_narcotic };
    let slow = item.route == Route::Patch
        || pack.words.slow.iter().any(|word| item.line.medicine.contains(word.as_str()));
    let by_form = if item.route.is_injected() {
        days.injected
    } else if slow {
        days.slow
    } else {
        days.other
    };
    let most = medicine.course.unwrap_or(by_form);
    Limit { level: Level::Stop, most, key: "duration_narcotic", source: &policy.days_source }
}

fn psychotropic<'a>(case: &'a Case) -> Limit<'a> {
    let policy = &case.medicines.pack.policy;
    Limit {
        level: Level::Warn,
        most: policy.days_ordinary,
        key: "duration_psychotropic",
        source: &policy.days_source,
    }
}

/// The strictest rule that the days break; the longest term of all where they break none.
fn ordinary<'a>(case: &'a Case, medicine: &Medicine, days: f64) -> Limit<'a> {
    let policy = &case.medicines.pack.policy;
    let (short, long) = (policy.days_source.as_str(), policy.days_long_source.as_str());
    let course = medicine.course.unwrap_or(policy.days_ordinary);
    if days > policy.days_long {
        Limit { level: Level::Stop, most: policy.days_long, key: "duration_long", source: long }
    } else if case.patient.emergency {
        Limit { level: Level::Warn, most: policy.days_emergency, key: "duration_emergency", source: short }
    } else if medicine.long {
        Limit { level: Level::Inform, most: policy.days_long_usual, key: "duration_long_usual", source: long }
    } else if days > course {
        Limit { level: Level::Warn, most: course, key: "duration", source: short }
    } else {
        Limit { level: Level::Inform, most: policy.days_ordinary, key: "duration", source: short }
    }
}
