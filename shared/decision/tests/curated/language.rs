//! What is read in free text.

use super::load::advisor;
use decision::language::{Degree, Reading, Side};
use decision::model::State;

fn id(finding: usize) -> &'static str {
    &advisor().knowledge().findings[finding].id
}

fn with(reading: &Reading, state: State) -> Vec<&'static str> {
    reading.states().into_iter().filter(|(_, is)| *is == state).map(|(finding, _)| id(finding)).collect()
}

#[track_caller]
pub fn reads(text: &str, present: &[&str], absent: &[&str]) {
    let reading = advisor().read(text);
    let (is_present, is_absent) = (with(&reading, State::Present), with(&reading, State::Absent));
    for finding in present {
        assert!(is_present.contains(finding), "{text}: {finding} should be present, found {is_present:?}");
    }
    for finding in absent {
        assert!(is_absent.contains(finding), "{text}: {finding} should be absent, found {is_absent:?}");
    }
}

#[track_caller]
pub fn does_not_read(text: &str, findings: &[&str]) {
    let states = advisor().read(text).states();
    for (finding, state) in states {
        assert!(!findings.contains(&id(finding)), "{text}: {} is {state:?}", id(finding));
    }
}

#[test]
fn negation_reaches_over_a_list_and_ends_at_a_comma_or_a_but() {
    reads("无发热、咳嗽、胸痛", &[], &["fever", "cough", "chest_pain"]);
    reads("没有胸痛，但咳嗽", &["cough"], &["chest_pain"]);
    reads("没有胸痛但是咳嗽", &["cough"], &["chest_pain"]);
    reads("否认头痛及呕吐，咳嗽三天", &["cough"], &["headache", "vomiting"]);
    reads("咳嗽，不发烧", &["cough"], &["fever"]);
    reads("不伴恶心、呕吐，伴腹泻", &["diarrhea"], &["nausea", "vomiting"]);
}

#[test]
fn negation_may_stand_behind_what_it_negates() {
    reads("发烧没有，咳嗽有", &["cough"], &["fever"]);
    reads("墨菲征阴性", &[], &["murphy_sign"]);
    reads("反跳痛(-)", &[], &["rebound_tenderness"]);
    reads("头痛、呕吐都没有", &[], &["headache", "vomiting"]);
}

#[test]
fn two_negations_undo_each_other() {
    reads("不是没有胸痛", &["chest_pain"], &[]);
}

#[test]
fn what_only_looks_like_negation_is_none() {
    reads("吃不下饭，睡不着", &["poor_appetite", "insomnia"], &[]);
    reads("小便不通", &["urinary_retention"], &[]);
    reads("无明显诱因出现胸痛", &["chest_pain"], &[]);
    reads("没吃药，咳嗽不止", &["cough"], &[]);
    reads("浑身没劲，没胃口", &["fatigue", "poor_appetite"], &[]);
    reads("手不动的时候抖", &["rest_tremor"], &[]);
}

#[test]
fn a_part_and_a_complaint_make_a_finding() {
    for text in ["胸口疼", "胸部疼痛", "胸痛", "心口痛", "胸前区疼", "胸口有点疼", "胸口老是隐隐作痛"]
    {
        reads(text, &["chest_pain"], &[]);
    }
    reads("头、胸、肚子疼", &["headache", "chest_pain", "abdominal_pain"], &[]);
    reads("嗓子特别疼", &["sore_throat"], &[]);
    reads("膝盖肿了还疼", &["joint_swelling", "knee_pain"], &[]);
    reads("头不晕，肚子不疼", &[], &["dizziness", "abdominal_pain"]);
    reads("右边胳膊没劲", &["limb_weakness_one_side"], &[]);
    reads("左耳突然听不见了", &["sudden_hearing_loss"], &[]);
}

#[test]
fn words_of_a_clause_make_a_finding_together() {
    reads("喝了半瓶百草枯", &["paraquat"], &[]);
    reads("被邻居家的狗咬了小腿", &["animal_bite"], &[]);
    reads("石灰水溅到眼里", &["eye_chemical"], &[]);
}

#[test]
fn the_record_and_relatives_are_told_apart_from_this_illness() {
    reads("既往有高血压、糖尿病病史", &["history_hypertension", "history_diabetes"], &[]);
    reads("否认糖尿病史", &[], &["history_diabetes"]);
    does_not_read("父亲有高血压", &["history_hypertension"]);
    does_not_read("以前咳嗽过", &["cough"]);
    reads("妈妈说孩子发烧", &["fever"], &[]);
    reads("既往体健，咳嗽3天", &["cough"], &[]);
}

#[test]
fn what_is_asked_or_feared_is_not_known() {
    does_not_read("不知道有没有发烧", &["fever"]);
    let reading = advisor().read("好像发烧");
    let fever = reading.mentions.iter().find(|one| id(one.finding) == "fever").unwrap();
    assert!(fever.likely && fever.state == State::Present);
}

#[test]
fn durations_degrees_sides_and_places_are_kept() {
    let text = "咳嗽三天，右边头剧烈疼痛";
    let reading = advisor().read(text);
    let of = |wanted: &str| reading.mentions.iter().find(|one| id(one.finding) == wanted).unwrap();
    assert_eq!(of("cough").hours, Some(72.0));
    assert_eq!(&text[of("cough").span.clone()], "咳嗽");
    assert_eq!((of("headache").degree, of("headache").side), (Degree::Severe, Side::One));
    reads("咳嗽半个多月", &["cough_over_two_weeks"], &[]);
    for (text, hours) in [
        ("咳嗽半个月", 365.0),
        ("2小时前开始咳嗽", 2.0),
        ("咳嗽一周余", 168.0),
        ("咳嗽十来天", 240.0),
        ("咳嗽两三天", 48.0),
        ("咳嗽一个半月", 1095.0),
        ("咳嗽3-4天", 72.0),
        ("咳嗽1天半", 36.0),
    ] {
        assert_eq!(advisor().read(text).durations(), [hours], "{text}");
    }
}

#[test]
fn figures_are_read_with_and_without_their_units() {
    let vitals = advisor().read("体温38.5℃，血压180/110，心率120次，呼吸30次/分，血氧88%，血糖16.8").vitals;
    assert_eq!((vitals.temperature, vitals.sbp, vitals.dbp), (Some(38.5), Some(180.0), Some(110.0)));
    assert_eq!((vitals.pulse, vitals.respiration), (Some(120.0), Some(30.0)));
    assert_eq!((vitals.spo2, vitals.glucose), (Some(88.0), Some(16.8)));
    let vitals = advisor().read("烧到39度2，高压160低压100").vitals;
    assert_eq!((vitals.temperature, vitals.sbp, vitals.dbp), (Some(39.2), Some(160.0), Some(100.0)));
    let vitals = advisor().read("Ｔ：３８．２，P 96，R 20").vitals;
    assert_eq!((vitals.temperature, vitals.pulse, vitals.respiration), (Some(38.2), Some(96.0), Some(20.0)));
}

#[test]
fn age_and_weeks_of_pregnancy_are_read() {
    assert_eq!(advisor().read("患儿3岁半，发热").age_months, Some(42));
    assert_eq!(advisor().read("孕32周，头痛").pregnant_weeks, Some(32));
}

#[test]
fn full_width_and_traditional_characters_mean_the_same() {
    reads("發熱，頭暈", &["fever", "dizziness"], &[]);
}

#[test]
fn what_is_said_to_be_well_is_absent() {
    reads("精神好，腹软，颈软", &[], &["lethargy", "abdominal_rigidity", "neck_stiffness"]);
}
