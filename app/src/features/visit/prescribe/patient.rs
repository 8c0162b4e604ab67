//! What the check is told: this resident on the day of the visit, and the medicines taken already. Pure.

use crate::decimal::Decimal;
use crate::features::body;
use crate::features::visit::{Draft, prescribing::Named};
use crate::replica::files::ResidentFile;
use crate::words::prescription::Often;
use documents::Medication;
use domain::base::{Date, Sex};
use domain::measurements::Body;
use domain::people::KeyGroup;
use guide::{Line, Patient, State};

/// A weight, and when it was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Grams.
    pub grams: u32,
    /// On this day.
    pub on: Date,
}

/// Returns today's weight, else the last one on record.
#[must_use]
pub fn weight(file: &ResidentFile, draft: &Draft) -> Option<Weighed> {
    let on = draft.started.date();
    let grams = Decimal::read("1000").and_then(|thousand| Decimal::read(&draft.weight)?.times(thousand));
    let typed = grams.map(|grams| grams.value() as u32).filter(|grams| *grams > 0);
    typed.map(|grams| Weighed { grams, on }).or_else(|| weight_of(file, on))
}

/// Returns the weight on record as of a day.
#[must_use]
pub fn weight_of(file: &ResidentFile, day: Date) -> Option<Weighed> {
    let visits = file.record.standing_visits().filter(|visit| visit.on() <= day);
    let weighed = visits.filter_map(|visit| Some(Weighed { grams: visit.weight?, on: visit.on() }));
    weighed.max_by_key(|weighed| weighed.on)
}

/// Says grams as kilograms.
#[must_use]
pub fn kilograms(grams: u32) -> String {
    Decimal::of(f64::from(grams) / 1000.0).map(|figure| figure.to_string()).unwrap_or_default()
}

/// Returns what is known of kidneys, liver, pregnancy and breast-feeding on the day of the visit.
#[must_use]
pub fn body(file: &ResidentFile, draft: &Draft) -> Body {
    body::known(file, &draft.prescribing.body, draft.started.date())
}

/// Returns the resident as medicines ask; nothing without a date of birth, since an unknown age is not a normal one.
#[must_use]
pub fn patient(file: &ResidentFile, draft: &Draft) -> Option<Patient> {
    let days = file.person.birth_date?.days_until(draft.started.date());
    let record = &file.record;
    // The norm's groups and what they say of the body; the others say nothing to medicines.
    let groups = file.person.key_groups.iter().filter(|group| {
        matches!(
            group,
            KeyGroup::Hypertension | KeyGroup::Diabetes | KeyGroup::Tuberculosis | KeyGroup::Pregnant
        )
    });
    let groups = groups.map(|group| group.as_str().to_owned());
    let lived_with = record.conditions.iter().map(|condition| condition.name.clone());
    let today = draft.asking.diagnoses().into_iter().map(|diagnosis| diagnosis.name);
    // What is said today counts as well: that she is pregnant, that he has asthma.
    let answers = draft.asking.answers.iter().filter(|answer| answer.state == State::Present);
    let said = answers.map(|answer| answer.name.clone()).chain([draft.asking.text.clone()]);
    let said = said.filter(|text| !text.trim().is_empty());
    let known = body(file, draft);
    let pregnancy = known.pregnancy.as_ref().map(|known| known.value);
    Some(Patient {
        egfr: known.egfr.as_ref().map(|known| known.value.rate),
        child_pugh: body::class(&known).map(ToString::to_string),
        pregnant: pregnancy.map(|pregnancy| pregnancy.pregnant),
        pregnant_weeks: pregnancy.and_then(|pregnancy| pregnancy.weeks),
        lactating: body::feeds(&known),
        age_days: u32::try_from(days).unwrap_or_default(),
        sex: match file.person.sex {
            Sex::Female => Some(guide::Sex::Female),
            Sex::Male => Some(guide::Sex::Male),
            Sex::Unknown(_) => None,
        },
        weight: weight(file, draft).map(|weighed| weighed.grams),
        conditions: lived_with.chain(groups).chain(today).chain(said).collect(),
        allergies: record.allergies.iter().map(|allergy| allergy.substance.clone()).collect(),
        ..Patient::default()
    })
}

