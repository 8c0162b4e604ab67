//! Which tabs may work at once: all that run this app, and none beside another version of it.
//!
//! Apps before this one worked in one tab, which held [`LOCK`] alone. Tabs of today share it, so that neither works beside the
//! other. Where tabs cannot speak to each other, one works, as before.

use crate::channel;
use crate::locks::{self, Lock, Missing, Wish};
use crate::reactive::spawn_local;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc};

/// Where this tab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Asking.
    Asking,
    /// This tab works.
    Ours,
    /// Another tab works, beside which this one must not.
    Theirs,
}

/// The name of the lock, one for the origin; never another one, since apps before this one ask for it.
const LOCK: &str = "xiangyi";
/// What the names of the locks begin with that say which app a tab runs.
const APP: &str = "xiangyi app ";
/// How often, and after how many ms, is looked whether a tab with another version goes on.
const LOOKS: u32 = 8;
const MOMENT: u32 = 250;

/// Asks for the turn; with `steal` tabs beside which this one must not work have to stop. A browser without locks always
/// grants it.
pub fn ask(steal: bool, turn: RwSignal<Turn>) {
    spawn_local(async move {
        let ours = take(steal, turn).await.unwrap_or(true);
        turn.set(if ours { Turn::Ours } else { Turn::Theirs });
    });
}

/// What this tab holds as long as it works.
type Held = Rc<RefCell<Vec<Lock>>>;

async fn take(steal: bool, turn: RwSignal<Turn>) -> Result<bool, Missing> {
    let held = Held::default();
    let robbed = || {
        let held = held.clone();
        move || {
            held.borrow_mut().clear();
            turn.try_set(Turn::Theirs);
        }
    };
    if !channel::exists() {
        let wish = if steal { Wish::Steal } else { Wish::AloneNow };
        let lock = locks::ask(LOCK, wish, robbed()).await?;
        let ours = lock.is_some();
        held.borrow_mut().extend(lock);
        return Ok(ours);
    }
    let mut lock = locks::ask(LOCK, Wish::SharedNow, robbed()).await?;
    let app = [APP, &app()].concat();
    // Named before it looks: of two that start at once, at least one sees the other.
    let named = locks::ask(&app, Wish::Shared, || ()).await?;
    if lock.is_none() || stays(&app).await? {
        if !steal {
            return Ok(false);
        }
        drop(lock);
        let alone = locks::ask(LOCK, Wish::Steal, || ()).await?;
        // Asked for before it is free, so that nobody comes between.
        let shared = locks::ask(LOCK, Wish::Shared, robbed());
        drop(alone);
        lock = shared.await?;
    }
    let ours = lock.is_some();
    held.borrow_mut().extend(lock.into_iter().chain(named));
    Ok(ours)
}

/// Returns whether a tab with another app works, and goes on: one that is just loading its new version has a moment.
async fn stays(app: &str) -> Result<bool, Missing> {
    for _ in 0..LOOKS {
        if !is_another(app, &locks::held().await?) {
            return Ok(false);
        }
        TimeoutFuture::new(MOMENT).await;
    }
    Ok(true)
}

/// Returns whether a tab with another app than `app` works.
fn is_another(app: &str, held: &[String]) -> bool {
    held.iter().any(|name| name.starts_with(APP) && name != app)
}

/// Returns which app this is: the module that started it has the hash of its content in its name.
fn app() -> String {
    let module = document().query_selector("script[type=module]").ok().flatten();
    module.and_then(|module| module.get_attribute("src")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_another;

    #[test]
    fn tabs_of_one_version_work_together_and_those_of_two_do_not() {
        let held = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert!(!is_another("xiangyi app a", &held(&["xiangyi", "xiangyi app a", "write d"])));
        assert!(is_another("xiangyi app a", &held(&["xiangyi", "xiangyi app a", "xiangyi app b"])));
        assert!(!is_another("xiangyi app a", &[]));
    }
}
