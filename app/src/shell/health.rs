//! What is wrong with this device, said above whatever page is open, and looked for as long as the app is.

use crate::features::device::room;
use crate::figures::STORAGE_LOW;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{
    Replica,
    health::{Health, Trouble},
};
use crate::ui::{Button, ButtonLink, Kind, Notice, Tone};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use std::time::Duration;

/// How often is looked whether the browser still has what was stored.
const LOOK: Duration = Duration::from_secs(5);
/// After how many of these looks it is asked how much room there is.
const ROOM: u32 = 12;

/// Says what is wrong.
#[component]
pub fn Troubles(replica: Replica) -> impl IntoView {
    watch(replica);
    let health = replica.health();
    let known = health.clone();
    let dismiss = StoredValue::new(move |change: fn(&mut Health)| known.change(change));
    move || {
        health
            .get()
            .troubles()
            .into_iter()
            .map(|trouble| view! { <One trouble on_read=dismiss.get_value()/> })
            .collect_view()
    }
}

#[component]
fn One(trouble: Trouble, on_read: impl Fn(fn(&mut Health)) + 'static + Send + Sync + Clone) -> impl IntoView {
    let i18n = use_i18n();
    let (title, text) = match trouble {
        Trouble::Cleared(kept) => {
            (td_string!(i18n, device.cleared), td_string!(i18n, device.cleared_why, count = kept))
        }
        Trouble::Full => (td_string!(i18n, device.full), td_string!(i18n, device.full_why).to_owned()),
        Trouble::Low(left) => (td_string!(i18n, device.low), td_string!(i18n, device.low_why, left = left)),
        Trouble::Lost(count) => {
            (td_string!(i18n, device.lost), td_string!(i18n, device.lost_why, count = count))
        }
        Trouble::Damaged(count) => {
            (td_string!(i18n, device.damaged), td_string!(i18n, device.damaged_why, count = count))
        }
        Trouble::Mended(count) => {
            (td_string!(i18n, device.mended), td_string!(i18n, device.mended_why, count = count))
        }
        Trouble::Fast(minutes) => {
            (td_string!(i18n, device.clock), td_string!(i18n, device.clock_fast, span = span(i18n, minutes)))
        }
        Trouble::Slow(minutes) => {
            (td_string!(i18n, device.clock), td_string!(i18n, device.clock_slow, span = span(i18n, minutes)))
        }
        Trouble::Lease(days) => {
            (td_string!(i18n, device.lease), td_string!(i18n, device.lease_why, days = days))
        }
    };
    let read: Option<fn(&mut Health)> = match trouble {
        Trouble::Cleared(_) => Some(|health| health.cleared = None),
        Trouble::Lost(_) => Some(|health| health.lost = 0),
        Trouble::Mended(_) => Some(|health| health.mended = 0),
        _ => None,
    };
    let goes = matches!(trouble, Trouble::Full | Trouble::Low(_) | Trouble::Cleared(_));
    let tone = if matches!(trouble, Trouble::Mended(_)) { Tone::Calm } else { Tone::Care };
    view! {
        <div data-testid="trouble">
            <Notice tone title>
                <p>{text}</p>
                <div class="acts">
                    {goes.then(|| view! {
                        <ButtonLink kind=Kind::Line href="/settings/device">{td_string!(i18n, device.title)}</ButtonLink>
                    })}
                    {read.map(|read| view! {
                        <Button kind=Kind::Line on_press=move |()| on_read(read)>{td_string!(i18n, device.read)}</Button>
                    })}
                </div>
            </Notice>
        </div>
    }
}

/// Says a number of minutes in the unit in which people see it on a clock.
fn span(i18n: Language, minutes: i64) -> String {
    match minutes {
        minutes if minutes < 120 => td_string!(i18n, device.minutes, count = minutes),
        minutes if minutes < 48 * 60 => td_string!(i18n, device.hours, count = minutes / 60),
        minutes => td_string!(i18n, device.days, count = minutes / (24 * 60)),
    }
}

/// Looks after what is stored, and how much room is left.
fn watch(replica: Replica) {
    let looks = StoredValue::new(0_u32);
    let look = move || {
        if looks.get_value().is_multiple_of(ROOM) {
            let health = replica.health();
            spawn_local(async move {
                let left = room().await.left();
                health.change(|health| {
                    health.low =
                        left.map(|bytes| (bytes / 1_000_000.0) as u32).filter(|left| *left < STORAGE_LOW);
                });
            });
        }
        looks.update_value(|looks| *looks += 1);
        replica.look_after();
    };
    look();
    let timer = set_interval_with_handle(look, LOOK);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}
