//! What else medicines ask of a body: kidneys, liver, pregnancy, breast-feeding. Folded away, since few have it at hand.

use super::{
    Desk,
    patient::{body, can_expect},
};
use crate::features::visit::prescribing::{CLASSES, Figure, PrescribingEvent, Typed};
use crate::language::*;
use crate::reactive::{derived, on_change};
use crate::ui::{Segments, TextField};
use leptos::prelude::*;

/// The fields.
#[component]
pub(super) fn BodyFields(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let flow = desk.flow;
    let (found, can_expect, opened) = flow.file.with_value(|file| {
        let found = flow.draft.with_untracked(|draft| body(file, draft));
        // Whose figures cannot be is shown where.
        let opened = flow.draft.with_untracked(|draft| draft.prescribing.body.wrong().is_some());
        // What is known already can be taken back.
        let known = found.weeks.is_some() || found.lactating;
        (found, known || can_expect(&file.person), opened)
    });
    let typed = flow.draft.with_untracked(|draft| draft.prescribing.body.clone());
    let said = |typed: Option<String>, known: Option<u16>| {
        typed.unwrap_or_else(|| known.map(|figure| figure.to_string()).unwrap_or_default())
    };
    let egfr = field(desk, said(typed.egfr, found.egfr), |typed, text| typed.egfr = Some(text));
    let weeks = field(desk, said(typed.weeks, found.weeks), |typed, text| typed.weeks = Some(text));
    let now = move || flow.draft.with(|draft| flow.file.with_value(|file| body(file, draft)));
    let classes: Vec<(String, String)> =
        std::iter::once((String::new(), td_string!(i18n, prescribe.unknown).to_owned()))
            .chain(CLASSES.map(|class| (class.to_owned(), class.to_owned())))
            .collect();
    let class = derived(move || now().child_pugh);
    let choose = move |class: String| change(desk, |typed| typed.child_pugh = Some(class));
    let feeds = vec![
        ("no".to_owned(), td_string!(i18n, prescribe.no).to_owned()),
        ("yes".to_owned(), td_string!(i18n, prescribe.yes).to_owned()),
    ];
    let fed = derived(move || if now().lactating { "yes" } else { "no" }.to_owned());
    let feed = move |value: String| change(desk, |typed| typed.lactating = Some(value == "yes"));
    view! {
        <details class="reason" open=opened id="body" tabindex="-1" data-testid="body">
            <summary>{td_string!(i18n, prescribe.body)}</summary>
            <div class="stack">
                <TextField id="egfr" label=td_string!(i18n, prescribe.egfr) hint=td_string!(i18n, prescribe.egfr_hint)
                    value=egfr error=wrong(i18n, Figure::Egfr, egfr) inputmode="numeric" short=true/>
                <h3>{td_string!(i18n, prescribe.child_pugh)}</h3>
                <Segments label=td_string!(i18n, prescribe.child_pugh) options=classes chosen=class on_choose=choose/>
                {can_expect.then(|| view! {
                    <TextField id="weeks" label=td_string!(i18n, prescribe.weeks) value=weeks
                        error=wrong(i18n, Figure::Weeks, weeks) inputmode="numeric" short=true/>
                    <h3>{td_string!(i18n, prescribe.lactating)}</h3>
                    <Segments label=td_string!(i18n, prescribe.lactating) options=feeds.clone() chosen=fed on_choose=feed/>
                })}
            </div>
        </details>
    }
}

fn change(desk: Desk, change: impl FnOnce(&mut Typed)) {
    let mut typed = desk.flow.draft.with_untracked(|draft| draft.prescribing.body.clone());
    change(&mut typed);
    desk.send(PrescribingEvent::Body(typed));
}

/// Returns a field that is kept at every keystroke.
fn field(desk: Desk, text: String, keep: fn(&mut Typed, String)) -> RwSignal<String> {
    let value = RwSignal::new(text);
    on_change(move || value.get(), move |text| change(desk, |typed| keep(typed, text.clone())));
    value
}

fn wrong(i18n: Language, figure: Figure, text: RwSignal<String>) -> Signal<String> {
    derived(move || match (text.with(|text| figure.is_wrong(text)), figure) {
        (false, _) => String::new(),
        (true, Figure::Egfr) => td_string!(i18n, prescribe.wrong_egfr).to_owned(),
        (true, Figure::Weeks) => td_string!(i18n, prescribe.wrong_weeks).to_owned(),
    })
}
