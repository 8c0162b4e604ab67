//! A contract that was signed earlier: to look at, and to print again.

use super::agreement::Agreement;
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::use_replica;
use crate::ui::{Button, ButtonLink, Empty, Glyph, Kind};
use documents::SignedContract;
use domain::people::Resident;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of the contract in the address.
#[component]
pub fn ContractCopy() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let place = memo(move || {
        let params = params.read();
        (params.get("subject").unwrap_or_default(), params.get("contract").unwrap_or_default())
    });
    let found = loaded(move || {
        let (subject, id) = place.get();
        replica.track(&subject);
        async move {
            let file = replica.resident(&subject).await.ok().flatten()?;
            let signed = file.record.contracts.iter().find(|signed| signed.contract.id.as_str() == id)?;
            Some((file.person.clone(), signed.clone()))
        }
    });
    view! {
        {move || match found.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(None) => view! { <Empty icon=Glyph::Paper title=td_string!(i18n, signing.no_copy)/> }.into_any(),
            Some(Some((person, signed))) => view! { <Copy person signed/> }.into_any(),
        }}
    }
}

#[component]
fn Copy(person: Resident, signed: SignedContract) -> impl IntoView {
    let i18n = use_i18n();
    let back = format!("/residents/{}", person.subject);
    view! {
        <div class="acts only-screen">
            <ButtonLink href=back kind=Kind::Quiet icon=Glyph::Back>{td_string!(i18n, signing.back_to_resident)}</ButtonLink>
            <Button icon=Glyph::Print on_press=|()| drop(window().print())>{td_string!(i18n, signing.print)}</Button>
        </div>
        <h1 class="only-read">{td_string!(i18n, signing.agreement)}</h1>
        <Agreement person signed/>
    }
}
