//! Pressure, glucose, pulse and weight on one keypad; what they amount to beside it.

use super::{
    draft::{Draft, Event, Field},
    page::Flow,
    plan::Amounts,
};
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Key, Keypad, Meter, Segments, Show};
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
    let active = move |field: Field| derived(move || draft.with(|draft| draft.field == field));
    let choose = move |field: Field| Callback::new(move |()| flow.send(Event::Choose(field)));
    let pressure = derived(move || {
        draft.with(|draft| {
            let (upper, lower) = (draft.pressure.upper(), draft.pressure.lower());
            if draft.pressure.is_empty() { String::new() } else { format!("{upper}/{lower}") }
        })
    });
    let asks_glucose = draft.with_untracked(Draft::asks_glucose);
    let unlikely = derived(move || {
        draft.with(|draft| draft.measured().is_ok_and(|pressure| !pressure.unlikely().is_empty()))
    });
    let last =
        flow.file.with_value(|file| file.record.standing_visits().rev().find_map(|visit| visit.pressure()));
    let last =
        last.map(|pressure| td_string!(i18n, visit.last, value = pressure.to_string())).unwrap_or_default();
    let hint =
        derived(
            move || {
                if unlikely.get() { td_string!(i18n, visit.unlikely).to_owned() } else { last.clone() }
            },
        );
    let extra = derived(move || match draft.with(|draft| draft.field) {
        Field::Pressure => Some(Key::Slash),
        Field::Pulse => None,
        Field::Glucose | Field::Weight => Some(Key::Point),
    });
    let press = move |key: Key| {
        let last = draft.with_untracked(Draft::is_at_last_field);
        if key == Key::Next && last { on_next() } else { flow.send(Event::Key(key)) }
    };
    view! {
        <div class="two">
            <div class="stack" id="pressure" tabindex="-1">
                <div class="meters">
                    <Meter label=td_string!(i18n, visit.pressure) unit=td_string!(i18n, visit.mmhg) value=pressure
                        active=active(Field::Pressure) hint unlikely on_choose=choose(Field::Pressure)/>
                    {asks_glucose.then(|| view! { <GlucoseMeter flow/> })}
                    <Meter label=td_string!(i18n, visit.pulse) unit=td_string!(i18n, visit.per_minute)
                        value=derived(move || draft.with(|draft| draft.pulse.clone()))
                        active=active(Field::Pulse) on_choose=choose(Field::Pulse)/>
                    <Meter label=td_string!(i18n, visit.weight) unit=td_string!(i18n, visit.kg)
                        value=derived(move || draft.with(|draft| draft.weight.clone()))
                        active=active(Field::Weight) on_choose=choose(Field::Weight)/>
                </div>
                {asks_glucose.then(|| view! { <Timing flow/> })}
                <Keypad label=td_string!(i18n, visit.keypad) back=td_string!(i18n, visit.backspace)
                    next=td_string!(i18n, visit.next_figure) extra on_key=press/>
            </div>
            <Amounts flow/>
        </div>
    }
}

/// The glucose of a resident with diabetes.
#[component]
fn GlucoseMeter(flow: Flow) -> impl IntoView {
    let i18n = use_i18n();
    let draft = flow.draft;
    let unlikely = derived(move || {
        draft.with(|draft| {
            draft.glucose().is_ok_and(|found| found.is_some_and(|found| found.unlikely().is_some()))
        })
    });
    let last = flow
        .file
        .with_value(|file| file.record.standing_visits().rev().find_map(|visit| visit.glucose.clone()));
    let last =
        last.map(|found| td_string!(i18n, visit.last, value = found.glucose.to_string())).unwrap_or_default();
    let hint = derived(move || match unlikely.get() {
        true => td_string!(i18n, visit.unlikely).to_owned(),
        false => last.clone(),
    });
    view! {
        <Meter label=td_string!(i18n, visit.glucose) unit=td_string!(i18n, visit.mmol)
            value=derived(move || draft.with(|draft| draft.glucose.clone()))
            active=derived(move || draft.with(|draft| draft.field == Field::Glucose)) hint unlikely
            on_choose=Callback::new(move |()| flow.send(Event::Choose(Field::Glucose)))/>
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
