//! What the doctor decides: what it is, what is done about it, and why less is done where less is done.

use super::{
    asking::{AskingEvent, Handling, demanded},
    condition::ConditionInFull,
    draft::Event,
    page::Flow,
};
use crate::language::*;
use crate::reactive::{derived, memo, on_change};
use crate::ui::{Chip, Chips, KeyedRow, Segments, Show, TextField, keyed_rows};
use crate::words;
use documents::Diagnosis;
use leptos::prelude::*;

/// The section.
#[component]
pub fn Decide(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = memo(move || flow.draft.with(|draft| draft.asking.chosen.clone()));
    let rows = move || {
        let row = |one: Diagnosis| {
            KeyedRow::new(one.id.clone(), move || view! { <Chosen flow diagnosis=one/> }.into_any())
        };
        chosen.get().into_iter().map(row).collect()
    };
    let nothing = move || flow.draft.with(|draft| draft.asking.diagnoses().is_empty());
    let own = field(flow, |draft| &draft.asking.own_words, AskingEvent::OwnWords);
    view! {
        <section class="sheet pad stack" data-testid="diagnosis">
            <h2>{td_string!(i18n, complaint.diagnosis)}</h2>
            <Show when=nothing><p class="soft">{td_string!(i18n, complaint.diagnosis_none)}</p></Show>
            {keyed_rows(rows)}
            <TextField id="own-words" label=td_string!(i18n, complaint.own_words)
                hint=td_string!(i18n, complaint.own_words_hint) value=own/>
        </section>
        <Handle flow/>
    }
}

/// One diagnosis with what to do about it; pressed again it is taken back.
#[component]
fn Chosen(flow: Flow, diagnosis: Diagnosis) -> impl IntoView {
    let (id, name) = (diagnosis.id.clone(), diagnosis.name.clone());
    let options = vec![Chip::new(id.clone(), name.clone())];
    let chosen = vec![id.clone()];
    let take_back = move |_: String| flow.send(Event::Asking(AskingEvent::Choose(diagnosis.clone())));
    view! {
        <div class="stack chosen">
            <Chips label=name options chosen on_toggle=take_back/>
            <ConditionInFull flow id/>
        </div>
    }
}

/// What is done, where to, and why not more.
#[component]
fn Handle(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let options = vec![
        ("here".to_owned(), td_string!(i18n, complaint.handle_here).to_owned()),
        ("refer".to_owned(), td_string!(i18n, complaint.handle_refer).to_owned()),
        ("ambulance".to_owned(), td_string!(i18n, complaint.handle_ambulance).to_owned()),
    ];
    let handling = memo(move || flow.draft.with(|draft| draft.asking.handling));
    let chosen = derived(move || {
        match handling.get() {
            Some(Handling::Here) => "here",
            Some(Handling::Refer) => "refer",
            Some(Handling::Ambulance) => "ambulance",
            None => "",
        }
        .to_owned()
    });
    let to = field(flow, |draft| &draft.asking.refer_to, AskingEvent::ReferTo);
    let why = field(flow, |draft| &draft.asking.refer_reason, AskingEvent::ReferReason);
    let less = field(flow, |draft| &draft.asking.override_reason, AskingEvent::OverrideReason);
    let handle = move |value: String| {
        let (handling, to_words) = match value.as_str() {
            "refer" => (Handling::Refer, td_string!(i18n, complaint.refer_up)),
            "ambulance" => (Handling::Ambulance, td_string!(i18n, complaint.refer_120)),
            _ => (Handling::Here, ""),
        };
        let reason = if handling == Handling::Here { String::new() } else { reason(i18n, flow) };
        let event = AskingEvent::Handle { handling, to: to_words.to_owned(), reason };
        flow.send(Event::Asking(event));
        let (now_to, now_why) = flow
            .draft
            .with_untracked(|draft| (draft.asking.refer_to.clone(), draft.asking.refer_reason.clone()));
        to.set(now_to);
        why.set(now_why);
    };
    let away = move || matches!(handling.get(), Some(Handling::Refer | Handling::Ambulance));
    let owes = memo(move || {
        let answer = flow.consult.answer();
        flow.draft.with(|draft| {
            draft.asking.handling.is_some() && demanded(&draft.asking, answer.advice()).is_some()
        })
    });
    view! {
        <section class="sheet pad stack" id="handling" tabindex="-1" data-testid="handling">
            <h2>{td_string!(i18n, complaint.handling)}</h2>
            <Segments label=td_string!(i18n, complaint.handling) options chosen on_choose=handle/>
            <Show when=away>
                <TextField id="refer-to" label=td_string!(i18n, complaint.refer_to) value=to/>
                <TextField id="refer-reason" label=td_string!(i18n, complaint.refer_reason) value=why/>
            </Show>
            <Show when=move || owes.get()>
                <TextField id="override" label=td_string!(i18n, complaint.less)
                    hint=td_string!(i18n, complaint.less_hint) value=less/>
            </Show>
        </section>
    }
}

/// Why the person is sent on: the red flags, or else what it was taken for.
fn reason(i18n: Language, flow: Flow) -> String {
    let answer = untrack(|| flow.consult.answer());
    let flags = answer.advice().map(|advice| advice.red_flags.as_slice()).unwrap_or_default();
    let flags: Vec<String> = flags.iter().map(|flag| flag.name.clone()).collect();
    let diagnoses = flow.draft.with_untracked(|draft| draft.asking.diagnoses());
    let diagnoses = diagnoses.into_iter().map(|one| one.name);
    words::list(i18n, flags.into_iter().chain(diagnoses))
}

/// Returns a field over a text of the draft; every change is kept.
fn field(
    flow: Flow,
    look: fn(&super::Draft) -> &String,
    event: fn(String) -> AskingEvent,
) -> RwSignal<String> {
    let value = RwSignal::new(flow.draft.with_untracked(|draft| look(draft).clone()));
    on_change(move || value.get(), move |text| flow.send(Event::Asking(event(text.clone()))));
    value
}
