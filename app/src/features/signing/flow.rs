//! The frame of the flow: which question is asked, what stands in the way, on and back.

use super::{
    check::CheckStep,
    closing::Closing,
    desk::{Desk, Facts, Failure},
    draft::{Draft, Step},
    identity::IdentityStep,
    packages::PackagesStep,
    signatures::{ResidentStep, StaffStep},
    term::TermStep,
    view_model::{contract_id, current},
    words::stop_words,
};
use crate::clock;
use crate::features::{residents::ResidentBar, sync::SyncStatus};
use crate::language::*;
use crate::reactive::{derived, loaded, memo, on_change};
use crate::replica::{drafts::draft, files::ResidentFile, use_replica};
use crate::ui::{Button, Empty, ErrorSummary, Glyph, Kind, Notice, Tone};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::rc::Rc;

/// Where the unfinished contract of a resident is kept.
#[must_use]
pub fn draft_key(subject: &str) -> String {
    format!("signing/{subject}")
}

/// The page of the resident in the address.
#[component]
pub fn Signing() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let subject = memo(move || params.read().get("subject").unwrap_or_default());
    let found = loaded(move || {
        let subject = subject.get();
        async move {
            let unfinished = draft::<Draft>(replica, &draft_key(&subject)).await.ok().flatten();
            (replica.resident(&subject).await.ok().flatten(), unfinished)
        }
    });
    view! {
        {move || match found.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some((None, _)) => view! {
                <header class="bar"><h1 class="grow">{td_string!(i18n, signing.title)}</h1><SyncStatus/></header>
                <Empty icon=Glyph::People title=td_string!(i18n, residents.missing)><p>{td_string!(i18n, residents.missing_hint)}</p></Empty>
            }.into_any(),
            Some((Some(file), unfinished)) => view! { <Flow subject=subject.get_untracked() file unfinished/> }.into_any(),
        }}
    }
}

#[component]
fn Flow(subject: String, file: Rc<ResidentFile>, unfinished: Option<Draft>) -> impl IntoView {
    let replica = use_replica();
    let facts = Facts::new(replica, file.clone());
    let renewal = current(&facts.contracts, clock::today()).is_some();
    let draft = unfinished
        .unwrap_or_else(|| Draft::new(contract_id(random()), subject.clone(), clock::now(), renewal));
    let desk = Desk::new(replica, facts, draft, draft_key(&subject));
    let back = format!("/residents/{subject}");
    view! {
        <ResidentBar file back/>
        {move || match desk.done.get() {
            Some(signed) => view! { <Closing desk signed/> }.into_any(),
            None => view! { <Question desk/> }.into_any(),
        }}
    }
}

#[component]
fn Question(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let step = memo(move || desk.draft.with(|draft| draft.step));
    let items = derived(move || {
        let facts = desk.facts();
        desk.stops.get().iter().map(|stop| stop_words(i18n, &facts.catalog, stop)).collect::<Vec<_>>()
    });
    on_change(move || step.get(), |_| request_animation_frame(to_question));
    let failure = move || {
        desk.failed.get().map(|failure| match failure {
            Failure::NotHeld => td_string!(i18n, signing.not_held),
            Failure::Same => td_string!(i18n, signing.same),
            Failure::Disk => td_string!(i18n, common.failed),
        })
    };
    let on = move || match step.get() {
        Step::Identity => td_string!(i18n, signing.identity_yes),
        Step::Check => td_string!(i18n, signing.to_signatures),
        Step::Staff if desk.saving.get() => td_string!(i18n, signing.saving),
        Step::Staff => td_string!(i18n, signing.finish),
        _ => td_string!(i18n, common.next),
    };
    let forward = move |()| {
        if step.get_untracked() == Step::Identity {
            desk.send(super::draft::Event::Confirm);
        }
        desk.forward();
    };
    let kept = desk.kept();
    view! {
        <div class="question" data-testid="signing">
            <p class="count">{move || td_string!(i18n, signing.count, step = step.get().place() + 1, of = Step::ALL.len())}</p>
            <ErrorSummary title=td_string!(i18n, signing.problem) items/>
            {move || match step.get() {
                Step::Identity => view! { <IdentityStep desk/> }.into_any(),
                Step::Packages => view! { <PackagesStep desk/> }.into_any(),
                Step::Term => view! { <TermStep desk/> }.into_any(),
                Step::Check => view! { <CheckStep desk/> }.into_any(),
                Step::Resident => view! { <ResidentStep desk/> }.into_any(),
                Step::Staff => view! { <StaffStep desk/> }.into_any(),
            }}
            {move || failure().map(|text| view! { <Notice tone=Tone::Care>{text}</Notice> })}
            <p class="soft">{move || if kept.get() { td_string!(i18n, signing.kept) } else { td_string!(i18n, signing.not_kept) }}</p>
            <div class="foot">
                {move || step.get().before().map(|before| view! {
                    <Button kind=Kind::Plain icon=Glyph::Back on_press=move |()| desk.go(before)>{td_string!(i18n, common.back)}</Button>
                })}
                <Button on_press=forward disabled=desk.saving>{on}</Button>
            </div>
        </div>
    }
}

/// Puts readers and eyes at the new question.
fn to_question() {
    use wasm_bindgen::JsCast;
    window().scroll_to_with_x_and_y(0.0, 0.0);
    let heading = document().get_element_by_id("question");
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page in the background has no focus to move.
        let _ = heading.focus();
    }
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    // Without randomness the vault could not have been opened.
    let _ = getrandom::fill(&mut bytes);
    bytes
}
