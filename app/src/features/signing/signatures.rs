//! Both sides sign: on the glass, or on the printed copy.

use super::{
    desk::{Desk, field},
    draft::{Event, Signed},
    view_model::price,
    words::titles,
};
use crate::clock;
use crate::language::*;
use crate::reactive::{derived, effect, memo};
use crate::ui::{Button, Kind, Notice, Segments, Show, SignaturePad, Stroke, TextField, Tone};
use crate::words;
use domain::{base::Signer, contracts::signing::one_year};
use leptos::prelude::*;

/// The resident signs, or who acts for them.
#[component]
pub fn ResidentStep(
    /// The flow.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = desk.facts().file.person.name.clone();
    let guardian = memo(move || desk.draft.with(|draft| draft.signer == Signer::Guardian));
    let typed = field(desk.draft.with_untracked(|draft| draft.guardian.clone()), move |text| {
        desk.send(Event::Guardian(text));
    });
    let options = vec![
        (Signer::Resident.as_str().to_owned(), td_string!(i18n, signing.signs_self).to_owned()),
        (Signer::Guardian.as_str().to_owned(), td_string!(i18n, signing.signs_guardian).to_owned()),
    ];
    let label = move || match guardian.get() {
        true => td_string!(i18n, signing.sign_here_guardian).to_owned(),
        false => td_string!(i18n, signing.sign_here, name = name.clone()),
    };
    view! {
        <h1 id="question" tabindex="-1">{td_string!(i18n, signing.resident_signs)}</h1>
        <p>{td_string!(i18n, signing.hand_over)}</p>
        <p><b>{move || what_is_signed(i18n, desk)}</b></p>
        <div><Segments label=td_string!(i18n, signing.who_signs) options
            chosen=derived(move || desk.draft.with(|draft| draft.signer.as_str().to_owned()))
            on_choose=move |signer: String| desk.send(Event::Signer(Signer::from(signer.as_str())))/></div>
        <Show when=move || guardian.get()>
            <TextField id="guardian" label=td_string!(i18n, signing.guardian_name) value=typed/>
        </Show>
        <Side id="resident-signature" label=derived(label)
            signed=derived(move || desk.draft.with(|draft| draft.resident.clone()))
            on_draw=move |strokes| desk.send(Event::ResidentDrew(strokes, clock::now()))
            on_paper=move |paper| desk.send(Event::ResidentOnPaper(paper, clock::now()))/>
    }
}

/// The doctor signs.
#[component]
pub fn StaffStep(
    /// The flow.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = td_string!(i18n, signing.sign_here, name = desk.facts().staff_name.clone());
    view! {
        <h1 id="question" tabindex="-1">{td_string!(i18n, signing.staff_signs)}</h1>
        <p>{td_string!(i18n, signing.staff_hint)}</p>
        <p><b>{move || what_is_signed(i18n, desk)}</b></p>
        <Side id="staff-signature" label
            signed=derived(move || desk.draft.with(|draft| draft.staff.clone()))
            on_draw=move |strokes| desk.send(Event::StaffDrew(strokes, clock::now()))
            on_paper=move |paper| desk.send(Event::StaffOnPaper(paper, clock::now()))/>
    }
}

/// One side's pad, or the word that this side signs on paper.
#[component]
fn Side(
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    signed: Signal<Signed>,
    #[prop(into)] on_draw: Callback<Vec<Stroke>>,
    #[prop(into)] on_paper: Callback<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let strokes = field(signed.get_untracked().strokes, move |strokes| {
        // Clearing from outside needs no telling.
        if signed.with_untracked(|signed| signed.strokes != strokes) {
            on_draw.run(strokes);
        }
    });
    effect(move || {
        if signed.with(|signed| signed.strokes.is_empty())
            && strokes.with_untracked(|strokes| !strokes.is_empty())
        {
            strokes.set(Vec::new());
        }
    });
    let state = move || match signed.with(Signed::is_given) {
        true => td_string!(i18n, signing.signed),
        false => td_string!(i18n, signing.unsigned),
    };
    view! {
        <div id=id tabindex="-1">
            <Show when=move || signed.with(|signed| signed.on_paper) fallback=move || view! {
                <SignaturePad label strokes clear=td_string!(i18n, signing.clear) words=derived(move || state().to_owned())>
                    <div><Button kind=Kind::Plain on_press=move |()| on_paper.run(true)>{td_string!(i18n, signing.on_paper)}</Button></div>
                </SignaturePad>
            }>
                <Notice title=td_string!(i18n, signing.on_paper_title) tone=Tone::Calm>
                    <p>{td_string!(i18n, signing.on_paper_hint)}</p>
                    <div class="acts"><Button kind=Kind::Quiet on_press=move |()| on_paper.run(false)>{td_string!(i18n, signing.on_glass)}</Button></div>
                </Notice>
            </Show>
        </div>
    }
}

fn what_is_signed(i18n: Language, desk: Desk) -> Option<String> {
    let facts = desk.facts();
    let draft = desk.draft.get();
    let today = clock::today();
    let table = facts.table();
    let from = table.from(&draft, today)?;
    let chosen: Vec<_> = table.chosen(&draft, today).into_iter().map(|(_, package)| package).collect();
    let until = one_year(from.add_months(12 * (i32::from(draft.years) - 1)));
    Some(td_string!(
        i18n,
        signing.what_is_signed,
        titles = titles(i18n, &chosen),
        from = words::date(i18n, from),
        until = words::date(i18n, until),
        price = price(chosen.iter().copied()).to_string()
    ))
}
