//! The first thing a resident sees.

use super::{
    chosen::about,
    medicines::MedicinesCard,
    view_model::{Doctor, HomePage, Judged, JudgedGlucose, Promise, home_page},
    words::{class, glucose_meaning, meaning_now, moment},
};
use crate::clock;
use crate::features::health_points::MyPointsCard;
use crate::language::*;
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{ButtonLink, Dots, Glyph, Icon, Kind, Notice, Tone, Why};
use crate::words;
use domain::{
    care::{CareRules, Due, DueState},
    contracts::{ContractState, ItemFulfilment},
};
use leptos::prelude::*;
use std::rc::Rc;

/// The page.
#[component]
pub fn Home() -> impl IntoView {
    let i18n = use_i18n();
    about(Signal::stored(td_string!(i18n, home.hello).to_owned()), inside)
}

fn inside(file: Rc<ResidentFile>) -> AnyView {
    let catalog = use_replica().core().catalog();
    // The shipped packs are parsed in a test; without it there is nothing to judge by.
    let Ok(rules) = CareRules::shipped() else { return ().into_any() };
    let HomePage { doctor, last, glucose, treated, due, promise, .. } =
        home_page(&file, &catalog, rules, clock::today());
    let subject = file.person.subject.to_string();
    view! {
        <div class="two">
            <div class="stack wide">
                <DoctorCard doctor/>
                <PressureCard last treated/>
                {glucose.map(|last| view! { <GlucoseCard last/> })}
                <CheckCard/>
            </div>
            <div class="stack wide">
                {due.map(|due| view! { <DueCard due/> })}
                <MedicinesCard file/>
                <PromiseCard promise/>
                <MyPointsCard subject/>
                <AccessCard/>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn DoctorCard(doctor: Option<Doctor>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(Doctor { team, lead, phone }) = doctor else {
        return view! {
            <section class="sheet pad stack"><h2>{td_string!(i18n, home.no_team)}</h2><p class="soft">{td_string!(i18n, home.no_team_hint)}</p></section>
        }
        .into_any();
    };
    let lead = lead.map(|name| td_string!(i18n, home.lead, name = name));
    view! {
        <section class="sheet pad stack" data-testid="doctor">
            <div>
                <h2 class="soft">{td_string!(i18n, home.my_doctor)}</h2>
                <p class="lead">{team}</p>
                {lead.map(|lead| view! { <p>{lead}</p> })}
            </div>
            {match phone {
                Some(phone) => view! {
                    <ButtonLink href=format!("tel:{phone}") icon=Glyph::Phone wide=true label=td_string!(i18n, home.call_doctor)>
                        {td_string!(i18n, home.call)}
                    </ButtonLink>
                }.into_any(),
                None => view! { <p class="soft">{td_string!(i18n, home.no_phone)}</p> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

#[component]
fn PressureCard(last: Option<Judged>, treated: bool) -> impl IntoView {
    let i18n = use_i18n();
    let emergency = last.as_ref().is_some_and(|last| last.is_emergency(clock::today()));
    view! {
        <section class="sheet pad stack" data-testid="pressure">
            {match last {
                Some(last) => view! { <Last last treated/> }.into_any(),
                None => view! { <h2>{td_string!(i18n, home.no_pressure)}</h2><p class="soft">{td_string!(i18n, home.no_pressure_hint)}</p> }.into_any(),
            }}
            {emergency.then(|| view! {
                <ButtonLink href="tel:120" kind=Kind::Risk icon=Glyph::Phone wide=true>{td_string!(i18n, home.call_120)}</ButtonLink>
            })}
            <ButtonLink href="/home/reading" kind=Kind::Quiet icon=Glyph::Heart wide=true>{td_string!(i18n, home.record)}</ButtonLink>
        </section>
    }
}

#[component]
fn Last(last: Judged, treated: bool) -> impl IntoView {
    let i18n = use_i18n();
    let today = clock::today();
    let (tone, text) = meaning_now(i18n, &last, treated, today);
    let (reasons, source) = words::explain(i18n, &last.reasons);
    view! {
        <div>
            <h2 class="soft">{moment(i18n, last.at, today)}</h2>
            <p class="num">{last.pressure.to_string()}</p>
        </div>
        <p class=class(tone)><Icon name=tone.glyph()/><span>{text}</span></p>
        {(!reasons.is_empty()).then(|| view! { <Why ask=td_string!(i18n, common.why) reasons source/> })}
    }
}

#[component]
fn GlucoseCard(last: JudgedGlucose) -> impl IntoView {
    let i18n = use_i18n();
    let tone = words::tone(&last.urgency);
    let (reasons, source) = words::explain(i18n, &last.reasons);
    let moment = td_string!(i18n, home.glucose_of, date = words::short_date(i18n, last.on));
    view! {
        <section class="sheet pad stack" data-testid="glucose">
            <div><h2 class="soft">{moment}</h2><p class="num">{last.reading.glucose.to_string()}</p></div>
            <p class=class(tone)><Icon name=tone.glyph()/><span>{glucose_meaning(i18n, &last)}</span></p>
            <Why ask=td_string!(i18n, common.why) reasons source/>
        </section>
    }
}

/// Leads to the self-check.
#[component]
fn CheckCard() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="sheet pad stack" data-testid="check-card">
            <div><h2>{td_string!(i18n, check.card)}</h2><p class="soft">{td_string!(i18n, check.card_hint)}</p></div>
            <ButtonLink href="/home/check" kind=Kind::Quiet icon=Glyph::Info wide=true>{td_string!(i18n, check.start)}</ButtonLink>
        </section>
    }
}

#[component]
fn DueCard(due: Due) -> impl IntoView {
    let i18n = use_i18n();
    let date = words::date(i18n, due.date);
    let text = match due.state(clock::today()) {
        DueState::Overdue { .. } => td_string!(i18n, home.next_overdue).to_owned(),
        DueState::Today => td_string!(i18n, home.next_today).to_owned(),
        DueState::Upcoming { .. } => td_string!(i18n, home.next_before, date = date),
    };
    view! {
        <section class="sheet pad stack" data-testid="next">
            <div><h2 class="soft">{td_string!(i18n, home.next)}</h2><p class="lead">{text}</p></div>
            <Why ask=td_string!(i18n, common.why) reasons=vec![words::reason(i18n, &due.reason.code)]
                source=words::rule(i18n, &due.reason.rule)/>
        </section>
    }
}

/// The way to who may see the record.
#[component]
fn AccessCard() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="sheet pad stack" data-testid="access">
            <div><h2>{td_string!(i18n, settings.access)}</h2><p class="soft">{td_string!(i18n, settings.access_hint)}</p></div>
            <ButtonLink href="/home/access" kind=Kind::Quiet icon=Glyph::Shield>{td_string!(i18n, settings.access_go)}</ButtonLink>
        </section>
    }
}

#[component]
fn PromiseCard(promise: Option<Promise>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(Promise { contract, state, items }) = promise else {
        return view! {
            <section class="sheet pad stack"><h2>{td_string!(i18n, home.no_contract)}</h2><p class="soft">{td_string!(i18n, home.no_contract_hint)}</p></section>
        }
        .into_any();
    };
    let until = td_string!(i18n, home.until, date = words::date(i18n, contract.term().until));
    let from = (state == ContractState::Signed)
        .then(|| td_string!(i18n, home.from, date = words::date(i18n, contract.from)));
    let expiring = match state {
        ContractState::Expiring { days_left } => Some(td_string!(i18n, home.expiring, days = days_left)),
        _ => None,
    };
    view! {
        <section class="sheet pad stack" data-testid="left">
            <h2>{td_string!(i18n, home.left)}</h2>
            {match items {
                Some(items) => items.into_iter().map(|item| view! { <Item item/> }).collect_view().into_any(),
                None => view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any(),
            }}
            {from.map(|text| view! { <p class="soft">{text}</p> })}
            <p class="soft">{until}</p>
            {expiring.map(|text| view! { <Notice tone=Tone::Care>{text}</Notice> })}
        </section>
    }
    .into_any()
}

#[component]
fn Item(item: ItemFulfilment) -> impl IntoView {
    let i18n = use_i18n();
    let ItemFulfilment { title, owed, given, left, .. } = item;
    let free = owed == 0;
    let short = if free {
        td_string!(i18n, home.as_needed).to_owned()
    } else {
        td_string!(i18n, home.left_times, count = left)
    };
    let words = td_string!(i18n, home.left_words, owed = owed, given = given, left = left);
    view! {
        <div class="left" class:free=free>
            <span>{words::of_pack(i18n, &title)}</span>
            // A missed window is gone: its dot is neither used nor left, so only what can be had is drawn.
            {(!free).then(|| view! { <Dots used=given total=given + left words=words/> })}
            <b>{short}</b>
        </div>
    }
}
