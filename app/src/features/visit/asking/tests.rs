use super::*;
use crate::features::visit::asking::heard::Mark;
use documents::FindingState;
use domain::measurements::Urgency;
use guide::{Cause, Chip, RedFlag, Verdict, Voice};

/// Says what one word of a text became.
fn chip(finding: &str, name: &str, state: State, voice: Voice) -> Chip {
    let words = if voice == Voice::Text { name.to_owned() } else { String::new() };
    Chip { finding: finding.into(), name: name.into(), state, voice, hours: None, words }
}

fn advice(chips: Vec<Chip>, flags: &[Level]) -> Advice {
    let flag = |level: &Level| RedFlag {
        id: "flag".into(),
        name: "胸痛伴大汗".into(),
        reason: "可能是急性心肌梗死".into(),
        level: *level,
        findings: vec!["胸痛".into()],
        source: None,
    };
    let cause = |id: &str, permille| Cause {
        id: id.into(),
        name: id.into(),
        icd10: vec!["J06".into(), "J00".into()],
        permille,
        must_not_miss: false,
        level: Level::SelfCare,
        says: vec![],
    };
    Advice {
        knowledge: "abcdef0123".into(),
        chips,
        read: Default::default(),
        level: flags.iter().max().copied().unwrap_or(Level::SelfCare),
        reasons: vec![],
        red_flags: flags.iter().map(flag).collect(),
        causes: (0..7).map(|place| cause(&place.to_string(), 300 - place)).collect(),
        must_not_miss: vec![],
        unlisted: 10,
        verdict: Verdict::Likely,
        question: None,
        stop: None,
    }
}

fn cough() -> Advice {
    advice(
        vec![
            chip("cough", "咳嗽", State::Present, Voice::Text),
            chip("chest_pain", "胸痛", State::Absent, Voice::Text),
            chip("fever", "发热", State::Present, Voice::Measured),
            chip("history_copd", "慢阻肺", State::Present, Voice::Record),
        ],
        &[],
    )
}

fn answered(finding: &str, state: State, asked: bool) -> AskingEvent {
    AskingEvent::Answer(Answered { finding: finding.into(), name: finding.into(), state, asked })
}

fn mark(asking: &Asking, advice: &Advice, finding: &str) -> Option<Mark> {
    heard(asking, Some(advice)).into_iter().find(|one| one.finding == finding).map(|one| one.mark)
}

fn press(asking: &mut Asking, advice: &Advice, finding: &str) {
    let one = heard(asking, Some(advice)).into_iter().find(|one| one.finding == finding).unwrap();
    asking.update(one.pressed());
}

#[test]
fn a_word_of_the_text_goes_from_present_to_absent_to_not_said_and_round() {
    let (mut asking, advice) = (Asking::default(), cough());
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.extend(mark(&asking, &advice, "cough"));
        press(&mut asking, &advice, "cough");
    }
    assert_eq!(seen, [Mark::Present, Mark::Absent, Mark::NotSaid, Mark::Present]);
}

#[test]
fn a_tapped_finding_is_removed_after_absent() {
    let (mut asking, advice) = (Asking::default(), cough());
    asking.update(answered("wheeze", State::Present, false));
    press(&mut asking, &advice, "wheeze");
    assert_eq!(mark(&asking, &advice, "wheeze"), Some(Mark::Absent));
    press(&mut asking, &advice, "wheeze");
    assert_eq!(mark(&asking, &advice, "wheeze"), None);
}

#[test]
fn what_the_words_leave_open_is_doubted_and_told_by_one_press() {
    let advice = advice(vec![chip("fever", "发热", State::Unknown, Voice::Text)], &[]);
    let mut asking = Asking::default();
    assert_eq!(mark(&asking, &advice, "fever"), Some(Mark::Doubted));
    press(&mut asking, &advice, "fever");
    assert_eq!(mark(&asking, &advice, "fever"), Some(Mark::Present));
}

#[test]
fn what_is_measured_or_on_record_is_beside_the_complaint_and_cannot_be_pressed() {
    let (asking, advice) = (Asking::default(), cough());
    let names: Vec<String> = heard(&asking, Some(&advice)).into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["咳嗽", "胸痛"]);
    let besides = beside(&asking, &advice);
    assert_eq!(
        besides,
        [Beside { name: "发热".into(), measured: true }, Beside { name: "慢阻肺".into(), measured: false },]
    );
}

#[test]
fn an_answer_that_is_corrected_still_counts_as_one_question() {
    let mut asking = Asking::default();
    asking.update(answered("fever", State::Unknown, true));
    asking.update(answered("cough", State::Present, true));
    asking.update(answered("fever", State::Absent, false));
    assert_eq!((asking.asked(), asking.answers.len()), (2, 2));
    assert_eq!(asking.answer("fever").unwrap().state, State::Absent);
}

