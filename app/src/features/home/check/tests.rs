use super::*;
use guide::{Cause, Chip, RedFlag, Vitals};

fn question(look: bool) -> Question {
    Question {
        finding: "dyspnea".into(), name: "呼吸困难".into(), text: "喘气费力吗？".into(), look
    }
}

fn chip(voice: Voice, state: State) -> Chip {
    Chip { finding: "cough".into(), name: "咳嗽".into(), state, voice, hours: None, words: String::new() }
}

fn cause() -> Cause {
    Cause {
        id: "common_cold".into(),
        name: "普通感冒".into(),
        icd10: Vec::new(),
        permille: 600,
        must_not_miss: false,
        level: Level::SelfCare,
        says: Vec::new(),
    }
}

fn flag(level: Level) -> RedFlag {
    RedFlag {
        id: "f".into(),
        name: "胸痛伴大汗".into(),
        reason: "可能是急性心肌梗死".into(),
        level,
        findings: vec!["胸痛".into(), "大汗".into()],
        source: None,
    }
}

/// A cold that may stay at home.
fn cold() -> Advice {
    Advice {
        knowledge: String::new(),
        chips: vec![chip(Voice::Text, State::Present)],
        read: Vitals::default(),
        level: Level::SelfCare,
        reasons: Vec::new(),
        red_flags: Vec::new(),
        causes: vec![cause()],
        must_not_miss: Vec::new(),
        unlisted: 20,
        verdict: Verdict::Likely,
        question: None,
        stop: None,
    }
}

fn asked(question: Question) -> Advice {
    Advice { question: Some(question), ..cold() }
}

#[test]
fn a_likely_cold_may_stay_at_home_with_its_safety_net() {
    let outcome = outcome(&cold());
    assert_eq!((outcome.level, &outcome.because), (Level::SelfCare, &Because::Likely));
    assert_eq!(outcome.safety_net.as_deref(), Some("common_cold"));
}

#[test]
fn a_red_flag_is_never_reassured() {
    for level in [Level::SelfCare, Level::Appointment, Level::Day, Level::Emergency, Level::Ambulance] {
        // Whatever else the advice says.
        let advice = Advice { red_flags: vec![flag(level)], ..cold() };
        let outcome = outcome(&advice);
        assert!(outcome.level >= level && outcome.level >= Level::Day, "{level:?}");
        assert!(matches!(outcome.because, Because::Danger(_)) && outcome.safety_net.is_none());
    }
}

#[test]
fn no_disease_is_named() {
    let advice = Advice { red_flags: vec![flag(Level::Ambulance), flag(Level::Day)], ..cold() };
    assert_eq!(outcome(&advice).because, Because::Danger(vec!["胸痛".into(), "大汗".into()]));
}

#[test]
fn who_is_not_understood_is_seen_today() {
    let record = vec![chip(Voice::Record, State::Present), chip(Voice::Text, State::Absent)];
    for chips in [Vec::new(), record, vec![chip(Voice::Text, State::Unknown)]] {
        let advice = Advice { chips, ..asked(question(false)) };
        let Next::End(outcome) = next(&Check { step: Step::Questions, ..Check::default() }, &advice) else {
            panic!("nothing is asked about what was not understood")
        };
        assert_eq!((outcome.level, outcome.because), (Level::Day, Because::NotUnderstood));
    }
}

#[test]
fn where_nothing_is_likely_nobody_is_told_to_stay_at_home() {
    let outcome = outcome(&Advice { verdict: Verdict::CannotTell, ..cold() });
    assert_eq!((outcome.level, outcome.because), (Level::Appointment, Because::CannotTell));
}

#[test]
fn the_level_of_the_advice_is_never_lowered() {
    for verdict in [Verdict::Likely, Verdict::CannotTell] {
        let advice = Advice { level: Level::Emergency, verdict, ..cold() };
        let outcome = outcome(&advice);
        assert_eq!((outcome.level, outcome.safety_net), (Level::Emergency, None));
        assert_eq!(outcome.because, Because::Serious);
    }
}

