//! Where one is in a flow.

use super::Show;
use leptos::prelude::*;

/// The steps of a flow; those already done can be gone back to.
#[component]
pub fn StepBar(
    /// The flow's name for readers.
    #[prop(into)]
    label: Signal<String>,
    /// The words of each step.
    #[prop(into)]
    steps: Signal<Vec<String>>,
    /// The step one is at, from 0.
    #[prop(into)]
    current: Signal<usize>,
    /// Called with a step that was done, when it is pressed.
    #[prop(into)]
    on_choose: Callback<usize>,
) -> impl IntoView {
    let step = move |(place, words): (usize, String)| {
        let done = move || place < current.get();
        let here = move || place == current.get();
        let text = words.clone();
        view! {
            <li class:done=done class:on=here aria-current=move || here().then_some("step")>
                <Show when=done fallback=move || words.clone()>
                    <button type="button" on:click=move |_| on_choose.run(place)>{text.clone()}</button>
                </Show>
            </li>
        }
    };
    view! {
        <nav aria-label=label>
            <ol class="steps">{move || steps.get().into_iter().enumerate().map(step).collect_view()}</ol>
        </nav>
    }
}
