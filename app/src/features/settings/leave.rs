//! Handing the tablet over, which locks it; and ending the session, not before everything has arrived.

use crate::features::sync::unsent;
use crate::language::*;
use crate::reactive::{derived, memo, spawn_local};
use crate::replica::{account, use_replica};
use crate::shell::{Frame, Role};
use crate::ui::{Button, ButtonLink, Glyph, Kind, Notice, Show, Tone};
use leptos::prelude::*;

/// Where an attempt to leave stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaving {
    Not,
    Blocked,
    Asking,
    NoNetwork,
}

/// Hands the tablet to a colleague: whoever it is chooses themselves and types their own PIN.
#[component]
pub(super) fn HandOver() -> impl IntoView {
    let i18n = use_i18n();
    let frame = expect_context::<Frame>();
    let own = expect_context::<Role>() == Role::Resident;
    (!own).then(|| view! {
        <div>
            <div><b>{td_string!(i18n, settings.hand_over)}</b><span class="soft">{td_string!(i18n, settings.hand_over_hint)}</span></div>
            <Button kind=Kind::Quiet icon=Glyph::People on_press=move |()| frame.lock()>{td_string!(i18n, settings.hand_over)}</Button>
        </div>
    })
}

/// Ends the session and locks; says why not while something waits.
#[component]
pub(super) fn Leave() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let frame = expect_context::<Frame>();
    let waiting = memo(move || unsent(replica.state().get()));
    let leaving = RwSignal::new(Leaving::Not);
    let leave = move |()| {
        if waiting.get_untracked() > 0 {
            leaving.set(Leaving::Blocked);
            return;
        }
        leaving.set(Leaving::Asking);
        spawn_local(async move {
            match account::sign_out().await {
                Ok(()) => frame.lock(),
                Err(_) => leaving.set(Leaving::NoNetwork),
            }
        });
    };
    let blocked = memo(move || leaving.get() == Leaving::Blocked && waiting.get() > 0);
    let title = td_string!(i18n, settings.leave);
    view! {
        <div>
            <div><b>{title}</b><span class="soft">{td_string!(i18n, settings.leave_hint)}</span></div>
            <Button kind=Kind::Quiet on_press=leave disabled=derived(move || leaving.get() == Leaving::Asking)>
                {move || if leaving.get() == Leaving::Asking { td_string!(i18n, settings.leaving) } else { title }}
            </Button>
            <Show when=move || blocked.get()>
                <Notice tone=Tone::Care title=td_string!(i18n, settings.blocked_leave)>
                    <p>{move || td_string!(i18n, settings.blocked_why, count = waiting.get())}</p>
                    <div class="acts">
                        <Button kind=Kind::Line icon=Glyph::Sync on_press=move |()| replica.wake()>{td_string!(i18n, settings.send_now)}</Button>
                        <Button kind=Kind::Line icon=Glyph::Lock on_press=move |()| frame.lock()>{td_string!(i18n, settings.lock_now)}</Button>
                        <ButtonLink kind=Kind::Line icon=Glyph::Upload href="/settings/device">{td_string!(i18n, device.export)}</ButtonLink>
                    </div>
                </Notice>
            </Show>
            <Show when=move || leaving.get() == Leaving::NoNetwork>
                <Notice>
                    <p>{td_string!(i18n, settings.no_network)}</p>
                    <div class="acts">
                        <Button kind=Kind::Line icon=Glyph::Lock on_press=move |()| frame.lock()>{td_string!(i18n, settings.lock_now)}</Button>
                    </div>
                </Notice>
            </Show>
        </div>
    }
}