/// Returns the medicines that are taken and go on being taken beside the prescription: not those it goes on with.
pub fn taken_beside<'a>(file: &'a ResidentFile, draft: &'a Draft) -> impl Iterator<Item = &'a Medication> {
    let today = draft.started.date();
    let taken = crate::features::residents::taken(file, today);
    taken.filter(move |taken| draft.prescribing.lines.iter().all(|line| line.renews != taken.id.as_str()))
}

/// Returns the lines to be checked, those of the prescription first, and what they are.
#[must_use]
pub fn lines(file: &ResidentFile, draft: &Draft, often: &[Often]) -> (Vec<Line>, Vec<Named>) {
    let written = draft.prescribing.lines.iter().map(|line| {
        let named = Named { id: line.id.clone(), name: line.name.trim().to_owned() };
        (line.asked(), named)
    });
    let taken = taken_beside(file, draft).map(|taken| {
        let named = Named { id: String::new(), name: taken.name.clone() };
        (asked(taken, often), named)
    });
    written.chain(taken).unzip()
}

fn asked(taken: &Medication, often: &[Often]) -> Line {
    let (dose, unit) = split_dose(&taken.dose).unwrap_or_default();
    Line {
        medicine: taken.name.clone(),
        dose: Decimal::read(&dose).map(Decimal::value),
        unit,
        times_per_day: times(&taken.frequency, often)
            .and_then(|often| Decimal::read(&often.times))
            .map(Decimal::value),
        taken: true,
        ..Line::default()
    }
}

/// Splits `5mg` or `2 片` into the figure and the unit; nothing where it is not just that.
#[must_use]
pub fn split_dose(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let at = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (figure, unit) = text.split_at_checked(at)?;
    let unit = unit.trim();
    let is_word = !unit.is_empty() && unit.chars().all(char::is_alphabetic);
    (Decimal::read(figure).is_some() && is_word).then(|| (figure.to_owned(), unit.to_owned()))
}

