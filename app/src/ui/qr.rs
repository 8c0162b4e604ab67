//! A QR code that the server drew.

use leptos::prelude::*;

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
    view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
            <rect width=size height=size fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
}
