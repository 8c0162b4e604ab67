//! The contract: what it promises, what was given, what is left.

use crate::clock;
use crate::language::*;
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{ButtonLink, Dots, Glyph, Kind, Notice, Tag, Tone, Why};
use crate::words;
use domain::{
    contracts::{
        Contract, ContractState, ItemFulfilment, Standing, fulfilment, package::pinned, standing, state,
    },
    rules::RuleError,
};
use leptos::prelude::*;
use std::rc::Rc;

/// The contract in force, or the newest.
#[component]
pub fn ContractCard(
    /// Whose.
    file: Rc<ResidentFile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let today = clock::today();
    let contracts = file.record.contracts();
    let in_force = contracts.iter().find(|contract| state(contract, &contracts, today).is_in_force());
    let Some(contract) = in_force.or(contracts.last()).cloned() else {
        return view! {
            <section class="sheet pad stack">
                <h2>{td_string!(i18n, residents.contract)}</h2>
                <p>{td_string!(i18n, residents.no_contract)}</p>
                <p class="soft">{td_string!(i18n, residents.no_contract_hint)}</p>
            </section>
        }
        .into_any();
    };
    let catalog = use_replica().core().catalog();
    let items = pinned(&contract.packages, &catalog.packages).map(|packages| {
        (
            words::list(i18n, packages.iter().map(|package| words::of_pack(i18n, &package.title))),
            fulfilment(&contract, &packages, &file.record.services(), today).items,
        )
    });
    let href = format!("/residents/{}/contracts/{}", file.person.subject, contract.id);
    let (tone, state) = state_words(i18n, &contract, &contracts);
    let term = td_string!(
        i18n,
        residents.contract_term,
        from = words::date(i18n, contract.from),
        until = words::date(i18n, contract.until)
    );
    let apart = match standing(&contract, &contracts) {
        Standing::Stands => None,
        Standing::Provisional { .. } => Some(td_string!(i18n, residents.provisional)),
        Standing::Flagged { .. } => Some(td_string!(i18n, residents.flagged)),
    };
    view! {
        <section class="sheet pad stack" data-testid="contract">
            <div class="bar"><h2 class="grow">{td_string!(i18n, residents.contract)}</h2><Tag tone text=state/></div>
            {apart.map(|text| view! { <Notice tone=Tone::Care>{text}</Notice> })}
            {match items {
                Ok((titles, items)) => view! {
                    <p><b>{titles}</b></p>
                    <p class="soft">{term}</p>
                    {items.into_iter().map(|item| view! { <Item item/> }).collect_view()}
                    <div><ButtonLink href kind=Kind::Quiet icon=Glyph::Paper>{td_string!(i18n, residents.contract_copy)}</ButtonLink></div>
                }.into_any(),
                Err(RuleError::UnknownVersion(_)) => view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any(),
                Err(_) => view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any(),
            }}
        </section>
    }.into_any()
}

#[component]
fn Item(item: ItemFulfilment) -> impl IntoView {
    let i18n = use_i18n();
    let words = if item.owed == 0 {
        td_string!(i18n, residents.item_free, given = item.given + item.extra)
    } else {
        td_string!(i18n, residents.item_left, given = item.given, left = item.left)
    };
    let missed = (item.missed > 0).then(|| td_string!(i18n, residents.missed, count = item.missed));
    let why = item
        .reason
        .as_ref()
        .map(|reason| (vec![words::reason(i18n, &reason.code)], words::rule(i18n, &reason.rule)));
    view! {
        <div class="left">
            <b>{words::of_pack(i18n, &item.title)}</b>
            {(item.owed > 0).then(|| view! { <Dots used=item.given total=item.owed words=words.clone()/> })}
            <span class="soft">{words}{missed}</span>
        </div>
        {why.map(|(reasons, source)| view! { <Why ask=td_string!(i18n, common.why) reasons source/> })}
    }
}

fn state_words(i18n: Language, contract: &Contract, all: &[Contract]) -> (Tone, String) {
    match state(contract, all, clock::today()) {
        ContractState::Draft => (Tone::Calm, td_string!(i18n, residents.state_draft).to_owned()),
        ContractState::Signed => (Tone::Calm, td_string!(i18n, residents.state_signed).to_owned()),
        ContractState::Active => (Tone::Good, td_string!(i18n, residents.state_active).to_owned()),
        ContractState::Expiring { days_left } => {
            (Tone::Care, td_string!(i18n, residents.state_expiring, days = days_left))
        }
        ContractState::Renewed { .. } => (Tone::Good, td_string!(i18n, residents.state_renewed).to_owned()),
        ContractState::Terminated { .. } => {
            (Tone::Calm, td_string!(i18n, residents.state_terminated).to_owned())
        }
        ContractState::Expired => (Tone::Calm, td_string!(i18n, residents.state_expired).to_owned()),
    }
}
