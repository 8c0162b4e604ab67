//! A new version waits until the person takes it, or until the app is closed; it never reloads a page by itself.

use crate::language::*;
use crate::reactive::{memo, spawn_local};
use crate::ui::{Button, Kind, Show};
use gloo_events::EventListener;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
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

/// What the service worker understands (public/sw.js).
const TAKE: &str = "take";

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
    let offered = memo(move || ready.get() && path.with(|path| PLACES.contains(&path.as_str())));
    let take = move |()| {
        spawn_local(async {
            if let Ok(registration) = registration().await {
                change(&registration);
            }
        });
    };
    view! {
        <Show when=move || offered.get()>
            <div class="sheet pad bar" role="status" data-testid="update">
                <p class="grow">{td_string!(i18n, common.update)}</p>
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

/// Lets the waiting version take over, and loads the page from it.
fn change(registration: &ServiceWorkerRegistration) {
    let (Ok(container), Some(waiting)) = (container(), registration.waiting()) else { return };
    EventListener::once(&container, "controllerchange", |_| {
        let _ = window().location().reload();
    })
    .forget();
    let _ = waiting.post_message(&TAKE.into());
}
