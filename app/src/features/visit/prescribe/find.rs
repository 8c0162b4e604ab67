//! Medicines to prescribe: by name, brand or pinyin initials; or by hand where nobody here knows it.

use super::{Desk, taken::renewed_by};
use crate::features::visit::prescribing::Line;
use crate::language::*;
use crate::reactive::{derived, loaded, memo, spawn_local};
use crate::replica::random_id;
use crate::ui::{Button, Glyph, Kind, SearchBox, Show, Tag};
use guide::Medicine;
use leptos::prelude::*;

/// Returns a line of a medicine, by its usual route for the resident.
pub(super) async fn line_of(desk: Desk, medicine: &Medicine) -> Line {
    let route = match desk.flow.check.patient_now() {
        Some(patient) => desk.flow.check.doses(medicine.id.clone(), patient).await.into_iter().next(),
        None => None,
    };
    Line {
        id: random_id(),
        medicine: medicine.id.clone(),
        name: medicine.name.clone(),
        route: route.map_or_else(|| BY_MOUTH.to_owned(), |dose| dose.route),
        ..Line::default()
    }
}

/// The route where nothing is known of it.
pub(super) const BY_MOUTH: &str = "po";

/// The search.
#[component]
pub(super) fn Find(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(String::new());
    let sought = memo(move || text.with(|text| text.trim().to_owned()));
    let found = loaded(move || {
        let text = sought.get();
        async move {
            if text.is_empty() {
                Vec::new()
            } else {
                desk.flow.check.medicines(text).await.unwrap_or_default()
            }
        }
    });
    let listed =
        move || if sought.with(String::is_empty) { Vec::new() } else { found.get().unwrap_or_default() };
    let count = derived(move || match (sought.with(String::is_empty), listed().len()) {
        (true, _) => String::new(),
        (false, 0) => td_string!(i18n, prescribe.found_none).to_owned(),
        (false, count) => td_string!(i18n, prescribe.found, count = count),
    });
    let choose = move |medicine: Medicine| {
        text.set(String::new());
        spawn_local(async move {
            let mut line = line_of(desk, &medicine).await;
            line.renews = renewed_by(desk, &medicine).await;
            desk.add(line);
        });
    };
    let by_hand = move |()| {
        let name = sought.get_untracked();
        text.set(String::new());
        desk.add(Line { id: random_id(), name, route: BY_MOUTH.to_owned(), ..Line::default() });
    };
    let row = move |medicine: Medicine| {
        let (name, forms) = (medicine.name.clone(), medicine.forms.join(" · "));
        let brand = medicine.found_by.clone();
        let (essential, doses) = (medicine.essential, medicine.has_doses);
        view! {
            <div>
                <div class="who">
                    <button type="button" class="cover" on:click=move |_| choose(medicine.clone())><b>{name}</b></button>
                    {(!brand.is_empty()).then(|| view! { <span class="soft">{td_string!(i18n, prescribe.found_by, word = brand)}</span> })}
                    {essential.then(|| view! { <Tag text=td_string!(i18n, prescribe.essential)/> })}
                </div>
                <div class="why">{forms}{(!doses).then(|| view! { <div>{td_string!(i18n, prescribe.no_doses)}</div> })}</div>
            </div>
        }
    };
    view! {
        <section class="sheet pad stack" data-testid="find-medicine">
            <h2>{td_string!(i18n, prescribe.find_title)}</h2>
            <SearchBox label=td_string!(i18n, prescribe.find) value=text found=count clear=td_string!(i18n, prescribe.clear)/>
            <div class="rows flat plain medicines">{move || listed().into_iter().map(row).collect_view()}</div>
            <Show when=move || !sought.with(String::is_empty)>
                <div class="stack close">
                    <div><Button kind=Kind::Quiet icon=Glyph::Pen on_press=by_hand>
                        {move || td_string!(i18n, prescribe.by_hand, name = sought.get())}
                    </Button></div>
                    <p class="soft">{td_string!(i18n, prescribe.by_hand_hint)}</p>
                </div>
            </Show>
        </section>
    }
}
