//! The page of those who make the points rules of a county.

use super::draft::{DraftForm, ID, write};
use super::health::HealthVersions;
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{memo, spawn_local};
use crate::replica::use_replica;
use crate::ui::{Button, Empty, Glyph, Notice, Tag, Tone};
use crate::words;
use documents::RulesDraft;
use domain::{
    base::{Period, StaffId},
    rules::VersionHash,
    work_points::{PointsRules, in_force},
};
use leptos::prelude::*;

/// Who may change rules.
const MAKER: &str = "consortium_manager";

/// The page.
#[component]
pub fn Rules() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let makes = replica.account().role == MAKER;
    // Read again whenever documents arrive or are written.
    let rules = move || {
        replica.track_lists();
        replica.core().rules()
    };
    let draft = memo(move || rules().drafts.get(ID).cloned());
    let failed = RwSignal::new(false);
    let begin = move |()| {
        let (rules, today) = (replica.core().rules(), clock::today());
        let Some((_, current)) = in_force(&rules.points, today) else { return };
        let from = Period::month_of(today).until.add_days(1);
        let me = StaffId::new(replica.account().account);
        let rules = PointsRules { from, ..current.clone() };
        let draft = RulesDraft { rules, by: me, at: clock::now(), proposed: false };
        spawn_local(
            async move { failed.set(!write(replica, move |tx| tx.save_draft_rules(ID, &draft)).await) },
        );
    };
    let versions = move || {
        let rules = rules();
        let today = clock::today();
        let current = in_force(&rules.points, today).map(|(hash, _)| hash.clone());
        let mut all: Vec<(VersionHash, PointsRules)> =
            rules.points.iter().map(|(hash, rules)| (hash.clone(), rules.clone())).collect();
        all.sort_by(|a, b| (b.1.from, &b.0).cmp(&(a.1.from, &a.0)));
        all.into_iter().map(|(hash, rules)| version(i18n, &hash, &rules, current.as_ref())).collect_view()
    };
    let drafted = move || {
        match draft.get() {
        Some(draft) => {
            let rules = replica.core().rules();
            let before = in_force(&rules.points, clock::today()).map(|(_, rules)| rules.clone());
            let before = before.unwrap_or_else(|| draft.rules.clone());
            view! { <DraftForm draft before/> }.into_any()
        }
        None if makes => view! {
            <Empty icon=Glyph::List title=td_string!(i18n, rules.no_draft)><p>{td_string!(i18n, rules.no_draft_hint)}</p></Empty>
            <Button on_press=begin>{td_string!(i18n, rules.begin)}</Button>
        }
        .into_any(),
        None => view! { <p class="soft">{td_string!(i18n, rules.no_draft)}</p> }.into_any(),
    }
    };
    view! {
        <header class="bar">
            <div class="grow"><h1>{td_string!(i18n, rules.title)}</h1></div>
            <SyncStatus/>
        </header>
        <div role="status">
            {move || failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        <section class="stack" data-testid="versions"><h2>{td_string!(i18n, rules.versions)}</h2>{versions}</section>
        <section class="stack"><h2>{td_string!(i18n, rules.draft)}</h2>{drafted}</section>
        <HealthVersions makes/>
    }
}

fn version(
    i18n: Language,
    hash: &VersionHash,
    rules: &PointsRules,
    current: Option<&VersionHash>,
) -> impl IntoView + use<> {
    let from = td_string!(i18n, rules.in_force_from, date = words::date(i18n, rules.from));
    let tag = (current == Some(hash)).then(|| td_string!(i18n, rules.in_force));
    let number = td_string!(i18n, rules.version, hash = hash.short().to_owned());
    view! {
        <div class="card">
            <b>{words::of_pack(i18n, &rules.title)}</b>" "{tag.map(|text| view! { <Tag tone=Tone::Good text/> })}
            <div class="soft">{from}" · "{number}</div>
        </div>
    }
}
