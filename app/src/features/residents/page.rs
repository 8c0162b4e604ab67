//! One resident: what is due, the contract, pressures, what has happened.

use super::{
    contract_card::ContractCard, facts_lists::taken, problems::Problems, replan::Replan, timeline::Timeline,
};
use crate::clock;
use crate::features::{
    body::{Typed, known, lines},
    charts::PressureChart,
    files::Files,
    health_points::TeamPointsCard,
    sync::SyncStatus,
    visit::{Draft, draft_key},
};
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::{drafts::draft, files::ResidentFile, use_replica};
use crate::ui::{ButtonLink, Empty, Glyph, Kind, Notice, PersonBar, Tag, Tone, Why};
use crate::words;
use domain::{
    base::mask_id_number,
    care::{CareRules, Disease, Due, DueState},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::rc::Rc;

/// The page of the resident in the address.
#[component]
pub fn ResidentPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let subject = memo(move || params.read().get("subject").unwrap_or_default());
    let file = loaded(move || {
        let subject = subject.get();
        replica.track(&subject);
        async move {
            let unfinished = draft::<Draft>(replica, &draft_key(&subject)).await.ok().flatten().is_some();
            (replica.resident(&subject).await.ok().flatten(), unfinished)
        }
    });
    view! {
        {move || match file.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some((None, _)) => view! {
                <Empty icon=Glyph::People title=td_string!(i18n, residents.missing)><p>{td_string!(i18n, residents.missing_hint)}</p></Empty>
            }.into_any(),
            Some((Some(file), unfinished)) => view! { <Inside file unfinished/> }.into_any(),
        }}
    }
}

/// The head that never scrolls away: name, age, allergies, key groups.
#[component]
pub fn ResidentBar(
    /// Whom.
    file: Rc<ResidentFile>,
    /// Where the way back leads.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let person = &file.person;
    let age = person.age(clock::today()).map(|years| td_string!(i18n, common.age, years = years));
    let about = format!("{} {}", age.unwrap_or_default(), words::sex(i18n, &person.sex));
    let allergies: Vec<String> = file
        .record
        .allergies
        .iter()
        .map(|allergy| td_string!(i18n, residents.allergic, to = allergy.substance.clone()))
        .collect();
    let groups: Vec<String> = person.key_groups.iter().map(|group| words::group(i18n, group)).collect();
    view! {
        <PersonBar name=person.name.clone() about back back_label=td_string!(i18n, common.back) end=SyncStatus>
            {allergies.into_iter().map(|text| view! { <Tag tone=Tone::Life text/> }).collect_view()}
            {groups.into_iter().map(|text| view! { <Tag text/> }).collect_view()}
        </PersonBar>
    }
}

#[component]
fn Inside(file: Rc<ResidentFile>, unfinished: bool) -> impl IntoView {
    let i18n = use_i18n();
    let subject = file.person.subject.to_string();
    let person_subject = subject.clone();
    let (visit, sign) = (format!("/residents/{subject}/visit"), format!("/residents/{subject}/sign"));
    let begin = if unfinished {
        td_string!(i18n, residents.continue_visit)
    } else {
        td_string!(i18n, residents.start_visit)
    };
    let again = if file.record.contracts.is_empty() {
        td_string!(i18n, residents.sign)
    } else {
        td_string!(i18n, residents.renew)
    };
    let serves = use_replica().serves(&subject);
    let phone = file.person.phone.clone();
    let enrol = format!("/residents/{subject}/phone");
    view! {
        <ResidentBar file=file.clone() back="/residents"/>
        <Problems file=file.clone()/>
        {(!serves).then(|| view! {
            <Notice title=td_string!(i18n, residents.read_only)>{td_string!(i18n, residents.read_only_hint)}</Notice>
        })}
        {serves.then(|| view! { <div class="acts">
            <ButtonLink href=visit icon=Glyph::Pen>{begin}</ButtonLink>
            <ButtonLink href=sign kind=Kind::Quiet icon=Glyph::Paper>{again}</ButtonLink>
            <ButtonLink href=enrol kind=Kind::Quiet icon=Glyph::Scan>{td_string!(i18n, residents.enrol)}</ButtonLink>
            {phone.map(|phone| view! {
                <ButtonLink href=format!("tel:{phone}") kind=Kind::Quiet icon=Glyph::Phone>{td_string!(i18n, residents.call)}</ButtonLink>
            })}
        </div> })}
        <div class="split main side-first">
            <div class="stack">
                <PressureChart file=file.clone()/>
                <Timeline file=file.clone() writable=serves/>
                <Files subject=person_subject writable=serves/>
                <Facts file=file.clone() writable=serves/>
            </div>
            <div class="stack">
                <Next file=file.clone() writable=serves/>
                <ContractCard file=file.clone()/>
                // Whoever may only look for a while has neither diary nor rewards: the sum would be another one.
                {serves.then(|| view! { <TeamPointsCard subject/> })}
            </div>
        </div>
    }
}

