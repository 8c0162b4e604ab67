//! What was found about one medicine, and what the doctor answers: change it, or say why not.

use super::{Desk, look_at, patient::body};
use crate::features::body::{focus_of, lines};
use crate::features::visit::prescribing::{Answered, PrescribingEvent, Standing, kind_code};
use crate::language::*;
use crate::reactive::{derived, memo, on_change};
use crate::replica::random_id;
use crate::ui::{Advice, Button, Chip, Chips, Glyph, Icon, KeyedRow, Kind, TextField, Tone, Why, keyed_rows};
use crate::words::{decision, prescription::reasons};
use guide::{FlagKind, FlagLevel};
use leptos::prelude::*;

/// The warnings that are shown at a line, the weightiest first.
#[component]
pub(super) fn Warnings(desk: Desk, id: String) -> impl IntoView {
    let standing = memo(move || {
        desk.flow.draft.with(|draft| {
            let place = draft.prescribing.line(&id).map(|(place, _)| place);
            let all = draft.prescribing.standing().into_iter();
            all.filter(|standing| Some(standing.line) == place)
                .map(|standing| (id.clone(), standing))
                .collect::<Vec<_>>()
        })
    });
    let rows = move || {
        let row = |(id, standing): (String, Standing)| {
            let key =
                format!("{} {} {:?}", kind_code(standing.flag.kind), standing.flag.what, standing.medicines);
            KeyedRow::new(key, move || view! { <Warning desk id standing/> }.into_any())
        };
        standing.get().into_iter().map(row).collect()
    };
    keyed_rows(rows)
}

#[component]
fn Warning(desk: Desk, id: String, standing: Standing) -> impl IntoView {
    let i18n = use_i18n();
    let flag = standing.flag.clone();
    let level = match flag.level {
        FlagLevel::Inform => "inform",
        FlagLevel::Warn => "warn",
        FlagLevel::Stop => "stop",
    };
    let instead =
        (!flag.instead.is_empty()).then(|| td_string!(i18n, prescribe.instead, words = flag.instead.clone()));
    let known = known(desk, i18n, flag.kind);
    let why: Vec<String> =
        Some(flag.why.clone()).filter(|why| !why.is_empty()).into_iter().chain(known.clone()).collect();
    // What could not be checked can be typed.
    let lacks = (known.is_none()).then(|| focus_of(flag.kind)).flatten();
    let fill = lacks.map(|field| view! {
        <div><Button kind=Kind::Quiet icon=Glyph::Pen on_press=move |()| open_body(field)>{fill_words(i18n, flag.kind)}</Button></div>
    });
    let cited = decision::sourced(i18n, flag.source.as_ref());
    let body = match flag.level {
        FlagLevel::Inform => view! {
            <div class="told">
                <Icon name=Glyph::Info/>
                <div>
                    <p>{flag.what.clone()}</p>
                    {instead.map(|words| view! { <p>{words}</p> })}
                    <Why ask=td_string!(i18n, common.why) reasons=why source=cited/>
                    {fill}
                </div>
            </div>
        }
        .into_any(),
        FlagLevel::Warn | FlagLevel::Stop => {
            let stop = flag.level == FlagLevel::Stop;
            let tone = if stop { Tone::Life } else { Tone::Care };
            let ask = if stop { td_string!(i18n, prescribe.stop) } else { td_string!(i18n, prescribe.warn) };
            view! {
                <Advice tone title=flag.what.clone() reasons=why>
                    <p><b>{ask}</b></p>
                    {instead.map(|words| view! { <p>{words}</p> })}
                    <Why ask=td_string!(i18n, prescribe.source) reasons=Vec::new() source=cited/>
                    {fill}
                </Advice>
                <Answer desk id standing stop/>
            }
            .into_any()
        }
    };
    view! { <div class="stack close" data-flag=level>{body}</div> }
}

/// Says what is known of the body that a check asked for, with its day.
fn known(desk: Desk, i18n: Language, kind: FlagKind) -> Option<String> {
    let flow = desk.flow;
    let body = flow.draft.with_untracked(|draft| flow.file.with_value(|file| body(file, draft)));
    let line = lines(i18n, &body).into_iter().find(|line| line.kind == kind)?;
    Some(td_string!(i18n, body.known_line, question = line.question, answer = line.answer))
}

/// Opens the fields of the body at one of them.
fn open_body(field: &str) {
    if let Some(body) = document().get_element_by_id("body") {
        // Without the attribute the field stays closed and the page goes there all the same.
        drop(body.set_attribute("open", ""));
    }
    look_at(field);
}

fn fill_words(i18n: Language, kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Hepatic => td_string!(i18n, body.fill_liver),
        FlagKind::Pregnancy => td_string!(i18n, body.fill_pregnancy),
        _ => td_string!(i18n, body.fill_kidneys),
    }
}

/// Change it, or say why not.
#[component]
fn Answer(desk: Desk, id: String, standing: Standing, stop: bool) -> impl IntoView {
    let i18n = use_i18n();
    let id = StoredValue::new(id);
    let to = Answered {
        kind: kind_code(standing.flag.kind).to_owned(),
        what: standing.flag.what.clone(),
        medicines: standing.medicines.clone(),
        reason: String::new(),
    };
    let known = to.clone();
    let reason = memo(move || {
        desk.flow.draft.with(|draft| {
            let mut all = draft.prescribing.answers.iter();
            all.find(|answer| answer.is_to_the_same(&known))
                .map(|answer| answer.reason.clone())
                .unwrap_or_default()
        })
    });
    let give = move |reason: String| {
        desk.send(PrescribingEvent::Answer(Answered { reason, ..to.clone() }));
    };
    let text = RwSignal::new(reason.get_untracked());
    let typed = give.clone();
    on_change(
        move || text.get(),
        move |now| {
            if reason.with_untracked(|reason| reason != now) {
                typed(now.clone());
            }
        },
    );
    let usual = reasons(i18n);
    let options: Vec<Chip> = usual.iter().map(|reason| Chip::new(reason.clone(), reason.clone())).collect();
    let chosen = derived(move || vec![reason.get()]);
    let tap = move |tapped: String| {
        text.set(if reason.with_untracked(|reason| *reason == tapped) { String::new() } else { tapped });
    };
    let (label, hint) = match stop {
        true => (td_string!(i18n, prescribe.answer_stop), td_string!(i18n, prescribe.answer_stop_hint)),
        false => (td_string!(i18n, prescribe.answer_own), ""),
    };
    let name =
        move || id.with_value(|id| untrack(|| desk.line(id))).map(|line| line.name).unwrap_or_default();
    view! {
        <div class="stack close answer">
            <div class="acts">
                <Button kind=Kind::Quiet icon=Glyph::Pen on_press=move |()| desk.open.set(id.get_value())>
                    {td_string!(i18n, prescribe.answer_change)}
                </Button>
                <Button kind=Kind::Quiet icon=Glyph::Trash on_press=move |()| id.with_value(|id| desk.remove(i18n, id))>
                    {td_string!(i18n, prescribe.answer_remove, name = name())}
                </Button>
            </div>
            {(!stop).then(|| view! {
                <p>{td_string!(i18n, prescribe.answer_all_the_same)}</p>
                <Chips label=td_string!(i18n, prescribe.answer_all_the_same) options=options.clone() chosen on_toggle=tap/>
            })}
            <TextField id=format!("reason-{}", random_id()) label hint value=text/>
        </div>
    }
}
