//! What has happened, newest first; voided visits stay readable.

use super::{
    complaint::{Assessed, PrescribedThen},
    problems::plan_words,
    void::VoidButton,
};
use crate::features::staff_name;
use crate::language::*;
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{Tag, Why};
use crate::words;
use documents::{Reading, SignedContract, Visit, VisitPlace};
use domain::base::Order;
use domain::{base::Date, contracts::package::pinned, measurements::Urgency};
use leptos::prelude::*;
use std::{cmp::Reverse, rc::Rc};

enum Happened {
    Visit(Box<Visit>),
    Contract(Box<SignedContract>),
    Reading(Reading),
}

impl Happened {
    fn on(&self) -> (Date, i64) {
        match self {
            Self::Visit(visit) => (visit.on(), visit.recorded_at.0),
            Self::Contract(signed) => {
                (signed.contract.signed_at.map_or(signed.contract.from, |at| at.date()), 0)
            }
            Self::Reading(reading) => (reading.at.date(), reading.at.0),
        }
    }
}

/// The list.
#[component]
pub fn Timeline(
    /// Whose.
    file: Rc<ResidentFile>,
    /// Whether this account may take a visit back.
    writable: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let visits = file.record.visits.iter().cloned().map(|visit| Happened::Visit(Box::new(visit)));
    let contracts = file.record.contracts.iter().cloned().map(|signed| Happened::Contract(Box::new(signed)));
    let readings = file.diary.readings.iter().cloned().map(Happened::Reading);
    let mut all: Vec<Happened> = visits.chain(contracts).chain(readings).collect();
    all.order_by_key(|happened| Reverse(happened.on()));
    let empty = all.is_empty();
    let entry = |happened: Happened| match happened {
        Happened::Visit(visit) => view! { <VisitEntry visit=*visit writable/> }.into_any(),
        Happened::Contract(signed) => view! { <ContractEntry signed=*signed/> }.into_any(),
        Happened::Reading(reading) => view! { <ReadingEntry reading/> }.into_any(),
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.timeline)}</h2>
            {empty.then(|| view! { <p class="soft">{td_string!(i18n, residents.timeline_none)}</p> })}
            <ol class="timeline">{all.into_iter().map(entry).collect_view()}</ol>
        </section>
    }
}

#[component]
fn VisitEntry(visit: Visit, writable: bool) -> impl IntoView {
    let i18n = use_i18n();
    let what = match visit.place {
        VisitPlace::Clinic => td_string!(i18n, residents.visit_at_clinic),
        VisitPlace::Phone => td_string!(i18n, residents.visit_by_phone),
        VisitPlace::Home | VisitPlace::Unknown(_) => td_string!(i18n, residents.visit_at_home),
    };
    let date = words::date(i18n, visit.on());
    let pressure = visit.pressure().map(|pressure| pressure.to_string());
    let glucose = visit.glucose.as_ref().map(|reading| words::glucose(i18n, reading));
    let figures = words::list(i18n, pressure.into_iter().chain(glucose));
    let vitals = words::list(i18n, words::vitals(i18n, &visit));
    let all = visit.follow_ups();
    let advice = all.weightiest().map(|found| words::action(i18n, found.action));
    let why = all.weightiest().map(|_| words::explain(i18n, &all.reasons()));
    let class = match all.weightiest().map(|found| found.urgency) {
        _ if visit.voided.is_some() => "",
        Some(Urgency::Emergency | Urgency::Ambulance) => "life",
        Some(Urgency::Appointment | Urgency::Day) => "care",
        _ => "good",
    };
    let void = visit.voided.as_ref().map(|void| {
        let by = td_string!(
            i18n,
            residents.voided_by,
            name = staff_name(&void.by),
            date = words::short_date(i18n, void.at.date())
        );
        (td_string!(i18n, residents.voided, reason = words::void_reason(i18n, &void.reason)), by)
    });
    let voided = void.is_some();
    let agreed = visit.plan.next.is_some() || !visit.plan.note.is_empty();
    let plan = agreed.then(|| td_string!(i18n, residents.agreed, plan = plan_words(i18n, &visit.plan)));
    let assessment = visit.assessment.clone();
    let prescribed = visit.prescription.clone().map(|prescription| (visit.clone(), prescription));
    let (staff, late) = (staff_name(&visit.staff), visit.is_late_entry());
    view! {
        <li class=class>
            <time datetime=visit.on().to_string()>{date}</time>
            <div class:void=voided><b>{what}" "{figures}</b>" "{staff}
                {late.then(|| view! { <Tag text=td_string!(i18n, residents.late_entry)/> })}
            </div>
            {(!vitals.is_empty()).then(|| view! { <div class:void=voided>{vitals}</div> })}
            {advice.map(|text| view! { <div class:void=voided>{text}</div> })}
            {assessment.map(|assessment| view! { <Assessed assessment/> })}
            {prescribed.map(|(visit, prescription)| view! { <PrescribedThen visit prescription/> })}
            {plan.map(|text| view! { <div class:void=voided>{text}</div> })}
            {(!visit.note.is_empty()).then(|| view! { <div>{visit.note.clone()}</div> })}
            {void.map(|(reason, by)| view! { <div><b>{reason}</b>" "<span class="soft">{by}</span></div> })}
            {why.map(|(reasons, source)| view! { <Why ask=td_string!(i18n, common.why) reasons source/> })}
            {(writable && !voided).then(|| view! { <VoidButton visit/> })}
        </li>
    }
}

#[component]
fn ContractEntry(signed: SignedContract) -> impl IntoView {
    let i18n = use_i18n();
    let contract = signed.contract;
    let catalog = use_replica().core().catalog();
    let packages = pinned(&contract.packages, &catalog.packages).unwrap_or_default();
    let titles = words::list(i18n, packages.iter().map(|package| words::of_pack(i18n, &package.title)));
    let on = contract.signed_at.map_or(contract.from, |at| at.date());
    view! {
        <li>
            <time datetime=on.to_string()>{words::date(i18n, on)}</time>
            <div><b>{td_string!(i18n, residents.contract_signed, titles = titles)}</b>" "{staff_name(&contract.signed_by)}</div>
        </li>
    }
}

#[component]
fn ReadingEntry(reading: Reading) -> impl IntoView {
    let i18n = use_i18n();
    let on = reading.at.date();
    view! {
        <li>
            <time datetime=on.to_string()>{words::date(i18n, on)}</time>
            <div><b>{td_string!(i18n, residents.reading)}" "{reading.pressure.to_string()}</b></div>
        </li>
    }
}
