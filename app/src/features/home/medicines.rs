//! What was prescribed lately, in plain words, for whoever is to take it.

use crate::clock;
use crate::features::{pharmacy::PrescriptionLines, staff_name};
use crate::language::*;
use crate::replica::files::ResidentFile;
use crate::words;
use documents::{Prescription, Visit};
use domain::base::Date;
use leptos::prelude::*;

/// A prescription is shown for so many days, or for as long as one of its medicines is to be taken.
const SHOWN: i64 = 30;

/// Returns the newest visit that prescribed something, while it concerns the resident.
#[must_use]
pub fn prescribed(file: &ResidentFile, today: Date) -> Option<(&Visit, &Prescription)> {
    let visit = file.record.standing_visits().rev().find(|visit| visit.prescription.is_some())?;
    let prescription = visit.prescription.as_ref()?;
    let longest = prescription.lines.iter().filter_map(|line| line.days.parse().ok()).max();
    let shown = longest.map_or(SHOWN, |days: i64| days.clamp(SHOWN, 366));
    (visit.on().days_until(today) <= shown).then_some((visit, prescription))
}

/// The medicines of the last prescription.
#[component]
pub fn MedicinesCard(
    /// The resident.
    file: std::rc::Rc<ResidentFile>,
) -> impl IntoView {
    let i18n = use_i18n();
    prescribed(&file, clock::today()).map(|(visit, prescription)| {
        let on = words::short_date(i18n, visit.on());
        let by = td_string!(i18n, home.prescribed_by, date = on, name = staff_name(&visit.staff));
        view! {
            <section class="sheet pad stack" data-testid="medicines">
                <div><h2>{td_string!(i18n, home.medicines)}</h2><p class="soft">{by}</p></div>
                <PrescriptionLines prescription=prescription.clone()/>
                <p class="soft">{td_string!(i18n, home.medicines_hint)}</p>
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{Prescribed, Voided};
    use domain::base::Timestamp;

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn visit(id: &str, days_ago: i64, days: &str) -> Visit {
        let line = Prescribed { name: "氨氯地平".into(), days: days.into(), ..Prescribed::default() };
        let on = today().add_days(-days_ago);
        Visit {
            id: id.into(),
            date: Some(on),
            recorded_at: Timestamp::of(on, 9, 0),
            prescription: Some(Prescription { lines: vec![line], ..Prescription::default() }),
            ..Visit::default()
        }
    }

    fn shown(visits: Vec<Visit>) -> Option<String> {
        let mut file = ResidentFile {
            person: domain::people::Resident::default(),
            record: documents::Record::default(),
            diary: documents::Diary::default(),
            problems: Vec::new(),
        };
        file.record.visits = visits;
        prescribed(&file, today()).map(|(visit, _)| visit.id.to_string())
    }

    #[test]
    fn a_prescription_is_shown_while_it_is_to_be_taken_and_a_month_at_least() {
        assert_eq!(shown(vec![visit("a", 30, "5")]).as_deref(), Some("a"));
        assert_eq!(shown(vec![visit("a", 31, "5")]), None);
        assert_eq!(shown(vec![visit("a", 80, "84")]).as_deref(), Some("a"));
        assert_eq!(shown(vec![visit("a", 30, "as needed")]).as_deref(), Some("a"));
    }

    #[test]
    fn the_newest_counts_and_a_voided_visit_prescribes_nothing() {
        assert_eq!(shown(vec![visit("a", 9, "5"), visit("b", 2, "5")]).as_deref(), Some("b"));
        let mut void = visit("b", 2, "5");
        void.voided =
            Some(Voided { reason: "填错了".into(), by: "d".into(), at: Timestamp::of(today(), 9, 0) });
        assert_eq!(shown(vec![visit("a", 9, "5"), void]).as_deref(), Some("a"));
        assert_eq!(shown(vec![]), None);
    }
}
