//! Locks when nobody has touched the screen for a while; connects when the network or the page comes back.

use super::Frame;
use crate::{appearance, clock, figures::IDLE_USUAL, replica::Replica};
use leptos::{ev, leptos_dom::helpers::set_interval_with_handle, prelude::*};
use std::time::Duration;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);

/// Watches touches, keys, network and visibility as long as the app is open.
pub fn watch(replica: Replica) {
    let frame = expect_context::<Frame>();
    let touched = StoredValue::new(clock::now().0);
    let touch = move || {
        let now = clock::now().0;
        // The other tabs are in the same hands.
        if now - touched.get_value() > i64::from(LOOK.as_millis() as u32) {
            appearance::touch(now);
        }
        touched.set_value(now);
    };
    let pointer = window_event_listener(ev::pointerdown, move |_| touch());
    let key = window_event_listener(ev::keydown, move |_| touch());
    let online = window_event_listener(ev::online, move |_| replica.wake());
    let lock = move || {
        let minutes = appearance::load().lock_after.unwrap_or(IDLE_USUAL);
        let touched = appearance::touched().max(touched.get_value());
        if clock::now().0 - touched > i64::from(minutes) * 60_000 {
            frame.lock();
        }
    };
    let shown = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            // A page that slept must not show what it showed then until the timer comes round.
            lock();
            replica.wake();
        }
        replica.look();
    });
    let timer = set_interval_with_handle(lock, LOOK);
    on_cleanup(move || {
        pointer.remove();
        key.remove();
        online.remove();
        shown.remove();
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}
