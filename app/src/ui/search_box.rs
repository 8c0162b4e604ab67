//! Search as one types.

use super::{Glyph, Icon, Show};
use leptos::prelude::*;

/// A search field; how many were found is announced as it changes.
#[component]
pub fn SearchBox(
    /// What can be searched for; name and placeholder of the field.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    #[prop(into)]
    value: RwSignal<String>,
    /// How many were found, in words; empty before anything is typed.
    #[prop(optional, into)]
    found: Signal<String>,
    /// The name of the button that clears the field, for readers.
    #[prop(into)]
    clear: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="find" role="search">
            <Icon name=Glyph::Find />
            <input
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-label=label
                placeholder=label
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <Show when=move || value.with(|text| !text.is_empty())>
                <button type="button" class="go plain round" aria-label=clear on:click=move |_| value.set(String::new())>
                    <Icon name=Glyph::Close />
                </button>
            </Show>
            <span class="only-read" role="status">{found}</span>
        </div>
    }
}
