//! What is known of a person already must not outshout what they come with.

use super::load::{Line, advisor, line, lines};
use decision::advise::{Answer, Case};
use decision::knowledge::Level;

/// Returns the case of somebody under care for hypertension and diabetes, whose pressure and glucose are as usual.
fn under_care(of: &Line) -> Case {
    let mut case = of.case.clone();
    for text in ["高血压", "2型糖尿病"] {
        case.add_history(advisor().knowledge(), &advisor().read(text));
    }
    let vitals = &mut case.vitals;
    (vitals.sbp, vitals.dbp) = (vitals.sbp.or(Some(148.0)), vitals.dbp.or(Some(86.0)));
    vitals.glucose = vitals.glucose.or(Some(7.4));
    case
}

fn is_found(answer: &Answer, of: &Line, within: usize) -> bool {
    answer.ranked.iter().take(within).any(|ranked| {
        let condition = &advisor().knowledge().conditions[ranked.condition];
        of.gold.iter().any(|gold| {
            condition.name == *gold
                || condition.aliases.contains(gold)
                || condition.icd10.iter().any(|code| code.starts_with(gold.as_str()))
        })
    })
}

#[test]
fn hypertension_and_diabetes_in_the_record_do_not_change_what_a_complaint_is_taken_for() {
    let all = lines("vignettes.jsonl");
    let grown = |of: &&Line| of.case.person.age_months.is_some_and(|months| months >= 45 * 12);
    let (mut cases, mut plain, mut cared, mut raised) = (0, 0, 0, 0);
    for of in all.iter().filter(grown) {
        let (without, with) = (advisor().advise(&of.case), advisor().advise(&under_care(of)));
        cases += 1;
        plain += usize::from(is_found(&without, of, 3));
        cared += usize::from(is_found(&with, of, 3));
        raised += usize::from(with.triage.level >= Level::Emergency && without.triage.level <= Level::Day);
    }
    assert!(cases >= 50, "{cases}");
    assert!(cared * 100 >= plain * 95, "{cared} against {plain} of {cases}");
    assert!(raised * 100 <= cases * 3, "{raised} of {cases} became emergencies");
}

#[test]
fn a_belly_ache_of_a_hypertensive_is_no_stroke() {
    let of = line(r#"{"age_years": 69, "sex": "female", "text": "肚子痛一天，没有发烧，没有呕吐"}"#);
    let answer = advisor().advise(&under_care(&of));
    let conditions = &advisor().knowledge().conditions;
    let names: Vec<&str> =
        answer.ranked.iter().take(5).map(|one| conditions[one.condition].id.as_str()).collect();
    for wrong in ["hypertension", "ischaemic_stroke", "epistaxis", "preeclampsia"] {
        assert!(!names.contains(&wrong), "{names:?}");
    }
    assert!(answer.triage.level <= Level::Day, "{:?}", answer.triage);
}

#[test]
fn what_cannot_be_at_an_age_or_in_a_sex_is_not_ranked() {
    let probability = |years: u32, sex: &str, text: &str, id: &str| {
        let of = line(&format!(r#"{{"age_years": {years}, "sex": "{sex}", "text": "{text}"}}"#));
        let answer = advisor().advise(&of.case);
        let place = advisor().knowledge().conditions.iter().position(|of| of.id == id).unwrap();
        answer.probabilities[place]
    };
    assert_eq!(probability(40, "female", "小肚子疼三天，小便疼", "epididymitis"), 0.0);
    assert_eq!(probability(70, "female", "腰疼三天", "dysmenorrhoea"), 0.0);
    assert_eq!(probability(68, "female", "头疼，看东西模糊", "preeclampsia"), 0.0);
    assert_eq!(probability(35, "male", "咳嗽三天，发烧", "child_pneumonia"), 0.0);
    assert!(probability(3, "male", "咳嗽三天，发烧，喘", "child_pneumonia") > 0.1);
}
