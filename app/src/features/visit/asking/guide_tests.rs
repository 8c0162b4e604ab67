//! The complaint with the knowledge that is shipped: from the draft to the record.

use super::*;
use crate::features::visit::draft::{Draft, Event};
use crate::replica::files::ResidentFile;
use documents::{Diary, Record};
use domain::{
    base::{Sex, Timestamp, VisitId},
    measurements::Urgency,
    people::Resident,
};
use guide::{Guide, Question, Reply, Request, Site, Stop, Verdict};
use std::{fs, path::Path, sync::LazyLock};

/// What is shipped, as the worker has it.
pub static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
    let mut files = Vec::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/decision/data");
    collect(&data, &data, &mut files);
    files.sort();
    let read = decision::knowledge::read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let packed = decision::knowledge::pack(&read.unwrap()).unwrap();
    Guide::new(&packed, medicines::Medicines::pack()).unwrap()
});

fn collect(data: &Path, dir: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(data, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(data).unwrap().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// A visit to somebody under care for nothing.
struct Visit {
    file: ResidentFile,
    draft: Draft,
}

impl Visit {
    fn of(birth: &str, sex: Sex, text: &str) -> Self {
        let person = Resident { birth_date: birth.parse().ok(), sex, ..Resident::default() };
        let file =
            ResidentFile { person, record: Record::default(), diary: Diary::default(), problems: vec![] };
        let started = Timestamp::of("2026-11-22".parse().unwrap(), 9, 0);
        let mut draft = Draft::new(VisitId::new("v"), "s".into(), started);
        draft.concern(&file.person);
        let mut visit = Self { file, draft };
        visit.say(AskingEvent::Text(text.into()));
        visit
    }

    fn say(&mut self, event: AskingEvent) {
        self.draft.update(Event::Asking(event));
    }

    fn advice(&self) -> Advice {
        match GUIDE.answer(&Request::Advise(case(&self.draft, &self.file, Site::Village))) {
            Reply::Advice(advice) => advice,
            other => panic!("{other:?}"),
        }
    }

    fn marks(&self) -> Vec<(String, Mark)> {
        let heard = heard(&self.draft.asking, Some(&self.advice()));
        heard.into_iter().map(|one| (one.name, one.mark)).collect()
    }

    /// Answers every question alike until asking should stop; returns what was asked.
    fn answer_all(&mut self, state: State) -> Vec<String> {
        let mut asked = Vec::new();
        while let Some(Question { finding, name, .. }) = self.advice().question {
            assert!(!asked.contains(&finding), "{finding} is asked twice");
            asked.push(finding.clone());
            self.say(AskingEvent::Answer(Answered { finding, name, state, asked: true }));
        }
        asked
    }
}

const COUGH: &str = "咳嗽三天，发烧，没有胸痛";

#[test]
fn cough_and_fever_without_chest_pain_are_understood_and_can_be_corrected() {
    let mut visit = Visit::of("1991-05-01", Sex::Male, COUGH);
    let marked = |name: &str, mark| (name.to_owned(), mark);
    let understood =
        [marked("咳嗽", Mark::Present), marked("发热", Mark::Present), marked("胸痛", Mark::Absent)];
    assert_eq!(visit.marks(), understood);
    for mark in [Mark::NotSaid, Mark::Present, Mark::Absent] {
        let all = heard(&visit.draft.asking, Some(&visit.advice()));
        visit.say(all.last().unwrap().pressed());
        assert_eq!(visit.marks().last().unwrap(), &marked("胸痛", mark), "corrected chips keep their place");
    }
    assert_eq!(visit.marks(), understood);
}

#[test]
fn no_question_is_asked_twice_when_nobody_knows() {
    for (birth, sex, text) in [
        ("1991-05-01", Sex::Male, COUGH),
        ("2023-08-01", Sex::Female, COUGH),
        ("1978-05-01", Sex::Female, "肚子痛"),
    ] {
        let mut visit = Visit::of(birth, sex, text);
        let asked = visit.answer_all(State::Unknown);
        let advice = visit.advice();
        assert!(!asked.is_empty() && advice.stop.is_some(), "{text}: {asked:?}");
        assert_eq!(usize::from(visit.draft.asking.asked()), asked.len());
        if advice.verdict == Verdict::CannotTell {
            assert_ne!(advice.stop, Some(Stop::Confident), "{text}");
        }
    }
}

#[test]
fn a_tight_chest_with_cold_sweat_at_sixty_asks_for_an_ambulance_or_for_a_reason() {
    let mut visit = Visit::of("1966-05-01", Sex::Male, "胸口闷，出冷汗");
    let advice = visit.advice();
    assert_eq!(advice.level, Level::Ambulance);
    assert_eq!(demanded(&visit.draft.asking, Some(&advice)), Some(Level::Ambulance));
    assert!(advice.red_flags.iter().all(|flag| !flag.reason.is_empty() && flag.source.is_some()));
    visit.say(AskingEvent::Handle {
        handling: Handling::Refer, to: "县医院".into(), reason: String::new()
    });
    visit.say(AskingEvent::OverrideReason("家里有车，十分钟就到，比等车快".into()));
    let kept = assessment(&visit.draft.asking, Some(&visit.advice())).unwrap();
    assert_eq!(kept.level, Urgency::Ambulance);
    assert!(!kept.override_reason.is_empty() && !kept.red_flags.is_empty());
    assert_eq!(kept.knowledge, advice.knowledge);
}

#[test]
fn the_order_of_answers_leaves_no_trace_in_the_record() {
    let mut visit = Visit::of("1978-05-01", Sex::Female, "肚子痛");
    visit.answer_all(State::Absent);
    let mut other = Visit::of("1978-05-01", Sex::Female, "肚子痛");
    for answer in visit.draft.asking.answers.iter().rev() {
        other.say(AskingEvent::Answer(answer.clone()));
    }
    let kept = |visit: &Visit| assessment(&visit.draft.asking, Some(&visit.advice())).unwrap();
    assert_eq!(kept(&visit), kept(&other));
}
