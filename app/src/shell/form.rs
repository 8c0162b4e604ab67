//! A form is filled in in one tab at a time: two would write one draft over each other.

use crate::language::*;
use crate::locks::{self, Lock, Wish};
use crate::parts::Page;
use crate::reactive::{effect, spawn_local};
use crate::replica::use_replica;
use crate::ui::{Button, Notice};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Where this tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Asking,
    Here,
    Elsewhere,
}

/// Shows `page` unless another tab has the form of this address open; says so then, and offers to go on here.
#[component]
pub fn Form(page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let path = use_location().pathname;
    let at = RwSignal::new(At::Asking);
    let held = StoredValue::new_local(None::<Lock>);
    let ask = move |wish: Wish| {
        at.set(At::Asking);
        held.set_value(None);
        spawn_local(async move {
            // The address changes before this form is taken away: it must not ask for the next one's.
            TimeoutFuture::new(0).await;
            if at.try_get_untracked().is_none() {
                return;
            }
            let name = ["form ", &replica.account().author, " ", &path.get_untracked()].concat();
            let lost = move || {
                drop(held.try_set_value(None));
                at.try_set(At::Elsewhere);
            };
            let answer = locks::ask(&name, wish, lost).await;
            let free = !matches!(answer, Ok(None));
            // Whoever has left meanwhile gives the lock back here.
            if held.try_set_value(answer.ok().flatten()).is_none() {
                at.try_set(if free { At::Here } else { At::Elsewhere });
            }
        });
    };
    effect(move || {
        path.track();
        ask(Wish::AloneNow);
    });
    move || {
        match at.get() {
        At::Asking => ().into_any(),
        At::Here => page(),
        At::Elsewhere => view! {
            <div class="pad stack" data-testid="form-elsewhere">
                <Notice title=td_string!(i18n, common.form_elsewhere)>
                    <p>{td_string!(i18n, common.form_elsewhere_why)}</p>
                    <div class="acts">
                        <Button on_press=move |()| ask(Wish::Steal)>{td_string!(i18n, common.form_here)}</Button>
                    </div>
                </Notice>
            </div>
        }
        .into_any(),
    }
    }
}
