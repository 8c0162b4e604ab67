//! Pressure, glucose, vital signs and weight on one keypad; what they amount to beside it.

use super::{
    draft::{Draft, Event, Field},
    page::Flow,
    plan::Amounts,
};
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::replica::files::ResidentFile;
use crate::ui::{Button, Glyph, Key, Keypad, Kind, Meter, Segments, Show};
use domain::measurements::Vital;
use leptos::prelude::*;

/// The step.
#[component]
pub fn Measure(
    /// The visit.
    flow: Flow,
    /// Called when the last figure is done.
    on_next: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let fields = memo(move || draft.with(Draft::fields));
    let more = memo(move || draft.with(Draft::shows_more));
    let has_glucose = memo(move || fields.with(|fields| fields.contains(&Field::Glucose)));
    let extra = derived(move || match draft.with(|draft| draft.field) {
        Field::Pressure => Some(Key::Slash),
        Field::Pulse | Field::Respiration | Field::Spo2 => None,
        Field::Glucose | Field::Weight | Field::Temperature => Some(Key::Point),
    });
    let press = move |key: Key| {
        let last = draft.with_untracked(Draft::is_at_last_field);
        if key == Key::Next && last { on_next() } else { flow.send(Event::Key(key)) }
    };
    view! {
        <div class="two">
            <div class="stack" id="pressure" tabindex="-1">
                <div class="meters">
                    {move || fields.get().into_iter().map(|field| view! { <Figure flow field/> }).collect_view()}
                </div>
                <Show when=move || has_glucose.get()><Timing flow/></Show>
                <Keypad label=td_string!(i18n, visit.keypad) back=td_string!(i18n, visit.backspace)
                    next=td_string!(i18n, visit.next_figure) extra on_key=press/>
                <Show when=move || !more.get()>
                    <Button kind=Kind::Quiet icon=Glyph::Plus on_press=move |()| flow.send(Event::More)>
                        {move || td_string!(i18n, visit.more_figures)}
                    </Button>
                </Show>
            </div>
            <Amounts flow/>
        </div>
    }
}

/// One figure, with the last one and a doubt where it is unlikely.
#[component]
fn Figure(flow: Flow, field: Field) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let (label, unit) = match field {
        Field::Pressure => (td_string!(i18n, visit.pressure), td_string!(i18n, visit.mmhg)),
        Field::Glucose => (td_string!(i18n, visit.glucose), td_string!(i18n, visit.mmol)),
        Field::Pulse => (td_string!(i18n, visit.pulse), td_string!(i18n, visit.per_minute)),
        Field::Weight => (td_string!(i18n, visit.weight), td_string!(i18n, visit.kg)),
        Field::Temperature => (td_string!(i18n, visit.temperature), td_string!(i18n, visit.celsius)),
        Field::Respiration => (td_string!(i18n, visit.respiration), td_string!(i18n, visit.per_minute)),
        Field::Spo2 => (td_string!(i18n, visit.spo2), td_string!(i18n, visit.per_cent)),
    };
    let value = derived(move || draft.with(|draft| typed(draft, field)));
    let unlikely = derived(move || draft.with(|draft| is_unlikely(draft, field)));
    let last = flow.file.with_value(|file| last(file, field));
    let last = last.map(|value| td_string!(i18n, visit.last, value = value)).unwrap_or_default();
    let hint = derived(move || match unlikely.get() {
        true => td_string!(i18n, visit.unlikely).to_owned(),
        false => last.clone(),
    });
    view! {
        <Meter label unit value active=derived(move || draft.with(|draft| draft.field == field)) hint unlikely
            on_choose=Callback::new(move |()| flow.send(Event::Choose(field)))/>
    }
}

fn typed(draft: &Draft, field: Field) -> String {
    match field {
        Field::Pressure if draft.pressure.is_empty() => String::new(),
        Field::Pressure => {
            let mut text = draft.pressure.upper().to_owned();
            text.push('/');
            text.push_str(draft.pressure.lower());
            text
        }
        Field::Glucose => draft.glucose.clone(),
        Field::Pulse => draft.pulse.clone(),
        Field::Weight => draft.weight.clone(),
        Field::Temperature => draft.temperature.clone(),
        Field::Respiration => draft.respiration.clone(),
        Field::Spo2 => draft.spo2.clone(),
    }
}

fn is_unlikely(draft: &Draft, field: Field) -> bool {
    let vital = match field {
        Field::Pressure => return draft.measured().is_ok_and(|pressure| !pressure.unlikely().is_empty()),
        Field::Glucose => {
            return draft.judged_glucose().is_some_and(|found| found.unlikely().is_some());
        }
        Field::Weight => return false,
        Field::Pulse => Vital::Pulse,
        Field::Temperature => Vital::Temperature,
        Field::Respiration => Vital::Respiration,
        Field::Spo2 => Vital::Spo2,
    };
    let figure = draft.vital(vital).ok().flatten();
    // One digit is only begun.
    draft.typed(vital).len() > 1 && figure.is_some_and(|figure| vital.is_unlikely(figure))
}

/// Returns the last pressure or glucose on record, which today's is compared with.
fn last(file: &ResidentFile, field: Field) -> Option<String> {
    let mut visits = file.record.standing_visits().rev();
    match field {
        Field::Pressure => visits.find_map(|visit| visit.pressure()).map(|pressure| pressure.to_string()),
        Field::Glucose => {
            visits.find_map(|visit| visit.glucose.clone()).map(|found| found.glucose.to_string())
        }
        _ => None,
    }
}

/// How the glucose lies to meals; asked once there is one.
#[component]
fn Timing(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let options = vec![
        ("yes".to_owned(), td_string!(i18n, visit.fasting_yes).to_owned()),
        ("no".to_owned(), td_string!(i18n, visit.fasting_no).to_owned()),
    ];
    let chosen = derived(move || {
        let words = |fasting| if fasting { "yes" } else { "no" };
        draft.with(|draft| draft.fasting.map(words).unwrap_or_default().to_owned())
    });
    view! {
        <div id="glucose" tabindex="-1">
            <Show when=move || draft.with(|draft| !draft.glucose.is_empty())>
                <Segments label=td_string!(i18n, visit.fasting) options=options.clone() chosen
                    on_choose=move |value: String| flow.send(Event::Fasting(value == "yes"))/>
            </Show>
        </div>
    }
}
