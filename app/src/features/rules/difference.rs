//! What a draft changes, figure by figure.

use crate::features::points::factor_words;
use domain::work_points::{Coefficient, Item, PointsRules, Threshold};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The points of a unit.
    Points,
    /// The limit for a month.
    CapMonth,
    /// The limit for a year.
    CapYear,
    /// A coefficient.
    Factor,
    /// The points to reach.
    Threshold,
}

/// One figure that is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The names of the item, coefficient or places; none for all other places.
    pub names: Vec<String>,
    /// What of it.
    pub what: What,
    /// The figure in force; empty for none.
    pub before: String,
    /// The figure of the draft; empty for none.
    pub after: String,
}

/// Writes a figure of an item, if it has it.
type Figure = fn(&Item) -> Option<String>;

/// Lists what `draft` changes in `before`, in the order of the rules.
#[must_use]
pub fn differences(before: &PointsRules, draft: &PointsRules) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut note = |names: &[String], what, before: Option<String>, after: Option<String>| {
        if before != after {
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            found.push(Difference { names: names.to_vec(), what, before, after });
        }
    };
    for item in &draft.items {
        let old = before.item(&item.id);
        let figures: [(What, Figure); 3] = [
            (What::Points, |item| Some(item.points.to_string())),
            (What::CapMonth, |item| item.cap_month.map(|cap| cap.to_string())),
            (What::CapYear, |item| item.cap_year.map(|cap| cap.to_string())),
        ];
        for (what, figure) in figures {
            note(std::slice::from_ref(&item.title), what, old.and_then(figure), figure(item));
        }
    }
    let factor = |coefficient: &Coefficient| factor_words(coefficient.factor);
    for coefficient in &draft.coefficients {
        let old = before.coefficients.iter().find(|old| old.id == coefficient.id);
        note(
            std::slice::from_ref(&coefficient.title),
            What::Factor,
            old.map(factor),
            Some(factor(coefficient)),
        );
    }
    for threshold in &draft.thresholds {
        let same =
            |old: &&Threshold| (&old.institutions, &old.names) == (&threshold.institutions, &threshold.names);
        let old = before.thresholds.iter().find(same).map(|old| old.points.to_string());
        note(&threshold.names, What::Threshold, old, Some(threshold.points.to_string()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::base::WorkPoints;
    use domain::work_points::points_templates;

    #[test]
    fn a_draft_says_which_figures_it_changes_and_no_others() {
        let before = points_templates().unwrap().rules.rules[0].clone();
        assert_eq!(differences(&before, &before), []);
        let mut draft = before.clone();
        draft.items[0].points = WorkPoints(250);
        draft.items[0].cap_month = None;
        draft.coefficients[0].factor = 15_000;
        draft.thresholds[1].points = WorkPoints(9_000);
        let said: Vec<_> = differences(&before, &draft)
            .into_iter()
            .map(|found| (found.names.concat(), found.what, found.before, found.after))
            .collect();
        let of = |title: &str, what, before: &str, after: &str| {
            (title.to_owned(), what, before.to_owned(), after.to_owned())
        };
        assert_eq!(
            said,
            [
                of("入户或面对面随访", What::Points, "2.00", "2.50"),
                of("入户或面对面随访", What::CapMonth, "60.00", ""),
                of("边远地区", What::Factor, "1.3", "1.5"),
                of("", What::Threshold, "100.00", "90.00"),
            ]
        );
    }
}
