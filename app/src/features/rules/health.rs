//! The rules of health points that the county has published, and the template it can begin with.

use crate::clock;
use crate::language::*;
use crate::reactive::{memo, spawn_local};
use crate::replica::{Replica, outbox::Deed, use_replica};
use crate::ui::{Button, Empty, Glyph, Kind, Notice, Tag, Tone};
use crate::words;
use domain::base::HealthPoints;
use domain::health_points::{HealthRules, health_templates, in_force};
use domain::rules::{Published, VersionHash};
use leptos::prelude::*;

/// The versions, newest first, and for those who make rules the template that is not published yet.
#[component]
pub(super) fn HealthVersions(
    /// Whether this account makes rules.
    makes: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let failed = RwSignal::new(false);
    let published = memo(move || {
        replica.track_lists();
        let shelf = replica.core().catalog().health_points.clone();
        let current = in_force(&shelf, clock::today()).map(|(hash, _)| hash.clone());
        let mut all: Vec<(VersionHash, HealthRules)> =
            shelf.iter().map(|(hash, rules)| (hash.clone(), rules.clone())).collect();
        all.sort_by(|a, b| (b.1.from, &b.0).cmp(&(a.1.from, &a.0)));
        (all, current)
    });
    let list = move || {
        let (all, current) = published.get();
        if all.is_empty() {
            return view! { <Empty icon=Glyph::Star title=td_string!(i18n, health_points.no_rules)/> }
                .into_any();
        }
        let one = |(hash, rules)| version(i18n, &hash, &rules, current.as_ref());
        all.into_iter().map(one).collect_view().into_any()
    };
    let template = move || {
        let (all, _) = published.get();
        let rules = health_templates().ok()?.rules.rules.last()?.clone();
        let hash = Published::freeze(rules.clone()).ok()?.hash;
        let known = all.iter().any(|(published, _)| *published == hash);
        let date = words::date(i18n, rules.from);
        let press = move |()| {
            let rules = rules.clone();
            spawn_local(async move { failed.set(!publish(replica, rules).await) });
        };
        (makes && !known).then(|| {
            view! {
                <p class="soft">{td_string!(i18n, rules.health_template, date = date)}</p>
                <Button kind=Kind::Quiet on_press=press>{td_string!(i18n, rules.health_publish)}</Button>
            }
        })
    };
    view! {
        <section class="stack" data-testid="health-versions">
            <h2>{td_string!(i18n, rules.health)}</h2>
            {list}
            {template}
            <div role="status">
                {move || failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
            </div>
        </section>
    }
}

async fn publish(replica: Replica, rules: HealthRules) -> bool {
    match replica.on_catalog(move |tx| tx.publish_health_rules(&rules).map(drop)) {
        Some(edit) => replica.save(Deed::Rules, "", vec![edit], None).await.is_ok(),
        None => false,
    }
}

fn version(
    i18n: Language,
    hash: &VersionHash,
    rules: &HealthRules,
    current: Option<&VersionHash>,
) -> impl IntoView + use<> {
    let from = td_string!(i18n, rules.in_force_from, date = words::date(i18n, rules.from));
    let tag = (current == Some(hash)).then(|| td_string!(i18n, rules.in_force));
    let number = td_string!(i18n, rules.version, hash = hash.short().to_owned());
    let line = |title: &str, points: HealthPoints| {
        view! { <span>{words::of_pack(i18n, title)}</span><b>{points.to_string()}</b> }
    };
    let items: Vec<_> = rules.items.iter().map(|item| line(&item.title, item.points)).collect();
    let rewards: Vec<_> = rules.rewards.iter().map(|reward| line(&reward.title, reward.price)).collect();
    view! {
        <div class="card stack">
            <div>
                <b>{words::of_pack(i18n, &rules.title)}</b>" "{tag.map(|text| view! { <Tag tone=Tone::Good text/> })}
                <div class="soft">{from}" · "{number}</div>
                <div class="soft">{words::source(i18n, &rules.source)}</div>
            </div>
            <h3>{td_string!(i18n, health_points.what_earns)}</h3>
            <div class="sum">{items}</div>
            <h3>{td_string!(i18n, health_points.rewards)}</h3>
            <div class="sum">{rewards}</div>
        </div>
    }
}
