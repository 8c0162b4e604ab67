//! The usual doses of a medicine for this resident, to take with one tap.

use super::{Facts, Open};
use crate::decimal::Decimal;
use crate::features::visit::prescribe::{
    offers::{Offer, figures, offers},
    patient::kilograms,
};
use crate::language::*;
use crate::reactive::memo;
use crate::ui::{Glyph, Icon, Why};
use crate::words::{
    decision::sourced,
    prescription::{content, often},
};
use guide::{Dose, FlagLevel, Medicine};
use leptos::prelude::*;

/// The usual doses.
#[component]
pub fn Usual(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let take = move |offer: Offer, route: String| {
        let known = offer.times.and_then(|times| {
            let plain = often(i18n).into_iter().filter(|often| often.note.is_empty());
            plain
                .into_iter()
                .find(|often| Decimal::read(&often.times).is_some_and(|known| times.is_near(known)))
        });
        let notes: Vec<String> = often(i18n).into_iter().map(|often| often.note).collect();
        open.change(|line| {
            (line.dose, line.unit, line.form, line.route) =
                (offer.dose.to_string(), offer.unit, offer.form, route);
            match (known, offer.times) {
                (Some(often), _) => line.often(&often.times, &often.note, &notes),
                (None, Some(times)) => line.often(&times.to_string(), "", &notes),
                (None, None) => {}
            }
        });
    };
    let offer_chip = move |offer: Offer, route: String| {
        let words = say(i18n, &offer);
        let (form, also) = (offer.form.clone(), offer.clone());
        let taken = memo(move || {
            open.line.with(|line| {
                line.dose == also.dose.to_string() && line.unit == also.unit && line.form == also.form
            })
        });
        view! {
            <button type="button" aria-pressed=move || if taken.get() { "true" } else { "false" }
                on:click=move |_| take(offer.clone(), route.clone())>
                {words}
                {(!form.is_empty()).then(|| view! { <span class="soft">{form}</span> })}
            </button>
        }
    };
    let row = move |dose: Dose, medicine: &Medicine| {
        let ((from, to), times) = (figures(dose.single), figures(dose.times));
        let span = |(from, to): (String, String)| match from == to {
            true => from,
            false => td_string!(i18n, prescribe.range, from = from, to = to),
        };
        let unit = dose.unit.clone();
        let usual = td_string!(
            i18n,
            prescribe.usual_range,
            single = span((from, to)),
            unit = unit.clone(),
            times = span(times),
            most = figures((dose.most_day, dose.most_day)).0
        );
        let purpose = (!dose.purpose.is_empty())
            .then(|| td_string!(i18n, prescribe.usual_for, purpose = dose.purpose.clone()));
        let weight = dose.weight.map(|grams| match dose.weight_guessed {
            true => td_string!(i18n, prescribe.usual_guessed, weight = kilograms(grams)),
            false => td_string!(i18n, prescribe.usual_weight, weight = kilograms(grams)),
        });
        let guessed = dose.weight_guessed.then(|| weight.clone()).flatten();
        let stopped = is_stopped(&dose);
        let organs = dose.organs.iter().map(|flag| {
            let instead = (!flag.instead.is_empty())
                .then(|| td_string!(i18n, prescribe.instead, words = flag.instead.clone()));
            let said =
                [Some(flag.what.clone()), Some(flag.why.clone()).filter(|why| !why.is_empty()), instead];
            said.into_iter().flatten()
        });
        let organs: Vec<String> = organs.flatten().collect();
        let none = stopped.then(|| view! { <p>{td_string!(i18n, body.organs_stop)}</p> });
        let told = (!organs.is_empty()).then(|| {
            view! {
                <div class="told" data-testid="organs"><Icon name=Glyph::Warn/><div>
                    {organs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}{none}
                </div></div>
            }
        });
        let reasons: Vec<String> = [usual].into_iter().chain(weight.filter(|_| guessed.is_none())).collect();
        let source = sourced(i18n, dose.source.as_ref());
        let route = dose.route.clone();
        // What kidneys or liver forbid is not offered; it can still be typed, and is then answered for.
        let offered = if stopped { Vec::new() } else { offers(&dose, medicine) };
        let chips = offered.into_iter().map(|offer| offer_chip(offer, route.clone())).collect_view();
        let label = purpose.clone().unwrap_or_else(|| td_string!(i18n, prescribe.usual).to_owned());
        let ways =
            open.facts.with_untracked(|facts| facts.doses.iter().any(|other| other.route != dose.route));
        let name = ways.then(|| crate::words::prescription::route(i18n, &dose.route));
        let head = [name, purpose].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <div class="stack close">
                {(!head.is_empty()).then(|| view! { <p>{head}</p> })}
                {told}
                {(!stopped).then(|| view! { <div class="chips doses" role="group" aria-label=label>{chips}</div> })}
                {guessed.map(|words| view! { <p class="guessed">{words}</p> })}
                <Why ask=td_string!(i18n, common.why) reasons source/>
            </div>
        }
    };
    let rows = move || {
        let Facts { medicine, doses } = open.facts.get();
        let Some(medicine) = medicine else { return ().into_any() };
        if doses.is_empty() {
            return view! { <p class="soft">{td_string!(i18n, prescribe.usual_none)}</p> }.into_any();
        }
        view! {
            <h3>{td_string!(i18n, prescribe.usual)}</h3>
            {doses.into_iter().map(|dose| row(dose, &medicine)).collect_view()}
        }
        .into_any()
    };
    view! { <div class="stack close" data-testid="usual">{rows}</div> }
}

/// Tells whether kidneys or liver forbid it.
pub(super) fn is_stopped(dose: &Dose) -> bool {
    dose.organs.iter().any(|flag| flag.level == FlagLevel::Stop)
}

fn say(i18n: Language, offer: &Offer) -> String {
    let (dose, unit) = (offer.dose.to_string(), offer.unit.clone());
    let known = offer.times.and_then(|times| {
        let near = |known: &str| Decimal::read(known).is_some_and(|known| times.is_near(known));
        often(i18n).into_iter().find(|often| often.note.is_empty() && near(&often.times))
    });
    let rate = match (known, offer.times) {
        (Some(often), _) => often.words,
        (None, Some(times)) => td_string!(i18n, prescribe.times_a_day, times = times.to_string()),
        (None, None) => String::new(),
    };
    let once = match content(&offer.form, &dose, &unit) {
        Some(content) => {
            td_string!(i18n, prescribe.at_once_content, dose = dose, unit = unit, content = content)
        }
        None => td_string!(i18n, prescribe.at_once, dose = dose, unit = unit),
    };
    let parts = [once, rate].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(td_string!(i18n, prescribe.separator))
}
