//! From when, for how long, where?

use super::{
    desk::{Desk, field},
    draft::{Event, Start},
    view_model::current,
};
use crate::clock;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Choice, Choices, Segments, Show, TextField};
use crate::words;
use domain::contracts::{SigningPlace, signing::one_year};
use leptos::prelude::*;

/// For how many years one may sign at once.
const YEARS: [u8; 3] = [1, 2, 3];

/// The term and the place.
#[component]
pub fn TermStep(
    /// The flow.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let facts = desk.facts();
    let today = clock::today();
    let after = current(&facts.contracts, today).map(|contract| contract.term().until);
    let choice = |value: &str, label: &str, hint: String| Choice {
        value: value.into(),
        label: label.into(),
        hint,
        worth: String::new(),
    };
    let mut starts = vec![choice("today", td_string!(i18n, signing.start_today), words::date(i18n, today))];
    if let Some(until) = after {
        let hint = td_string!(
            i18n,
            signing.start_after_hint,
            until = words::date(i18n, until),
            from = words::date(i18n, until.add_days(1))
        );
        starts.insert(0, choice("after_current", td_string!(i18n, signing.start_after), hint));
    }
    starts.push(choice("on", td_string!(i18n, signing.start_on), String::new()));
    let draft = desk.draft.get_untracked();
    let start =
        field(start_name(draft.start).to_owned(), move |name| desk.send(Event::Start(start_of(&name))));
    let typed = field(draft.start_text, move |text| desk.send(Event::StartText(text)));
    let years: Vec<(String, String)> = YEARS
        .iter()
        .map(|count| (count.to_string(), td_string!(i18n, signing.years, count = count)))
        .collect();
    let places = vec![
        (SigningPlace::Home.as_str().to_owned(), td_string!(i18n, signing.at_home).to_owned()),
        (SigningPlace::Clinic.as_str().to_owned(), td_string!(i18n, signing.at_clinic).to_owned()),
    ];
    let ends = move || {
        let draft = desk.draft.get();
        let from = desk.facts().table().from(&draft, today)?;
        let until = one_year(from.add_months(12 * (i32::from(draft.years) - 1)));
        Some(td_string!(i18n, signing.ends, until = words::date(i18n, until)))
    };
    view! {
        <h1 id="question" tabindex="-1">{td_string!(i18n, signing.term)}</h1>
        <Choices name="start" legend=td_string!(i18n, signing.start) options=starts value=start/>
        <Show when=move || start.get() == "on">
            <TextField id="start-date" kind="date" short=true label=td_string!(i18n, signing.start_date) value=typed/>
        </Show>
        <div class="stack">
            <h2>{td_string!(i18n, signing.length)}</h2>
            <div class="bar">
                <Segments label=td_string!(i18n, signing.length) options=years
                    chosen=derived(move || desk.draft.with(|draft| draft.years.to_string()))
                    on_choose=move |years: String| desk.send(Event::Years(years.parse().unwrap_or(1)))/>
                <span class="soft" role="status">{ends}</span>
            </div>
        </div>
        <div class="stack">
            <h2>{td_string!(i18n, signing.place)}</h2>
            <div><Segments label=td_string!(i18n, signing.place) options=places
                chosen=derived(move || desk.draft.with(|draft| draft.place.as_str().to_owned()))
                on_choose=move |place: String| desk.send(Event::Place(SigningPlace::from(place.as_str())))/></div>
        </div>
    }
}

const fn start_name(start: Start) -> &'static str {
    match start {
        Start::Today => "today",
        Start::AfterCurrent => "after_current",
        Start::On => "on",
    }
}

fn start_of(name: &str) -> Start {
    match name {
        "after_current" => Start::AfterCurrent,
        "on" => Start::On,
        _ => Start::Today,
    }
}