#[test]
fn nobody_knows_is_an_answer_and_no_chip() {
    let mut asking = Asking::default();
    asking.update(answered("night_sweats", State::Unknown, true));
    assert!(heard(&asking, None).is_empty());
    assert_eq!(asking.asked(), 1);
}

#[test]
fn diagnoses_are_the_chosen_causes_then_own_words() {
    let cause = |id: &str| Diagnosis { id: id.into(), name: id.into(), icd10: "J06".into() };
    let mut asking = Asking::default();
    asking.update(AskingEvent::Choose(cause("cold")));
    asking.update(AskingEvent::Choose(cause("flu")));
    asking.update(AskingEvent::Choose(cause("cold")));
    asking.update(AskingEvent::OwnWords(" 着凉 ".into()));
    let names: Vec<String> = asking.diagnoses().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["flu", "着凉"]);
}

#[test]
fn doing_less_than_a_red_flag_asks_for_owes_a_reason() {
    let mut asking = Asking { text: "胸口闷".into(), ..Asking::default() };
    let handle =
        |handling| AskingEvent::Handle { handling, to: "上级医院".into(), reason: "危险".into() };
    let emergency = advice(vec![], &[Level::Day, Level::Emergency]);
    assert_eq!(demanded(&asking, Some(&emergency)), Some(Level::Emergency), "nothing decided is less");
    asking.update(handle(Handling::Here));
    assert_eq!(demanded(&asking, Some(&emergency)), Some(Level::Emergency));
    asking.update(handle(Handling::Refer));
    assert_eq!(demanded(&asking, Some(&emergency)), None);
    let ambulance = advice(vec![], &[Level::Ambulance]);
    assert_eq!(demanded(&asking, Some(&ambulance)), Some(Level::Ambulance));
    asking.update(handle(Handling::Ambulance));
    assert_eq!(demanded(&asking, Some(&ambulance)), None);
    assert_eq!(demanded(&Asking::default(), Some(&advice(vec![], &[Level::Day]))), None);
    assert_eq!(demanded(&asking, None), None);
}

#[test]
fn a_referral_is_prefilled_once_and_empty_when_treated_here() {
    let mut asking = Asking::default();
    let handle =
        |handling, to: &str| AskingEvent::Handle { handling, to: to.into(), reason: "肺炎".into() };
    asking.update(handle(Handling::Refer, "上级医院"));
    asking.update(AskingEvent::ReferTo("县医院呼吸科".into()));
    asking.update(handle(Handling::Refer, "上级医院"));
    assert_eq!(asking.referral(), ("县医院呼吸科".into(), "肺炎".into()));
    asking.update(handle(Handling::Here, ""));
    assert_eq!(asking.referral(), (String::new(), String::new()));
}

#[test]
fn the_record_keeps_what_was_shown_with_the_version_it_was_shown_by() {
    let mut asking = Asking { text: " 咳嗽，没有胸痛 ".into(), ..Asking::default() };
    asking.update(AskingEvent::OverrideReason("已电话请示".into()));
    let kept = assessment(&asking, Some(&cough())).unwrap();
    assert_eq!((kept.complaint.as_str(), kept.knowledge.as_str()), ("咳嗽，没有胸痛", "abcdef0123"));
    let findings: Vec<(&str, FindingState)> =
        kept.findings.iter().map(|one| (one.id.as_str(), one.state.clone())).collect();
    assert_eq!(
        findings,
        [
            ("cough", FindingState::Present),
            ("chest_pain", FindingState::Absent),
            ("fever", FindingState::Present),
            ("history_copd", FindingState::Present),
        ]
    );
    assert_eq!(kept.causes.len(), CAUSES_SHOWN);
    assert_eq!(kept.level, Urgency::SelfCare);
    assert_eq!(kept.override_reason, "", "nothing was overridden");
    let flagged = assessment(&asking, Some(&advice(vec![], &[Level::Emergency]))).unwrap();
    assert_eq!((flagged.override_reason.as_str(), flagged.red_flags.len()), ("已电话请示", 1));
}

#[test]
fn without_knowledge_the_complaint_and_the_diagnosis_stand_alone() {
    let mut asking = Asking { text: "咳嗽".into(), own_words: "感冒".into(), ..Asking::default() };
    asking.update(answered("fever", State::Absent, true));
    let kept = assessment(&asking, None).unwrap();
    assert_eq!((kept.knowledge.as_str(), kept.diagnoses.len(), kept.findings.len()), ("", 1, 1));
    assert_eq!(kept.level, Urgency::default());
}

#[test]
fn nobody_who_did_not_complain_is_assessed_unless_a_red_flag_fires() {
    assert_eq!(assessment(&Asking::default(), Some(&cough())), None);
    assert_eq!(assessment(&Asking::default(), None), None);
    let flagged = advice(vec![], &[Level::Emergency]);
    assert!(assessment(&Asking::default(), Some(&flagged)).is_some());
}
