//! What the rules say, when next, and what the visit amounts to.

use super::{
    decide::Decide,
    draft::{Draft, Event, Place},
    judged::Judgement,
    outcome::{Judged, Outcome},
    page::{Flow, Stop},
};
use crate::language::*;
use crate::reactive::{derived, memo, on_change};
use crate::ui::{Advice, ButtonLink, Glyph, Kind, Notice, Segments, TextField, Tone, Why};
use crate::words;
use domain::{
    base::Date,
    care::{Disease, Followed},
    measurements::Urgency,
};
use leptos::prelude::*;

/// The step that shows the advice in full.
#[component]
pub fn Advise(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    // Whoever came without a complaint sees what the rules say, and nothing more.
    let asked = memo(move || {
        let about = flow.consult.answer().advice().is_some_and(|advice| !advice.red_flags.is_empty());
        about || flow.draft.with(|draft| draft.asking.is_begun() || !draft.danger_signs.is_empty())
    });
    view! {
        {move || match asked.get() {
            true => view! {
                <div class="two">
                    <div class="stack"><Judgement flow/></div>
                    <div class="stack"><AdviceCard flow/><Decide flow/><Record flow/></div>
                </div>
            }
            .into_any(),
            false => view! { <div class="two"><AdviceCard flow/><Record flow/></div> }.into_any(),
        }}
    }
}

/// Advice and record, as the steps before show them at the side.
#[component]
pub fn Amounts(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    view! { <div class="stack"><AdviceCard flow/><Record flow/></div> }
}

#[component]
fn AdviceCard(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let card = move |outcome: Outcome| {
        let judged = outcome.judged;
        let lacks = judged.lacks_fasting_glucose.then(|| view! { <NoGlucose/> });
        let all = judged.follow_ups();
        let (Some(result), Some(next)) = (all.weightiest(), all.soonest()) else { return lacks.into_any() };
        let (reasons, source) = words::explain(i18n, &all.reasons());
        let (title, urgency) = (words::action(i18n, result.action), words::urgency(i18n, result.urgency));
        let (tone, call) = (words::tone(result.urgency), *result.urgency >= Urgency::Ambulance);
        let class = |(disease, found): (Disease, Followed<'_>)| {
            format!("{} · {}", words::disease(i18n, &disease), words::class(i18n, found.class))
        };
        let classes: Vec<String> = all.each().map(class).collect();
        let due = words::date(i18n, next.next_due);
        let (why, rule) =
            (words::reason(i18n, &next.next_due_reason.code), words::rule(i18n, &next.next_due_reason.rule));
        view! {
            <Advice tone title reasons>
                <p>{urgency}</p>
                {classes.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                {call.then(|| view! {
                    <ButtonLink href="tel:120" kind=Kind::Risk icon=Glyph::Phone>{td_string!(i18n, visit.call_120)}</ButtonLink>
                })}
                <p data-testid="next-due"><b>{td_string!(i18n, words.next_by, date = due)}</b></p>
                <Why ask=td_string!(i18n, common.why) reasons=vec![why] source=rule/>
                <p data-testid="source">{source}</p>
            </Advice>
            {lacks}
        }
        .into_any()
    };
    let unowed = move || flow.draft.with(Draft::goes_without_pressure);
    view! {
        {move || match flow.outcome.get() {
            Ok(outcome) => card(outcome),
            Err(Stop::NoPressure) if unowed() => ().into_any(),
            Err(Stop::NoPressure) => view! { <p class="soft">{td_string!(i18n, visit.no_advice)}</p> }.into_any(),
            Err(Stop::Rule) => view! { <Notice tone=Tone::Care>{td_string!(i18n, visit.rule_missing)}</Notice> }.into_any(),
        }}
    }
}

/// Without a fasting glucose nobody can say how the diabetes is.
#[component]
fn NoGlucose() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Notice tone=Tone::Care>{td_string!(i18n, visit.no_fasting_glucose)}</Notice> }
}

/// What will be recorded, used up and claimed.
#[component]
pub fn Record(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let kept = move || flow.draft.with(|draft| draft.asking.is_begun());
    let by_phone = move || flow.draft.with(|draft| draft.place == Place::Phone);
    view! {
        {move || flow.outcome.get().ok().map(|outcome| view! {
            <section class="sheet pad stack" data-testid="will-record">
                <h2>{td_string!(i18n, visit.will_record)}</h2>
                {kept().then(|| view! { <p>{td_string!(i18n, complaint.will_record)}</p> })}
                <Sum next=outcome.judged.next(flow.draft.with(|draft| draft.agreed)) outcome/>
                {by_phone().then(|| view! { <p class="soft">{td_string!(i18n, visit.phone_uses_nothing)}</p> })}
            </section>
        })}
    }
}

