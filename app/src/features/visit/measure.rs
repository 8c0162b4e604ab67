//! Pressure, pulse and weight on one keypad; what they amount to beside it.

use super::{
    draft::{Event, Field},
    page::Flow,
    plan::Amounts,
};
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Key, Keypad, Meter};
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
        Field::Weight => Some(Key::Point),
    });
    let press = move |key: Key| {
        let last = draft.with_untracked(|draft| draft.field == Field::Weight);
        if key == Key::Next && last { on_next() } else { flow.send(Event::Key(key)) }
    };
    view! {
        <div class="two">
            <div class="stack" id="pressure" tabindex="-1">
                <div class="meters">
                    <Meter label=td_string!(i18n, visit.pressure) unit=td_string!(i18n, visit.mmhg) value=pressure
                        active=active(Field::Pressure) hint unlikely on_choose=choose(Field::Pressure)/>
                    <Meter label=td_string!(i18n, visit.pulse) unit=td_string!(i18n, visit.per_minute)
                        value=derived(move || draft.with(|draft| draft.pulse.clone()))
                        active=active(Field::Pulse) on_choose=choose(Field::Pulse)/>
                    <Meter label=td_string!(i18n, visit.weight) unit=td_string!(i18n, visit.kg)
                        value=derived(move || draft.with(|draft| draft.weight.clone()))
                        active=active(Field::Weight) on_choose=choose(Field::Weight)/>
                </div>
                <Keypad label=td_string!(i18n, visit.keypad) back=td_string!(i18n, visit.backspace)
                    next=td_string!(i18n, visit.next_figure) extra on_key=press/>
            </div>
            <Amounts flow/>
        </div>
    }
}
