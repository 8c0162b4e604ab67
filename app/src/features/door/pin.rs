//! Choosing a PIN for this device.

use super::{Choosing, Door, create};
use crate::language::*;
use crate::reactive::{derived, spawn_local};
use crate::ui::PinPad;
use leptos::prelude::*;

/// Returns whether a guesser would try this PIN among the first: one digit repeated, or a straight run.
fn is_easy(pin: &str) -> bool {
    let steps: Vec<i16> = pin
        .as_bytes()
        .windows(2)
        .map(|pair| match pair {
            [a, b] => i16::from(*b) - i16::from(*a),
            _ => 0,
        })
        .collect();
    [-1, 0, 1].iter().any(|step| steps.iter().all(|found| found == step))
}

/// The page that asks for a new PIN, twice.
#[component]
pub fn NewPin(door: RwSignal<Door>, choosing: Choosing) -> impl IntoView {
    let i18n = use_i18n();
    let first = RwSignal::new(None::<String>);
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let choosing = StoredValue::new(choosing);
    let entered = Callback::new(move |pin: String| {
        error.set(String::new());
        match first.get_untracked() {
            None if is_easy(&pin) => error.set(td_string!(i18n, door.easy_pin).to_owned()),
            None => first.set(Some(pin)),
            Some(chosen) if chosen == pin => {
                busy.set(true);
                spawn_local(async move {
                    if create(door, choosing.get_value(), pin).await.is_err() {
                        error.set(td_string!(i18n, door.device).to_owned());
                        first.set(None);
                        busy.set(false);
                    }
                });
            }
            Some(_) => {
                error.set(td_string!(i18n, door.pins_differ).to_owned());
                first.set(None);
            }
        }
    });
    let label = derived(move || {
        if first.get().is_some() {
            td_string!(i18n, door.repeat_pin).to_owned()
        } else {
            td_string!(i18n, door.new_pin).to_owned()
        }
    });
    let typed = move |(typed, of): (usize, usize)| td_string!(i18n, door.typed, typed = typed, of = of);
    view! {
        <main class="door">
            <h1>{label}</h1>
            <PinPad label back=td_string!(i18n, door.backspace) words=typed error ready=derived(move || !busy.get()) on_done=entered/>
            <p class="soft">{td_string!(i18n, door.new_pin_why)}</p>
        </main>
    }
}

#[cfg(test)]
mod tests {
    use super::is_easy;

    #[test]
    fn repeated_and_straight_pins_are_easy() {
        for easy in ["000000", "777777", "123456", "654321"] {
            assert!(is_easy(easy), "{easy}");
        }
        for fine in ["112233", "135792", "200408", "258013"] {
            assert!(!is_easy(fine), "{fine}");
        }
    }
}
