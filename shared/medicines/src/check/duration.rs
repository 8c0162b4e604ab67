//! More days than a prescription may cover.

use super::{Case, Item};
use crate::knowledge::{Control, Medicine, Policy};
use crate::{Finding, Kind, Level, amount::figure};

/// One finding a line that covers too many days.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    case.items.iter().filter_map(|item| judge(case, item)).collect()
}

fn judge(case: &Case, item: &Item) -> Option<Finding> {
    let (medicine, days) = (item.medicine?, item.line.days?);
    let (level, most, key, source) =
        limit(&case.medicines.pack.policy, case.patient.emergency, medicine, days)?;
    let places = [("medicine", item.name()), ("days", &figure(days)), ("most", &figure(most))];
    Some(Finding {
        level,
        kind: Kind::Duration,
        lines: vec![item.at],
        what: case.medicines.say(key, &places),
        why: String::new(),
        instead: case.medicines.say("duration_instead", &[]),
        source: source.to_owned(),
    })
}

/// Returns the level, the most days, the sentence and the source, where there are too many.
fn limit<'a>(
    policy: &'a Policy,
    emergency: bool,
    medicine: &Medicine,
    days: f64,
) -> Option<(Level, f64, &'static str, &'a str)> {
    let ordinary = policy.days_source.as_str();
    let long = policy.days_long_source.as_str();
    match medicine.control {
        Some(Control::Narcotic) => (days > policy.days_narcotic).then_some((
            Level::Stop,
            policy.days_narcotic,
            "duration_narcotic",
            ordinary,
        )),
        Some(Control::Psychotropic) => (days > policy.days_ordinary).then_some((
            Level::Warn,
            policy.days_ordinary,
            "duration_psychotropic",
            ordinary,
        )),
        None if days > policy.days_long => Some((Level::Stop, policy.days_long, "duration_long", long)),
        None if emergency && days > policy.days_emergency => {
            Some((Level::Warn, policy.days_emergency, "duration_emergency", ordinary))
        }
        None if medicine.long => {
            let much = days > policy.days_long_usual;
            much.then_some((Level::Inform, policy.days_long_usual, "duration_long_usual", long))
        }
        None => {
            let course = medicine.course.unwrap_or(policy.days_ordinary);
            if days > course {
                Some((Level::Warn, course, "duration", ordinary))
            } else {
                (days > policy.days_ordinary).then_some((
                    Level::Inform,
                    policy.days_ordinary,
                    "duration",
                    ordinary,
                ))
            }
        }
    }
}
