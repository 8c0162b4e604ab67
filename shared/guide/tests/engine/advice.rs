//! What is understood and advised.

use super::support::{advise, case, chip, complaints, guide, told};
use guide::{Case, Level, Reason, Sex, State, Verdict, Vitals, Voice};

#[test]
fn a_complaint_becomes_chips_with_the_words_they_stand_on() {
    let advice = advise(&case(40, Sex::Male, "咳嗽三天，发烧，没有胸痛"));
    let said: Vec<(&str, State, &str)> =
        advice.chips.iter().map(|chip| (chip.finding.as_str(), chip.state, chip.words.as_str())).collect();
    assert_eq!(
        said,
        [
            ("cough", State::Present, "咳嗽"),
            ("fever", State::Present, "发烧"),
            ("chest_pain", State::Absent, "胸痛"),
        ]
    );
    assert_eq!(advice.chips[0].hours, Some(72));
    assert!(advice.chips.iter().all(|chip| chip.voice == Voice::Text));
    assert!(!advice.causes.is_empty() && advice.causes.len() <= 5 && advice.question.is_some());
    assert!(advice.causes.iter().flat_map(|cause| &cause.says).all(|says| says.weight != 0));
    assert_eq!(advice.knowledge, guide().versions().knowledge);
}

#[test]
fn a_chip_that_only_repeats_what_another_says_more_exactly_is_left_out() {
    let advice = advise(&case(30, Sex::Female, "肚子剧痛"));
    assert!(chip(&advice, "severe_abdominal_pain").is_some());
    assert_eq!(chip(&advice, "abdominal_pain"), None);
    assert_eq!(advice.chips.len(), 1, "{:?}", advice.chips);
}

#[test]
fn correcting_a_chip_takes_back_what_the_text_said() {
    let text = case(60, Sex::Male, "胸口像压了石头，出冷汗，咳嗽");
    let before = advise(&text);
    assert_eq!(before.level, Level::Ambulance);
    for state in [State::Absent, State::Unknown] {
        let mut corrected = text.clone();
        for chip in before.chips.iter().filter(|chip| chip.finding != "cough") {
            corrected.told.push(told(&chip.finding, state));
        }
        let after = advise(&corrected);
        assert!(after.level < Level::Ambulance && after.red_flags.is_empty(), "{:?}", after.reasons);
        let chest = chip(&after, &before.chips[0].finding).unwrap();
        assert_eq!((chest.state, chest.voice), (state, Voice::Told));
        assert_eq!(chest.words, before.chips[0].words, "a corrected chip stays where it stood");
    }
}

#[test]
fn a_corrected_chip_leaves_as_little_as_if_it_had_never_been_written() {
    let mut corrected = case(40, Sex::Male, "咳嗽三周，拉肚子");
    corrected.told = vec![told("cough", State::Unknown)];
    let (after, never) = (advise(&corrected), advise(&case(40, Sex::Male, "拉肚子")));
    // What follows from the cough and its length goes with it.
    assert_eq!(chip(&after, "cough_over_two_weeks"), None);
    assert_eq!((after.level, &after.causes, &after.reasons), (never.level, &never.causes, &never.reasons));
}

#[test]
fn an_absence_that_is_corrected_counts_as_present() {
    let mut case = case(60, Sex::Male, "出冷汗，没有胸痛");
    assert!(advise(&case).red_flags.is_empty());
    case.told = vec![told("chest_pain", State::Present)];
    let advice = advise(&case);
    assert_eq!(advice.level, Level::Ambulance);
    assert!(advice.red_flags.iter().any(|flag| flag.id == "chest_pain_sweat"), "{:?}", advice.red_flags);
}

#[test]
fn telling_that_a_broader_finding_is_absent_takes_back_the_narrower_one() {
    let mut case = case(30, Sex::Female, "肚子剧痛，头晕");
    assert!(advise(&case).red_flags.iter().any(|flag| flag.id == "severe_abdomen"));
    case.told = vec![told("abdominal_pain", State::Absent)];
    let advice = advise(&case);
    assert!(advice.red_flags.is_empty(), "{:?}", advice.red_flags);
    assert_eq!(chip(&advice, "severe_abdominal_pain"), None);
}

#[test]
fn what_was_measured_wins_over_what_was_told_and_what_was_read_does_not() {
    let mut case = case(30, Sex::Male, "咳嗽，体温39.5");
    let read = advise(&case);
    assert_eq!(read.read, Vitals { temperature: Some(395), ..Vitals::default() });
    assert!(chip(&read, "v_temp_39").is_some_and(|chip| chip.voice == Voice::Text));
    case.told = vec![told("v_temp_39", State::Absent), told("fever", State::Absent)];
    let corrected = advise(&case);
    assert_eq!(corrected.read, Vitals::default());
    assert!(chip(&corrected, "fever").is_some_and(|chip| chip.state == State::Absent));
    case.vitals.temperature = Some(391);
    let measured = advise(&case);
    let chip = chip(&measured, "v_temp_39").unwrap();
    assert_eq!((chip.state, chip.voice), (State::Present, Voice::Measured));
    assert_eq!(measured.read, Vitals::default(), "what was measured is not read");
}

