//! One medicine of the prescription: what it says, its figures while they are open, and what was found about it.

use super::{Desk, editor::Editor, warnings::Warnings};
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::ui::{Button, Glyph, Icon, Kind, Show, Tag, Tone};
use crate::words::prescription;
use leptos::prelude::*;

/// The card.
#[component]
pub(super) fn LineCard(desk: Desk, id: String) -> impl IntoView {
    let i18n = use_i18n();
    let id = StoredValue::new(id);
    let found = memo(move || {
        id.with_value(|id| {
            desk.flow.draft.with(|draft| {
                let (place, line) = draft.prescribing.line(id)?;
                Some((place + 1, line.prescribed(), line.is_whole(), line.lasting))
            })
        })
    });
    let number =
        memo(move || found.with(|found| found.as_ref().map(|(number, ..)| *number)).unwrap_or_default());
    let title = memo(move || {
        found
            .with(|found| found.as_ref().map(|(_, line, ..)| prescription::medicine(i18n, line)))
            .unwrap_or_default()
    });
    let is_open = memo(move || id.with_value(|id| desk.open.with(|open| open == id)));
    let usage = move || {
        found
            .with(|found| found.as_ref().map(|(_, line, ..)| prescription::usage(i18n, line)))
            .unwrap_or_default()
    };
    let whole = move || found.with(|found| found.as_ref().is_none_or(|(_, _, whole, _)| *whole));
    let lasting = move || found.with(|found| found.as_ref().is_some_and(|(.., lasting)| *lasting));
    let lacks = move || (!whole()).then(|| td_string!(i18n, prescribe.missing_line, number = number.get()));
    let edit = move |()| desk.open.set(if is_open.get_untracked() { String::new() } else { id.get_value() });
    let remove = move |()| id.with_value(|id| desk.remove(i18n, id));
    view! {
        <section class="sheet pad stack line-card" id=move || format!("line-{}", number.get()) tabindex="-1" data-testid="line">
            <div class="bar">
                <h2 class="grow">{move || td_string!(i18n, prescribe.line, number = number.get(), name = title.get())}</h2>
                <button type="button" class="go plain round" on:click=move |_| remove(())
                    aria-label=move || td_string!(i18n, prescribe.remove_of, name = title.get())><Icon name=Glyph::Trash/></button>
            </div>
            <Show when=move || is_open.get()
                fallback=move || view! {
                    <p class="lead">{usage}</p>
                    <Show when=lasting><div class="tags"><Tag tone=Tone::Calm text=td_string!(i18n, prescribe.lasting)/></div></Show>
                    <p class="lacks">{lacks}</p>
                    <div><Button kind=Kind::Quiet icon=Glyph::Pen
                        label=derived(move || td_string!(i18n, prescribe.edit_of, name = title.get()))
                        on_press=edit>{td_string!(i18n, prescribe.edit)}</Button></div>
                }.into_any()>
                <Editor desk id=id.get_value()/>
                <div><Button kind=Kind::Quiet icon=Glyph::Check on_press=edit>{td_string!(i18n, prescribe.done)}</Button></div>
            </Show>
            <Warnings desk id=id.get_value()/>
        </section>
    }
}
