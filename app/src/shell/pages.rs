//! Which address shows which page.

use super::Role;
use crate::features::{
    home::{Health, Home, NewReading},
    points::Points,
    residents::{ResidentPage, Residents},
    review::Review,
    settings::{MoreSettings, Settings},
    signing::Signing,
    sync::SyncLog,
    today::Today,
    visit::VisitPage,
};
use crate::i18n::*;
use crate::ui::Notice;
use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use leptos_router::{
    NestedRoute, PossibleRouteMatch,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{Redirect, Routes},
    path,
};

/// A page as a pointer: the router is compiled once for all pages and not for each.
type Page = fn() -> AnyView;

fn at(path: impl PossibleRouteMatch + Clone + Send + 'static, page: Page) -> AnyNestedRoute {
    NestedRoute::new(path, page).into_any_nested_route()
}

/// Shows the page of the address.
#[component]
pub fn Pages() -> impl IntoView {
    let i18n = use_i18n();
    let routes = || {
        StaticVec::from(vec![
            at(path!("/"), || {
                let start = expect_context::<Role>().start();
                view! { <Redirect path=start/> }.into_any()
            }),
            at(path!("/today"), || Today().into_any()),
            at(path!("/residents"), || Residents().into_any()),
            at(path!("/residents/:subject"), || ResidentPage().into_any()),
            at(path!("/residents/:subject/visit"), || VisitPage().into_any()),
            at(path!("/residents/:subject/sign"), || Signing().into_any()),
            at(path!("/home"), || Home().into_any()),
            at(path!("/home/reading"), || NewReading().into_any()),
            at(path!("/health"), || Health().into_any()),
            at(path!("/points"), || Points().into_any()),
            at(path!("/review"), || Review().into_any()),
            at(path!("/settings"), || Settings().into_any()),
            at(path!("/settings/more"), || MoreSettings().into_any()),
            at(path!("/sync-log"), || SyncLog().into_any()),
        ])
    };
    view! {
        <Routes fallback=move || view! { <Notice>{tu_string!(i18n, common.missing)}</Notice> } children=ToChildren::to_children(routes)/>
    }
}
