//! Words that were understood, each of which can be corrected by pressing it.

use leptos::prelude::*;

/// How a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It holds.
    Held,
    /// It does not: struck through.
    Struck,
    /// It is not certain: dotted.
    Open,
    /// It was taken back: faint.
    Gone,
}

impl Stand {
    fn class(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Struck => "struck",
            Self::Open => "open",
            Self::Gone => "gone",
        }
    }
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchChip {
    /// What is reported when it is pressed.
    pub value: String,
    /// What stands on it.
    pub label: String,
    /// A smaller word beside it that says how it stands; may be empty.
    pub note: String,
    /// How it stands.
    pub stand: Stand,
}

/// Words in a row. They stay the same buttons while their words change, so that the focus stays where it is.
#[component]
pub fn TouchChips(
    /// What they are.
    #[prop(into)]
    label: Signal<String>,
    /// The words.
    #[prop(into)]
    chips: Signal<Vec<TouchChip>>,
    /// Called with the value that was pressed.
    #[prop(into)]
    on_press: Callback<String>,
) -> impl IntoView {
    let values = crate::reactive::memo(move || {
        chips.with(|chips| chips.iter().map(|chip| chip.value.clone()).collect::<Vec<_>>())
    });
    let chip = move |value: String| {
        let key = StoredValue::new(value);
        let own = crate::reactive::memo(move || {
            chips.with(|chips| key.with_value(|key| chips.iter().find(|chip| chip.value == *key).cloned()))
        });
        let text = move |part: fn(&TouchChip) -> &str| {
            own.with(|own| own.as_ref().map(|chip| part(chip).to_owned())).unwrap_or_default()
        };
        let class = move || own.with(|own| own.as_ref().map_or("", |chip| chip.stand.class()));
        view! {
            <button type="button" class=class on:click=move |_| on_press.run(key.get_value())>
                <span>{move || text(|chip| &chip.label)}</span>
                " "
                <small>{move || text(|chip| &chip.note)}</small>
            </button>
        }
    };
    view! {
        <div class="chips touch" role="group" aria-label=label>
            <For each=move || values.get() key=|value| value.clone() children=chip/>
        </div>
    }
}
