//! The list of what is wrong, above a form.

use super::{Glyph, Icon, Show};
use crate::reactive::effect;
use leptos::{html, prelude::*};

/// Lists what is wrong with links to the fields, and takes the focus when it appears.
#[component]
pub fn ErrorSummary(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// Field id and message; nothing is shown when empty.
    #[prop(into)]
    items: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    effect(move || {
        if items.with(|items| !items.is_empty())
            && let Some(summary) = summary.get()
        {
            // A page without focus (in the background) has nothing to move; that is no error.
            let _ = summary.focus();
        }
    });
    view! {
        <Show when=move || items.with(|items| !items.is_empty())>
            <div class="errors" role="alert" tabindex="-1" node_ref=summary>
                <h2>
                    <Icon name=Glyph::Warn />
                    <span>{title}</span>
                </h2>
                <ul>
                    {move || items.get().into_iter().map(|(id, text)| view! { <li><ErrorLink id=id text=text /></li> }).collect_view()}
                </ul>
            </div>
        </Show>
    }
}

/// Leads to a field without touching the address, which the router owns.
#[component]
fn ErrorLink(id: String, text: String) -> impl IntoView {
    let target = id.clone();
    let lead = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(field) = document().get_element_by_id(&target) {
            field.scroll_into_view();
            focus(&field);
        }
    };
    view! { <a href=format!("#{id}") on:click=lead>{text}</a> }
}

fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}
