//! Another figure, or none, with the reason that whoever claimed reads.

use super::page::Decisions;
use super::view_model::{Lacking, Objection};
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Button, Kind, Segments, TextField};
use domain::{base::WorkPoints, work_points::Claim};
use leptos::prelude::*;

const ADJUST: &str = "adjust";
const REJECT: &str = "reject";

/// The form below a claim; it closes when it is saved or given up.
#[component]
pub(super) fn ObjectionForm(
    /// The claim.
    claim: Claim,
    /// What it would bring.
    claimed: WorkPoints,
    /// Whether the form is open.
    open: RwSignal<bool>,
    /// Where the decision goes.
    decisions: Decisions,
) -> impl IntoView {
    let i18n = use_i18n();
    let reject = RwSignal::new(false);
    let (points, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lacking = RwSignal::new(Lacking::default());
    let points_error = derived(move || match lacking.get() {
        Lacking { points: true, .. } => td_string!(i18n, review.points_wrong).to_owned(),
        Lacking { same: true, .. } => td_string!(i18n, review.points_same).to_owned(),
        _ => String::new(),
    });
    let reason_error = derived(move || {
        if lacking.get().reason { td_string!(i18n, review.reason_missing).to_owned() } else { String::new() }
    });
    let options = vec![
        (ADJUST.to_owned(), td_string!(i18n, review.adjust).to_owned()),
        (REJECT.to_owned(), td_string!(i18n, review.reject).to_owned()),
    ];
    let chosen = derived(move || if reject.get() { REJECT.to_owned() } else { ADJUST.to_owned() });
    let choose = move |value: String| {
        reject.set(value == REJECT);
        lacking.set(Lacking::default());
    };
    let id = claim.id.to_string();
    let points_id = format!("points-{id}");
    let points_hint = td_string!(i18n, review.points_hint, sum = claimed.to_string());
    let save = move || {
        let typed = (points.get_untracked(), reason.get_untracked());
        let objection = Objection { reject: reject.get_untracked(), points: &typed.0, reason: &typed.1 };
        match objection.decide(Some(claimed)) {
            Ok(decision) => {
                open.set(false);
                decisions.decide(vec![claim.clone()], decision);
            }
            Err(problem) => lacking.set(problem),
        }
    };
    view! {
        <form class="across stack" novalidate data-testid="objection" on:submit=move |event| { event.prevent_default(); save(); }>
            <Segments label=td_string!(i18n, review.verdict) options chosen on_choose=choose/>
            {move || (!reject.get()).then(|| view! {
                <TextField id=points_id.clone() label=td_string!(i18n, review.points) hint=points_hint.clone() value=points
                    error=points_error inputmode="decimal" short=true/>
            })}
            <TextField id=format!("reason-{id}") label=td_string!(i18n, review.reason) hint=td_string!(i18n, review.reason_hint) value=reason
                error=reason_error/>
            <div class="acts">
                <Button submit=true>{td_string!(i18n, review.save)}</Button>
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
            </div>
        </form>
    }
}
