//! What must hold whatever is told.

use super::support::{advise, case, complaints, guide, told};
use guide::{Case, Reply, Request, Sex, State, Told};
use proptest::prelude::*;
use std::sync::LazyLock;

static COMPLAINTS: LazyLock<Vec<String>> = LazyLock::new(complaints);

/// Findings that red flags rest on, and some that none does.
const FINDINGS: [&str; 16] = [
    "chest_pain",
    "cold_sweat",
    "dyspnea",
    "severe_abdominal_pain",
    "abdominal_pain",
    "vaginal_bleeding",
    "unconscious",
    "seizure",
    "high_fever",
    "fever",
    "stiff_neck",
    "hematemesis",
    "cough",
    "runny_nose",
    "history_asthma",
    "pregnancy_known",
];

fn anything_told() -> impl Strategy<Value = Vec<Told>> {
    let state = prop_oneof![Just(State::Present), Just(State::Absent), Just(State::Unknown)];
    let one =
        (prop::sample::select(FINDINGS.to_vec()), state).prop_map(|(finding, state)| told(finding, state));
    prop::collection::vec(one, 0..8)
}

fn any_case() -> impl Strategy<Value = Case> {
    (0..60usize, 1..90u32, any::<bool>(), anything_told()).prop_map(|(text, age, female, told)| {
        let sex = if female { Sex::Female } else { Sex::Male };
        Case { told, ..case(age, sex, COMPLAINTS.get(text).unwrap()) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_lowers_the_level_below_a_red_flag(case in any_case(), later in anything_told()) {
        let mut all = case;
        all.told.extend(later);
        let advice = advise(&all);
        for flag in &advice.red_flags {
            prop_assert!(advice.level >= flag.level, "{}", flag.id);
        }
    }

    #[test]
    fn a_red_flag_by_a_later_answer_raises_the_level(mut case in any_case()) {
        let before = advise(&case);
        // Unconscious asks for an ambulance whatever else is said.
        case.told.retain(|told| told.finding != "unconscious");
        case.told.push(told("unconscious", State::Present));
        let after = advise(&case);
        prop_assert!(after.level >= before.level);
        prop_assert_eq!(after.level, guide::Level::Ambulance);
    }

    #[test]
    fn unknown_never_counts_as_absent(mut case in any_case(), finding in prop::sample::select(FINDINGS.to_vec())) {
        case.told.retain(|told| told.finding != finding);
        case.texts.clear();
        let untouched = advise(&case);
        case.told.push(told(finding, State::Unknown));
        let unknown = advise(&case);
        prop_assert_eq!(untouched.level, unknown.level);
        prop_assert_eq!(untouched.causes, unknown.causes);
        prop_assert_eq!(untouched.red_flags, unknown.red_flags);
    }

    #[test]
    fn the_order_of_what_was_told_leaves_no_trace(case in any_case(), turn in 0..8usize) {
        let mut turned = case.clone();
        turned.told.reverse();
        let by = turn.min(turned.told.len());
        turned.told.rotate_left(by);
        prop_assert_eq!(advise(&case), advise(&turned));
    }

    #[test]
    fn every_reply_survives_being_written(case in any_case()) {
        let requests = [
            Request::Condition { id: "cystitis".to_owned(), case: case.clone() },
            Request::Findings { text: "痛".to_owned(), case: case.clone() },
            Request::Advise(case),
        ];
        for request in requests {
            let text = serde_json::to_string(&request).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Request>(&text).unwrap(), &request);
            let reply = guide().answer(&request);
            let text = serde_json::to_string(&reply).unwrap();
            prop_assert_eq!(serde_json::from_str::<Reply>(&text).unwrap(), reply);
        }
    }
}
