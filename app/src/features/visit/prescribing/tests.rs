use super::*;
use guide::{Flag, FlagKind};

fn line(id: &str, name: &str) -> Line {
    let text = str::to_owned;
    Line {
        id: text(id),
        medicine: text(id),
        name: text(name),
        form: text("片 100mg"),
        dose: text("1"),
        unit: text("片"),
        times: text("1"),
        days: text("7"),
        route: text("po"),
        ..Line::default()
    }
}

fn flag(level: FlagLevel, kind: FlagKind, lines: &[usize], what: &str) -> Flag {
    Flag {
        level,
        kind,
        lines: lines.to_vec(),
        what: what.to_owned(),
        why: "为什么".to_owned(),
        instead: "换一种".to_owned(),
        source: None,
        assess: false,
    }
}

/// A prescription whose lines were checked beside warfarin, which is taken already.
fn checked(lines: &[Line], flags: Vec<Flag>) -> Prescribing {
    let mut prescribing = Prescribing { lines: lines.to_vec(), ..Prescribing::default() };
    found(&mut prescribing, flags);
    prescribing
}

fn found(prescribing: &mut Prescribing, flags: Vec<Flag>) {
    let mut named: Vec<Named> =
        prescribing.lines.iter().map(|line| Named { id: line.id.clone(), name: line.name.clone() }).collect();
    named.push(Named { id: String::new(), name: "华法林".into() });
    let checked = Checked::Done { medicines: "abc".into(), flags, named };
    prescribing.update(PrescribingEvent::Checked { of: prescribing.keys(), checked });
}

fn answer(prescribing: &mut Prescribing, reason: &str) {
    let standing = prescribing.standing();
    let answered = Answered {
        kind: kind_code(standing[0].flag.kind).into(),
        what: standing[0].flag.what.clone(),
        medicines: standing[0].medicines.clone(),
        reason: reason.into(),
    };
    prescribing.update(PrescribingEvent::Answer(answered));
}

fn bleeding() -> Flag {
    flag(FlagLevel::Stop, FlagKind::Interaction, &[0, 1], "阿司匹林与华法林有相互作用")
}

#[test]
fn no_medicine_is_a_whole_answer() {
    assert_eq!((Prescribing::default().lack(), Prescribing::default().prescription()), (None, None));
}

#[test]
fn a_line_says_how_much_how_often_and_how_long_before_one_goes_on() {
    let whole = line("a", "阿司匹林");
    for (dose, times, days) in
        [("", "1", "7"), ("x", "1", "7"), ("0", "1", "7"), ("1", "", "7"), ("1", "1", "")]
    {
        let broken = Line { dose: dose.into(), times: times.into(), days: days.into(), ..whole.clone() };
        let prescribing = checked(&[whole.clone(), broken], vec![]);
        assert_eq!(prescribing.lack(), Some(Lack::Line(2)), "{dose} {times} {days}");
    }
    let cream = Line { dose: String::new(), route: "topical".into(), ..whole.clone() };
    assert_eq!(checked(&[whole, cream], vec![]).lack(), None);
}

#[test]
fn a_stop_is_answered_in_writing_and_the_reason_is_recorded_with_it() {
    let mut prescribing = checked(&[line("a", "阿司匹林")], vec![bleeding()]);
    assert_eq!(prescribing.lack(), Some(Lack::Answer(1)));
    answer(&mut prescribing, "  ");
    assert_eq!(prescribing.lack(), Some(Lack::Answer(1)));
    answer(&mut prescribing, "支架术后，专科要求合用");
    assert_eq!(prescribing.lack(), None);
    let prescription = prescribing.prescription().unwrap();
    assert_eq!(prescription.medicines, "abc");
    assert!(prescription.is_overridden());
    let warning = &prescription.warnings[0];
    assert_eq!((warning.level.clone(), warning.lines.as_slice()), (WarningLevel::Stop, [0].as_slice()));
    assert_eq!((warning.kind.as_str(), warning.reason.as_str()), ("interaction", "支架术后，专科要求合用"));
}

