//! The fields of what medicines ask of a body.

use super::typed::{CLASSES, Figure, NO, Typed, YES};
use crate::language::*;
use crate::reactive::{derived, on_change};
use crate::ui::{Segments, TextField};
use domain::base::Date;
use domain::measurements::Body;
use guide::FlagKind;
use leptos::prelude::*;

/// Returns the id of the field in which is answered what a check could not know.
#[must_use]
pub fn focus_of(kind: FlagKind) -> Option<&'static str> {
    match kind {
        FlagKind::Renal => Some(id(Figure::Creatinine)),
        FlagKind::Hepatic => Some("child-pugh"),
        FlagKind::Pregnancy => Some("pregnant"),
        _ => None,
    }
}

/// Returns the id of the field of a figure.
#[must_use]
pub const fn id(figure: Figure) -> &'static str {
    match figure {
        Figure::On => "sampled",
        Figure::Creatinine => "creatinine",
        Figure::Egfr => "egfr",
        Figure::Weeks => "weeks",
        Figure::Due => "due",
    }
}

/// The fields; each keystroke is kept.
#[component]
pub fn BodyForm(
    /// What is typed.
    typed: RwSignal<Typed>,
    /// What is known with it.
    #[prop(into)]
    body: Signal<Body>,
    /// Whether pregnancy and breast-feeding are asked.
    can_expect: bool,
    /// Today, or the day of the visit.
    day: Date,
) -> impl IntoView {
    let i18n = use_i18n();
    let field = move |figure: Figure| {
        let text = RwSignal::new(typed.with_untracked(|typed| typed.text(figure).to_owned()));
        on_change(move || text.get(), move |now| typed.update(|typed| typed.keep(figure, now.clone())));
        // What was saved is emptied.
        on_change(
            move || typed.with(|typed| typed.text(figure).is_empty()),
            move |empty| {
                if *empty && text.with_untracked(|text| !text.trim().is_empty()) {
                    text.set(String::new());
                }
            },
        );
        let error = derived(move || {
            // A single digit may be the first of two.
            let wrong = text.with(|text| text.trim().len() > 1 && figure.is_wrong(text, day));
            if wrong { wrong_words(i18n, figure).to_owned() } else { String::new() }
        });
        let (label, hint) = label(i18n, figure);
        let (kind, inputmode) = match figure {
            Figure::On | Figure::Due => ("date", "text"),
            Figure::Creatinine => ("text", "decimal"),
            Figure::Egfr | Figure::Weeks => ("text", "numeric"),
        };
        view! { <TextField id=id(figure) label hint value=text error kind inputmode short=true/> }
    };
    let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let unknown = choice("", td_string!(i18n, body.unknown));
    let classes: Vec<(String, String)> =
        std::iter::once(unknown.clone()).chain(CLASSES.map(|class| choice(class, class))).collect();
    let class =
        derived(move || body.with(|body| super::class(body).map(ToString::to_string).unwrap_or_default()));
    let choose = move |class: String| typed.update(|typed| typed.child_pugh = Some(class));
    let (no, yes) = (choice(NO, td_string!(i18n, body.no)), choice(YES, td_string!(i18n, body.yes)));
    let (may, feeds) = (vec![unknown, no.clone(), yes.clone()], vec![no, yes]);
    let said = |yes: bool| if yes { YES } else { NO }.to_owned();
    let is = derived(move || {
        let known = body.with(|body| body.pregnancy.as_ref().map(|known| known.value.pregnant));
        known.map(said).unwrap_or_default()
    });
    let be = move |value: String| typed.update(|typed| typed.pregnant = Some(value));
    let fed = derived(move || body.with(|body| said(super::feeds(body))));
    let feed = move |value: String| typed.update(|typed| typed.lactating = Some(value == YES));
    let pregnant = move || is.with(|is| is == YES);
    view! {
        {field(Figure::Creatinine)}
        {field(Figure::Egfr)}
        {field(Figure::On)}
        <div class="stack close" id="child-pugh" tabindex="-1">
            <h3>{td_string!(i18n, body.child_pugh)}</h3>
            <Segments label=td_string!(i18n, body.child_pugh) options=classes chosen=class on_choose=choose/>
        </div>
        {can_expect.then(|| view! {
            <div class="stack close" id="pregnant" tabindex="-1">
                <h3>{td_string!(i18n, body.pregnancy)}</h3>
                <Segments label=td_string!(i18n, body.pregnancy) options=may chosen=is on_choose=be/>
            </div>
            <crate::ui::Show when=pregnant>{field(Figure::Weeks)}{field(Figure::Due)}</crate::ui::Show>
            <h3>{td_string!(i18n, body.lactating)}</h3>
            <Segments label=td_string!(i18n, body.lactating) options=feeds chosen=fed on_choose=feed/>
        })}
    }
}

fn label(i18n: Language, figure: Figure) -> (&'static str, &'static str) {
    match figure {
        Figure::On => (td_string!(i18n, body.sampled), td_string!(i18n, body.sampled_hint)),
        Figure::Creatinine => (td_string!(i18n, body.creatinine), td_string!(i18n, body.creatinine_hint)),
        Figure::Egfr => (td_string!(i18n, body.egfr), td_string!(i18n, body.egfr_hint)),
        Figure::Weeks => (td_string!(i18n, body.weeks), td_string!(i18n, body.weeks_hint)),
        Figure::Due => (td_string!(i18n, body.due), ""),
    }
}

/// Says what a figure that cannot be should be.
#[must_use]
pub fn wrong_words(i18n: Language, figure: Figure) -> &'static str {
    match figure {
        Figure::On => td_string!(i18n, body.wrong_sampled),
        Figure::Creatinine => td_string!(i18n, body.wrong_creatinine),
        Figure::Egfr => td_string!(i18n, body.wrong_egfr),
        Figure::Weeks => td_string!(i18n, body.wrong_weeks),
        Figure::Due => td_string!(i18n, body.wrong_due),
    }
}
