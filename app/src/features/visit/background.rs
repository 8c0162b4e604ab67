//! What is known of the resident already, beside the questions of a complaint.

use super::page::Flow;
use crate::features::{
    body::{Typed, known, lines},
    residents::taken,
};
use crate::guide::LIVED_WITH;
use crate::language::*;
use crate::ui::{Answer, Answers};
use crate::words;
use leptos::prelude::*;

/// Allergies, what they live with and take, kidneys and the like, what was measured last.
#[component]
pub(super) fn Background(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let day = flow.draft.with_untracked(|draft| draft.started.date());
    let items = flow.file.with_value(|file| {
        let line =
            |question: &str, answer: String| Answer { question: question.to_owned(), answer, change: None };
        let said = |all: Vec<String>| match all.is_empty() {
            true => td_string!(i18n, residents.none_recorded).to_owned(),
            false => words::list(i18n, all),
        };
        let record = &file.record;
        let allergies = record.allergies.iter().map(|allergy| allergy.substance.clone()).collect();
        let groups = file.person.key_groups.iter().filter(|group| LIVED_WITH.contains(group));
        let groups = groups.map(|group| words::group(i18n, group));
        let conditions = record.conditions.iter().map(|condition| condition.name.clone());
        let medicines = taken(file, day).map(|medicine| medicine.name.clone()).collect();
        let mut all = vec![
            line(td_string!(i18n, residents.allergies), said(allergies)),
            line(td_string!(i18n, residents.conditions), said(groups.chain(conditions).collect())),
            line(td_string!(i18n, residents.medications), said(medicines)),
        ];
        let body = lines(i18n, &known(file, &Typed::default(), day));
        all.extend(body.into_iter().map(|known| line(&known.question, known.answer)));
        let last = record.standing_visits().rev().find_map(|visit| {
            let pressure = visit.pressure().map(|pressure| pressure.to_string());
            let figures: Vec<String> = pressure.into_iter().chain(words::vitals(i18n, visit)).collect();
            (!figures.is_empty()).then(|| (words::list(i18n, figures), visit.on()))
        });
        all.extend(last.map(|(figures, on)| {
            let date = words::date(i18n, on);
            let figures = td_string!(i18n, visit.last_measured_on, figures = figures, date = date);
            line(td_string!(i18n, visit.last_measured), figures)
        }));
        all
    });
    view! {
        <section class="sheet pad stack only-beside" data-testid="background">
            <h2>{td_string!(i18n, visit.background)}</h2>
            <Answers items change=String::new() on_change=|_| ()/>
        </section>
    }
}
