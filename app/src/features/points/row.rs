//! A line of the own statement, with everything behind its figure and what can be done about it.

use super::dispute::{DisputeForm, Hand};
use super::{Arithmetic, Entry, State, WorkDay, ruling_words};
use crate::language::*;
use crate::replica::use_replica;
use crate::ui::{Button, Kind, Tag, Tone, Why};
use crate::words;
use domain::work_points::LineState;
use leptos::prelude::*;

#[component]
pub(super) fn EntryRow(entry: Entry, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let line = entry.line.clone();
    let claim = line.claim;
    let title = line
        .score
        .as_ref()
        .map_or_else(|| claim.item.to_string(), |score| words::of_pack(i18n, &score.title));
    let quantity = line.score.as_ref().filter(|score| score.quantity != 1).map(|score| {
        td_string!(i18n, points.quantity, quantity = score.quantity, unit = words::of_pack(i18n, &score.unit))
    });
    let worth = if line.state.counts() { format!("+{}", line.points) } else { line.points.to_string() };
    let late = claim
        .is_late_entry()
        .then(|| td_string!(i18n, points.late, date = words::short_date(i18n, claim.recorded_at.date())));
    let said = match (&claim.withdrawn, &line.ruling) {
        (Some(withdrawn), _) => td_string!(
            i18n,
            points.withdrawn_on,
            date = words::short_date(i18n, withdrawn.at.date()),
            reason = words::void_reason(i18n, &withdrawn.reason)
        ),
        (None, Some(ruling)) => ruling_words(i18n, ruling),
        (None, None) if line.state == LineState::Counted => {
            td_string!(i18n, points.needs_no_ruling).to_owned()
        }
        (None, None) => {
            td_string!(i18n, points.waits, date = words::short_date(i18n, claim.recorded_at.date()))
        }
    };
    let mut reasons: Vec<String> = Vec::new();
    if !entry.evidence.is_empty() {
        reasons.push(td_string!(i18n, review.evidence, evidence = entry.evidence.clone()));
    }
    let catalog = use_replica().core().catalog();
    if let Some(place) = catalog.institutions.get(&claim.institution) {
        reasons.push(td_string!(i18n, points.at_place, place = place.name.clone()));
    }
    let earlier = line
        .overruled
        .iter()
        .rev()
        .map(|ruling| td_string!(i18n, points.earlier, ruling = ruling_words(i18n, ruling)));
    reasons.extend(earlier);
    let disputed = entry.dispute.as_ref().map(|dispute| {
        let date = words::short_date(i18n, dispute.at.date());
        td_string!(i18n, points.disputed_on, date = date, reason = dispute.reason.clone())
    });
    let objecting = RwSignal::new(false);
    let ruling = line.ruling.as_ref().filter(|_| entry.can_be_disputed).map(|ruling| ruling.id.clone());
    let of_dispute = ruling.clone().map(|ruling| (claim.clone(), ruling));
    // What a visit or a contract wrote goes with that, and what was ruled on stays.
    let by_hand = claim.visit.is_none() && claim.resident.is_none();
    let own = (by_hand && line.state == LineState::Pending).then(|| claim.clone());
    let date = words::short_date(i18n, claim.on);
    let dispute_label = td_string!(i18n, points.dispute_label, date = date.clone(), item = title.clone());
    let back_label = td_string!(i18n, points.take_back_label, date = date, item = title.clone());
    let source = words::rule(i18n, &entry.rule);
    view! {
        <article data-testid="points-line">
            <WorkDay on=claim.on/>
            <div class="who"><b>{title}</b>{quantity.map(|text| view! { <span>{text}</span> })}<State state=line.state/>{disputed.is_some().then(|| view! { <Tag tone=Tone::Care text=td_string!(i18n, points.disputed)/> })}</div>
            <b class="worth" class:wait=!line.state.counts()>{worth}</b>
            <div class="why across">
                {(!claim.note.is_empty()).then(|| view! { <p>{claim.note.clone()}</p> })}
                <p>{said}{late.map(|text| format!(" {text}"))}</p>
                {disputed.map(|text| view! { <p>{text}</p> })}
                <Why ask=td_string!(i18n, points.how) reasons source>
                    <Arithmetic entry/>
                </Why>
                {ruling.map(|_| view! {
                    <Button kind=Kind::Plain label=dispute_label on_press=move |()| objecting.update(|open| *open = !*open)>
                        {td_string!(i18n, points.dispute)}
                    </Button>
                })}
                {own.map(|claim| view! {
                    <Button kind=Kind::Plain label=back_label on_press=move |()| hand.take_back(claim.clone())>{td_string!(i18n, points.take_back)}</Button>
                })}
            </div>
            {move || of_dispute.clone().filter(|_| objecting.get()).map(|(claim, ruling)| view! {
                <DisputeForm claim ruling open=objecting hand/>
            })}
        </article>
    }
}
