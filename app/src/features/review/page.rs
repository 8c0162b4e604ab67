//! The page of a manager who rules on claims.

use super::group::GroupCard;
use super::view_model::{Decision, Queue, RECENT, queue};
use crate::clock;
use crate::features::{
    points::{Entry, State, WorkDay, ruling_words},
    staff_name,
    sync::SyncStatus,
};
use crate::language::*;
use crate::reactive::{loaded, memo, spawn_local};
use crate::replica::{Replica, outbox::Deed, use_replica};
use crate::shell::Role;
use crate::ui::{Button, Empty, Glyph, KeyedRow, Kind, Notice, Show, Tone, keyed_rows};
use crate::words;
use domain::{
    base::{ClaimId, StaffId},
    work_points::{Claim, Verdict, points_templates},
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many earlier rulings are shown before somebody asks for all.
const SHOWN: usize = 12;

/// What was decided since the page was opened, and what came of the last press.
#[derive(Clone, Copy)]
pub(super) struct Decisions {
    replica: Replica,
    pub(super) decided: RwSignal<BTreeSet<ClaimId>>,
    /// The claims that were ticked, to be accepted together.
    pub(super) ticked: RwSignal<BTreeSet<ClaimId>>,
    accepted: RwSignal<usize>,
    objected: RwSignal<usize>,
    failed: RwSignal<bool>,
}

impl Decisions {
    /// Accepts `claims` of one member of staff, all or none.
    pub(super) fn accept(self, claims: Vec<Claim>) {
        self.decide(claims, Decision::accept());
    }

    /// Decides on `claims` of one member of staff, on all or none.
    pub(super) fn decide(self, claims: Vec<Claim>, decision: Decision) {
        let Some(staff) = claims.first().map(|claim| claim.staff.clone()) else { return };
        let fresh: Vec<Claim> = self.decided.with_untracked(|decided| {
            claims.into_iter().filter(|claim| !decided.contains(&claim.id)).collect()
        });
        let ids: Vec<ClaimId> = fresh.iter().map(|claim| claim.id.clone()).collect();
        self.decided.update(|decided| decided.extend(ids.iter().cloned()));
        self.ticked.update(|ticked| ticked.retain(|id| !ids.contains(id)));
        let counter = if decision.verdict == Verdict::Accepted { self.accepted } else { self.objected };
        spawn_local(async move {
            let saved = self.write(&staff, fresh, decision).await;
            self.failed.set(!saved);
            if saved {
                counter.update(|done| *done += ids.len());
            } else {
                self.decided.update(|decided| decided.retain(|id| !ids.contains(id)));
            }
        });
    }

    async fn write(self, staff: &StaffId, claims: Vec<Claim>, decision: Decision) -> bool {
        let (manager, at) = (StaffId::new(self.replica.account().account), clock::now());
        let mut years: BTreeMap<i32, Vec<_>> = BTreeMap::new();
        for claim in claims {
            years.entry(claim.on.year()).or_default().push(decision.ruling(&claim.id, &manager, at));
        }
        let mut edits = Vec::with_capacity(years.len());
        for (year, rulings) in years {
            let verb = Box::new(move |tx: &mut documents::Tx<'_, '_>| {
                rulings.iter().try_for_each(|ruling| tx.rule(ruling))
            });
            match self.replica.on_rulings(staff, year, verb) {
                Some(edit) => edits.push(edit),
                None => return false,
            }
        }
        self.replica.save(Deed::Ruling, staff.as_str(), edits, None).await.is_ok()
    }
}

/// The page.
#[component]
pub fn Review() -> impl IntoView {
    let i18n = use_i18n();
    if expect_context::<Role>() != Role::Manager {
        return view! { <Notice>{td_string!(i18n, review.not_manager)}</Notice> }.into_any();
    }
    let Ok(templates) = points_templates() else {
        return view! { <Notice tone=Tone::Care>{td_string!(i18n, review.failed)}</Notice> }.into_any();
    };
    let limits = &templates.rules.plausibility;
    let replica = use_replica();
    let decided = RwSignal::new(BTreeSet::new());
    let decisions = Decisions {
        replica,
        decided,
        ticked: RwSignal::new(BTreeSet::new()),
        accepted: RwSignal::new(0),
        objected: RwSignal::new(0),
        failed: RwSignal::new(false),
    };
    let years = loaded(move || {
        replica.track_lists();
        async move {
            let this_year = clock::today().year();
            let mut years = Vec::new();
            for staff in replica.claimants() {
                for year in [this_year, this_year - 1] {
                    years.push((year, replica.staff_year(&staff, year).await.ok()?));
                }
            }
            Some(years)
        }
    });
    // Nothing while it is read, an error when the disk refuses.
    let found = memo(move || {
        let manager = StaffId::new(replica.account().account);
        let rules = replica.core().rules();
        let years = years.get()?;
        Some(years.map(|years| {
            let catalog = replica.core().catalog();
            let staff = &catalog.staff;
            decided.with(|decided| {
                queue(&years, &rules.points, staff, &manager, decided, limits, clock::today())
            })
        }))
    });
    let page = memo(move || found.get().flatten().unwrap_or_default());
    let state = memo(move || found.with(|found| found.as_ref().map(Option::is_some)));
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, review.title)}</h1>
                <div class="soft" data-testid="review-waiting">{move || state.get().map(|_| lead(i18n, page.with(Queue::waiting)))}</div>
            </div>
            <SyncStatus/>
        </header>
        <div role="status">
            {move || decisions.failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
            {move || done(i18n, decisions.accepted.get(), decisions.objected.get())}
        </div>
        {move || match state.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(false) => view! { <Notice tone=Tone::Care>{td_string!(i18n, review.failed)}</Notice> }.into_any(),
            Some(true) => view! { <Groups page decisions/> <Ruled page/> }.into_any(),
        }}
    }
    .into_any()
}

