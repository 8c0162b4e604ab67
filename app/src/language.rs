//! The language of the screen. The texts are in `locales/`; a page reads them once, and is made anew in another language.

pub use crate::i18n::{Locale, td_string};

use crate::appearance::{self, Appearance};
use crate::ui::Segments;
use leptos::prelude::*;
use leptos_i18n::Locale as _;

/// What every function that words something takes.
pub type Language = Locale;

#[derive(Clone, Copy)]
struct Spoken(RwSignal<Language>);

/// Lets everything below speak what was chosen on this device, Chinese where nothing was.
pub fn provide_language() {
    provide_context(Spoken(RwSignal::new(appearance::load().language())));
}

/// Returns the language, without tracking it.
#[must_use]
pub fn use_i18n() -> Language {
    expect_context::<Spoken>().0.get_untracked()
}

/// Shows `view`, and makes it anew when another language is chosen.
pub fn spoken(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let Spoken(language) = expect_context();
    (move || {
        language.track();
        view()
    })
    .into_any()
}

/// The languages, each in its own words; everything speaks the chosen one at once.
#[component]
pub fn Languages() -> impl IntoView {
    let Spoken(language) = expect_context();
    let i18n = use_i18n();
    let option = |one: &Language| (one.as_str().to_owned(), td_string!(*one, common.own_name).to_owned());
    let options = Language::get_all().iter().map(option).collect::<Vec<_>>();
    let choose = move |code: String| {
        let Ok(chosen) = code.parse() else { return };
        appearance::choose(Appearance { language: Some(chosen), ..appearance::load() });
        language.set(chosen);
    };
    view! { <Segments label=td_string!(i18n, common.language) options chosen=i18n.as_str().to_owned() on_choose=choose/> }
}
