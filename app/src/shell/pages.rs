//! Which address shows which page.

use super::{Role, form::Form};
use crate::features::{
    device::DevicePage,
    door::code_in_address,
    people::SecurityPage,
    settings::{MoreSettings, Settings},
    sync::SyncLog,
};
use crate::language::*;
use crate::parts::{Office, Page, Parts, Resident, Staff};
use crate::ui::Notice;
use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_router::{
    NestedRoute, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{Redirect, Routes},
    path,
};

fn at(path: impl PossibleRouteMatch + Clone + Send + 'static, page: Page) -> AnyNestedRoute {
    NestedRoute::new(path, page).into_any_nested_route()
}

fn staff(page: fn(Staff) -> Page) -> AnyView {
    expect_context::<Parts>().staff.show(move |staff| page(staff)())
}

fn resident(page: fn(Resident) -> Page) -> AnyView {
    expect_context::<Parts>().resident.show(move |resident| page(resident)())
}

fn office(page: fn(Office) -> Page) -> AnyView {
    expect_context::<Parts>().office.show(move |office| page(office)())
}

/// Shows a page with a draft, in one tab at a time.
fn form(page: Page) -> AnyView {
    view! { <Form page/> }.into_any()
}

/// Shows the page of the address.
#[component]
pub fn Pages() -> impl IntoView {
    let i18n = use_i18n();
    let routes = || {
        StaticVec::from(vec![
            at(path!("/"), || {
                let role = expect_context::<Role>();
                // Who scanned a code and is known here takes on one more person.
                let further = role == Role::Resident && code_in_address().is_some();
                let start = if further { "/settings/acting" } else { role.start() };
                view! { <Redirect path=start/> }.into_any()
            }),
            at(path!("/today"), || staff(|pages| pages.today)),
            at(path!("/residents"), || staff(|pages| pages.residents)),
            at(path!("/residents/:subject"), || staff(|pages| pages.resident)),
            at(path!("/residents/:subject/facts"), || form(|| staff(|pages| pages.facts))),
            at(path!("/residents/:subject/visit"), || form(|| staff(|pages| pages.visit))),
            at(path!("/residents/:subject/sign"), || form(|| staff(|pages| pages.signing))),
            at(path!("/residents/:subject/contracts/:contract"), || staff(|pages| pages.contract)),
            at(path!("/residents/:subject/prescriptions/:visit"), || staff(|pages| pages.prescription)),
            at(path!("/residents/:subject/phone"), || staff(|pages| pages.give)),
            at(path!("/residents/:subject/points"), || staff(|pages| pages.health_points)),
            at(path!("/health-points"), || staff(|pages| pages.waiting)),
            at(path!("/home"), || resident(|pages| pages.home)),
            at(path!("/home/reading"), || form(|| resident(|pages| pages.reading))),
            at(path!("/home/check"), || resident(|pages| pages.check)),
            at(path!("/health"), || resident(|pages| pages.health)),
            at(path!("/points"), || staff(|pages| pages.points)),
            at(path!("/points/claim"), || staff(|pages| pages.claim)),
            at(path!("/close"), || office(|pages| pages.close)),
            at(path!("/pay/:institution/:month"), || office(|pages| pages.pay)),
            at(path!("/review"), || office(|pages| pages.review)),
            at(path!("/rules"), || office(|pages| pages.rules)),
            at(path!("/prescriptions"), || office(|pages| pages.prescriptions)),
            at(path!("/my-prescriptions"), || staff(|pages| pages.my_prescriptions)),
            at(path!("/settings"), || Settings().into_any()),
            at(path!("/settings/more"), || MoreSettings().into_any()),
            at(path!("/settings/account"), || SecurityPage().into_any()),
            at(path!("/settings/acting"), || resident(|pages| pages.acting)),
            at(path!("/home/points"), || resident(|pages| pages.health_points)),
            at(path!("/home/points/redeem"), || resident(|pages| pages.redeem)),
            at(path!("/home/access"), || resident(|pages| pages.mine)),
            at(path!("/granted"), || staff(|pages| pages.held)),
            at(path!("/quarantine"), || staff(|pages| pages.quarantine)),
            at(path!("/accounts"), || office(|pages| pages.accounts)),
            at(path!("/audit"), || office(|pages| pages.audit)),
            at(path!("/settings/device"), || DevicePage().into_any()),
            at(path!("/sync-log"), || SyncLog().into_any()),
        ])
    };
    view! {
        <Routes fallback=move || view! { <Notice>{td_string!(i18n, common.missing)}</Notice> } children=ToChildren::to_children(routes)/>
    }
}
