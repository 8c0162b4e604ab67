//! The claims of one member of staff, each with its arithmetic and one thing to do.

use super::objection::ObjectionForm;
use super::page::Decisions;
use super::view_model::{Group, Hint, Item, Queue};
use crate::features::{
    points::{Arithmetic, State, WorkDay, ruling_words},
    staff_name,
};
use crate::language::*;
use crate::reactive::memo;
use crate::replica::use_replica;
use crate::ui::{Button, KeyedRow, Kind, Notice, Show, Tone, Why, keyed_rows};
use crate::words;
use domain::{
    base::{ClaimId, StaffId},
    work_points::LineState,
};
use leptos::prelude::*;

/// How many claims of one person are shown before somebody asks for all.
const SHOWN: usize = 40;

#[component]
pub(super) fn GroupCard(staff: StaffId, page: Memo<Queue>, decisions: Decisions) -> impl IntoView {
    let i18n = use_i18n();
    let name = StoredValue::new(staff_name(&staff));
    let all = RwSignal::new(false);
    let group =
        memo(move || page.with(|page| page.groups.iter().find(|group| group.staff == staff).cloned()));
    let of = move |look: fn(&Group) -> usize| group.with(|group| group.as_ref().map_or(0, look));
    let plain = move || of(|group| group.plain().len());
    let hinted = move || of(|group| group.waiting() - group.plain().len());
    let needs_update =
        memo(move || group.with(|group| group.as_ref().is_some_and(|group| group.needs_update)));
    // A row is drawn again only when it changes, so that an open explanation stays open.
    let row = move |item: Item| {
        let line = &item.entry.line;
        let key = format!("{} {} {}", line.claim.id, line.state as u8, item.decided);
        KeyedRow::new(key, move || view! { <ItemRow item name=name.get_value() decisions/> }.into_any())
    };
    let rows = move || {
        let limit = if all.get() { usize::MAX } else { SHOWN };
        group.with(|group| {
            let items = group.iter().flat_map(|group| group.items.iter().take(limit));
            items.cloned().map(row).collect()
        })
    };
    let status = move || match of(Group::waiting) {
        0 => td_string!(i18n, review.group_done).to_owned(),
        count => {
            let sum = group.with(|group| group.as_ref().map(Group::points).unwrap_or_default());
            td_string!(i18n, review.group_waiting, count = count, sum = sum.to_string())
        }
    };
    let total = move || of(|group| group.items.len());
    let accept_plain = move |()| {
        let claims = group.with_untracked(|group| group.as_ref().map(Group::plain).unwrap_or_default());
        decisions.accept(claims);
    };
    let ticked = move || {
        decisions.ticked.with(|ticked| {
            group.with(|group| {
                let items = group.iter().flat_map(|group| &group.items);
                let chosen = items.filter(|item| item.open() && ticked.contains(&item.entry.line.claim.id));
                chosen.map(|item| item.entry.line.claim.clone()).collect::<Vec<_>>()
            })
        })
    };
    let how_many = move || ticked().len();
    view! {
        <section class="stack" data-testid="review-group">
            <div class="bar">
                <h2 class="grow">{name.get_value()}</h2>
                <span class="soft">{status}</span>
            </div>
            <Show when=move || { plain() > 1 }>
                <div class="acts">
                    <Button kind=Kind::Quiet on_press=accept_plain>
                        {move || if hinted() > 0 {
                            td_string!(i18n, review.accept_rest, count = plain())
                        } else {
                            td_string!(i18n, review.accept_all, count = plain())
                        }}
                    </Button>
                    <Show when=move || { hinted() > 0 }><span class="soft">{td_string!(i18n, review.look_first)}</span></Show>
                </div>
            </Show>
            <Show when=move || { how_many() > 0 }>
                <div class="acts">
                    <Button on_press=move |()| decisions.accept(untrack(ticked))>{move || td_string!(i18n, review.accept_ticked, count = how_many())}</Button>
                </div>
            </Show>
            <Show when=move || needs_update.get()>
                <Notice tone=Tone::Care>{td_string!(i18n, review.needs_update)}</Notice>
            </Show>
            <div class="sheet rows">
                {keyed_rows(rows)}
            </div>
            <Show when=move || !all.get() && (total() > SHOWN)>
                <Button kind=Kind::Quiet on_press=move |()| all.set(true)>
                    {move || td_string!(i18n, review.show_all, count = total())}
                </Button>
            </Show>
        </section>
    }
}

