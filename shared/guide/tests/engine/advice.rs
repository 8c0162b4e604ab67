//! What is understood and advised.

use super::support::{advise, case, chip, told};
use guide::{Level, Sex, State, Voice};

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
    assert!(advice.level <= Level::Day, "{:?}", advice.level);
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
