//! What decision support makes of a complaint: red flags, how urgent, which causes, why.

use super::{
    asking::{AskingEvent, CAUSES_SHOWN},
    complaint::Preparing,
    consult::Answer,
    draft::Event,
    page::Flow,
};
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::ui::{
    Advice as Block, ButtonLink, Chip, Chips, Glyph, KeyedRow, Kind, Notice, Show, Tag, Tone, Why, keyed_rows,
};
use crate::words::{self, decision};
use documents::Diagnosis;
use guide::{Cause, Level, RedFlag, Verdict};
use leptos::prelude::*;

/// Red flags that fire: what, because of what, from which source, and the call.
#[component]
pub fn RedFlags(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let flags = memo(move || {
        let answer = flow.consult.answer();
        answer.advice().map(|advice| advice.red_flags.clone()).unwrap_or_default()
    });
    let flag = move |flag: RedFlag| {
        let RedFlag { name, reason, level, findings, source, .. } = flag;
        let mut title = name;
        title.push_str(" · ");
        title.push_str(decision::level(i18n, level));
        let because = td_string!(i18n, complaint.flag_findings, names = words::list(i18n, findings));
        let source = source.map(|source| decision::cited(i18n, &source)).unwrap_or_default();
        view! {
            <Block tone=decision::flag_tone(level) title reasons=vec![reason, because]>
                {(level == Level::Ambulance).then(|| view! {
                    <ButtonLink href="tel:120" kind=Kind::Risk icon=Glyph::Phone>{td_string!(i18n, complaint.call_120)}</ButtonLink>
                })}
                <p>{source}</p>
            </Block>
        }
    };
    let rows = move || {
        let rows = flags.get().into_iter().map(|one| {
            let key = one.findings.iter().fold(one.id.clone(), |key, finding| key + " " + finding);
            KeyedRow::new(key, move || flag(one).into_any())
        });
        rows.collect()
    };
    view! {
        <Show when=move || flags.with(|flags| !flags.is_empty())>
            <div class="stack" data-testid="red-flags">{keyed_rows(rows)}</div>
        </Show>
    }
}

/// Everything that is made of the complaint.
#[component]
pub fn Judgement(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let begun = memo(move || flow.draft.with(|draft| draft.asking.is_begun()));
    let unavailable = move || flow.consult.answer() == Answer::Unavailable;
    let judged = memo(move || {
        let answer = flow.consult.answer();
        // Without a complaint only red flags are worth a word.
        answer.advice().is_some_and(|advice| begun.get() || !advice.causes.is_empty())
    });
    view! {
        <Preparing flow/>
        <Show when=unavailable><Notice>{td_string!(i18n, complaint.unavailable)}</Notice></Show>
        <RedFlags flow/>
        <Show when=move || judged.get()>
            <Urgency flow/>
            <Causes flow/>
        </Show>
    }
}

/// The same as it emerges, beside the questions where there is room for it.
#[component]
pub fn Emerging(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let has_causes = memo(move || {
        let answer = flow.consult.answer();
        answer.advice().is_some_and(|advice| !advice.causes.is_empty())
    });
    view! { <Show when=move || has_causes.get()><div class="stack only-beside"><Urgency flow/><Causes flow/></div></Show> }
}

/// How urgent, and why.
#[component]
fn Urgency(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let norm = memo(move || {
        let outcome = flow.outcome.get().ok()?;
        outcome.judged.follow_ups().weightiest().map(|found| found.urgency.clone())
    });
    let level = memo(move || {
        let answer = flow.consult.answer();
        answer.advice().map(|advice| norm.with(|norm| decision::urged(advice, norm.as_ref())))
    });
    let reasons = derived(move || {
        let answer = flow.consult.answer();
        let reasons = answer
            .advice()
            .map(|advice| norm.with(|norm| decision::level_reasons(i18n, advice, norm.as_ref())));
        reasons.unwrap_or_default()
    });
    let version = derived(move || {
        let answer = flow.consult.answer();
        answer
            .advice()
            .map(|advice| decision::sources(i18n, [].iter(), &advice.knowledge))
            .unwrap_or_default()
    });
    let tone = move || level.get().map_or(Tone::Calm, decision::level_tone);
    view! {
        <section class="sheet pad level" data-testid="level">
            <p class="soft">{td_string!(i18n, complaint.level_title)}</p>
            <p class=move || { let mut class = "lead ".to_owned(); class.push_str(tone().class()); class }>
                <b>{move || level.get().map(|level| decision::level(i18n, level))}</b>
            </p>
            <Why ask=td_string!(i18n, complaint.why_level) reasons source=version/>
        </section>
    }
}

