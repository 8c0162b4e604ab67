//! The agreement as paper: what was signed, by whom, in which version.

use super::words::{cadence, payer, place};
use crate::features::staff_name;
use crate::language::*;
use crate::replica::use_replica;
use crate::ui::{self, Notice, Tone};
use crate::words;
use documents::SignedContract;
use domain::{
    base::{Signature, mask_id_number},
    contracts::{Package, package::pinned},
    people::Resident,
};
use leptos::prelude::*;

/// The printable copy.
#[component]
pub fn Agreement(
    /// By whom.
    person: Resident,
    /// What was signed.
    signed: SignedContract,
) -> impl IntoView {
    let i18n = use_i18n();
    let SignedContract { contract, signatures } = signed;
    let catalog = use_replica().core().catalog();
    let team = catalog.teams.get(&contract.team).map(|team| team.name.clone());
    let Ok(packages) = pinned(&contract.packages, &catalog.packages) else {
        return view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any();
    };
    let period = td_string!(
        i18n,
        signing.from_until,
        from = words::date(i18n, contract.from),
        until = words::date(i18n, contract.until)
    );
    let parties = [
        (td_string!(i18n, signing.resident), person.name.clone()),
        (td_string!(i18n, signing.id_number), mask_id_number(person.identity.number())),
        (td_string!(i18n, signing.team), team.unwrap_or_else(|| contract.team.to_string())),
        (td_string!(i18n, signing.doctor), staff_name(&contract.signed_by)),
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
    view! {
        <article class="sheet contract">
            <header>
                <h2>{td_string!(i18n, signing.agreement)}</h2>
                <p class="soft">{td_string!(i18n, signing.number, id = contract.id.to_string())}</p>
            </header>
            <dl class="answers">{parties.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).into_iter().collect_view()}</dl>
            {tables}
            <div class="signatures">
                {signatures.into_iter().map(|signature| view! { <Side signature/> }).collect_view()}
            </div>
            {versions.into_iter().map(|text| view! { <p class="hash">{text}</p> }).collect_view()}
        </article>
    }
    .into_any()
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
fn Side(signature: Signature) -> impl IntoView {
    let i18n = use_i18n();
    let drawn = signature.is_drawn();
    let Signature { name, path, at, .. } = signature;
    let line = match drawn {
        true => td_string!(i18n, signing.signed_on, date = words::date(i18n, at.date())),
        false => td_string!(i18n, signing.sign_on_paper).to_owned(),
    };
    let path = if drawn { path } else { String::new() };
    view! {
        <div class="stack close">
            <ui::Signature label=td_string!(i18n, signing.sign_here, name = name.clone()) path/>
            <p><b>{name.clone()}</b>" "<span class="soft">{line}</span></p>
        </div>
    }
}
