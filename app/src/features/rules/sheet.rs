//! The draft as a manager types it: every figure a text, read back as a whole.

use crate::features::points::factor_words;
use domain::base::{Date, WorkPoints};
use domain::work_points::PointsRules;

/// A figure of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The first day in force.
    From,
    /// The points of the item at this place.
    Points(usize),
    /// Its limit for a month; may be empty.
    CapMonth(usize),
    /// Its limit for a year; may be empty.
    CapYear(usize),
    /// The coefficient at this place.
    Factor(usize),
    /// The threshold at this place.
    Threshold(usize),
}

impl Field {
    /// Returns the id of its input.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::From => "from".to_owned(),
            Self::Points(place) => format!("points-{place}"),
            Self::CapMonth(place) => format!("cap-month-{place}"),
            Self::CapYear(place) => format!("cap-year-{place}"),
            Self::Factor(place) => format!("factor-{place}"),
            Self::Threshold(place) => format!("threshold-{place}"),
        }
    }

    /// Returns every figure of `rules` that can be typed.
    #[must_use]
    pub fn of(rules: &PointsRules) -> Vec<Self> {
        let items =
            (0..rules.items.len()).flat_map(|n| [Self::Points(n), Self::CapMonth(n), Self::CapYear(n)]);
        let factors = (0..rules.coefficients.len()).map(Self::Factor);
        let thresholds = (0..rules.thresholds.len()).map(Self::Threshold);
        std::iter::once(Self::From).chain(items).chain(factors).chain(thresholds).collect()
    }

    /// Writes the figure as it stands in `rules`.
    #[must_use]
    pub fn text(self, rules: &PointsRules) -> String {
        let item = |place: usize| rules.items.get(place);
        let text = match self {
            Self::From => Some(rules.from.to_string()),
            Self::Points(place) => item(place).map(|item| item.points.to_string()),
            Self::CapMonth(place) => item(place).and_then(|item| item.cap_month).map(|cap| cap.to_string()),
            Self::CapYear(place) => item(place).and_then(|item| item.cap_year).map(|cap| cap.to_string()),
            Self::Factor(place) => rules.coefficients.get(place).map(|found| factor_words(found.factor)),
            Self::Threshold(place) => rules.thresholds.get(place).map(|found| found.points.to_string()),
        };
        text.unwrap_or_default()
    }

    /// Puts what was typed into `rules`; false when it is no such figure.
    pub fn read(self, text: &str, rules: &mut PointsRules, today: Date) -> bool {
        let points = text.trim().parse::<WorkPoints>().ok();
        let cap = if text.trim().is_empty() { Some(None) } else { points.map(Some) };
        let put = |place: Option<&mut WorkPoints>, value: Option<WorkPoints>| match (place, value) {
            (Some(place), Some(value)) => {
                *place = value;
                true
            }
            _ => false,
        };
        match self {
            // What was done under a version keeps its figures: a new one begins tomorrow at the earliest.
            Self::From => match text.trim().parse::<Date>() {
                Ok(from) if from > today => {
                    rules.from = from;
                    true
                }
                _ => false,
            },
            Self::Points(place) => put(rules.items.get_mut(place).map(|item| &mut item.points), points),
            Self::CapMonth(place) => match (rules.items.get_mut(place), cap) {
                (Some(item), Some(cap)) => {
                    item.cap_month = cap;
                    true
                }
                _ => false,
            },
            Self::CapYear(place) => match (rules.items.get_mut(place), cap) {
                (Some(item), Some(cap)) => {
                    item.cap_year = cap;
                    true
                }
                _ => false,
            },
            Self::Factor(place) => match (rules.coefficients.get_mut(place), factor(text)) {
                (Some(coefficient), Some(factor)) => {
                    coefficient.factor = factor;
                    true
                }
                _ => false,
            },
            Self::Threshold(place) => {
                put(rules.thresholds.get_mut(place).map(|found| &mut found.points), points)
            }
        }
    }
}

/// Reads a factor into basis points: `1.3`, `0.95`, at most four decimals, more than nothing.
fn factor(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 4 {
        return None;
    }
    let part = format!("{part:0<4}").parse::<u32>().ok()?;
    let factor = whole.parse::<u32>().ok()?.checked_mul(10_000)?.checked_add(part)?;
    (factor > 0).then_some(factor)
}

/// Reads all that was typed over `rules`; the fields that are no figures otherwise.
///
/// # Errors
/// Those fields, in the order of the page.
pub fn read(
    rules: &PointsRules,
    typed: impl Iterator<Item = (Field, String)>,
    today: Date,
) -> Result<PointsRules, Vec<Field>> {
    let mut draft = rules.clone();
    let wrong: Vec<Field> =
        typed.filter(|(field, text)| !field.read(text, &mut draft, today)).map(|(field, _)| field).collect();
    if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::work_points::points_templates;

    fn today() -> Date {
        Date::new(2026, 11, 22).unwrap()
    }

    fn rules() -> PointsRules {
        let mut rules = points_templates().unwrap().rules.rules[0].clone();
        rules.from = Date::new(2026, 12, 1).unwrap();
        rules
    }

    #[track_caller]
    fn check(field: Field, text: &str, expected: bool) {
        assert_eq!(field.read(text, &mut rules(), today()), expected, "{field:?} {text:?}");
    }

    #[test]
    fn what_is_shown_reads_back_as_the_same_rules() {
        let rules = rules();
        let typed = Field::of(&rules).into_iter().map(|field| (field, field.text(&rules)));
        assert_eq!(read(&rules, typed, today()), Ok(rules.clone()));
    }

    #[test]
    fn every_field_that_is_no_figure_is_named() {
        let typed = [(Field::Points(0), "zwei"), (Field::Factor(0), "1.3"), (Field::Threshold(1), "")];
        let typed = typed.into_iter().map(|(field, text)| (field, text.to_owned()));
        assert_eq!(read(&rules(), typed, today()), Err(vec![Field::Points(0), Field::Threshold(1)]));
    }

    #[test]
    fn a_version_never_begins_before_tomorrow() {
        check(Field::From, "2026-11-22", false);
        check(Field::From, "2026-11-23", true);
        check(Field::From, "2026-02-30", false);
    }

    #[test]
    fn a_limit_may_be_empty_and_points_may_not() {
        check(Field::CapMonth(0), "", true);
        check(Field::CapYear(0), " ", true);
        check(Field::CapMonth(0), "-1", false);
        check(Field::Points(0), "", false);
        check(Field::Points(99), "1", false);
    }

    #[test]
    fn a_factor_has_four_decimals_at_most_and_is_more_than_nothing() {
        for (text, factor) in
            [("1.3", Some(13_000)), ("0.95", Some(9_500)), ("2", Some(20_000)), ("1.33333", None)]
        {
            assert_eq!(super::factor(text), factor, "{text}");
        }
        for text in ["0", "0.0", "", ".", "-1", "1,3", "99999999"] {
            assert_eq!(super::factor(text), None, "{text}");
        }
    }
}
