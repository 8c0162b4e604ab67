//! A resident as decision support is asked about them.

use crate::features::body::{Typed, known};
use crate::language::Language;
use crate::replica::files::ResidentFile;
use crate::words::group as group_words;
use domain::{
    base::{Date, Sex},
    people::KeyGroup,
};
use guide::Case;

/// Key groups that are conditions somebody lives with.
pub const LIVED_WITH: [KeyGroup; 4] =
    [KeyGroup::Hypertension, KeyGroup::Diabetes, KeyGroup::Tuberculosis, KeyGroup::MentalIllness];

/// Returns the case of a resident on `date` of whom nobody has said anything yet: age, sex, pregnancy, record.
#[must_use]
pub fn person_case(file: &ResidentFile, date: Date) -> Case {
    let (person, record) = (&file.person, &file.record);
    let pregnancy = known(file, &Typed::default(), date).pregnancy.map(|known| known.value);
    let groups = person.key_groups.iter().filter(|group| LIVED_WITH.contains(group));
    // The knowledge reads Chinese, whatever the screen speaks.
    let groups: Vec<String> = groups.map(|group| group_words(Language::zh_CN, group)).collect();
    let words = [
        groups.iter().collect::<Vec<_>>(),
        record.conditions.iter().map(|known| &known.name).collect(),
        record.allergies.iter().map(|known| &known.substance).collect(),
        record
            .medications
            .iter()
            .filter(|taken| taken.until.is_none_or(|until| until >= date))
            .map(|taken| &taken.name)
            .collect(),
    ];
    Case {
        age_months: person.birth_date.map(|birth| months(birth, date)),
        sex: match person.sex {
            Sex::Female => Some(guide::Sex::Female),
            Sex::Male => Some(guide::Sex::Male),
            Sex::Unknown(_) => None,
        },
        pregnant: match (pregnancy, person.is_in(&KeyGroup::Pregnant), &person.sex) {
            (Some(known), ..) => Some(known.pregnant),
            (None, true, _) => Some(true),
            (None, false, Sex::Male) => Some(false),
            (None, false, _) => None,
        },
        pregnant_weeks: pregnancy.and_then(|known| known.weeks),
        month: Some(date.month()),
        history: words.into_iter().flatten().filter(|words| !words.is_empty()).cloned().collect(),
        ..Case::default()
    }
}

/// Returns the completed months from `birth` to `date`; zero before it.
fn months(birth: Date, date: Date) -> u32 {
    let count = |date: Date| date.year() * 12 + i32::from(date.month());
    let months = count(date) - count(birth) - i32::from(date.day() < birth.day());
    u32::try_from(months).unwrap_or(0)
}
