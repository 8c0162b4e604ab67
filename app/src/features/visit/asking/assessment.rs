//! What of the complaint goes into the record.

use super::{Asking, CAUSES_SHOWN, Handling, demanded};
use documents::{Assessment, FindingSeen, FindingState, Shown};
use domain::measurements::Urgency;
use guide::{Advice, State};

/// Returns what is recorded of a complaint with the advice that stood when it was signed; nothing where nobody
/// complained and no red flag fired. Without advice the complaint and the diagnosis stand alone.
#[must_use]
pub fn assessment(asking: &Asking, advice: Option<&Advice>) -> Option<Assessment> {
    let red_flags = advice.map(|advice| advice.red_flags.as_slice()).unwrap_or_default();
    if !asking.is_begun() && red_flags.is_empty() {
        return None;
    }
    // Without advice nobody knows whether it was owed; what was written is kept.
    let overridden = advice.is_none() || demanded(asking, advice).is_some();
    let mut kept = Assessment {
        complaint: asking.text.trim().to_owned(),
        findings: findings(asking, advice),
        diagnoses: asking.diagnoses(),
        handling: asking.handling.map(Handling::code).unwrap_or_default().to_owned(),
        override_reason: if overridden { asking.override_reason.trim().to_owned() } else { String::new() },
        ..Assessment::default()
    };
    if let Some(advice) = advice {
        let flags = red_flags.iter();
        kept.level = Urgency::from(advice.level.word());
        kept.red_flags = flags
            .map(|flag| Shown { id: flag.id.clone(), name: flag.name.clone(), permille: None })
            .collect();
        let causes = advice.causes.iter().take(CAUSES_SHOWN);
        kept.causes = causes
            .map(|cause| Shown {
                id: cause.id.clone(),
                name: cause.name.clone(),
                permille: Some(cause.permille),
            })
            .collect();
        kept.knowledge = advice.knowledge.clone();
    }
    Some(kept)
}

fn findings(asking: &Asking, advice: Option<&Advice>) -> Vec<FindingSeen> {
    let known: Vec<(&str, &str, State)> = match advice {
        Some(advice) => {
            advice.chips.iter().map(|chip| (chip.finding.as_str(), chip.name.as_str(), chip.state)).collect()
        }
        None => {
            let answers = asking.answers.iter();
            answers.map(|known| (known.finding.as_str(), known.name.as_str(), known.state)).collect()
        }
    };
    let seen = known.into_iter().filter_map(|(id, name, state)| {
        let state = match state {
            State::Present => FindingState::Present,
            State::Absent => FindingState::Absent,
            State::Unknown => return None,
        };
        Some(FindingSeen { id: id.to_owned(), name: name.to_owned(), state })
    });
    seen.collect()
}