/// The causes in order, what must not be missed besides, and what remains.
#[component]
fn Causes(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let shown = memo(move || {
        let answer = flow.consult.answer();
        let ids = answer.advice().map(|advice| ids(advice.causes.iter().take(CAUSES_SHOWN)));
        ids.unwrap_or_default()
    });
    let besides = memo(move || {
        let answer = flow.consult.answer();
        let ids = answer.advice().map(|advice| ids(advice.must_not_miss.iter()));
        let mut ids = ids.unwrap_or_default();
        shown.with(|shown| ids.retain(|id| !shown.contains(id)));
        ids
    });
    let unlisted = memo(move || flow.consult.answer().advice().map_or(0, |advice| advice.unlisted));
    let open = memo(move || {
        let answer = flow.consult.answer();
        answer.advice().is_some_and(|advice| advice.verdict == Verdict::CannotTell)
    });
    let rows = move |ids: Memo<Vec<String>>, why: bool| {
        keyed_rows(move || {
            let rows = ids.get().into_iter();
            rows.map(|id| KeyedRow::new(id.clone(), move || view! { <CauseRow flow id why/> }.into_any()))
                .collect()
        })
    };
    view! {
        <section class="sheet pad stack" data-testid="causes">
            <h2>{td_string!(i18n, complaint.causes)}</h2>
            <Show when=move || open.get()>
                <Notice tone=Tone::Care title=td_string!(i18n, complaint.cannot_tell)>
                    {td_string!(i18n, complaint.cannot_tell_why)}
                </Notice>
            </Show>
            <Show when=move || shown.with(Vec::is_empty)><p class="soft">{td_string!(i18n, complaint.no_causes)}</p></Show>
            <div class="causes">{rows(shown, true)}</div>
            <Show when=move || { unlisted.get() > 0 && shown.with(|shown| !shown.is_empty()) }>
                <p class="soft">
                    {move || td_string!(i18n, complaint.unlisted, percent = words::decision::whole_percent(unlisted.get()))}
                </p>
            </Show>
            <Show when=move || besides.with(|ids| !ids.is_empty())>
                <h3>{td_string!(i18n, complaint.must_not_miss)}</h3>
            </Show>
            <div class="causes">{rows(besides, false)}</div>
        </section>
    }
}

fn ids<'a>(causes: impl Iterator<Item = &'a Cause>) -> Vec<String> {
    causes.map(|cause| cause.id.clone()).collect()
}

/// One cause: how likely, what speaks for and against it, and the way to decide on it.
#[component]
fn CauseRow(flow: Flow, id: String, why: bool) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(id.clone());
    let cause = memo(move || {
        let answer = flow.consult.answer();
        let advice = answer.advice()?;
        let all = advice.causes.iter().take(CAUSES_SHOWN).chain(&advice.must_not_miss);
        key.with_value(|id| all.into_iter().find(|cause| cause.id == *id).cloned())
    });
    let knowledge = move || {
        let answer = flow.consult.answer();
        answer.advice().map(|advice| advice.knowledge.clone()).unwrap_or_default()
    };
    let name = cause.with_untracked(|cause| cause.as_ref().map(|cause| cause.name.clone()));
    let name = name.unwrap_or_default();
    let must = memo(move || cause.with(|cause| cause.as_ref().is_some_and(|cause| cause.must_not_miss)));
    let likely = derived(move || {
        cause
            .with(|cause| cause.as_ref().map(|cause| decision::likely(i18n, cause.permille)))
            .unwrap_or_default()
    });
    let reasons = derived(move || {
        let says = cause.with(|cause| {
            let says = cause.as_ref().map(|cause| cause.says.as_slice()).unwrap_or_default();
            says.iter().map(|one| decision::says(i18n, one)).collect::<Vec<_>>()
        });
        match says.is_empty() {
            true => vec![td_string!(i18n, complaint.no_says).to_owned()],
            false => says,
        }
    });
    let source = derived(move || {
        let knowledge = knowledge();
        cause.with(|cause| {
            let says = cause.as_ref().map(|cause| cause.says.as_slice()).unwrap_or_default();
            decision::sources(i18n, says.iter().filter_map(|one| one.source.as_ref()), &knowledge)
        })
    });
    let chosen = derived(move || {
        flow.draft.with(|draft| draft.asking.chosen.iter().map(|known| known.id.clone()).collect::<Vec<_>>())
    });
    let choose = move |_: String| {
        let decided = cause.with_untracked(|cause| {
            cause.as_ref().map(|cause| Diagnosis {
                id: cause.id.clone(),
                name: cause.name.clone(),
                icd10: cause.icd10.first().cloned().unwrap_or_default(),
            })
        });
        if let Some(decided) = decided {
            flow.send(Event::Asking(AskingEvent::Choose(decided)));
        }
    };
    let option = vec![Chip::new(id, td_string!(i18n, complaint.choose))];
    let label = td_string!(i18n, complaint.choose_name, name = name.clone());
    view! {
        <article class="cause">
            <div>
                <h3>{name}<Show when=move || must.get()><Tag tone=Tone::Care text=td_string!(i18n, complaint.must_not_miss_tag)/></Show></h3>
                <p class="soft">{likely}</p>
            </div>
            <Chips label options=option chosen on_toggle=choose/>
            {why.then(|| view! { <Why ask=td_string!(i18n, complaint.why) reasons source/> })}
        </article>
    }
}
