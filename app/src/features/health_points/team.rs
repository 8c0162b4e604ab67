//! The team's page of a resident's health points: what waits, what is handed out, what was earned.

use super::hand::Hand;
use super::lines::Lines;
use super::sums::Sums;
use super::team_forms::{AttendanceForm, OnTheSpot};
use super::team_waiting::Wishes;
use super::view_model::{Page, Points, page};
use crate::clock;
use crate::features::residents::ResidentBar;
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::{rewards::PointsFile, use_replica};
use crate::ui::{Empty, Glyph, Notice, Tone, Undo};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::{rc::Rc, sync::Arc};

/// The page of the resident in the address.
#[component]
pub fn TeamHealthPoints() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let subject = memo(move || params.read().get("subject").unwrap_or_default());
    let read = loaded(move || {
        let subject = subject.get();
        replica.track(&subject);
        replica.track_lists();
        async move { replica.points_file(&subject).await.ok().flatten() }
    });
    // What is open on the page stays open when something else arrives.
    let found = memo(move || {
        let read = read.get()?.filter(|file| replica.serves(file.file.person.subject.as_str()));
        let page = read.as_ref().map(|file| page(file, &replica.core().catalog(), clock::today()));
        Some(read.zip(page))
    });
    let hand = Hand::new(replica);
    let inside = move || {
        match found.get() {
        None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
        // Whoever may only look for a while has neither diary nor rewards: the sum would be another one.
        Some(None) => view! {
            <Empty icon=Glyph::People title=td_string!(i18n, residents.missing)><p>{td_string!(i18n, residents.missing_hint)}</p></Empty>
        }
        .into_any(),
        Some(Some((file, page))) => {
            hand.about(file.file.person.subject.as_str());
            let bar = view! { <ResidentBar file=Rc::new(file.file.clone()) back=format!("/residents/{}", file.file.person.subject)/> };
            view! { {bar}<h2 class="lead">{td_string!(i18n, health_points.title)}</h2>{whole(page, file, hand)} }.into_any()
        }
    }
    };
    view! {
        <div role="status">
            {move || hand.failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        {inside}
        <Undo done=hand.done undo=td_string!(i18n, health_points.undo) on_undo=move |()| hand.undo()/>
    }
}

fn whole(page: Page, file: Arc<PointsFile>, hand: Hand) -> AnyView {
    let i18n = use_i18n();
    match page {
        Page::NoRules => view! {
            <Empty icon=Glyph::Star title=td_string!(i18n, health_points.no_rules)><p>{td_string!(i18n, health_points.no_rules_hint)}</p></Empty>
        }
        .into_any(),
        Page::NeedsUpdate => {
            view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any()
        }
        Page::Here(points) => view! { <Inside points=*points file hand/> }.into_any(),
    }
}

#[component]
fn Inside(points: Points, file: Arc<PointsFile>, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="split main side-first">
            <div class="stack"><Lines points=points.clone() file hand team=true/></div>
            <div class="stack">
                <section class="sheet pad stack" data-testid="health-sum">
                    <Sums points=points.clone() title=td_string!(i18n, health_points.sum_of)/>
                </section>
                <Wishes points=points.clone() hand/>
                <OnTheSpot points hand/>
                <AttendanceForm hand/>
            </div>
        </div>
    }
}
