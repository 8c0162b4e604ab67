//! The agreement as paper: what was signed, by whom, in which version.

use super::{
    desk::Desk,
    draft::Signed,
    words::{cadence, payer, place},
};
use crate::language::*;
use crate::ui::Signature;
use crate::words;
use domain::{
    base::{Signer, mask_id_number},
    contracts::{Contract, Package, package::pinned},
};
use leptos::prelude::*;

/// The printable copy.
#[component]
pub fn Agreement(
    /// The flow.
    desk: Desk,
    /// What was signed.
    contract: Contract,
) -> impl IntoView {
    let i18n = use_i18n();
    let facts = desk.facts();
    let draft = desk.draft.get_untracked();
    let person = &facts.file.person;
    let packages = pinned(&contract.packages, &facts.catalog.packages).unwrap_or_default();
    let period = td_string!(
        i18n,
        signing.from_until,
        from = words::date(i18n, contract.from),
        until = words::date(i18n, contract.until)
    );
    let parties = [
        (td_string!(i18n, signing.resident), person.name.clone()),
        (td_string!(i18n, signing.id_number), mask_id_number(person.identity.number())),
        (td_string!(i18n, signing.team), facts.team_name.clone()),
        (td_string!(i18n, signing.doctor), facts.staff_name.clone()),
        (td_string!(i18n, signing.period), period),
        (td_string!(i18n, signing.place), place(i18n, &contract.place)),
    ];
    let versions: Vec<String> = contract
        .packages
        .iter()
        .zip(&packages)
        .map(|(pinned, package)| {
            td_string!(i18n, signing.version, title = package.title.clone(), hash = pinned.hash.0.clone())
        })
        .collect();
    let tables =
        packages.iter().map(|package| view! { <Promise package=(*package).clone()/> }).collect_view();
    let name = if draft.signer == Signer::Guardian { draft.guardian.clone() } else { person.name.clone() };
    view! {
        <article class="sheet contract">
            <header>
                <h2>{td_string!(i18n, signing.agreement)}</h2>
                <p class="soft">{td_string!(i18n, signing.number, id = contract.id.to_string())}</p>
            </header>
            <dl class="answers">{parties.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).into_iter().collect_view()}</dl>
            {tables}
            <div class="signatures">
                <Side name signed=draft.resident/>
                <Side name=facts.staff_name.clone() signed=draft.staff/>
            </div>
            {versions.into_iter().map(|text| view! { <p class="hash">{text}</p> }).collect_view()}
        </article>
    }
}

#[component]
fn Promise(package: Package) -> impl IntoView {
    let i18n = use_i18n();
    let price = td_string!(i18n, signing.price, amount = package.price.to_string());
    view! {
        <table>
            <caption><b>{package.title.clone()}</b>" "{price}</caption>
            <thead><tr><th scope="col">{td_string!(i18n, signing.item)}</th><th scope="col">{td_string!(i18n, signing.times)}</th></tr></thead>
            <tbody>
                {package.items.iter().map(|item| view! { <tr><th scope="row">{item.title.clone()}</th><td>{cadence(i18n, item)}</td></tr> }).collect_view()}
                {package.split.iter().map(|share| view! {
                    <tr><th scope="row">{payer(i18n, &share.payer)}</th><td>{td_string!(i18n, words.yuan, amount = share.amount.to_string())}</td></tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Side(name: String, signed: Signed) -> impl IntoView {
    let i18n = use_i18n();
    let Signed { strokes, at, on_paper } = signed;
    let line = match on_paper {
        true => td_string!(i18n, signing.sign_on_paper).to_owned(),
        false => td_string!(i18n, signing.signed_on, date = words::date(i18n, at.date())),
    };
    view! {
        <div class="stack close">
            <Signature label=td_string!(i18n, signing.sign_here, name = name.clone()) strokes/>
            <p><b>{name.clone()}</b>" "<span class="soft">{line}</span></p>
        </div>
    }
}
