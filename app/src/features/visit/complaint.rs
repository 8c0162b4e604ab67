//! What is wrong: one field, what was understood of it, and the next best question.

use super::{
    asking::{Answered, AskingEvent, Heard, Mark, beside, heard},
    consult::Answer,
    draft::Event,
    findings::FindingsToTap,
    judged::RedFlags,
    page::Flow,
};
use crate::language::*;
use crate::reactive::{derived, memo, on_change};
use crate::ui::{Button, Kind, Notice, Segments, Show, Stand, TextField, TouchChip, TouchChips};
use crate::words;
use guide::{Question, State, Stop};
use leptos::prelude::*;

/// The section; one field where nobody complains.
#[component]
pub fn Complaint(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(flow.draft.with_untracked(|draft| draft.asking.text.clone()));
    on_change(move || text.get(), move |text| flow.send(Event::Asking(AskingEvent::Text(text.clone()))));
    let begun = memo(move || flow.draft.with(|draft| draft.asking.is_begun()));
    let unavailable = move || flow.consult.answer() == Answer::Unavailable;
    view! {
        <section class="sheet pad stack complaint">
            <TextField id="complaint" label=td_string!(i18n, complaint.title) hint=td_string!(i18n, complaint.hint)
                value=text/>
            <Understood flow/>
            <Preparing flow/>
            <Show when=unavailable><Notice>{td_string!(i18n, complaint.unavailable)}</Notice></Show>
            <RedFlags flow/>
            <Show when=move || begun.get()><NextQuestion flow/></Show>
            <Asked flow/>
            <FindingsToTap flow/>
        </section>
    }
}

/// That the knowledge is still being opened, and what can be done meanwhile.
#[component]
pub(super) fn Preparing(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || flow.consult.is_preparing()>
            <Notice title=td_string!(i18n, complaint.preparing)>{td_string!(i18n, complaint.preparing_why)}</Notice>
        </Show>
    }
}

/// Chips of what was understood; each can be corrected.
#[component]
fn Understood(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let all = memo(move || {
        let answer = flow.consult.answer();
        flow.draft.with(|draft| heard(&draft.asking, answer.advice()))
    });
    // Answers to questions have a list of their own, so that the question stays where the finger is.
    let chips = memo(move || {
        all.with(|all| all.iter().filter(|one| !one.asked).map(|one| chip(i18n, one)).collect::<Vec<_>>())
    });
    let press = move |finding: String| {
        let event =
            all.with_untracked(|all| all.iter().find(|one| one.finding == finding).map(Heard::pressed));
        if let Some(event) = event {
            flow.send(Event::Asking(event));
        }
    };
    let besides = memo(move || {
        let answer = flow.consult.answer();
        let found = answer.advice().map(|advice| {
            flow.draft.with(|draft| {
                let besides = beside(&draft.asking, advice).into_iter();
                let say = |one: super::asking::Beside| match one.measured {
                    true => td_string!(i18n, complaint.measured, name = one.name),
                    false => td_string!(i18n, complaint.recorded, name = one.name),
                };
                words::list(i18n, besides.map(say))
            })
        });
        found.unwrap_or_default()
    });
    view! {
        <Show when=move || chips.with(|chips| !chips.is_empty())>
            <div class="stack" data-testid="heard">
                <TouchChips label=td_string!(i18n, complaint.heard) chips on_press=press/>
                <p class="soft">{td_string!(i18n, complaint.heard_hint)}</p>
            </div>
        </Show>
        <Show when=move || besides.with(|words| !words.is_empty())>
            <p class="soft"><span>{td_string!(i18n, complaint.beside)}" "</span>{move || besides.get()}</p>
        </Show>
    }
}

fn chip(i18n: Language, heard: &Heard) -> TouchChip {
    let lasting = || heard.hours.map(|hours| words::decision::lasting(i18n, hours)).unwrap_or_default();
    let (stand, note) = match heard.mark {
        Mark::Present => (Stand::Held, lasting()),
        Mark::Absent => (Stand::Struck, td_string!(i18n, complaint.absent_word).to_owned()),
        Mark::Doubted => (Stand::Open, td_string!(i18n, complaint.doubted_word).to_owned()),
        Mark::NotSaid => (Stand::Gone, td_string!(i18n, complaint.not_said_word).to_owned()),
    };
    TouchChip { value: heard.finding.clone(), label: heard.name.clone(), note, stand }
}

