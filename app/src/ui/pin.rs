//! Entering a PIN. The digits are never in the page, only how many there are.

use super::{Key, Keypad};
use crate::reactive::derived;
use leptos::prelude::*;

/// Shows how many digits have been entered.
#[component]
pub fn PinDots(
    /// How many are entered.
    #[prop(into)]
    filled: Signal<usize>,
    /// How many there are in all.
    #[prop(default = 6)]
    total: usize,
    /// Whether the last entry was wrong.
    #[prop(optional, into)]
    wrong: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="pin" class:wrong=wrong aria-hidden="true">
            {(0..total).map(|place| view! { <i class:full=move || place < filled.get()></i> }).collect_view()}
        </div>
    }
}

/// Dots and keypad; reports the PIN when it is complete, then forgets it.
#[component]
pub fn PinPad(
    /// What is asked.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the backspace key for readers.
    #[prop(into)]
    back: Signal<String>,
    /// What readers hear after each digit, for example "3 of 6".
    #[prop(into)]
    words: Callback<(usize, usize), String>,
    /// What was wrong with the last entry; empty when nothing was.
    #[prop(optional, into)]
    error: Signal<String>,
    /// How many digits.
    #[prop(default = 6)]
    total: usize,
    /// Whether entries are taken; not while one is being checked.
    #[prop(default = true.into(), into)]
    ready: Signal<bool>,
    /// Called with the complete PIN.
    #[prop(into)]
    on_done: Callback<String>,
) -> impl IntoView {
    let entered = RwSignal::new(String::new());
    let filled = derived(move || entered.with(String::len));
    let press = move |key: Key| {
        if !ready.get_untracked() {
            return;
        }
        match key {
            Key::Back => entered.update(|pin| {
                pin.pop();
            }),
            key => {
                if let Some(digit) = key.character() {
                    entered.update(|pin| pin.push(digit));
                }
            }
        }
        if filled.get_untracked() >= total {
            on_done.run(entered.get_untracked());
            entered.set(String::new());
        }
    };
    let wrong = derived(move || filled.get() == 0 && error.with(|text| !text.is_empty()));
    view! {
        <PinDots filled=filled total=total wrong=wrong />
        <p class="only-read" role="status">{move || words.run((filled.get(), total))}</p>
        <p class="careful strong" role="alert">{error}</p>
        <Keypad label=label back=back on_key=press />
    }
}
