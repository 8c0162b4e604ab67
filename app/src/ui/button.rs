//! Buttons, and links that look like them.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// What a button is for, which decides its look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do next.
    #[default]
    Main,
    /// Another thing one may do.
    Quiet,
    /// A choice on a busy ground.
    Line,
    /// A small side step.
    Plain,
    /// Something that cannot be taken back.
    Risk,
}

impl Kind {
    fn class(self, wide: bool) -> String {
        let kind = match self {
            Self::Main => "go",
            Self::Quiet => "go quiet",
            Self::Line => "go line",
            Self::Plain => "go plain",
            Self::Risk => "go risk",
        };
        if wide { format!("{kind} wide") } else { kind.to_owned() }
    }
}

/// A button that does something on this page.
#[component]
pub fn Button(
    /// What it is for.
    #[prop(optional)]
    kind: Kind,
    /// Called when pressed; absent for a button that submits its form.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Shown before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Takes the whole width, with larger words.
    #[prop(optional)]
    wide: bool,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Whether it can be pressed now; prefer to say why not when it is pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The name for readers where the words alone would not say enough.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=kind.class(wide)
            type=if submit { "submit" } else { "button" }
            disabled=disabled
            aria-label=move || label.get()
            on:click=move |_| {
                if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            <span>{children()}</span>
        </button>
    }
}

/// A link that looks like a button: it leads somewhere.
#[component]
pub fn ButtonLink(
    /// Where it leads; `tel:` calls.
    #[prop(into)]
    href: Signal<String>,
    /// What it is for.
    #[prop(optional)]
    kind: Kind,
    /// Shown before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Takes the whole width, with larger words.
    #[prop(optional)]
    wide: bool,
    /// The name for readers where the words alone would not say enough.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class(wide) href=href aria-label=move || label.get()>
            {icon.map(|name| view! { <Icon name=name /> })}
            <span>{children()}</span>
        </a>
    }
}
