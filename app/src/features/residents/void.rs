//! Voiding a visit: with a reason, for all to see, and out of every count.

use crate::clock;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{outbox::Deed, use_replica};
use crate::ui::{Button, Choice, Choices, Dialog, Kind, Notice, Show, TextField, Tone};
use crate::words;
use documents::{Prescription, Visit, Voided};
use domain::{base::StaffId, work_points::Withdrawal};
use leptos::prelude::*;

/// The usual reasons, as they are recorded: the same in every language.
const REASONS: [&str; 3] = ["wrong_person", "wrong_figures", "duplicate"];

/// Any other, in the person's own words.
const OTHER: &str = "other";

/// The button and the question behind it.
#[component]
pub fn VoidButton(
    /// Which visit.
    visit: Visit,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(String::new());
    let other = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let id = visit.id.to_string();
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        worth: String::new(),
    };
    let usual = REASONS.map(|code| choice(code, &words::void_reason(i18n, code)));
    let options: Vec<Choice> =
        usual.into_iter().chain([choice(OTHER, td_string!(i18n, residents.void_other))]).collect();
    let visit = StoredValue::new(visit);
    let void = move || {
        let is_other = chosen.get_untracked() == OTHER;
        let reason = if is_other { other.get_untracked() } else { chosen.get_untracked() };
        if reason.trim().is_empty() {
            error.set(td_string!(i18n, residents.void_need_reason).to_owned());
            return;
        }
        spawn_local(async move {
            let visit = visit.get_value();
            let (at, by) = (clock::now(), StaffId::new(replica.account().account));
            let mut edits = Vec::new();
            let void = Voided { reason: reason.clone(), by: by.clone(), at };
            let key = visit.id.to_string();
            edits.extend(
                replica.on_record(visit.resident.as_str(), Box::new(move |tx| tx.void_visit(&key, &void))),
            );
            let withdrawal = Withdrawal { reason, at };
            let submitted = visit.prescription.as_ref().is_some_and(Prescription::is_overridden);
            if submitted && visit.staff == by {
                let (case, withdrawal) = (visit.id.clone(), withdrawal.clone());
                let verb = Box::new(move |tx: &mut documents::Tx<'_, '_>| {
                    tx.withdraw_prescription(case.as_str(), &withdrawal)
                });
                edits.extend(replica.on_prescriptions(visit.recorded_at.date().year(), verb));
            }
            // Only whoever claimed can withdraw; a colleague's claim is for the manager to rule on.
            if let Some(claim) = visit.claim.clone().filter(|_| visit.staff == by) {
                let verb = Box::new(move |tx: &mut documents::Tx<'_, '_>| {
                    tx.withdraw_claim(claim.as_str(), &withdrawal)
                });
                edits.extend(replica.on_activity(visit.on().year(), verb));
            }
            match replica.save(Deed::Void, visit.resident.as_str(), edits, None).await {
                Ok(()) => open.set(false),
                Err(_) => error.set(td_string!(i18n, common.failed).to_owned()),
            }
        });
    };
    view! {
        <div><Button kind=Kind::Plain on_press=move |()| open.set(true)>{td_string!(i18n, residents.void)}</Button></div>
        <Dialog open title=td_string!(i18n, residents.void_title) id=format!("void-{id}")>
            <p>{td_string!(i18n, residents.void_why)}</p>
            <Choices name=format!("reason-{id}") legend=td_string!(i18n, residents.void_reason) options value=chosen/>
            <Show when=move || chosen.get() == OTHER>
                <TextField id=format!("other-{}", visit.with_value(|visit| visit.id.to_string()))
                    label=td_string!(i18n, residents.void_reason) value=other/>
            </Show>
            <Show when=move || !error.get().is_empty()><Notice tone=Tone::Care>{error}</Notice></Show>
            <div class="acts">
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
                <Button kind=Kind::Risk on_press=move |()| void()>{td_string!(i18n, residents.void_do)}</Button>
            </div>
        </Dialog>
    }
}
