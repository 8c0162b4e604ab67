//! What else medicines ask of a body: kidneys, liver, pregnancy, breast-feeding. Folded away, since few have it at hand.

use super::{Desk, patient::body};
use crate::features::body::{BodyForm, Typed, can_expect};
use crate::features::visit::prescribing::PrescribingEvent;
use crate::language::*;
use crate::reactive::{memo, on_change};
use leptos::prelude::*;

/// The fields.
#[component]
pub(super) fn BodyFields(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let flow = desk.flow;
    let (typed, day): (Typed, _) =
        flow.draft.with_untracked(|draft| (draft.prescribing.body.clone(), draft.started.date()));
    // Whose figures cannot be is shown where.
    let opened = typed.wrong(day).is_some();
    let known = memo(move || flow.draft.with(|draft| flow.file.with_value(|file| body(file, draft))));
    // What is known already can be taken back.
    let can_expect = known.with_untracked(|known| known.expects())
        || flow.file.with_value(|file| can_expect(&file.person));
    let typed = RwSignal::new(typed);
    on_change(move || typed.get(), move |typed| desk.send(PrescribingEvent::Body(typed.clone())));
    view! {
        <details class="reason" open=opened id="body" tabindex="-1" data-testid="body">
            <summary>{td_string!(i18n, body.title)}</summary>
            <div class="stack"><BodyForm typed body=known can_expect day/></div>
        </details>
    }
}
