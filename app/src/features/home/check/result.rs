//! How soon somebody must see it, and whom to call.

use super::page::Desk;
use super::{Because, Event, Outcome};
use crate::guide::use_guide;
use crate::language::*;
use crate::reactive::loaded;
use crate::ui::{Advice, Button, ButtonLink, Glyph, Kind, Notice, Tone};
use crate::words::decision::level_tone;
use guide::{Level, Reply, Request};
use leptos::prelude::*;

/// The result.
#[component]
pub fn Told(desk: Desk, outcome: Outcome) -> impl IntoView {
    let i18n = use_i18n();
    let Outcome { level, because, safety_net } = outcome;
    let title = match level {
        Level::Ambulance => td_string!(i18n, check.ambulance),
        Level::Emergency => td_string!(i18n, check.emergency),
        Level::Day => td_string!(i18n, check.day),
        Level::Appointment => td_string!(i18n, check.appointment),
        Level::SelfCare => td_string!(i18n, check.self_care),
    };
    let reason = match because {
        Because::NotUnderstood => td_string!(i18n, check.not_understood).to_owned(),
        Because::Danger(names) => {
            td_string!(i18n, check.because_danger, names = names.join(td_string!(i18n, check.between)))
        }
        Because::Serious => td_string!(i18n, check.because_serious).to_owned(),
        Because::CannotTell => td_string!(i18n, check.because_unsure).to_owned(),
        Because::Likely => td_string!(i18n, check.because_likely).to_owned(),
    };
    let waits = level <= Level::Appointment;
    view! {
        <section class="stack wide" data-testid="check-result">
            <Advice tone=level_tone(level) title reasons=vec![reason]/>
            {waits.then(|| view! { <Net desk condition=safety_net/> })}
            <Calls desk level/>
            <p class="soft">{td_string!(i18n, check.not)}</p>
        </section>
        <Button kind=Kind::Quiet wide=true on_press=move |()| desk.send(Event::Again)>{td_string!(i18n, check.again)}</Button>
        <ButtonLink href="/home" kind=Kind::Plain icon=Glyph::Home wide=true>{td_string!(i18n, home.go_home)}</ButtonLink>
    }
}

/// What to come back for.
#[component]
fn Net(desk: Desk, condition: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let guide = use_guide();
    let net = loaded(move || {
        let (condition, case) = (condition.clone(), untrack(|| desk.case()));
        async move {
            let request = Request::Condition { id: condition?, case };
            match guide.ask(request).await {
                Ok(Reply::Condition(Some(of))) => Some(of.safety_net).filter(|net| !net.is_empty()),
                _ => None,
            }
        }
    });
    let text = move || net.get().flatten().unwrap_or_else(|| td_string!(i18n, check.net_any).to_owned());
    view! { <Notice tone=Tone::Care title=td_string!(i18n, check.net)>{text}</Notice> }
}

/// Whom to call: the ambulance first where life is in danger, always the team in charge.
#[component]
pub fn Calls(desk: Desk, level: Level) -> impl IntoView {
    let i18n = use_i18n();
    let doctor = move |kind| {
        match desk.phone.get_value() {
        Some(phone) => view! {
            <ButtonLink href=format!("tel:{phone}") kind icon=Glyph::Phone wide=true>{td_string!(i18n, home.call_doctor)}</ButtonLink>
        }
        .into_any(),
        None => view! { <p class="soft">{td_string!(i18n, home.no_phone)}</p> }.into_any(),
    }
    };
    let ambulance = move |kind| {
        view! { <ButtonLink href="tel:120" kind icon=Glyph::Phone wide=true>{td_string!(i18n, home.call_120)}</ButtonLink> }
    };
    match level {
        Level::Ambulance => view! { {ambulance(Kind::Main)}{doctor(Kind::Quiet)} }.into_any(),
        Level::Emergency => view! { {doctor(Kind::Main)}{ambulance(Kind::Quiet)} }.into_any(),
        _ => doctor(Kind::Main).into_any(),
    }
}

/// Nothing can be asked on this device yet.
#[component]
pub fn Unavailable(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice tone=Tone::Care title=td_string!(i18n, check.unavailable)>{td_string!(i18n, check.unavailable_hint)}</Notice>
        <Calls desk level=Level::Emergency/>
        <ButtonLink href="/home" kind=Kind::Plain icon=Glyph::Home wide=true>{td_string!(i18n, home.go_home)}</ButtonLink>
    }
}