fn lead(i18n: Language, waiting: usize) -> String {
    match waiting {
        0 => td_string!(i18n, review.lead_none).to_owned(),
        count => td_string!(i18n, review.lead_waiting, count = count),
    }
}

fn done(i18n: Language, accepted: usize, objected: usize) -> impl IntoView {
    let accepted = match accepted {
        0 => None,
        1 => Some(td_string!(i18n, review.accepted_one).to_owned()),
        count => Some(td_string!(i18n, review.accepted_many, count = count)),
    };
    let objected = (objected > 0).then(|| td_string!(i18n, review.objected, count = objected));
    let said = move |text: String| view! { <p class="good" data-testid="review-done">{text}</p> };
    [accepted, objected].into_iter().flatten().map(said).collect_view()
}

#[component]
fn Groups(page: Memo<Queue>, decisions: Decisions) -> impl IntoView {
    let i18n = use_i18n();
    let staff = memo(move || {
        page.with(|page| page.groups.iter().map(|group| group.staff.clone()).collect::<Vec<_>>())
    });
    // A card that stays is not drawn again, so that its whole list stays open.
    let card = move |staff: StaffId| {
        KeyedRow::new(staff.to_string(), move || view! { <GroupCard staff page decisions/> }.into_any())
    };
    let cards = move || staff.get().into_iter().map(card).collect();
    view! {
        <Show when=move || staff.with(Vec::is_empty)>
            <section class="sheet">
                <Empty icon=Glyph::Check title=td_string!(i18n, review.empty)><p>{td_string!(i18n, review.empty_hint)}</p></Empty>
            </section>
        </Show>
        {keyed_rows(cards)}
    }
}

#[component]
fn Ruled(page: Memo<Queue>) -> impl IntoView {
    let i18n = use_i18n();
    let all = RwSignal::new(false);
    let total = memo(move || page.with(|page| page.ruled.len()));
    let shown = move || {
        let limit = if all.get() { usize::MAX } else { SHOWN };
        page.with(|page| page.ruled.iter().take(limit).cloned().collect::<Vec<_>>())
    };
    let row = move |entry: Entry| {
        let line = entry.line;
        let title = line
            .score
            .map_or_else(|| line.claim.item.to_string(), |score| words::of_pack(i18n, &score.title));
        let said = line.ruling.as_ref().map(|ruling| ruling_words(i18n, ruling));
        view! {
            <article>
                <WorkDay on=line.claim.on/>
                <div class="who"><b>{staff_name(&line.claim.staff)}</b><span>{title}</span><State state=line.state/></div>
                <b class="worth">{line.points.to_string()}</b>
                <div class="why across">{said}</div>
            </article>
        }
    };
    view! {
        <Show when=move || { total.get() > 0 }>
            <section class="stack">
                <h2>{td_string!(i18n, review.ruled, days = RECENT)}</h2>
                <div class="sheet rows">{move || shown().into_iter().map(row).collect_view()}</div>
                <Show when=move || !all.get() && (total.get() > SHOWN)>
                    <Button kind=Kind::Quiet on_press=move |()| all.set(true)>
                        {move || td_string!(i18n, review.show_all, count = total.get())}
                    </Button>
                </Show>
            </section>
        </Show>
    }
}
