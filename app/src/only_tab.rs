//! One tab at a time works with the documents of this device; another one can take over.

use crate::reactive::spawn_local;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// Where this tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Asking.
    Asking,
    /// This tab works.
    Ours,
    /// Another tab works.
    Theirs,
}

/// Asks for the turn; with `steal` another tab has to stop. A browser without locks always grants it.
pub fn ask(steal: bool, turn: RwSignal<Turn>) {
    if request(steal, turn).is_err() {
        turn.set(Turn::Ours);
    }
}

/// The name of the lock, one for the origin.
const LOCK: &str = "xiangyi";

fn request(steal: bool, turn: RwSignal<Turn>) -> Result<(), JsValue> {
    let locks = Reflect::get(&window().navigator(), &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &if steal { "steal" } else { "ifAvailable" }.into(), &true.into())?;
    // The turn lasts as long as the promise that the callback returns: until the tab is closed or robbed.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            turn.set(Turn::Theirs);
            return JsValue::UNDEFINED;
        }
        turn.set(Turn::Ours);
        Promise::new(&mut |_, _| {}).into()
    });
    let held: Promise = request.call3(&locks, &LOCK.into(), &options, &granted)?.dyn_into()?;
    spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(held).await.is_err() {
            turn.try_set(Turn::Theirs);
        }
    });
    Ok(())
}