/// The lines of an outcome: form, items, points, next date.
#[component]
pub fn Sum(
    /// What it amounts to.
    outcome: Outcome,
    /// When the next visit is, unless that is said elsewhere.
    next: Option<Date>,
) -> impl IntoView {
    let i18n = use_i18n();
    let items = outcome.used.iter().map(|used| {
        td_string!(
            i18n,
            visit.used,
            title = words::of_pack(i18n, &used.title),
            number = used.number,
            owed = used.owed
        )
    });
    let items: Vec<String> = items.collect();
    let points = outcome.claim.as_ref().map(|(_, score)| {
        let factors: Vec<String> = score
            .coefficients
            .iter()
            .filter(|found| found.counted)
            .map(|found| format!("{} {}", words::of_pack(i18n, &found.title), factor(found.factor)))
            .collect();
        let words = match factors.is_empty() {
            true => td_string!(i18n, visit.points, title = words::of_pack(i18n, &score.title)),
            false => td_string!(
                i18n,
                visit.points_by,
                title = words::of_pack(i18n, &score.title),
                coefficients = factors.join(" × ")
            ),
        };
        (words, td_string!(i18n, visit.points_value, points = score.points.to_string()))
    });
    let is_empty =
        items.is_empty() && points.is_none() && next.is_none() && outcome.judged == Judged::default();
    if is_empty {
        return ().into_any();
    }
    let forms: Vec<_> = outcome
        .judged
        .follow_ups()
        .each()
        .map(|(disease, found)| {
            view! { <span>{words::form(i18n, &disease)}</span><b>{words::class(i18n, found.class)}</b> }
        })
        .collect();
    view! {
        <div class="sum">
            {forms}
            {items.into_iter().map(|words| view! { <span>{words}</span><b>{td_string!(i18n, visit.used_value)}</b> }).collect_view()}
            {points.map(|(words, value)| view! { <span>{words}</span><b>{value}</b> })}
            {next.map(|next| view! { <span class="rule"></span><span>{td_string!(i18n, visit.next_date)}</span><b>{words::date(i18n, next)}</b> })}
        </div>
    }
    .into_any()
}

/// Writes basis points as a factor: 13000 is 1.3.
fn factor(basis_points: u32) -> String {
    let text = format!("{}.{:04}", basis_points / 10_000, basis_points % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The step that agrees when next.
#[component]
pub fn PlanStep(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let from = draft.with_untracked(|draft| draft.started.date());
    let offers = [
        (7, td_string!(i18n, visit.agree_week)),
        (14, td_string!(i18n, visit.agree_fortnight)),
        (30, td_string!(i18n, visit.agree_month)),
    ];
    let due = move || flow.outcome.get().ok().and_then(|outcome| outcome.judged.next(None));
    let options = derived(move || {
        // Only dates before the norm's can be agreed; a later one would count for nothing.
        let earlier =
            offers.into_iter().filter(|(days, _)| due().is_none_or(|due| from.add_days(*days) < due));
        let norm = (String::new(), td_string!(i18n, visit.agree_norm).to_owned());
        std::iter::once(norm)
            .chain(earlier.map(|(days, words)| (days.to_string(), words.to_owned())))
            .collect::<Vec<_>>()
    });
    let chosen = derived(move || {
        draft.with(|draft| draft.agreed.map(|date| from.days_until(date).to_string()).unwrap_or_default())
    });
    let agree =
        move |value: String| flow.send(Event::Agree(value.parse().ok().map(|days| from.add_days(days))));
    let note = RwSignal::new(draft.with_untracked(|draft| draft.note.clone()));
    on_change(move || note.get(), move |text| flow.send(Event::Note(text.clone())));
    view! {
        <div class="two">
            <div class="stack">
                <section class="sheet pad stack">
                    <h2>{td_string!(i18n, visit.next_visit)}</h2>
                    <p class="lead">{move || due().map(|due| td_string!(i18n, words.next_by, date = words::date(i18n, due)))}</p>
                    <Segments label=td_string!(i18n, visit.agree) options chosen on_choose=agree/>
                </section>
                <section class="sheet pad stack">
                    <TextField id="note" label=td_string!(i18n, visit.note) hint=td_string!(i18n, visit.note_hint) value=note/>
                </section>
            </div>
            <Amounts flow/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::factor;

    #[test]
    fn factors_read_as_people_write_them() {
        assert_eq!(factor(13_000), "1.3");
        assert_eq!(factor(10_000), "1");
        assert_eq!(factor(12_550), "1.255");
    }
}
