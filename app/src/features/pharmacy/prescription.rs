//! A prescription as it was signed: its lines in words, and what stood against it.

use super::words::level;
use crate::language::*;
use crate::ui::Tag;
use crate::words;
use documents::{Prescription, Warning};
use leptos::prelude::*;

/// The lines in words.
#[component]
pub fn PrescriptionLines(
    /// The prescription.
    prescription: Prescription,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |line: documents::Prescribed| {
        let medicine = words::prescription::medicine(i18n, &line);
        view! { <li><b>{medicine}</b><div class="soft">{words::prescription::usage(i18n, &line)}</div></li> }
    };
    let long = prescription.long_reason;
    view! {
        <ol class="lines">{prescription.lines.into_iter().map(line).collect_view()}</ol>
        {(!long.is_empty()).then(|| view! { <p>{td_string!(i18n, pharmacy.long_reason, reason = long)}</p> })}
    }
}

/// What was signed in spite of: level, what, why, what instead, the doctor's reason, the source.
#[component]
pub fn PrescriptionWarnings(
    /// The prescription.
    prescription: Prescription,
    /// Whether warnings that nobody had to answer are left out.
    #[prop(optional)]
    answered_only: bool,
) -> impl IntoView {
    let mut warnings = prescription.warnings;
    warnings.retain(|warning| !answered_only || !warning.reason.is_empty());
    // What was answered first, then by weight; the place where it stood last.
    warnings.sort_by(|a, b| (a.reason.is_empty(), &b.level).cmp(&(b.reason.is_empty(), &a.level)));
    view! { <ul class="lines">{warnings.into_iter().map(|warning| view! { <OneWarning warning/> }).collect_view()}</ul> }
}

#[component]
fn OneWarning(warning: Warning) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, text) = level(i18n, &warning.level);
    let Warning { what, why, instead, source, reason, .. } = warning;
    let why = (!why.is_empty()).then_some(why);
    let instead = (!instead.is_empty()).then(|| td_string!(i18n, pharmacy.instead, text = instead));
    let reason = (!reason.is_empty()).then(|| td_string!(i18n, pharmacy.reason_given, reason = reason));
    let source = (!source.is_empty()).then_some(source);
    view! {
        <li class="stack close">
            <div class="who"><Tag tone text/><b>{what}</b></div>
            {why.map(|text| view! { <p>{text}</p> })}
            {instead.map(|text| view! { <p>{text}</p> })}
            {reason.map(|text| view! { <p class="careful">{text}</p> })}
            {source.map(|text| view! { <p class="cite">{text}</p> })}
        </li>
    }
}
