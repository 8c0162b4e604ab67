//! What is added to a resident's record line by line: allergies, conditions, medicines.

use super::facts_page::{Desk, look_at};
use crate::clock;
use crate::language::*;
use crate::replica::{files::ResidentFile, random_id};
use crate::ui::{Button, Kind, TextField};
use documents::{Allergy, Condition, Medication};
use domain::base::{Date, EntryId};
use leptos::prelude::*;
use std::rc::Rc;

fn new_id() -> EntryId {
    EntryId::new(random_id())
}

/// What stands in a list already, or that there is nothing.
#[component]
fn Listed(lines: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    match lines.is_empty() {
        true => view! { <p class="soft">{td_string!(i18n, residents.none_recorded)}</p> }.into_any(),
        false => view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
            .into_any(),
    }
}

/// Allergies.
#[component]
pub(super) fn Allergies(desk: Desk, current: RwSignal<Rc<ResidentFile>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let kept = desk.draft.get_value();
    let substance = desk.field(kept.substance, |draft, text| draft.substance = text);
    let reaction = desk.field(kept.reaction, |draft, text| draft.reaction = text);
    let lines = move || {
        let line =
            |allergy: &Allergy| format!("{} {}", allergy.substance, allergy.reaction).trim().to_owned();
        current.with(|file| file.record.allergies.iter().map(line).collect::<Vec<_>>())
    };
    let lacks = RwSignal::new(String::new());
    let add = move |()| {
        let (to, felt) =
            (substance.get_untracked().trim().to_owned(), reaction.get_untracked().trim().to_owned());
        if to.is_empty() {
            lacks.set(td_string!(i18n, residents.fill_in).to_owned());
            look_at("substance");
            return;
        }
        lacks.set(String::new());
        let recorded_on = Some(clock::today());
        let allergy = Allergy { id: new_id(), substance: to, reaction: felt, recorded_on, by: desk.staff() };
        let edit = desk.on_record(Box::new(move |tx| tx.add_allergy(&allergy)));
        desk.save(edit, move || {
            substance.set(String::new());
            reaction.set(String::new());
        });
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.allergies)}</h2>
            {move || view! { <Listed lines=lines()/> }}
            <TextField id="substance" label=td_string!(i18n, residents.allergy_to) value=substance error=lacks/>
            <TextField id="reaction" label=td_string!(i18n, residents.allergy_reaction) value=reaction/>
            <div><Button kind=Kind::Quiet on_press=add>{td_string!(i18n, residents.add_allergy)}</Button></div>
        </section>
    }
}

/// Conditions.
#[component]
pub(super) fn Conditions(desk: Desk, current: RwSignal<Rc<ResidentFile>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let condition = desk.field(desk.draft.get_value().condition, |draft, text| draft.condition = text);
    let lines = move || {
        current.with(|file| file.record.conditions.iter().map(|known| known.name.clone()).collect::<Vec<_>>())
    };
    let lacks = RwSignal::new(String::new());
    let add = move |()| {
        let name = condition.get_untracked().trim().to_owned();
        if name.is_empty() {
            lacks.set(td_string!(i18n, residents.fill_in).to_owned());
            look_at("condition");
            return;
        }
        lacks.set(String::new());
        let condition_of = Condition { id: new_id(), name, since: None, by: desk.staff() };
        let edit = desk.on_record(Box::new(move |tx| tx.add_condition(&condition_of)));
        desk.save(edit, move || condition.set(String::new()));
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.conditions)}</h2>
            {move || view! { <Listed lines=lines()/> }}
            <TextField id="condition" label=td_string!(i18n, residents.condition) value=condition error=lacks/>
            <div><Button kind=Kind::Quiet on_press=add>{td_string!(i18n, residents.add_condition)}</Button></div>
        </section>
    }
}

/// Medicines taken.
#[component]
pub(super) fn Medicines(desk: Desk, current: RwSignal<Rc<ResidentFile>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let kept = desk.draft.get_value();
    let name = desk.field(kept.medicine, |draft, text| draft.medicine = text);
    let dose = desk.field(kept.dose, |draft, text| draft.dose = text);
    let frequency = desk.field(kept.frequency, |draft, text| draft.frequency = text);
    let lacks = RwSignal::new(String::new());
    let add = move |()| {
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        if text(name).is_empty() {
            lacks.set(td_string!(i18n, residents.fill_in).to_owned());
            look_at("medicine");
            return;
        }
        lacks.set(String::new());
        let medication = Medication {
            id: new_id(),
            name: text(name),
            dose: text(dose),
            frequency: text(frequency),
            from: Some(clock::today()),
            until: None,
            by: desk.staff(),
        };
        let edit = desk.on_record(Box::new(move |tx| tx.add_medication(&medication)));
        desk.save(edit, move || [name, dose, frequency].iter().for_each(|value| value.set(String::new())));
    };
    let line = move |medication: Medication| {
        let id = medication.id.to_string();
        let end = move |()| {
            let (id, today) = (id.clone(), clock::today());
            let edit = desk.on_record(Box::new(move |tx| tx.end_medication(&id, today)));
            desk.save(edit, || ());
        };
        let words = format!("{} {} {}", medication.name, medication.dose, medication.frequency);
        let label = td_string!(i18n, residents.end_of, name = medication.name.clone());
        view! {
            <li class="bar">
                <span class="grow">{words}</span>
                <Button kind=Kind::Plain label on_press=end>{td_string!(i18n, residents.end)}</Button>
            </li>
        }
    };
    let taken = move || {
        let taken: Vec<Medication> = current.with(|file| taken(file, clock::today()).cloned().collect());
        match taken.is_empty() {
            true => view! { <Listed lines=vec![]/> }.into_any(),
            false => view! { <ul>{taken.into_iter().map(line).collect_view()}</ul> }.into_any(),
        }
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.medications)}</h2>
            {taken}
            <TextField id="medicine" label=td_string!(i18n, residents.medicine) value=name error=lacks/>
            <TextField id="dose" label=td_string!(i18n, residents.dose) value=dose/>
            <TextField id="frequency" label=td_string!(i18n, residents.frequency) value=frequency/>
            <div><Button kind=Kind::Quiet on_press=add>{td_string!(i18n, residents.add_medicine)}</Button></div>
        </section>
    }
}

/// Returns the medicines that are taken on a day: one that ends on it no longer.
pub fn taken(file: &ResidentFile, today: Date) -> impl Iterator<Item = &Medication> {
    file.record
        .medications
        .iter()
        .filter(move |medication| medication.until.is_none_or(|until| until > today))
}
