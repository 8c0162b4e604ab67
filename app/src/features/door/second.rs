//! The code that an account with a second factor is asked for besides its password.

use crate::language::*;
use crate::reactive::memo;
use crate::replica::account::SignInError;
use crate::ui::{Show, TextField};
use leptos::prelude::*;

/// What is typed of the code, once it is asked for.
#[derive(Clone, Copy)]
pub struct Second {
    code: RwSignal<String>,
    asked: RwSignal<bool>,
}

impl Second {
    /// Starts without asking.
    #[must_use]
    pub fn new() -> Self {
        Self { code: RwSignal::new(String::new()), asked: RwSignal::new(false) }
    }

    /// Returns what was typed.
    #[must_use]
    pub fn typed(self) -> String {
        self.code.get_untracked()
    }

    /// Says why signing in did not work; asks for the code where that is why.
    pub fn words(self, i18n: Language, problem: SignInError) -> String {
        match problem {
            SignInError::Code(wrong) => {
                self.asked.set(true);
                self.code.set(String::new());
                if wrong { td_string!(i18n, door.wrong_code) } else { td_string!(i18n, door.need_code) }
            }
            SignInError::Refused => td_string!(i18n, door.refused),
            SignInError::Limited => td_string!(i18n, door.limited),
            SignInError::Offline => td_string!(i18n, door.offline),
            SignInError::Server => td_string!(i18n, door.server),
        }
        .to_owned()
    }
}

impl Default for Second {
    fn default() -> Self {
        Self::new()
    }
}

/// The field of the code; nothing as long as it is not asked for.
#[component]
pub fn CodeField(
    /// Its state.
    second: Second,
    /// The id of the input.
    id: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let asked = memo(move || second.asked.get());
    view! {
        <Show when=move || asked.get()>
            <TextField id label=td_string!(i18n, door.code) hint=td_string!(i18n, door.code_hint) value=second.code
                inputmode="numeric" autocomplete="one-time-code"/>
        </Show>
    }
}
