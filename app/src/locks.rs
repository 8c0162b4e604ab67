//! Web Locks: what one tab does at a time, whatever other tabs do; a lock is free again when its tab is gone.

use crate::reactive::spawn_local;
use futures::{
    FutureExt,
    channel::oneshot,
    future::{Either, LocalBoxFuture, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;

/// How a lock is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Alone, as soon as nobody else has it.
    Alone,
    /// Alone, or not at all.
    AloneNow,
    /// Together with all who share it.
    Shared,
    /// Together with all who share it, or not at all.
    SharedNow,
    /// Alone, now, out of anybody's hands.
    Steal,
}

/// A lock, held until this is dropped.
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// The browser has no locks: nothing can be said about other tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing;

/// The lock, or nothing when it was wanted now and is not free.
pub type Answer = Result<Option<Lock>, Missing>;

/// Asks for a lock at once; the answer is nothing when it was wanted now and is not free. `lost` is called when another tab
/// takes it by force.
pub fn ask(name: &str, wish: Wish, lost: impl FnOnce() + 'static) -> LocalBoxFuture<'static, Answer> {
    fn boxed(
        name: &str,
        wish: Wish,
        lost: Box<dyn FnOnce()>,
    ) -> Result<oneshot::Receiver<Option<Lock>>, JsValue> {
        let (tell, told) = oneshot::channel();
        // Whoever has stopped waiting gives the lock back by dropping it.
        let tell = Rc::new(RefCell::new(Some(tell)));
        let answer = move |tell: &RefCell<Option<oneshot::Sender<_>>>, lock| {
            if let Some(tell) = tell.borrow_mut().take() {
                drop(tell.send(lock));
            }
        };
        let granting = tell.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let mut release = None;
            let held = Promise::new(&mut |done, _| release = Some(done));
            match release.filter(|_| !lock.is_null()) {
                Some(release) => answer(&granting, Some(Lock(release))),
                None => {
                    answer(&granting, None);
                    return JsValue::UNDEFINED;
                }
            }
            held.into()
        });
        let ended = request(name, wish, &granted)?;
        spawn_local(async move {
            if JsFuture::from(ended).await.is_err() {
                answer(&tell, None);
                lost();
            }
        });
        Ok(told)
    }
    let told = boxed(name, wish, Box::new(lost)).map_err(|_| Missing);
    async move { told?.await.map_err(|_| Missing) }.boxed_local()
}

/// Waits for a lock for `patience` ms, then takes it: a tab that was frozen must not stop the others for ever.
pub async fn insist(name: &str, patience: u32) -> Option<Lock> {
    let waiting = ask(name, Wish::Alone, || ());
    match select(waiting, TimeoutFuture::new(patience)).await {
        Either::Left((lock, _)) => lock.ok().flatten(),
        Either::Right(_) => ask(name, Wish::Steal, || ()).await.ok().flatten(),
    }
}

/// Returns the names of all locks that any tab holds now.
pub async fn held() -> Result<Vec<String>, Missing> {
    async fn names() -> Result<Vec<String>, JsValue> {
        let locks = manager()?;
        let query: Function = Reflect::get(&locks, &"query".into())?.dyn_into()?;
        let answer: Promise = query.call0(&locks)?.dyn_into()?;
        let held: Array = Reflect::get(&JsFuture::from(answer).await?, &"held".into())?.dyn_into()?;
        Ok(held.iter().filter_map(|lock| Reflect::get(&lock, &"name".into()).ok()?.as_string()).collect())
    }
    names().await.map_err(|_| Missing)
}

fn manager() -> Result<JsValue, JsValue> {
    Reflect::get(&window().navigator(), &"locks".into())
}

fn request(name: &str, wish: Wish, granted: &JsValue) -> Result<Promise, JsValue> {
    let locks = manager()?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    if matches!(wish, Wish::Shared | Wish::SharedNow) {
        Reflect::set(&options, &"mode".into(), &"shared".into())?;
    }
    if matches!(wish, Wish::AloneNow | Wish::SharedNow) {
        Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    }
    if wish == Wish::Steal {
        Reflect::set(&options, &"steal".into(), &true.into())?;
    }
    request.call3(&locks, &name.into(), &options, granted)?.dyn_into()
}