/// The next best question, in plain words, with three answers.
#[component]
fn NextQuestion(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let question = memo(move || flow.consult.answer().advice().and_then(|advice| advice.question.clone()));
    let stop = memo(move || {
        let answer = flow.consult.answer();
        answer.advice().filter(|advice| !advice.causes.is_empty()).and_then(|advice| advice.stop)
    });
    let of = move |part: fn(&Question) -> &str| {
        question.with(|question| question.as_ref().map(|one| part(one).to_owned())).unwrap_or_default()
    };
    let answer = move |state: State| {
        let Some(Question { finding, name, .. }) = question.get_untracked() else { return };
        let answered = Answered { finding, name, state, asked: true };
        flow.send(Event::Asking(AskingEvent::Answer(answered)));
    };
    view! {
        <Show when=move || question.with(Option::is_some)>
            <div class="next-question" role="group" aria-labelledby="next-question" data-testid="question">
                <p class="soft">
                    {td_string!(i18n, complaint.question)}
                    {move || question.with(|one| one.as_ref().is_some_and(|one| one.look)).then(|| {
                        let mut words = " · ".to_owned();
                        words.push_str(td_string!(i18n, complaint.look));
                        words
                    })}
                </p>
                <p class="lead" id="next-question" aria-live="polite">{move || of(|question| &question.text)}</p>
                <div class="acts">
                    <Button kind=Kind::Quiet on_press=move |()| answer(State::Present)>{td_string!(i18n, complaint.yes)}</Button>
                    <Button kind=Kind::Quiet on_press=move |()| answer(State::Absent)>{td_string!(i18n, complaint.no)}</Button>
                    <Button kind=Kind::Line on_press=move |()| answer(State::Unknown)>{td_string!(i18n, complaint.unsure)}</Button>
                </div>
            </div>
        </Show>
        <p class="soft" role="status">
            {move || match (flow.consult.thinking.get(), stop.get()) {
                (true, _) if flow.consult.is_preparing() => "",
                (true, _) => td_string!(i18n, complaint.thinking),
                (false, Some(Stop::Confident)) => td_string!(i18n, complaint.stop_confident),
                (false, Some(Stop::NothingToAsk)) => td_string!(i18n, complaint.stop_nothing),
                (false, Some(Stop::Enough)) => td_string!(i18n, complaint.stop_enough),
                (false, None) => "",
            }}
        </p>
    }
}

/// The questions that were answered; each answer can be changed.
#[component]
fn Asked(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let count = memo(move || flow.draft.with(|draft| draft.asking.asked()));
    let findings = memo(move || {
        flow.draft.with(|draft| {
            let asked = draft.asking.answers.iter().filter(|known| known.asked);
            asked.map(|known| (known.finding.clone(), known.name.clone())).collect::<Vec<_>>()
        })
    });
    let row = move |(finding, name): (String, String)| {
        let options = vec![
            ("yes".to_owned(), td_string!(i18n, complaint.yes).to_owned()),
            ("no".to_owned(), td_string!(i18n, complaint.no).to_owned()),
            ("unsure".to_owned(), td_string!(i18n, complaint.unsure).to_owned()),
        ];
        let key = StoredValue::new((finding, name.clone()));
        let chosen = derived(move || {
            let state = key.with_value(|(finding, _)| {
                flow.draft.with(|draft| draft.asking.answer(finding).map(|known| known.state))
            });
            match state {
                Some(State::Present) => "yes",
                Some(State::Absent) => "no",
                Some(State::Unknown) => "unsure",
                None => "",
            }
            .to_owned()
        });
        let choose = move |value: String| {
            let (finding, name) = key.get_value();
            let state = match value.as_str() {
                "yes" => State::Present,
                "no" => State::Absent,
                _ => State::Unknown,
            };
            let answered = Answered { finding, name, state, asked: true };
            flow.send(Event::Asking(AskingEvent::Answer(answered)));
        };
        view! {
            <div class="answered"><span>{name.clone()}</span><Segments label=name options chosen on_choose=choose/></div>
        }
    };
    let said = memo(move || {
        flow.draft.with(|draft| {
            let asked = heard(&draft.asking, None).into_iter().filter(|one| one.asked);
            words::list(
                i18n,
                asked.map(|one| words::decision::known(i18n, one.name, one.mark == Mark::Absent)),
            )
        })
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <p class="soft">{move || said.get()}</p>
            <details class="reason" data-testid="asked">
                <summary>{move || td_string!(i18n, complaint.asked_open, count = count.get())}</summary>
                <div><For each=move || findings.get() key=|one| one.0.clone() children=row/></div>
            </details>
        </Show>
    }
}
