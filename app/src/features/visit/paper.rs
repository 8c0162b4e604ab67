//! A prescription as paper: for the resident, signed by the prescriber, with room for the pharmacist. What was prescribed
//! in spite of a warning is between prescriber and pharmacist, and is not on it.

use super::prescribe::{age, kilograms, weight_of};
use crate::features::staff_name;
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{self, Button, ButtonLink, Empty, Glyph, Kind, Notice, Tone};
use crate::words::{self, prescription as said};
use documents::{Prescription, Visit};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::rc::Rc;

/// The page of the prescription in the address.
#[component]
pub fn PrescriptionPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let place = memo(move || {
        let params = params.read();
        (params.get("subject").unwrap_or_default(), params.get("visit").unwrap_or_default())
    });
    let found = loaded(move || {
        let (subject, id) = place.get();
        replica.track(&subject);
        async move {
            let file = replica.resident(&subject).await.ok().flatten()?;
            let visit = file.record.visits.iter().find(|visit| visit.id.as_str() == id)?.clone();
            let prescription = visit.prescription.clone()?;
            Some((file, visit, prescription))
        }
    });
    view! {
        {move || match found.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(None) => view! { <Empty icon=Glyph::Paper title=td_string!(i18n, prescribe.paper_missing)/> }.into_any(),
            Some(Some((file, visit, prescription))) => view! { <Page file visit prescription/> }.into_any(),
        }}
    }
}

#[component]
fn Page(file: Rc<ResidentFile>, visit: Visit, prescription: Prescription) -> impl IntoView {
    let i18n = use_i18n();
    let back = format!("/residents/{}", file.person.subject);
    let void = visit.voided.is_some();
    view! {
        <div class="acts only-screen">
            <ButtonLink href=back kind=Kind::Quiet icon=Glyph::Back>{td_string!(i18n, prescribe.back)}</ButtonLink>
            {(!void).then(|| view! {
                <Button icon=Glyph::Print on_press=|()| drop(window().print())>{td_string!(i18n, prescribe.print)}</Button>
            })}
        </div>
        {void.then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, prescribe.voided)}</Notice> })}
        <h1 class="only-read">{td_string!(i18n, prescribe.paper)}</h1>
        <Paper file visit prescription/>
    }
}

/// Says what it was prescribed for: what was decided, else what was followed up.
fn diagnosis(i18n: Language, visit: &Visit) -> String {
    let decided = visit.assessment.iter().flat_map(|found| &found.diagnoses).map(|one| one.name.clone());
    let decided: Vec<String> = decided.collect();
    match decided.is_empty() {
        false => words::list(i18n, decided),
        true => {
            words::list(i18n, visit.follow_ups().each().map(|(disease, _)| words::disease(i18n, &disease)))
        }
    }
}

#[component]
fn Paper(file: Rc<ResidentFile>, visit: Visit, prescription: Prescription) -> impl IntoView {
    let i18n = use_i18n();
    let catalog = use_replica().core().catalog();
    let (person, on) = (&file.person, visit.on());
    // Where the prescriber works says more than the account does.
    let place = catalog.staff.get(&visit.staff).map_or(&visit.institution, |staff| &staff.institution);
    let institution = catalog.institutions.get(place).map(|place| place.name.clone());
    let weight = visit.weight.or_else(|| weight_of(&file, on).map(|weighed| weighed.grams));
    let facts = [
        (td_string!(i18n, prescribe.name), person.name.clone()),
        (td_string!(i18n, prescribe.sex), words::sex(i18n, &person.sex)),
        (
            td_string!(i18n, prescribe.age),
            person.birth_date.map(|birth| age(i18n, birth, on)).unwrap_or_default(),
        ),
        (
            td_string!(i18n, prescribe.weight),
            weight
                .map(|grams| td_string!(i18n, prescribe.weight_kg, weight = kilograms(grams)))
                .unwrap_or_default(),
        ),
        (td_string!(i18n, prescribe.date), words::date(i18n, on)),
        (td_string!(i18n, prescribe.diagnosis), diagnosis(i18n, &visit)),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = prescription.lines.iter().map(|line| {
        let (medicine, usage) = (said::medicine(i18n, line), said::usage(i18n, line));
        view! { <li><b>{medicine}</b><div>{usage}</div></li> }
    });
    let name = staff_name(&visit.staff);
    let signature = visit.signatures.first().filter(|signature| signature.is_drawn());
    let path = signature.map(|signature| signature.path.clone()).unwrap_or_default();
    let signed = match path.is_empty() {
        true => td_string!(i18n, prescribe.sign_on_paper).to_owned(),
        false => words::date(i18n, on),
    };
    let label = td_string!(i18n, prescribe.signature_of, name = name.clone());
    view! {
        <article class="sheet contract prescription" class:void=visit.voided.is_some() data-testid="paper">
            <header><p>{institution}</p><h2>{td_string!(i18n, prescribe.paper)}</h2></header>
            <dl class="facts">{facts.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}</dl>
            <section class="stack">
                <h3>{td_string!(i18n, prescribe.rp)}</h3>
                <ol class="prescribed">{lines.collect_view()}</ol>
            </section>
            {prescription.medicines.is_empty().then(|| view! { <p class="soft">{td_string!(i18n, prescribe.not_machine_checked)}</p> })}
            <div class="signatures">
                <div class="stack close">
                    <ui::Signature label path/>
                    <p><span class="soft">{td_string!(i18n, prescribe.prescriber)}</span>" "<b>{name}</b>" "<span class="soft">{signed}</span></p>
                </div>
                <div class="stack close room">
                    <p><span class="soft">{td_string!(i18n, prescribe.pharmacist)}</span></p>
                </div>
            </div>
        </article>
    }
}
