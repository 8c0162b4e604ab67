//! Rows that keep what is open and focused in them when their list changes.

use leptos::prelude::*;

/// One row: drawn when its key is new, left alone while the key stays.
pub struct KeyedRow {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

impl KeyedRow {
    /// Makes a row.
    pub fn new(key: String, draw: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { key, draw: Box::new(draw) }
    }
}

/// Shows rows by key. Boxed, because the list of leptos is compiled anew for every type of row.
pub fn keyed_rows(rows: impl Fn() -> Vec<KeyedRow> + Send + 'static) -> AnyView {
    fn boxed(rows: Box<dyn Fn() -> Vec<KeyedRow> + Send>) -> AnyView {
        view! { <For each=rows key=|row| row.key.clone() children=|row: KeyedRow| (row.draw)()/> }.into_any()
    }
    boxed(Box::new(rows))
}