/// What is due next and why.
#[component]
fn Next(file: Rc<ResidentFile>, writable: bool) -> impl IntoView {
    let i18n = use_i18n();
    let today = clock::today();
    let dues =
        CareRules::shipped().map(|rules| file.record.dues(&file.person, today, rules)).unwrap_or_default();
    let several = dues.len() > 1;
    let line = move |(disease, due): (Disease, Due)| {
        let name = several.then(|| view! { <span class="soft">{words::disease(i18n, &disease)}</span> });
        view! {
            <div>{name}<p class="lead">{when(i18n, &due)}</p></div>
            <Why ask=td_string!(i18n, common.why) reasons=vec![words::reason(i18n, &due.reason.code)]
                source=words::rule(i18n, &due.reason.rule)/>
        }
    };
    let none = dues.is_empty().then(|| view! { <p class="lead">{td_string!(i18n, residents.next_none)}</p> });
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.next)}</h2>
            {none}
            {dues.into_iter().map(line).collect_view()}
            {writable.then(|| view! { <Replan file/> })}
        </section>
    }
}

fn when(i18n: Language, due: &Due) -> String {
    let date = words::date(i18n, due.date);
    match due.state(clock::today()) {
        DueState::Overdue { days } => td_string!(i18n, residents.overdue, date = date, days = days),
        DueState::Today => td_string!(i18n, residents.due_today).to_owned(),
        DueState::Upcoming { .. } => td_string!(i18n, residents.before, date = date),
    }
}

/// Medication, conditions, how to reach the person.
#[component]
fn Facts(file: Rc<ResidentFile>, writable: bool) -> impl IntoView {
    let i18n = use_i18n();
    let none = || td_string!(i18n, residents.none_recorded).to_owned();
    let today = clock::today();
    let medications: Vec<String> = taken(&file, today)
        .map(|medication| format!("{} {} {}", medication.name, medication.dose, medication.frequency))
        .collect();
    let conditions: Vec<String> =
        file.record.conditions.iter().map(|condition| condition.name.clone()).collect();
    let body = lines(i18n, &known(&file, &Typed::default(), today)).into_iter();
    let body: Vec<String> = body
        .map(|line| td_string!(i18n, body.known_line, question = line.question, answer = line.answer))
        .collect();
    let list = move |texts: Vec<String>| match texts.is_empty() {
        true => view! { <p class="soft">{none()}</p> }.into_any(),
        false => texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view().into_any(),
    };
    let person = &file.person;
    let href = format!("/residents/{}/facts", person.subject);
    let number = mask_id_number(person.identity.number());
    let address = format!("{} {}", person.address.village, person.address.detail);
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.medications)}</h2>
            {list(medications)}
            <h2>{td_string!(i18n, residents.conditions)}</h2>
            {list(conditions)}
            {(!body.is_empty()).then(|| view! { <h2>{td_string!(i18n, body.title)}</h2> {list(body)} })}
            <div class="sum">
                <span>{td_string!(i18n, residents.phone)}</span><b>{person.phone.clone()}</b>
                <span>{td_string!(i18n, residents.address)}</span><b>{address}</b>
                <span>{td_string!(i18n, residents.id_number)}</span><b>{number}</b>
            </div>
            {writable.then(|| view! {
                <div><ButtonLink href kind=Kind::Quiet icon=Glyph::Pen>{td_string!(i18n, residents.change_facts)}</ButtonLink></div>
            })}
        </section>
    }
}
