//! Check your answers.

use leptos::prelude::*;

/// One answer that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The question, in a few words.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// What is reported when it is to be changed; `None` when it cannot be.
    pub change: Option<String>,
}

/// The answers given so far, each with a way to change it.
#[component]
pub fn Answers(
    /// The answers.
    #[prop(into)]
    items: Signal<Vec<Answer>>,
    /// The word on the way to change one; readers hear the question after it.
    #[prop(into)]
    change: Signal<String>,
    /// Called with the answer's `change`.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let row = move |item: Answer| {
        let Answer { question, answer, change: key } = item;
        let asked = question.clone();
        view! {
            <div>
                <dt>{question}</dt>
                <dd>{answer}</dd>
                {key.map(|key| {
                    view! {
                        <dd>
                            <button type="button" class="ask" on:click=move |_| on_change.run(key.clone())>
                                {change}
                                <span class="only-read">" "{asked}</span>
                            </button>
                        </dd>
                    }
                })}
            </div>
        }
    };
    view! { <dl class="answers">{move || items.get().into_iter().map(row).collect_view()}</dl> }
}
