//! The workers of this version of the app.

use leptos::prelude::*;
use web_sys::{Worker, WorkerOptions, WorkerType};

/// Starts the worker of this name; nothing where the site or the browser has none.
#[must_use]
pub fn start(name: &str) -> Option<Worker> {
    // Its address was put there by `cargo xtask build`.
    let place = document().query_selector(&["meta[name=", name, "]"].concat()).ok()??;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&place.get_attribute("content")?, &options).ok()
}
