//! What a pharmacist says to a case, with the reason that the prescriber reads.

use super::view_model::{Lacking, Opinion};
use super::words::verdict;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Button, Segments, TextField};
use documents::ReviewVerdict;
use leptos::prelude::*;

/// What can be said.
const VERDICTS: [ReviewVerdict; 3] = [ReviewVerdict::Agreed, ReviewVerdict::Advised, ReviewVerdict::Refused];

/// The form below a case.
#[component]
pub fn OpinionForm(
    /// The case, for the ids of the fields.
    #[prop(into)]
    case: String,
    /// Called with what was chosen and typed; says what is lacking, or takes it.
    on_save: Callback<Opinion, Result<(), Lacking>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let lacking = RwSignal::new(None::<Lacking>);
    let options = VERDICTS.map(|said| (said.as_str().to_owned(), verdict(i18n, &said).1.to_owned())).to_vec();
    let choose = move |value: String| {
        chosen.set(value);
        lacking.set(None);
    };
    let save = move || {
        let value = chosen.get_untracked();
        let verdict = (!value.is_empty()).then(|| ReviewVerdict::from(value.as_str()));
        let opinion = Opinion { verdict, reason: reason.get_untracked() };
        lacking.set(on_save.run(opinion).err());
    };
    let unchosen = move || lacking.get() == Some(Lacking::Verdict);
    let reason_error = derived(move || match lacking.get() {
        Some(Lacking::Reason) => td_string!(i18n, pharmacy.reason_missing).to_owned(),
        _ => String::new(),
    });
    view! {
        <form class="stack" novalidate data-testid="opinion" on:submit=move |event| { event.prevent_default(); save(); }>
            <h3>{td_string!(i18n, pharmacy.opinion)}</h3>
            <div role="alert">
                {move || unchosen().then(|| view! { <p class="careful">{td_string!(i18n, pharmacy.verdict_missing)}</p> })}
            </div>
            <div><Segments label=td_string!(i18n, pharmacy.opinion) options chosen on_choose=choose/></div>
            <TextField id=format!("opinion-{case}") label=td_string!(i18n, pharmacy.reason)
                hint=td_string!(i18n, pharmacy.reason_hint) value=reason error=reason_error/>
            <div class="acts"><Button submit=true>{td_string!(i18n, pharmacy.save)}</Button></div>
        </form>
    }
}
