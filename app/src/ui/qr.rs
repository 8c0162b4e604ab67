//! A QR code that the server drew.

use crate::reactive::effect;
use leptos::{prelude::*, svg};

/// The dark squares of a QR code on white, whatever the theme: a camera reads it.
#[component]
pub fn Qr(
    /// The squares, as SVG path data.
    path: String,
    /// The side, with its white border.
    size: i64,
    /// What it is, for readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let code = NodeRef::<svg::Svg>::new();
    // It appears below what was pressed, on a telephone below the edge.
    effect(move || {
        if let Some(code) = code.get() {
            code.scroll_into_view();
        }
    });
    view! {
        <svg class="qr" node_ref=code role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <rect width=size height=size fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
}
