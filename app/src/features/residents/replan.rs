//! Agreeing another date: written into the last visit, whose plan it is.

use crate::clock;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{files::ResidentFile, outbox::Deed, use_replica};
use crate::ui::{Button, Dialog, Glyph, Kind, Notice, Show, TextField, Tone};
use documents::Plan;
use domain::base::Date;
use leptos::prelude::*;
use std::rc::Rc;

/// The button and the question behind it; nothing without a visit that was a follow-up.
#[component]
pub fn Replan(
    /// Whose.
    file: Rc<ResidentFile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let followed = |visit: &&documents::Visit| visit.follow_ups().soonest().is_some();
    let Some(visit) = file.record.standing_visits().rev().find(followed) else { return ().into_any() };
    let latest = visit.follow_ups().soonest().map(|found| found.next_due);
    let (id, old) = (visit.id.to_string(), visit.plan.clone());
    let subject = file.person.subject.to_string();
    let open = RwSignal::new(false);
    let date = RwSignal::new(old.next.map(|next| next.to_string()).unwrap_or_default());
    let note = RwSignal::new(old.note.clone());
    let error = RwSignal::new(String::new());
    let kept = StoredValue::new((id, old, subject));
    let save = move |()| {
        let Some(next) = agreed(&date.get_untracked(), clock::today(), latest) else {
            error.set(td_string!(i18n, residents.replan_wrong).to_owned());
            return;
        };
        let (id, old, subject) = kept.get_value();
        let plan = Plan { next: Some(next), note: note.get_untracked().trim().to_owned(), ..old };
        spawn_local(async move {
            let edit = replica.on_record(&subject, Box::new(move |tx| tx.replan_visit(&id, &plan)));
            let edits: Vec<_> = edit.into_iter().collect();
            match replica.save(Deed::Plan, &subject, edits, None).await {
                Ok(()) => open.set(false),
                Err(_) => error.set(td_string!(i18n, common.failed).to_owned()),
            }
        });
    };
    view! {
        <div><Button kind=Kind::Quiet icon=Glyph::Day on_press=move |()| open.set(true)>{td_string!(i18n, residents.replan)}</Button></div>
        <Dialog open title=td_string!(i18n, residents.replan_title) id="replan">
            <TextField id="replan-date" label=td_string!(i18n, residents.replan_date) hint=td_string!(i18n, residents.replan_hint)
                value=date error kind="date"/>
            <TextField id="replan-note" label=td_string!(i18n, residents.replan_note) value=note/>
            <Show when=move || !error.get().is_empty()><Notice tone=Tone::Care>{error}</Notice></Show>
            <div class="acts">
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
                <Button on_press=save>{td_string!(i18n, residents.replan_do)}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Returns the date that can be agreed: from today on, and not after the norm's unless that has passed.
fn agreed(text: &str, today: Date, latest: Option<Date>) -> Option<Date> {
    let latest = latest.filter(|latest| *latest >= today);
    text.parse().ok().filter(|date| *date >= today && latest.is_none_or(|latest| *date <= latest))
}

#[cfg(test)]
mod tests {
    use super::agreed;
    use domain::base::Date;

    #[test]
    fn a_date_is_agreed_between_today_and_the_norm_s() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (today, latest) = (day("2026-11-22"), Some(day("2026-12-06")));
        assert_eq!(agreed("2026-11-22", today, latest), Some(today));
        assert_eq!(agreed("2026-12-06", today, latest), latest);
        for text in ["2026-11-21", "2026-12-07", "", "2026-13-01"] {
            assert_eq!(agreed(text, today, latest), None, "{text}");
        }
        assert!(agreed("2026-12-20", today, Some(day("2026-11-01"))).is_some(), "overdue already");
    }
}
