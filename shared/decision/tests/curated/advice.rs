//! The whole answer.

use super::load::{advisor, lines};
use decision::advise::{Advisor, Case};
use decision::knowledge::{Level, pack, unpack, version};
use decision::model::{Person, Sex, State};
use decision::question::Verdict;
use proptest::prelude::*;

fn case(age_years: u32, sex: Sex, text: &str) -> Case {
    let person = Person { age_months: Some(age_years * 12), sex: Some(sex), ..Person::default() };
    let mut case = Case { person, ..Case::default() };
    case.add(advisor().knowledge(), &advisor().read(text));
    case
}

#[test]
fn a_cold_can_stay_at_home_and_says_why() {
    let answer = advisor().advise(&case(30, Sex::Male, "流清鼻涕、打喷嚏、鼻塞两天，不发烧，不喘"));
    assert_eq!(answer.triage.level, Level::SelfCare);
    let top = answer.ranked.first().unwrap();
    assert!(!top.contributions.is_empty() && top.onset_fit.is_some());
    let sum: f64 = answer.ranked.iter().map(|one| one.probability).sum::<f64>() + answer.unlisted;
    assert!(sum <= 1.0 + 1e-9);
}

#[test]
fn somebody_of_whom_nothing_is_known_is_not_sent_home() {
    let answer = advisor().advise(&Case::default());
    assert_eq!(answer.verdict, Verdict::CannotTell);
    assert_eq!(answer.triage.level, Level::Day);
}

#[test]
fn what_a_red_flag_points_at_is_listed_as_not_to_be_missed() {
    let answer = advisor().advise(&case(60, Sex::Male, "胸口像压了石头，出冷汗"));
    let names: Vec<&str> =
        answer.must_not_miss.iter().map(|at| advisor().knowledge().conditions[*at].id.as_str()).collect();
    assert!(names.contains(&"acute_myocardial_infarction"), "{names:?}");
    assert_eq!(answer.triage.level, Level::Ambulance);
}

#[test]
fn a_question_is_asked_while_the_answer_would_change_and_none_is_asked_twice() {
    let mut case = case(45, Sex::Female, "肚子疼");
    for _ in 0..3 {
        let Some(question) = advisor().advise(&case).question else { break };
        assert!(case.findings.iter().all(|(finding, _)| *finding != question.finding));
        case.findings.push((question.finding, State::Absent));
        case.asked += 1;
    }
    assert!(case.asked > 0);
}

#[test]
fn the_packed_knowledge_answers_the_same() {
    let bytes = pack(advisor().knowledge()).unwrap();
    let unpacked = unpack(&bytes).unwrap();
    assert_eq!(version(&bytes), version(&pack(&unpacked).unwrap()));
    let other = Advisor::new(unpacked).unwrap();
    for line in lines("vignettes.jsonl").iter().take(20) {
        assert_eq!(advisor().advise(&line.case), other.advise(&line.case), "{}", line.id);
    }
    assert!(unpack(b"damaged").is_err());
}

#[test]
fn a_measured_temperature_denies_a_fever_and_an_unmeasured_one_does_not() {
    let fever = advisor().knowledge().findings.iter().position(|finding| finding.id == "fever").unwrap();
    let mut measured = case(30, Sex::Male, "咳嗽，体温36.8");
    assert_eq!(advisor().advise(&measured).states[fever], State::Absent);
    measured.vitals.temperature = None;
    assert_eq!(advisor().advise(&measured).states[fever], State::Unknown);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_what_was_told_changes_nothing(case in 0..85usize, seed in any::<u64>()) {
        let mut cases = lines("vignettes.jsonl");
        let case = cases.remove(case).case;
        let mut shuffled = case.clone();
        shuffled.findings.reverse();
        let middle = seed as usize % shuffled.findings.len().max(1);
        shuffled.findings.rotate_left(middle);
        shuffled.durations.reverse();
        prop_assert_eq!(advisor().advise(&case), advisor().advise(&shuffled));
    }

    #[test]
    fn unknown_says_nothing(case in 0..85usize, finding in any::<prop::sample::Index>()) {
        let mut cases = lines("vignettes.jsonl");
        let case = cases.remove(case).case;
        let mut more = case.clone();
        more.findings.push((finding.index(advisor().knowledge().findings.len()), State::Unknown));
        prop_assert_eq!(advisor().advise(&case), advisor().advise(&more));
    }
}
