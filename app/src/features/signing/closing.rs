//! What was signed, until when, what comes first; then the agreement to print.

use super::{agreement::Agreement, desk::Desk, view_model::price, words::titles};
use crate::clock;
use crate::language::*;
use crate::reactive::effect;
use crate::ui::{Button, ButtonLink, Glyph, Icon, Kind, Notice, Tone, Why};
use crate::words;
use documents::SignedContract;
use domain::contracts::{ItemFulfilment, fulfilment, package::pinned};
use leptos::prelude::*;

/// The closing card and the printable copy.
#[component]
pub fn Closing(
    /// The flow.
    desk: Desk,
    /// What is on the disk now.
    signed: SignedContract,
) -> impl IntoView {
    let i18n = use_i18n();
    let facts = desk.facts();
    let draft = desk.draft.get_untracked();
    let contract = &signed.contract;
    let packages = pinned(&contract.packages, &facts.catalog.packages).unwrap_or_default();
    let found = fulfilment(contract, &packages, &[], clock::today());
    let first =
        found.items.into_iter().filter(|item| item.next_due.is_some()).min_by_key(|item| item.next_due);
    let until = words::date(i18n, contract.until);
    let rows = [
        (td_string!(i18n, signing.package), titles(i18n, &packages)),
        (
            td_string!(i18n, signing.period),
            td_string!(i18n, signing.from_until, from = words::date(i18n, contract.from), until = until),
        ),
        (
            td_string!(i18n, signing.fee),
            td_string!(i18n, words.yuan, amount = price(packages.iter().copied()).to_string()),
        ),
    ];
    let on_paper = draft.resident.on_paper || draft.staff.on_paper;
    let back = format!("/residents/{}", draft.subject);
    // The card takes the place of a form: eyes and readers start at its top.
    effect(|| window().scroll_to_with_x_and_y(0.0, 0.0));
    view! {
        <div class="question only-screen" data-testid="signed">
            <section class="closing" role="status">
                <header><Icon name=Glyph::Check/><h1>{td_string!(i18n, signing.done)}</h1><p class="soft">{td_string!(i18n, signing.done_soft)}</p></header>
                <dl class="sum">{rows.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).into_iter().collect_view()}</dl>
                <First first/>
            </section>
            {on_paper.then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, signing.paper_waiting)}</Notice> })}
            <div class="acts">
                <ButtonLink href=back icon=Glyph::Me>{td_string!(i18n, signing.back_to_resident)}</ButtonLink>
                <Button kind=Kind::Quiet icon=Glyph::Print on_press=|()| drop(window().print())>{td_string!(i18n, signing.print)}</Button>
            </div>
        </div>
        <Agreement person=facts.file.person.clone() signed/>
    }
}

/// What is owed first under the new contract, and why then.
#[component]
fn First(first: Option<ItemFulfilment>) -> impl IntoView {
    let i18n = use_i18n();
    let words = first.as_ref().and_then(|item| {
        Some(td_string!(
            i18n,
            signing.next_due,
            title = words::of_pack(i18n, &item.title),
            date = words::date(i18n, item.next_due?)
        ))
    });
    let reason = first.and_then(|item| item.reason);
    view! {
        <div class="next">
            <span>{td_string!(i18n, signing.next)}</span>
            <b>{words.unwrap_or_else(|| td_string!(i18n, signing.next_none).to_owned())}</b>
        </div>
        {reason.map(|reason| view! {
            <Why ask=td_string!(i18n, common.why) reasons=vec![words::reason(i18n, &reason.code)] source=words::rule(i18n, &reason.rule)/>
        })}
    }
}