#[test]
fn a_reason_goes_with_its_warning_and_comes_back_for_no_other() {
    let mut prescribing = checked(&[line("a", "阿司匹林")], vec![bleeding()]);
    answer(&mut prescribing, "专科要求");
    let other = flag(FlagLevel::Stop, FlagKind::Dose, &[0], "阿司匹林单次 3000mg，超过最大量 1000mg");
    found(&mut prescribing, vec![other, bleeding()]);
    assert_eq!(prescribing.standing()[1].reason, "专科要求");
    assert_eq!(prescribing.lack(), Some(Lack::Answer(1)));
    prescribing.update(PrescribingEvent::Change(Line { id: "a".into(), ..line("p", "对乙酰氨基酚") }));
    found(&mut prescribing, vec![]);
    prescribing.update(PrescribingEvent::Change(line("a", "阿司匹林")));
    found(&mut prescribing, vec![bleeding()]);
    assert_eq!((prescribing.answers.len(), prescribing.lack()), (0, Some(Lack::Answer(1))));
}

#[test]
fn a_reason_for_one_medicine_is_none_for_another_of_the_same_words() {
    let same = |place| flag(FlagLevel::Warn, FlagKind::Age, &[place], "该年龄需慎重");
    let lines = [line("a", "地西泮"), line("b", "氯苯那敏")];
    let mut prescribing = checked(&lines, vec![same(0), same(1)]);
    answer(&mut prescribing, "以前用过");
    assert_eq!(prescribing.lack(), Some(Lack::Answer(2)));
}

#[test]
fn what_is_only_told_is_recorded_and_asks_nothing() {
    let unknown = flag(FlagLevel::Inform, FlagKind::Renal, &[0], "无法核对：肌酐未知");
    let prescribing = checked(&[line("a", "二甲双胍")], vec![unknown]);
    assert_eq!(prescribing.lack(), None);
    let prescription = prescribing.prescription().unwrap();
    assert_eq!((prescription.warnings.len(), prescription.is_overridden()), (1, false));
}

#[test]
fn a_change_is_checked_before_one_goes_on() {
    let mut prescribing = checked(&[line("a", "阿司匹林")], vec![]);
    assert_eq!(prescribing.lack(), None);
    prescribing.update(PrescribingEvent::Change(Line { dose: "3".into(), ..line("a", "阿司匹林") }));
    assert_eq!(prescribing.lack(), Some(Lack::Check));
    // What the check does not ask for needs no new one, and taking the change back neither.
    let back = Line { remark: "饭后".into(), lasting: true, ..line("a", "阿司匹林") };
    prescribing.update(PrescribingEvent::Change(back));
    assert_eq!(prescribing.lack(), None);
    prescribing.update(PrescribingEvent::Outdated);
    assert_eq!(prescribing.lack(), Some(Lack::Check));
}

#[test]
fn a_line_taken_out_comes_back_to_its_place() {
    let mut prescribing = checked(&[line("a", "甲"), line("b", "乙"), line("c", "丙")], vec![]);
    prescribing.update(PrescribingEvent::Remove("b".into()));
    assert_eq!(prescribing.lines.len(), 2);
    prescribing.update(PrescribingEvent::PutBack(1, line("b", "乙")));
    assert_eq!(prescribing.keys(), [line("a", "甲").key(), line("b", "乙").key(), line("c", "丙").key()]);
    assert_eq!(prescribing.lack(), None);
}

#[test]
fn a_warning_follows_its_line_when_another_is_taken_out() {
    let mut prescribing = checked(
        &[line("x", "维生素C"), line("a", "阿司匹林")],
        vec![flag(FlagLevel::Stop, FlagKind::Interaction, &[1, 2], "阿司匹林与华法林有相互作用")],
    );
    assert_eq!(prescribing.standing()[0].line, 1);
    prescribing.update(PrescribingEvent::Remove("x".into()));
    assert_eq!(prescribing.standing()[0].places, [0]);
    prescribing.update(PrescribingEvent::Remove("a".into()));
    assert_eq!(prescribing.standing(), []);
}

