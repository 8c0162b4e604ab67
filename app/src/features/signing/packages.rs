//! Which packages?

use super::{
    desk::Desk,
    draft::Event,
    view_model::offers,
    words::{cadence, payer, population},
};
use crate::clock;
use crate::language::*;
use crate::ui::{Empty, Glyph, Tag, Tone, Why};
use crate::words;
use domain::base::Order;
use domain::{base::PackageId, contracts::Package, rules::SourceKind};
use leptos::prelude::*;

/// The packages offered; those for others cannot be chosen and say why.
#[component]
pub fn PackagesStep(
    /// The flow.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let facts = desk.facts();
    let today = clock::today();
    let from = desk.draft.with_untracked(|draft| facts.table().from(draft, today)).unwrap_or(today);
    let mut offered: Vec<(bool, Package)> = offers(&facts.catalog, from)
        .into_iter()
        .map(|(_, package)| (package.is_for(&facts.file.person, from), package.clone()))
        .collect();
    // What can be chosen comes first.
    offered.order_by_key(|(eligible, _)| !eligible);
    let empty = offered.is_empty();
    view! {
        <h1 id="question" tabindex="-1">{td_string!(i18n, signing.packages)}</h1>
        {if empty {
            view! { <Empty icon=Glyph::Paper title=td_string!(i18n, signing.no_offer)/> }.into_any()
        } else {
            view! { <p class="soft">{td_string!(i18n, signing.packages_hint)}</p> }.into_any()
        }}
        <div class="choices" role="group" aria-labelledby="question">
            {offered.into_iter().enumerate().map(|(place, (eligible, package))| view! { <Offer desk place eligible package/> }).collect_view()}
        </div>
    }
}

#[component]
fn Offer(desk: Desk, place: usize, eligible: bool, package: Package) -> impl IntoView {
    let i18n = use_i18n();
    let id: StoredValue<PackageId> = StoredValue::new(package.id.clone());
    let chosen = move || id.with_value(|id| desk.draft.with(|draft| draft.packages.contains(id)));
    let whom = population(i18n, &package.population);
    let example = package.source.kind == SourceKind::Example;
    let times = package.items.iter().map(|item| (words::of_pack(i18n, &item.title), cadence(i18n, item)));
    let shares = package.split.iter().map(|share| {
        (payer(i18n, &share.payer), td_string!(i18n, words.yuan, amount = share.amount.to_string()))
    });
    let sourced = |title: &str, source| {
        td_string!(
            i18n,
            signing.sourced,
            title = words::of_pack(i18n, title),
            source = words::source(i18n, source)
        )
    };
    let mut sources = vec![sourced(&package.title, &package.source)];
    sources.extend(package.items.iter().map(|item| sourced(&item.title, &item.source)));
    let no_split = package.split.is_empty();
    view! {
        <section class="sheet package" class:off=!eligible>
            <label class="choice">
                <input type="checkbox" id=format!("package-{place}") disabled=!eligible prop:checked=chosen
                    on:change=move |_| desk.send(Event::Toggle(id.get_value()))/>
                <b>{words::of_pack(i18n, &package.title)} {example.then(|| view! { <Tag text=td_string!(i18n, common.example)/> })}</b>
                <span class="worth">{td_string!(i18n, signing.price, amount = package.price.to_string())}</span>
                <span class="soft">{whom}</span>
                {(!eligible).then(|| view! { <span class="soft"><Tag tone=Tone::Care text=td_string!(i18n, signing.not_eligible)/></span> })}
            </label>
            <div class="inside">
                <dl class="sum">{times.map(|(title, times)| view! { <dt>{title}</dt><dd>{times}</dd> }).collect_view()}</dl>
                <hr/>
                {if no_split {
                    view! { <p class="soft">{td_string!(i18n, signing.no_split)}</p> }.into_any()
                } else {
                    view! { <dl class="sum">{shares.map(|(payer, amount)| view! { <dt>{payer}</dt><dd>{amount}</dd> }).collect_view()}</dl> }.into_any()
                }}
                <Why ask=td_string!(i18n, signing.source) reasons=sources/>
            </div>
        </section>
    }
}
