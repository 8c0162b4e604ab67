//! A case in full: for whom, what, against which warnings, why all the same, and what is said to it.

use super::opinion::OpinionForm;
use super::prescription::{PrescriptionLines, PrescriptionWarnings};
use super::view_model::{Item, Lacking, Opinion};
use super::words::{expecting, opinion_words, who};
use crate::features::body::frozen_rate;
use crate::features::staff_name;
use crate::language::*;
use crate::replica::use_replica;
use crate::ui::{Answer, Answers, Button, ButtonLink, Glyph, Icon, Kind, Notice};
use crate::words;
use documents::{PrescriptionCase, Review};
use leptos::prelude::*;

/// One case on the desk of a pharmacist.
#[component]
pub fn Desk(
    /// The case.
    item: Item,
    /// The case that waits next, another one.
    next: Option<String>,
    /// Called with an opinion on the case; says what is lacking, or takes it.
    on_save: Callback<(PrescriptionCase, Opinion), Result<(), Lacking>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let waits = item.waits();
    let again = RwSignal::new(waits);
    let (read, can_be_said) = (item.read, item.case.withdrawn.is_none());
    let Item { case, reviews, .. } = item;
    let id = case.id.to_string();
    let void = case
        .withdrawn
        .as_ref()
        .map(|void| td_string!(i18n, pharmacy.withdrawn, reason = words::void_reason(i18n, &void.reason)));
    let version = case.prescription.medicines.get(..8).unwrap_or_default().to_owned();
    let prescription = case.prescription.clone();
    let lines = prescription.clone();
    let facts = facts(i18n, &case);
    let title = who(i18n, &case);
    let case = StoredValue::new(case);
    let save = Callback::new(move |opinion| on_save.run((case.get_value(), opinion)));
    let href = next.map(|id| format!("/prescriptions?case={id}"));
    view! {
        <article class="sheet pad stack" data-testid="case">
            <header class="bar">
                <a class="go plain round only-narrow" href="/prescriptions" aria-label=td_string!(i18n, pharmacy.back)><Icon name=Glyph::Back/></a>
                <h2 class="grow">{title}</h2>
            </header>
            {void.map(|text| view! { <Notice>{text}</Notice> })}
            <Answers items=facts change=String::new() on_change=|_| ()/>
            <section class="stack close"><h3>{td_string!(i18n, pharmacy.lines)}</h3><PrescriptionLines prescription=lines/></section>
            <section class="stack close">
                <h3>{td_string!(i18n, pharmacy.warnings)}</h3>
                <PrescriptionWarnings prescription/>
                {(!version.is_empty()).then(|| view! { <p class="cite">{td_string!(i18n, pharmacy.version, version = version)}</p> })}
            </section>
            {(!reviews.is_empty()).then(|| view! { <Said reviews/> })}
            {(!waits && can_be_said).then(|| match read {
                Some(at) => td_string!(i18n, pharmacy.read_on, date = words::short_date(i18n, at.date())),
                None => td_string!(i18n, pharmacy.not_read).to_owned(),
            }).map(|text| view! { <p class="soft">{text}</p> })}
            {move || (can_be_said && again.get()).then(|| view! { <OpinionForm case=id.clone() on_save=save/> })}
            <div class="acts">
                {href.filter(|_| !waits).map(|href| view! { <ButtonLink href>{td_string!(i18n, pharmacy.next)}</ButtonLink> })}
                {move || (can_be_said && !again.get()).then(|| view! {
                    <Button kind=Kind::Quiet on_press=move |()| again.set(true)>{td_string!(i18n, pharmacy.again)}</Button>
                })}
            </div>
        </article>
    }
}

/// What was said, the latest first.
#[component]
pub fn Said(
    /// The reviews, the oldest first.
    reviews: Vec<Review>,
) -> impl IntoView {
    let i18n = use_i18n();
    let said = move |review: Review| {
        view! { <li><b>{opinion_words(i18n, &review)}</b><div>{review.reason}</div></li> }
    };
    view! {
        <section class="stack close" data-testid="said">
            <h3>{td_string!(i18n, pharmacy.opinion)}</h3>
            <ul class="lines">{reviews.into_iter().rev().map(said).collect_view()}</ul>
        </section>
    }
}

fn facts(i18n: Language, case: &PrescriptionCase) -> Vec<Answer> {
    let missing = || td_string!(i18n, pharmacy.not_recorded).to_owned();
    let several = |texts: &[String]| match texts.is_empty() {
        true => missing(),
        false => words::list(i18n, texts.iter().map(String::as_str)),
    };
    let answer =
        |question: &str, answer: String| Answer { question: question.to_owned(), answer, change: None };
    let groups = case.groups.iter().map(|group| words::group(i18n, group));
    let known: Vec<String> = groups.chain(case.conditions.iter().cloned()).collect();
    let mut facts = vec![
        answer(td_string!(i18n, pharmacy.conditions), several(&known)),
        answer(td_string!(i18n, pharmacy.allergies), several(&case.allergies)),
        answer(td_string!(i18n, pharmacy.taken), several(&case.taken)),
    ];
    let expecting = expecting(i18n, case);
    facts.extend(expecting.map(|text| answer(td_string!(i18n, pharmacy.pregnancy), text)));
    let egfr = frozen_rate(i18n, &case.prescription);
    facts.extend(egfr.map(|egfr| answer(td_string!(i18n, pharmacy.kidneys), egfr)));
    let liver = Some(case.prescription.child_pugh.clone()).filter(|class| !class.is_empty());
    facts.extend(liver.map(|class| answer(td_string!(i18n, pharmacy.liver), class)));
    let catalog = use_replica().core().catalog();
    let place = catalog.institutions.get(&case.institution).map(|place| place.name.clone());
    let by = words::list(i18n, [Some(staff_name(&case.by)), place].into_iter().flatten());
    facts.push(answer(td_string!(i18n, pharmacy.prescriber), by));
    facts.push(answer(td_string!(i18n, pharmacy.signed), words::date_time(i18n, case.at)));
    facts
}