#[test]
fn a_long_prescription_wants_its_assessment() {
    let long = Flag { assess: true, ..flag(FlagLevel::Inform, FlagKind::Duration, &[0], "开 60 天") };
    let mut prescribing = checked(&[line("a", "氨氯地平")], vec![long]);
    assert_eq!(prescribing.lack(), Some(Lack::LongReason));
    prescribing.update(PrescribingEvent::LongReason("血压稳定三个月，依从性好".into()));
    assert_eq!(prescribing.lack(), None);
    assert_eq!(prescribing.prescription().unwrap().long_reason, "血压稳定三个月，依从性好");
    found(&mut prescribing, vec![]);
    assert_eq!(prescribing.prescription().unwrap().long_reason, "");
}

#[test]
fn without_the_medicines_it_can_be_written_and_says_that_nothing_was_checked() {
    let own = Line { medicine: String::new(), form: String::new(), ..line("a", "祖传膏") };
    let mut prescribing = Prescribing { lines: vec![own], ..Prescribing::default() };
    assert_eq!(prescribing.lack(), Some(Lack::Check));
    let of = prescribing.keys();
    prescribing.update(PrescribingEvent::Checked { of, checked: Checked::NoKnowledge });
    assert_eq!(prescribing.lack(), None);
    let prescription = prescribing.prescription().unwrap();
    assert_eq!((prescription.medicines.as_str(), prescription.warnings.len()), ("", 0));
    assert_eq!(
        (prescription.lines[0].medicine.as_str(), prescription.lines[0].name.as_str()),
        ("", "祖传膏")
    );
}

#[test]
fn what_was_found_is_not_on_the_disk_and_what_was_decided_is() {
    let mut prescribing = checked(&[line("a", "阿司匹林")], vec![bleeding()]);
    answer(&mut prescribing, "专科要求");
    let text = serde_json::to_string(&prescribing).unwrap();
    assert!(!text.contains("为什么"));
    let mut again: Prescribing = serde_json::from_str(&text).unwrap();
    assert_eq!((again.lines.len(), again.lack()), (1, Some(Lack::Check)));
    found(&mut again, vec![bleeding()]);
    assert_eq!(again, prescribing);
}

#[test]
fn once_at_night_notes_bedtime_and_another_frequency_forgets_it() {
    let notes = ["睡前".to_owned(), String::new()];
    let mut line = line("a", "辛伐他汀");
    line.toggle("饭后");
    line.often("1", "睡前", &notes);
    assert_eq!(
        (line.times.as_str(), line.notes.as_slice()),
        ("1", ["饭后".to_owned(), "睡前".to_owned()].as_slice())
    );
    line.often("2", "", &notes);
    line.remark = " 整片 ".into();
    assert_eq!(line.prescribed().note, "饭后;整片");
    line.toggle("饭后");
    assert_eq!(line.prescribed().note, "整片");
}

#[test]
fn the_check_is_told_the_strength_and_figures_that_are_figures() {
    let asked =
        Line { dose: "0.5".into(), times: "1/7".into(), days: "x".into(), ..line("aspirin", "阿司匹林") }
            .asked();
    assert_eq!(asked.medicine, "阿司匹林片 100mg");
    assert_eq!((asked.dose, asked.days), (Some(0.5), None));
    assert!((asked.times_per_day.unwrap() - 1.0 / 7.0).abs() < 1e-5);
    assert_eq!(Line { form: String::new(), ..line("aspirin", "阿司匹林") }.asked().medicine, "aspirin");
}

#[test]
fn signing_twice_adds_one_medication() {
    let once = line("a", "氨氯地平").medication("每日1次".into(), "2026-11-22".parse().unwrap(), "d".into());
    assert_eq!((once.id.as_str(), once.name.as_str(), once.dose.as_str()), ("a", "氨氯地平 片 100mg", "1片"));
}
