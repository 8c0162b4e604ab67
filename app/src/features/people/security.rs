//! The account: its password, second factor and devices.

use super::{factor::FactorCard, password::PasswordCard, sessions::SessionsCard};
use crate::language::*;
use crate::shell::Role;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;

/// The page.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let i18n = use_i18n();
    let staff = expect_context::<Role>() != Role::Resident;
    view! {
        <header class="bar">
            <a class="go plain round" href="/settings" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, people.security)}</h1>
        </header>
        <div class="split even">
            <div class="stack wide"><SessionsCard/></div>
            <div class="stack wide">{staff.then(|| view! { <FactorCard/> })}<PasswordCard/></div>
        </div>
    }
}
