//! A large keypad that the keyboard drives as well.

use super::{Glyph, Icon};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// A key of the pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// 0 to 9.
    Digit(u8),
    /// The check character of an ID number.
    X,
    /// Between two figures.
    Slash,
    /// The decimal point.
    Point,
    /// Takes the last one back.
    Back,
    /// On to the next figure.
    Next,
}

impl Key {
    /// Returns the key that a keyboard's key name stands for.
    pub fn from_keyboard(name: &str) -> Option<Self> {
        match name {
            "x" | "X" => Some(Self::X),
            "/" => Some(Self::Slash),
            "." => Some(Self::Point),
            "Backspace" => Some(Self::Back),
            "Enter" => Some(Self::Next),
            _ => name.parse::<u8>().ok().filter(|digit| *digit <= 9 && name.len() == 1).map(Self::Digit),
        }
    }

    /// Returns the character the key writes; none for those that act.
    pub fn character(self) -> Option<char> {
        match self {
            Self::Digit(digit) => char::from_digit(u32::from(digit), 10),
            Self::X => Some('X'),
            Self::Slash => Some('/'),
            Self::Point => Some('.'),
            Self::Back | Self::Next => None,
        }
    }
}

/// Digits, backspace and one more key; what is pressed is only reported.
#[component]
pub fn Keypad(
    /// The pad's name for readers.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the backspace key for readers.
    #[prop(into)]
    back: Signal<String>,
    /// The words on the key that leads on; without them there is none.
    #[prop(optional, into)]
    next: Signal<String>,
    /// A further key: `X`, slash or point.
    #[prop(optional, into)]
    extra: Signal<Option<Key>>,
    /// Called with every key.
    #[prop(into)]
    on_key: Callback<Key>,
    /// Whether the keyboard drives the pad; on, unless several pads are on the page.
    #[prop(default = true.into(), into)]
    listens: Signal<bool>,
) -> impl IntoView {
    let listener = window_event_listener(ev::keydown, move |event| {
        let ours = listens.get_untracked() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        let Some(key) = Key::from_keyboard(&event.key()).filter(|_| ours) else { return };
        let known = match key {
            Key::X | Key::Slash | Key::Point => extra.get_untracked() == Some(key),
            Key::Next => next.with_untracked(|words| !words.is_empty()),
            Key::Digit(_) | Key::Back => true,
        };
        if known && !taken(&event, key) {
            event.prevent_default();
            on_key.run(key);
        }
    });
    on_cleanup(move || listener.remove());
    let digit = move |digit: u8| {
        view! { <button type="button" on:click=move |_| on_key.run(Key::Digit(digit))>{digit.to_string()}</button> }
    };
    let back_key = move || {
        view! {
            <button type="button" aria-label=back on:click=move |_| on_key.run(Key::Back)><Icon name=Glyph::Backspace /></button>
        }
    };
    let extra_key = move || {
        extra.get().and_then(|key| key.character().map(|character| (key, character))).map(|(key, character)| {
            view! { <button type="button" on:click=move |_| on_key.run(key)>{character.to_string()}</button> }
        })
    };
    let next_key = move |class: &'static str| {
        view! { <button type="button" class=class on:click=move |_| on_key.run(Key::Next)>{next}</button> }
    };
    view! {
        <div class="keys" role="group" aria-label=label>
            {(1..=9).map(digit).collect_view()}
            {move || match (extra.get().is_some(), next.with(|words| !words.is_empty())) {
                (false, false) => view! { <span class="void"></span>{digit(0)}{back_key()} }.into_any(),
                (true, false) => view! { {extra_key}{digit(0)}{back_key()} }.into_any(),
                (false, true) => view! { {back_key()}{digit(0)}{next_key("go")} }.into_any(),
                (true, true) => view! { {extra_key}{digit(0)}{back_key()}{next_key("go span")} }.into_any(),
            }}
        </div>
    }
}

/// Returns whether the focused element wants the key itself.
fn taken(event: &ev::KeyboardEvent, key: Key) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return false;
    };
    match target.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => true,
        "BUTTON" | "A" | "SUMMARY" => key == Key::Next,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyboard_stands_for_the_pad() {
        assert_eq!(Key::from_keyboard("7"), Some(Key::Digit(7)));
        assert_eq!(Key::from_keyboard("x"), Some(Key::X));
        assert_eq!(Key::from_keyboard("Enter"), Some(Key::Next));
        assert_eq!(Key::from_keyboard("F5"), None);
        assert_eq!(Key::from_keyboard("+"), None);
    }
}