/// Finds the way of saying how often that a text is.
#[must_use]
pub fn times<'a>(text: &str, often: &'a [Often]) -> Option<&'a Often> {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    often.iter().find(|often| plain(&often.words) == plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::visit::{
        draft::Event,
        prescribing::{Line as Written, PrescribingEvent},
    };
    use crate::ui::Key;
    use documents::{Allergy, Condition, Diagnosis, Diary, Record, Visit};
    use domain::base::{ResidentId, Timestamp, VisitId};
    use domain::people::Resident;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn file(record: Record) -> ResidentFile {
        let person = Resident {
            subject: ResidentId::new("s"),
            sex: Sex::Female,
            birth_date: Some(date("2023-11-20")),
            key_groups: vec![KeyGroup::Child],
            ..Resident::default()
        };
        ResidentFile { person, record, diary: Diary::default(), problems: vec![] }
    }

    fn draft() -> Draft {
        Draft::new(VisitId::new("v"), "s".into(), Timestamp::of(date("2026-11-22"), 9, 0))
    }

    fn weighed(on: &str, grams: u32) -> Visit {
        Visit { id: VisitId::new(on), date: Some(date(on)), weight: Some(grams), ..Visit::default() }
    }

    fn medication(id: &str, name: &str, dose: &str, frequency: &str) -> Medication {
        let text = str::to_owned;
        Medication {
            id: id.into(),
            name: text(name),
            dose: text(dose),
            frequency: text(frequency),
            ..Medication::default()
        }
    }

    #[test]
    fn a_child_is_three_years_and_two_days_old_on_the_day_of_the_visit() {
        let found = patient(&file(Record::default()), &draft()).unwrap();
        assert_eq!((found.age_days, found.sex), (1098, Some(guide::Sex::Female)));
        assert_eq!((found.weight, found.conditions.len()), (None, 0));
    }

    #[test]
    fn without_a_date_of_birth_there_is_nobody_to_check_for() {
        let mut file = file(Record::default());
        file.person.birth_date = None;
        assert_eq!(patient(&file, &draft()), None);
    }

    #[test]
    fn the_weight_of_today_comes_before_the_last_one_on_record() {
        let visits =
            vec![weighed("2026-10-01", 14_200), weighed("2026-03-01", 13_000), weighed("2027-01-01", 15_000)];
        let file = file(Record { visits, ..Record::default() });
        let mut draft = draft();
        assert_eq!(weight(&file, &draft), Some(Weighed { grams: 14_200, on: date("2026-10-01") }));
        draft.weight = "14.5".into();
        assert_eq!(weight(&file, &draft), Some(Weighed { grams: 14_500, on: date("2026-11-22") }));
        draft.weight = "0".into();
        assert_eq!(weight(&file, &draft).unwrap().grams, 14_200);
    }

    #[test]
    fn conditions_are_those_of_the_record_the_groups_and_today() {
        let record = Record {
            conditions: vec![Condition { name: "胃溃疡".into(), ..Condition::default() }],
            allergies: vec![Allergy { substance: "青霉素".into(), ..Allergy::default() }],
            ..Record::default()
        };
        let mut file = file(record);
        file.person.key_groups = vec![KeyGroup::Poor, KeyGroup::Pregnant];
        let mut draft = draft();
        draft.asking.chosen.push(Diagnosis { name: "急性支气管炎".into(), ..Diagnosis::default() });
        draft.asking.own_words = " 受凉 ".into();
        let found = patient(&file, &draft).unwrap();
        assert_eq!(found.conditions, ["胃溃疡", "pregnant", "急性支气管炎", "受凉"]);
        draft.asking.text = "怀孕三个月，咳嗽".into();
        let found = patient(&file, &draft).unwrap();
        assert_eq!(found.conditions.last().map(String::as_str), Some("怀孕三个月，咳嗽"));
        assert_eq!(found.allergies, ["青霉素"]);
    }

    #[test]
    fn what_is_taken_is_checked_along_unless_the_prescription_goes_on_with_it() {
        let often = vec![Often { times: "1".into(), note: String::new(), words: "每日1次".into() }];
        let ended =
            Medication { until: Some(date("2026-11-01")), ..medication("3", "阿托伐他汀", "", "") };
        let medications = vec![
            medication("1", "华法林", "2.5mg", "每日 1 次"),
            medication("2", "氨氯地平", "一片", ""),
            ended,
        ];
        let file = file(Record { medications, ..Record::default() });
        let mut draft = draft();
        let line =
            Written { id: "a".into(), name: "氨氯地平".into(), renews: "2".into(), ..Written::default() };
        draft.update(Event::Prescribing(Box::new(PrescribingEvent::Add(line))));
        let (asked, named) = lines(&file, &draft, &often);
        assert_eq!(named.iter().map(|named| named.name.as_str()).collect::<Vec<_>>(), ["氨氯地平", "华法林"]);
        assert_eq!((asked[0].taken, asked[1].taken), (false, true));
        assert_eq!(
            (asked[1].dose, asked[1].unit.as_str(), asked[1].times_per_day),
            (Some(2.5), "mg", Some(1.0))
        );
    }

    #[test]
    fn a_dose_that_is_more_than_a_figure_with_a_unit_is_left_alone() {
        assert_eq!(split_dose("2.5mg"), Some(("2.5".into(), "mg".into())));
        assert_eq!(split_dose(" 2 片 "), Some(("2".into(), "片".into())));
        for text in ["", "一片", "5", "mg", "1-2片", "5mg 早"] {
            assert_eq!(split_dose(text), None, "{text}");
        }
    }

    #[test]
    fn digits_on_the_keypad_weigh() {
        let mut draft = draft();
        draft.field = crate::features::visit::draft::Field::Weight;
        for key in [Key::Digit(1), Key::Digit(4)] {
            draft.update(Event::Key(key));
        }
        assert_eq!(weight(&file(Record::default()), &draft).unwrap().grams, 14_000);
    }
}
