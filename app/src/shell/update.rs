//! A new version waits until the person takes it, or until the app is closed; it never reloads a form.
//!
//! All tabs change together: a tab where somebody may be in the middle of something holds [`FORM`] with the others of its kind,
//! and whoever takes the new version needs it alone.

use crate::language::*;
use crate::locks::{self, Lock, Wish};
use crate::reactive::{effect, memo, spawn_local};
use crate::ui::{Button, Kind, Show};
use gloo_events::EventListener;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

/// Where nobody is in the middle of a form.
const PLACES: [&str; 9] = [
    "/today",
    "/residents",
    "/points",
    "/review",
    "/home",
    "/health",
    "/settings",
    "/settings/more",
    "/sync-log",
];

/// The name of the lock of those who are in the middle of a form.
const FORM: &str = "xiangyi form";

/// What the service worker understands (public/sw.js): to take over, and which part to keep.
const TAKE: &str = "take";
const PART: &str = "part";

/// Offers a new version that has been downloaded.
#[component]
pub fn Update() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let ready = RwSignal::new(false);
    spawn_local(async move {
        if let Ok(registration) = registration().await {
            watch(&registration, ready);
            // Without a network nothing is found; the next unlocking asks again.
            if let Ok(asked) = registration.update() {
                let _ = JsFuture::from(asked).await;
            }
        }
    });
    let busy = RwSignal::new(false);
    let place = memo(move || path.with(|path| PLACES.contains(&path.as_str())));
    let form = StoredValue::new_local(None::<InForm>);
    effect(move || {
        form.set_value(None);
        if !place.get() {
            spawn_local(async move {
                let begun = Some(in_form().await);
                // Whoever has left meanwhile is in the middle of nothing.
                drop(form.try_set_value(begun.filter(|_| place.try_get_untracked() == Some(false))));
            });
        }
    });
    let offered = memo(move || ready.get() && place.get());
    let take = move |()| {
        spawn_local(async move {
            let alone = locks::ask(FORM, Wish::AloneNow, || ()).await;
            busy.set(matches!(alone, Ok(None)));
            let registration = registration().await.ok().filter(|_| !busy.get_untracked());
            if let Some(waiting) = registration.and_then(|registration| registration.waiting()) {
                // Held until the page is loaded anew: nobody begins a form in between.
                std::mem::forget(alone);
                let _ = waiting.post_message(&TAKE.into());
            }
        });
    };
    view! {
        <Show when=move || offered.get()>
            <div class="sheet pad bar" role="status" data-testid="update">
                <p class="grow">
                    {move || if busy.get() { td_string!(i18n, common.update_busy) } else { td_string!(i18n, common.update) }}
                </p>
                <Button kind=Kind::Quiet on_press=take>{td_string!(i18n, common.update_take)}</Button>
            </div>
        </Show>
    }
}

fn container() -> Result<ServiceWorkerContainer, JsValue> {
    // A browser without service workers, or a page that is not secure, has none.
    js_sys::Reflect::get(&window().navigator(), &"serviceWorker".into())?.dyn_into()
}

async fn registration() -> Result<ServiceWorkerRegistration, JsValue> {
    JsFuture::from(container()?.get_registration()).await?.dyn_into()
}

/// Sets `ready` as soon as a version waits beside the one that runs.
fn watch(registration: &ServiceWorkerRegistration, ready: RwSignal<bool>) {
    // The first version of a device waits for nobody.
    let look = move |registration: &ServiceWorkerRegistration| {
        let runs = container().is_ok_and(|container| container.controller().is_some());
        let _ = ready.try_set(runs && registration.waiting().is_some());
    };
    look(registration);
    let of = registration.clone();
    EventListener::new(registration, "updatefound", move |_| {
        let Some(installing) = of.installing() else { return };
        let of = of.clone();
        EventListener::new(&installing, "statechange", move |_| look(&of)).forget();
    })
    .forget();
}

/// Being in the middle of a form, until this is dropped.
struct InForm(Option<Lock>);

thread_local! {
    static FORMS: Cell<u32> = const { Cell::new(0) };
}

impl Drop for InForm {
    fn drop(&mut self) {
        FORMS.set(FORMS.get().saturating_sub(1));
        drop(self.0.take());
    }
}

/// Begins a form; waits where a new version is just being taken.
async fn in_form() -> InForm {
    let lock = locks::ask(FORM, Wish::Shared, || ()).await.ok().flatten();
    FORMS.set(FORMS.get() + 1);
    InForm(lock)
}

/// Has a part of the app kept on the device, in the versions to come as well: somebody works with it here.
pub async fn keep_part(name: &str) {
    let Ok(container) = container() else { return };
    let Ok(ready) = container.ready() else { return };
    let Ok(registration) =
        JsFuture::from(ready).await.and_then(JsCast::dyn_into::<ServiceWorkerRegistration>)
    else {
        return;
    };
    let message = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&message, &PART.into(), &name.into());
    // A version that waits has its own copy.
    for worker in
        [registration.active(), registration.waiting(), registration.installing()].into_iter().flatten()
    {
        let _ = worker.post_message(&message);
    }
}

/// Loads the page anew when a new version has taken over, in every tab, so that no two versions work at once.
pub fn follow_updates() {
    let Ok(container) = container() else { return };
    // The first version of a device takes nobody's place.
    let runs = Cell::new(container.controller().is_some());
    EventListener::new(&container, "controllerchange", move |_| {
        if runs.replace(true) && FORMS.get() == 0 {
            let _ = window().location().reload();
        }
    })
    .forget();
}
