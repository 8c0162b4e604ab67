//! What a case, a warning and an opinion say.

use crate::features::staff_name;
use crate::language::*;
use crate::ui::Tone;
use crate::words;
use documents::{Prescription, PrescriptionCase, Review, ReviewVerdict, WarningLevel};
use domain::base::Sex;

/// From so many months on an age is said in years.
const YEARS_FROM: u32 = 36;

/// Says who it is without saying who it is: sex, age, weight.
pub fn who(i18n: Language, case: &PrescriptionCase) -> String {
    let age = case.age_months.map(|months| match months {
        0..YEARS_FROM => td_string!(i18n, pharmacy.months, months = months),
        _ => td_string!(i18n, common.age, years = months / 12),
    });
    let weight = case.weight.map(|grams| td_string!(i18n, pharmacy.kilograms, weight = kilograms(grams)));
    let sex = words::sex(i18n, &Sex::from(case.sex.as_str()));
    let said: Vec<String> =
        [Some(sex), age, weight].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    said.join(" · ")
}

/// Writes grams as kilograms with one place.
fn kilograms(grams: u32) -> String {
    let tenths = (grams + 50) / 100;
    let mut text = (tenths / 10).to_string();
    if !tenths.is_multiple_of(10) {
        text.push('.');
        text.push_str(&(tenths % 10).to_string());
    }
    text
}

/// Says pregnancy and breast-feeding; nothing where neither is known.
pub fn expecting(i18n: Language, case: &PrescriptionCase) -> Option<String> {
    let Prescription { pregnant_weeks, lactating, .. } = case.prescription;
    match pregnant_weeks {
        Some(weeks) => Some(td_string!(i18n, pharmacy.pregnant_weeks, weeks = weeks)),
        None if lactating => Some(td_string!(i18n, pharmacy.lactating).to_owned()),
        None if case.pregnant_or_lactating => Some(td_string!(i18n, pharmacy.expecting).to_owned()),
        None => None,
    }
}

/// Names the medicines of a prescription.
pub fn medicines(i18n: Language, prescription: &Prescription) -> String {
    words::list(i18n, prescription.lines.iter().map(|line| line.name.as_str()))
}

/// Says how much a warning interrupts, and how serious it looks.
pub fn level(i18n: Language, level: &WarningLevel) -> (Tone, &'static str) {
    match level {
        WarningLevel::Inform => (Tone::Calm, td_string!(i18n, pharmacy.level_inform)),
        WarningLevel::Warn => (Tone::Care, td_string!(i18n, pharmacy.level_warn)),
        WarningLevel::Stop => (Tone::Life, td_string!(i18n, pharmacy.level_stop)),
        WarningLevel::Unknown(_) => (Tone::Life, td_string!(i18n, pharmacy.newer)),
    }
}

/// Says a verdict, and how serious it looks.
pub fn verdict(i18n: Language, verdict: &ReviewVerdict) -> (Tone, &'static str) {
    match verdict {
        ReviewVerdict::Agreed => (Tone::Good, td_string!(i18n, pharmacy.agreed)),
        ReviewVerdict::Advised => (Tone::Care, td_string!(i18n, pharmacy.advised)),
        ReviewVerdict::Refused => (Tone::Care, td_string!(i18n, pharmacy.refused)),
        ReviewVerdict::TakenBack => (Tone::Calm, td_string!(i18n, pharmacy.taken_back)),
        ReviewVerdict::Unknown(_) => (Tone::Care, td_string!(i18n, pharmacy.newer)),
    }
}

/// Says an opinion: what, who, when; the reason is apart.
#[must_use]
pub fn opinion_words(i18n: Language, review: &Review) -> String {
    let (_, verdict) = verdict(i18n, &review.verdict);
    let date = words::short_date(i18n, review.at.date());
    td_string!(i18n, pharmacy.opinion_by, verdict = verdict, name = staff_name(&review.by), date = date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baby_has_months_and_nobody_a_name() {
        let case = |months, grams| PrescriptionCase {
            age_months: months,
            sex: "female".into(),
            weight: grams,
            ..PrescriptionCase::default()
        };
        assert_eq!(who(Language::zh_CN, &case(Some(7), Some(8_240))), "女 · 7 个月 · 8.2 kg");
        assert_eq!(who(Language::zh_CN, &case(Some(922), Some(60_970))), "女 · 76 岁 · 61 kg");
        assert_eq!(who(Language::zh_CN, &case(None, None)), "女");
    }

    #[test]
    fn weeks_say_more_than_the_key_group() {
        let mut case = PrescriptionCase { pregnant_or_lactating: true, ..PrescriptionCase::default() };
        assert_eq!(expecting(Language::zh_CN, &case).as_deref(), Some("孕期或产后"));
        case.prescription.pregnant_weeks = Some(30);
        assert_eq!(expecting(Language::zh_CN, &case).as_deref(), Some("孕 30 周"));
        assert_eq!(expecting(Language::zh_CN, &PrescriptionCase::default()), None);
    }
}
