//! What is prescribed, what is found about it, and what the doctor answers.

mod body;
mod check;
mod editor;
mod find;
mod known;
mod line;
mod offers;
mod patient;
mod summary;
mod taken;
mod warnings;

pub use check::Check;
pub use known::age;
pub use patient::{body, kilograms, weight_of};
pub use summary::{answers, lack, lasting, lines};

use super::{
    draft::Event,
    page::Flow,
    prescribing::{Checked, Line, PrescribingEvent},
};
use crate::language::*;
use crate::reactive::{memo, on_change};
use crate::ui::{KeyedRow, Notice, Show, TextField, Tone, Undo, keyed_rows};
use find::Find;
use known::Known;
use leptos::{prelude::*, web_sys::HtmlElement};
use line::LineCard;
use taken::Taken;
use wasm_bindgen::JsCast;

/// What the parts of the step share.
#[derive(Clone, Copy)]
struct Desk {
    flow: Flow,
    /// The id of the line whose figures are open; empty when none is.
    open: RwSignal<String>,
    /// The line that was taken out last, and where it stood.
    removed: StoredValue<Option<(usize, Line)>>,
    /// What was taken out, in words.
    done: RwSignal<Option<String>>,
}

impl Desk {
    fn send(self, event: PrescribingEvent) {
        self.flow.send(Event::Prescribing(Box::new(event)));
    }

    /// Adds a line and opens it.
    fn add(self, line: Line) {
        let id = line.id.clone();
        self.send(PrescribingEvent::Add(line));
        self.open.set(id);
        let number = self.flow.draft.with_untracked(|draft| draft.prescribing.lines.len());
        // Where it was found may be far below; it is there once it has been drawn.
        request_animation_frame(move || look_at(&format!("line-{number}")));
    }

    /// Returns a line as it is now.
    fn line(self, id: &str) -> Option<Line> {
        self.flow.draft.with(|draft| draft.prescribing.line(id).map(|(_, line)| line.clone()))
    }

    /// Changes a line.
    fn change(self, id: &str, change: impl FnOnce(&mut Line)) {
        if let Some(mut line) = untrack(|| self.line(id)) {
            change(&mut line);
            self.send(PrescribingEvent::Change(line));
        }
    }

    /// Takes a line out, with a way back.
    fn remove(self, i18n: Language, id: &str) {
        let found = self
            .flow
            .draft
            .with_untracked(|draft| draft.prescribing.line(id).map(|(place, line)| (place, line.clone())));
        let Some((place, line)) = found else { return };
        self.done.set(Some(td_string!(i18n, prescribe.removed, name = line.name.clone())));
        self.removed.set_value(Some((place, line)));
        self.send(PrescribingEvent::Remove(id.to_owned()));
    }
}

/// Brings a part of the page before the eyes.
fn look_at(id: &str) {
    let Some(part) = document().get_element_by_id(id) else { return };
    part.scroll_into_view();
    if let Ok(part) = part.dyn_into::<HtmlElement>() {
        // A page without focus has nothing to move; that is no error.
        drop(part.focus());
    }
}

/// The step.
#[component]
pub fn Prescribe(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk {
        flow,
        open: RwSignal::new(String::new()),
        removed: StoredValue::new(None),
        done: RwSignal::new(None),
    };
    let ids = memo(move || {
        flow.draft
            .with(|draft| draft.prescribing.lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>())
    });
    let rows = move || {
        let row = |id: String| KeyedRow::new(id.clone(), move || view! { <LineCard desk id/> }.into_any());
        ids.get().into_iter().map(row).collect()
    };
    let put_back = move |()| {
        if let Some((place, line)) = desk.removed.try_update_value(Option::take).flatten() {
            desk.send(PrescribingEvent::PutBack(place, line));
        }
    };
    view! {
        <div class="two">
            <div class="stack" id="prescribe" tabindex="-1">
                <Show when=move || ids.with(Vec::is_empty)>
                    <section class="sheet pad stack close" data-testid="no-medicine">
                        <h2>{td_string!(i18n, prescribe.none_yet)}</h2>
                        <p class="soft">{td_string!(i18n, prescribe.none_hint)}</p>
                    </section>
                </Show>
                <Unchecked desk/>
                {keyed_rows(rows)}
                <Long desk/>
            </div>
            <div class="stack">
                <Taken desk/>
                <Find desk/>
                <Known desk/>
            </div>
        </div>
        <Undo done=desk.done undo=td_string!(i18n, visit.undo) on_undo=put_back/>
    }
}

/// That nothing is checked, and why.
#[component]
fn Unchecked(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let why = memo(move || {
        desk.flow.draft.with(|draft| match draft.prescribing.checked {
            _ if draft.prescribing.lines.is_empty() => None,
            Checked::NoKnowledge => Some(td_string!(i18n, prescribe.unchecked_knowledge)),
            Checked::NoBirthDate => Some(td_string!(i18n, prescribe.unchecked_birth)),
            Checked::NotAsked | Checked::Done { .. } => None,
        })
    });
    view! {
        {move || why.get().map(|why| view! {
            <Notice tone=Tone::Care title=td_string!(i18n, prescribe.unchecked_title)>{why}</Notice>
        })}
    }
}

/// The assessment that a long prescription asks for.
#[component]
fn Long(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let draft = desk.flow.draft;
    let reason = RwSignal::new(draft.with_untracked(|draft| draft.prescribing.long_reason.clone()));
    on_change(move || reason.get(), move |text| desk.send(PrescribingEvent::LongReason(text.clone())));
    view! {
        <Show when=move || draft.with(|draft| draft.prescribing.is_long())>
            <section class="sheet pad stack">
                <h2>{td_string!(i18n, prescribe.long)}</h2>
                <TextField id="long-reason" label=td_string!(i18n, prescribe.long_label)
                    hint=td_string!(i18n, prescribe.long_hint) value=reason/>
            </section>
        </Show>
    }
}

#[cfg(test)]
mod tests;
