//! Long work, with counts.

use leptos::prelude::*;

/// How far long work has come, in words and as a bar.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// How much is done.
    #[prop(into)]
    value: Signal<u64>,
    /// How much there is; 0 while unknown.
    #[prop(into)]
    max: Signal<u64>,
    /// The counts in words.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <div class="words">
                <span>{label}</span>
                <span class="soft">{words}</span>
            </div>
            <progress
                aria-label=label
                aria-valuetext=words
                max=move || max.get().max(1)
                value=move || (max.get() > 0).then(|| value.get().min(max.get()))
            ></progress>
        </div>
    }
}