#[test]
fn a_record_counts_but_does_not_make_a_complaint_understood() {
    let record = vec!["高血压".to_owned(), "2型糖尿病".to_owned(), "哮喘".to_owned()];
    let mut case = case(60, Sex::Female, "嗯嗯啊啊");
    case.history = record;
    let advice = advise(&case);
    assert!(advice.chips.iter().all(|chip| chip.voice == Voice::Record));
    assert!(chip(&advice, "history_asthma").is_some() && chip(&advice, "history_diabetes").is_some());
    assert!(advice.causes.is_empty() && advice.must_not_miss.is_empty());
    assert_eq!((advice.level, advice.verdict), (Level::Day, Verdict::CannotTell));
    assert_eq!(advice.reasons, [Reason::CannotTell]);
}

#[test]
fn a_disease_of_the_record_is_understood_by_its_bare_name_and_a_familys_is_not() {
    let recorded = |words: &str| {
        let mut case = case(60, Sex::Female, "头晕");
        case.history = vec![words.to_owned()];
        let chips = advise(&case).chips.into_iter().filter(|chip| chip.voice == Voice::Record);
        chips.map(|chip| chip.finding).collect::<Vec<_>>()
    };
    assert_eq!(recorded("胃溃疡"), ["history_ulcer"]);
    assert_eq!(recorded("高血压"), ["history_hypertension"]);
    assert!(recorded("心").is_empty() && recorded("体健").is_empty());
}

#[test]
fn a_relatives_illness_is_no_chip() {
    let advice = advise(&case(40, Sex::Male, "咳嗽，父亲有糖尿病"));
    assert!(chip(&advice, "cough").is_some() && chip(&advice, "history_diabetes").is_none());
}

#[test]
fn a_red_flag_points_at_what_must_not_be_missed_however_unlikely() {
    let advice = advise(&case(60, Sex::Male, "胸口像压了石头，出冷汗"));
    assert!(advice.must_not_miss.iter().any(|cause| cause.id == "acute_myocardial_infarction"));
    assert!(advice.must_not_miss.iter().all(|cause| cause.says.is_empty()));
    let flag = &advice.red_flags[0];
    assert!(!flag.findings.is_empty() && flag.source.as_ref().is_some_and(|source| !source.line.is_empty()));
    let levels: Vec<Level> = advice.red_flags.iter().map(|flag| flag.level).collect();
    assert!(levels.is_sorted_by(|one, next| one >= next), "the most urgent first");
}

#[test]
fn a_question_nobody_can_answer_is_not_asked_again() {
    let mut case = case(45, Sex::Female, "肚子疼");
    let mut asked = Vec::new();
    while let Some(question) = advise(&case).question {
        assert!(!asked.contains(&question.finding), "{} twice", question.finding);
        asked.push(question.finding.clone());
        case.told.push(told(&question.finding, State::Unknown));
        case.asked += 1;
    }
    assert!(asked.len() > 3, "{asked:?}");
    assert!(advise(&case).stop.is_some());
}

#[test]
fn a_childs_question_never_concerns_pregnancy() {
    for text in ["肚子疼", "呕吐", "尿频尿痛", "头晕", "发烧"] {
        for answer in [State::Present, State::Absent] {
            let mut case = case(7, Sex::Female, text);
            while let Some(question) = advise(&case).question {
                let of = format!("{} {}", question.name, question.text);
                assert!(!["怀孕", "妊娠", "月经", "孕"].iter().any(|word| of.contains(word)), "{text}: {of}");
                case.told.push(told(&question.finding, answer));
                case.asked += 1;
            }
        }
    }
}

#[test]
fn an_id_nobody_knows_and_what_cannot_concern_the_person_change_nothing() {
    let plain = case(40, Sex::Male, "咳嗽三天");
    let mut strange = plain.clone();
    strange.told = vec![told("no_such_finding", State::Present), told("vaginal_bleeding", State::Present)];
    assert_eq!(advise(&plain), advise(&strange));
}

#[test]
fn somebody_of_whom_nothing_is_said_is_advised_without_causes() {
    let advice = advise(&Case::default());
    assert!(advice.causes.is_empty() && advice.chips.is_empty());
    assert_eq!(advice.level, Level::Day);
}

#[test]
fn every_complaint_of_the_cases_is_answered_with_words_and_sources() {
    for text in complaints().iter().take(60) {
        let advice = advise(&case(50, Sex::Female, text));
        assert!(advice.chips.iter().all(|chip| !chip.name.is_empty()), "{text}");
        let read = advice.chips.iter().filter(|chip| !chip.words.is_empty());
        assert!(read.clone().all(|chip| text.contains(&chip.words)), "{text}");
        assert!(advice.red_flags.iter().all(|flag| flag.source.is_some() && !flag.findings.is_empty()));
        let total: u32 = advice.causes.iter().map(|cause| u32::from(cause.permille)).sum();
        assert!(total <= 1003, "{text}: {total}");
    }
}
