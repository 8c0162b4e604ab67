//! Danger signs first, then symptoms, medication, reactions.

use super::{
    background::Background,
    complaint::Complaint,
    draft::{Event, Place, Reaction, Taking, Visited},
    judged::Emerging,
    page::Flow,
    plan::Amounts,
};
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Chip, Chips, Segments};
use crate::words;
use domain::{base::SignId, care::CareRules};
use leptos::prelude::*;

/// The value of the toggle that says there is no danger sign.
const NONE: &str = "";

/// The step.
#[component]
pub fn Ask(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    // A follow-up begins with its danger signs, a complaint with the complaint.
    let (owed, signs) =
        draft.with_untracked(|draft| (draft.visited == Visited::UnderCare, draft.asks_signs()));
    let (date, diseases) = draft.with_untracked(|draft| (draft.started.date(), draft.diseases.clone()));
    let rules = CareRules::shipped().ok();
    let dangerous = rules.and_then(|rules| rules.danger_signs(&diseases, date).ok()).unwrap_or_default();
    let mut dangers: Vec<Chip> = dangerous
        .iter()
        .map(|sign| Chip {
            value: sign.id.to_string(),
            label: words::of_pack(i18n, &sign.label),
            danger: true,
        })
        .collect();
    dangers.push(Chip::new(NONE, td_string!(i18n, visit.no_danger)));
    let symptoms = rules.and_then(|rules| rules.symptoms(&diseases, date).ok()).unwrap_or_default();
    let symptoms: Vec<Chip> = symptoms
        .iter()
        .map(|symptom| Chip::new(symptom.id.as_str(), words::of_pack(i18n, &symptom.label)))
        .collect();
    let chosen = derived(move || {
        draft.with(|draft| match draft.no_danger_sign {
            true => vec![NONE.to_owned()],
            false => draft.danger_signs.iter().map(ToString::to_string).collect(),
        })
    });
    let felt = derived(move || draft.with(|draft| draft.symptoms.iter().map(ToString::to_string).collect()));
    let danger = move |value: String| {
        flow.send(if value == NONE { Event::NoDanger } else { Event::Danger(SignId::new(value)) });
    };
    view! {
        <div class="two">
            <div class="stack">
                {(!owed).then(|| view! { <Complaint flow/> })}
                {signs.then(|| view! {
                    <section class="sheet pad stack" id="danger" tabindex="-1">
                        <h2>{td_string!(i18n, visit.danger)}</h2>
                        <Chips label=td_string!(i18n, visit.danger) options=dangers chosen on_toggle=danger/>
                    </section>
                })}
                {owed.then(|| view! { <Complaint flow/> })}
                {signs.then(|| view! {
                    <section class="sheet pad stack">
                        <h2>{td_string!(i18n, visit.symptoms)}</h2>
                        <Chips label=td_string!(i18n, visit.symptoms) options=symptoms chosen=felt
                            on_toggle=move |value: String| flow.send(Event::Symptom(SignId::new(value)))/>
                    </section>
                    <Habits flow/>
                })}
                {(!signs).then(|| view! { <section class="sheet pad stack"><Where flow/></section> })}
            </div>
            <div class="stack">{(!owed).then(|| view! { <Emerging flow/> })}<Amounts flow/>{(!owed).then(|| view! { <Background flow/> })}</div>
        </div>
    }
}

/// Medication, reactions, complications, place.
#[component]
fn Habits(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let option = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let taking = vec![
        option("regular", td_string!(i18n, visit.taking_regular)),
        option("irregular", td_string!(i18n, visit.taking_irregular)),
        option("none", td_string!(i18n, visit.taking_none)),
    ];
    let reactions = vec![
        option("none", td_string!(i18n, visit.reaction_none)),
        option("present", td_string!(i18n, visit.reaction_present)),
        option("hard", td_string!(i18n, visit.reaction_hard)),
    ];
    let complication = vec![
        option("no", td_string!(i18n, visit.complication_no)),
        option("yes", td_string!(i18n, visit.complication_yes)),
    ];
    let taken = derived(move || {
        draft.with(|draft| {
            match draft.taking {
                None => "",
                Some(Taking::Regular) => "regular",
                Some(Taking::Irregular) => "irregular",
                Some(Taking::None) => "none",
            }
            .to_owned()
        })
    });
    let reacted = derived(move || {
        draft.with(|draft| {
            match draft.reaction {
                None => "",
                Some(Reaction::None) => "none",
                Some(Reaction::Present) => "present",
                Some(Reaction::HardToControl) => "hard",
            }
            .to_owned()
        })
    });
    let complicated =
        derived(move || draft.with(|draft| if draft.complication { "yes" } else { "no" }.to_owned()));
    let take = move |value: String| {
        flow.send(Event::Taking(match value.as_str() {
            "regular" => Taking::Regular,
            "irregular" => Taking::Irregular,
            _ => Taking::None,
        }));
    };
    let react = move |value: String| {
        flow.send(Event::Reaction(match value.as_str() {
            "present" => Reaction::Present,
            "hard" => Reaction::HardToControl,
            _ => Reaction::None,
        }));
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, visit.taking)}</h2>
            <Segments label=td_string!(i18n, visit.taking) options=taking chosen=taken on_choose=take/>
            <h2>{td_string!(i18n, visit.reaction)}</h2>
            <Segments label=td_string!(i18n, visit.reaction) options=reactions chosen=reacted on_choose=react/>
            <h2>{td_string!(i18n, visit.complication)}</h2>
            <Segments label=td_string!(i18n, visit.complication) options=complication chosen=complicated
                on_choose=move |value: String| flow.send(Event::Complication(value == "yes"))/>
            <Where flow/>
        </section>
    }
}

/// Where the visit takes place.
#[component]
fn Where(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let option = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let places = vec![
        option("home", td_string!(i18n, visit.place_home)),
        option("clinic", td_string!(i18n, visit.place_clinic)),
        option("phone", td_string!(i18n, visit.place_phone)),
    ];
    let place = derived(move || {
        draft.with(|draft| {
            match draft.place {
                Place::Home => "home",
                Place::Clinic => "clinic",
                Place::Phone => "phone",
            }
            .to_owned()
        })
    });
    let go = move |value: String| {
        flow.send(Event::Place(match value.as_str() {
            "clinic" => Place::Clinic,
            "phone" => Place::Phone,
            _ => Place::Home,
        }));
    };
    view! {
        <h2>{td_string!(i18n, visit.place)}</h2>
        <Segments label=td_string!(i18n, visit.place) options=places chosen=place on_choose=go/>
    }
}