#[component]
fn ItemRow(item: Item, name: String, decisions: Decisions) -> impl IntoView {
    let i18n = use_i18n();
    let can_accept = item.can_accept();
    let Item { entry, hints, decided } = item;
    let disputed = entry.dispute.as_ref().map(|dispute| dispute.reason.clone());
    let ruled =
        entry.line.ruling.as_ref().filter(|_| disputed.is_some()).map(|ruling| ruling_words(i18n, ruling));
    let claim = entry.line.claim.clone();
    let title = entry
        .line
        .score
        .as_ref()
        .map_or_else(|| claim.item.to_string(), |score| words::of_pack(i18n, &score.title));
    let resident = claim.resident.as_ref().and_then(|resident| {
        use_replica().core().index(|index| {
            index.entry(resident.as_str()).and_then(|entry| entry.row.as_ref()).map(|row| row.name.clone())
        })
    });
    let resident = resident.map(|name| td_string!(i18n, review.resident, name = name));
    let evidence = if entry.evidence.is_empty() {
        Vec::new()
    } else {
        vec![td_string!(i18n, review.evidence, evidence = entry.evidence.clone())]
    };
    let hints: Vec<String> = hints
        .into_iter()
        .map(|hint| hint_words(i18n, hint, disputed.as_deref().unwrap_or_default()))
        .collect();
    let date = words::short_date(i18n, claim.on);
    let label =
        td_string!(i18n, review.accept_label, name = name.clone(), date = date.clone(), item = title.clone());
    let state = entry.line.state;
    let worth = td_string!(i18n, review.worth, sum = entry.line.points.to_string());
    let saving = decided && state == LineState::Pending;
    let source = words::rule(i18n, &entry.rule);
    let note = claim.note.clone();
    let objecting = RwSignal::new(false);
    // What was claimed, whatever has been ruled on it since.
    let claimed = entry.line.score.as_ref().map_or(entry.line.before_caps, |score| score.points);
    let (object_to, of_tick) = (claim.clone(), claim.id.clone());
    let tick =
        td_string!(i18n, review.tick_label, name = name.clone(), date = date.clone(), item = title.clone());
    let object_label = td_string!(i18n, review.object_label, name = name, date = date, item = title.clone());
    view! {
        <article data-testid="review-item">
            <WorkDay on=claim.on/>
            <div class="who">
                <b>{title}</b>
                <span class="worth">{worth}</span>
                {(state != LineState::Pending).then(|| view! { <State state/> })}
                {saving.then(|| view! { <span class="soft">{td_string!(i18n, review.saving)}</span> })}
            </div>
            {can_accept.then(|| view! {
                <Button label on_press=move |()| decisions.accept(vec![claim.clone()])>{td_string!(i18n, review.accept)}</Button>
            })}
            <div class="why across stack close">
                {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
                {resident.map(|text| view! { <p>{text}</p> })}
                {ruled.map(|text| view! { <p>{text}</p> })}
                {hints.into_iter().map(|text| view! { <p class="careful">{text}</p> }).collect_view()}
                <Why ask=td_string!(i18n, points.how) reasons=evidence source><Arithmetic entry/></Why>
                {can_accept.then(|| view! { <Tick id=of_tick label=tick decisions/> })}
                {can_accept.then(|| view! {
                    <Button kind=Kind::Plain label=object_label on_press=move |()| objecting.update(|open| *open = !*open)>
                        {td_string!(i18n, review.object)}
                    </Button>
                })}
            </div>
            {move || objecting.get().then(|| view! {
                <ObjectionForm claim=object_to.clone() claimed open=objecting decisions/>
            })}
        </article>
    }
}

/// A box to tick, so that several claims are accepted together.
#[component]
fn Tick(id: ClaimId, label: String, decisions: Decisions) -> impl IntoView {
    let i18n = use_i18n();
    let id = StoredValue::new(id);
    let held = move || decisions.ticked.with(|ticked| id.with_value(|id| ticked.contains(id)));
    let turn = move |_| {
        decisions.ticked.update(|ticked| {
            let id = id.get_value();
            if !ticked.remove(&id) {
                ticked.insert(id);
            }
        });
    };
    view! {
        <label class="tick">
            <input type="checkbox" aria-label=label prop:checked=held on:change=turn/>
            <span>{td_string!(i18n, review.tick)}</span>
        </label>
    }
}

fn hint_words(i18n: Language, hint: Hint, disputed: &str) -> String {
    match hint {
        Hint::Late { days, entered } => {
            td_string!(i18n, review.late, days = days, date = words::short_date(i18n, entered))
        }
        Hint::Same { claims } => td_string!(i18n, review.same, count = claims),
        Hint::TwoPlaces { places } => td_string!(i18n, review.two_places, count = places),
        Hint::Disputed => td_string!(i18n, review.disputed, reason = disputed.to_owned()),
        Hint::NewerRuling => td_string!(i18n, review.newer_ruling).to_owned(),
    }
}
