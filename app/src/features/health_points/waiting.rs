//! Who of a team's residents waits for an answer, and how many take part.

use super::view_model::{Team, team};
use crate::clock;
use crate::features::residents::Name;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::replica::{rows::Row, use_replica};
use crate::ui::{ButtonLink, Empty, Glyph, Icon, Kind, Notice, Show, Why};
use leptos::prelude::*;

fn found() -> Memo<Team> {
    let replica = use_replica();
    memo(move || {
        replica.track_lists();
        replica.core().index(|index| {
            let served = index.rows().filter(|(subject, _)| replica.serves(subject));
            team(served.map(|(_, row)| row), clock::today())
        })
    })
}

/// A word on Today while something waits.
#[component]
pub fn WaitingToday() -> impl IntoView {
    let i18n = use_i18n();
    let found = found();
    let count = move || found.with(|found| found.count);
    view! {
        <Show when=move || { count() > 0 }>
            <Notice title=derived(move || td_string!(i18n, health_points.today, count = count()))>
                <div class="acts"><ButtonLink href="/health-points" kind=Kind::Line>{td_string!(i18n, health_points.look)}</ButtonLink></div>
            </Notice>
        </Show>
    }
}

/// The page.
#[component]
pub fn Waiting() -> impl IntoView {
    let i18n = use_i18n();
    let found = found();
    let complete = memo(move || use_replica().state().get().complete);
    let list = move || {
        let waiting = found.with(|found| found.waiting.clone());
        if !waiting.is_empty() {
            return view! { <div class="sheet rows plain">{waiting.into_iter().map(|row| view! { <Line row/> }).collect_view()}</div> }
                .into_any();
        }
        if !complete.get() {
            return view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any();
        }
        view! { <Empty icon=Glyph::Check title=td_string!(i18n, health_points.waiting_none)/> }.into_any()
    };
    let share = move || match found.with(|found| found.participation) {
        None => view! { <p class="soft">{td_string!(i18n, health_points.participation_none)}</p> }.into_any(),
        Some(found) => {
            let share = found.share.map(percent);
            let of = td_string!(
                i18n,
                health_points.participation_of,
                took_part = found.took_part,
                residents = found.residents
            );
            view! {
                <p class="num">{share}</p>
                <p>{of}</p>
                <Why ask=td_string!(i18n, common.why) reasons=vec![td_string!(i18n, health_points.participation_why).to_owned()]/>
            }
            .into_any()
        }
    };
    view! {
        <header class="bar">
            <a class="go plain round" href="/today" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, health_points.team)}</h1>
            <SyncStatus/>
        </header>
        <section class="stack" data-testid="waiting"><h2>{td_string!(i18n, health_points.waiting)}</h2>{list}</section>
        <section class="sheet pad stack" data-testid="participation"><h2>{td_string!(i18n, health_points.participation)}</h2>{share}</section>
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("/residents/{}/points", row.subject);
    let count = td_string!(i18n, health_points.count, count = row.waiting);
    let label = td_string!(i18n, health_points.open_of, name = row.name.clone());
    view! {
        <article>
            <Name row/>
            <ButtonLink href kind=Kind::Quiet label>{td_string!(i18n, health_points.open)}</ButtonLink>
            <div class="why">{count}</div>
        </article>
    }
}

/// Says basis points in percent, with one decimal.
fn percent(share: u32) -> String {
    format!("{}.{}%", share / 100, share % 100 / 10)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_said_in_percent() {
        assert_eq!(percent(10_000), "100.0%");
        assert_eq!(percent(5_049), "50.4%");
        assert_eq!(percent(9), "0.0%");
    }
}