#[test]
fn a_danger_is_named_once_and_as_exactly_as_it_was_said() {
    let exact =
        RedFlag { findings: vec!["压榨样胸痛".into(), "大汗".into()], ..flag(Level::Ambulance) };
    let advice = Advice { red_flags: vec![exact, flag(Level::Day)], ..cold() };
    assert_eq!(outcome(&advice).because, Because::Danger(vec!["压榨样胸痛".into(), "大汗".into()]));
}

#[test]
fn one_question_follows_another_until_eight_were_answered() {
    let mut check = Check { step: Step::Questions, ..Check::default() };
    let advice = asked(question(false));
    for place in 0..MOST {
        assert_eq!(next(&check, &advice), Next::Ask(question(false)), "{place}");
        check.update(Event::Answer(place.to_string(), State::Absent));
    }
    assert!(matches!(next(&check, &advice), Next::End(_)));
}

#[test]
fn an_answer_given_twice_counts_once() {
    let mut check = Check::default();
    check.update(Event::Answer("fever".into(), State::Absent));
    check.update(Event::Answer("fever".into(), State::Present));
    assert_eq!(check.answered, [Told { finding: "fever".into(), state: State::Present }]);
}

#[test]
fn what_one_must_look_for_is_passed_over_and_does_not_count() {
    let mut check = Check { step: Step::Questions, ..Check::default() };
    assert_eq!(next(&check, &asked(question(true))), Next::Skip("dyspnea".into()));
    check.update(Event::Skip("dyspnea".into()));
    check.update(Event::Skip("dyspnea".into()));
    let case = check.case(Case::default());
    assert_eq!(case.told, [Told { finding: "dyspnea".into(), state: State::Unknown }]);
    assert_eq!(case.asked, 0);
}

#[test]
fn a_danger_ends_the_questions_and_so_does_leaving() {
    let questions = Check { step: Step::Questions, ..Check::default() };
    let danger = Advice { red_flags: vec![flag(Level::Emergency)], ..asked(question(false)) };
    assert!(matches!(next(&questions, &danger), Next::End(_)));
    let today = Advice { red_flags: vec![flag(Level::Day)], ..asked(question(false)) };
    assert!(matches!(next(&questions, &today), Next::Ask(_)), "it may be more urgent still");
    let mut left = questions;
    left.update(Event::Leave);
    assert!(matches!(next(&left, &asked(question(false))), Next::End(_)));
}

#[test]
fn the_case_is_the_persons_with_what_was_typed_tapped_and_answered() {
    let mut check = Check::default();
    assert!(!check.is_begun());
    check.update(Event::Text("  头晕 ".into()));
    check.update(Event::Tap("cough".into()));
    check.update(Event::Tap("fever".into()));
    check.update(Event::Tap("fever".into()));
    check.update(Event::Go);
    check.update(Event::Answer("dyspnea".into(), State::Absent));
    let person = Case { age_months: Some(840), history: vec!["高血压".into()], ..Case::default() };
    let case = check.case(person);
    assert_eq!(case.texts, ["头晕"]);
    let told: Vec<(&str, State)> = case.told.iter().map(|told| (told.finding.as_str(), told.state)).collect();
    assert_eq!(told, [("cough", State::Present), ("dyspnea", State::Absent)]);
    assert_eq!((case.age_months, case.asked, case.history.len()), (Some(840), 1, 1));
}

#[test]
fn going_back_takes_back_the_last_answer_and_then_the_words() {
    let mut check = Check { text: "头晕".into(), step: Step::Questions, ..Check::default() };
    check.update(Event::Answer("fever".into(), State::Absent));
    check.update(Event::Back);
    assert!(check.answered.is_empty() && check.step == Step::Questions);
    check.update(Event::Back);
    assert!(check.step == Step::Words && check.text == "头晕");
    check.update(Event::Again);
    assert_eq!(check, Check::default());
}

#[test]
fn every_everyday_word_is_a_finding_of_the_knowledge() {
    let findings = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/decision/data/findings");
    let texts = std::fs::read_dir(findings).unwrap();
    let all: String = texts.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    for language in [crate::language::Language::zh_CN, crate::language::Language::en] {
        let words = everyday(crate::language::td_string!(language, check.words));
        assert!(words.len() >= 6 && words.len().is_multiple_of(3));
        for (finding, word) in words {
            assert!(all.contains(&format!("id = \"{finding}\"\n")) && !word.is_empty(), "{finding}");
        }
    }
}
