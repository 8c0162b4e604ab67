//! Signing on the glass.

use super::signature::{HEIGHT, Stroke, WIDTH, extend, place, stroke_path};
use super::{Button, Glyph, Kind, Show};
use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;

/// A ground to sign on with finger, pen or mouse. Who cannot draw signs otherwise: the alternative (a thumbprint
/// on paper, a helper) is offered in `children`, which the keyboard reaches.
#[component]
pub fn SignaturePad(
    /// Who signs, and that this is where.
    #[prop(into)]
    label: Signal<String>,
    /// What has been drawn.
    #[prop(into)]
    strokes: RwSignal<Vec<Stroke>>,
    /// The words on the button that clears it.
    #[prop(into)]
    clear: Signal<String>,
    /// What readers hear: signed, or not yet.
    #[prop(into)]
    words: Signal<String>,
    /// The alternative to drawing.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glass = NodeRef::<html::Div>::new();
    let drawing = StoredValue::new(None::<i32>);
    let at = move |event: &PointerEvent| {
        let area = glass.get_untracked()?.get_bounding_client_rect();
        let (width, height) = (area.width(), area.height());
        (width > 0.0 && height > 0.0).then(|| {
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            place((x - area.left()) / width, (y - area.top()) / height)
        })
    };
    let start = move |event: PointerEvent| {
        if drawing.get_value().is_some() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        if let Some(element) =
            event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        {
            // Without capture a stroke ends at the edge of the glass, which is acceptable.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        if let Some(point) = at(&event) {
            drawing.set_value(Some(event.pointer_id()));
            strokes.update(|strokes| strokes.push(vec![point]));
        }
    };
    let draw = move |event: PointerEvent| {
        if drawing.get_value() == Some(event.pointer_id())
            && let Some(point) = at(&event)
        {
            strokes.update(|strokes| {
                if let Some(stroke) = strokes.last_mut() {
                    extend(stroke, point);
                }
            });
        }
    };
    let stop = move |event: PointerEvent| {
        if drawing.get_value() == Some(event.pointer_id()) {
            drawing.set_value(None);
        }
    };
    let signed = move || strokes.with(|strokes| !strokes.is_empty());
    view! {
        <div class="signature" class:done=signed role="group" aria-label=label>
            <div class="bar">
                <b class="grow">{label}</b>
                <Show when=signed>
                    <Button kind=Kind::Plain icon=Glyph::Undo on_press=move |()| strokes.set(Vec::new())>{clear}</Button>
                </Show>
            </div>
            <div class="glass" node_ref=glass on:pointerdown=start on:pointermove=draw on:pointerup=stop on:pointercancel=stop>
                <Drawing strokes=strokes />
            </div>
            <p class="only-read" role="status">{words}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// A signature that was given, to look at and to print.
#[component]
pub fn Signature(
    /// Whose it is.
    #[prop(into)]
    label: Signal<String>,
    /// What was drawn, as path data.
    path: String,
) -> impl IntoView {
    view! {
        <figure class="signature still" role="img" aria-label=label>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
                <path class="ground" d=GROUND></path>
                <path d=path></path>
            </svg>
        </figure>
    }
}

/// The line to sign on.
const GROUND: &str = "M60 320H940";

#[component]
fn Drawing(#[prop(into)] strokes: Signal<Vec<Stroke>>) -> impl IntoView {
    view! {
        <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
            <path class="ground" d=GROUND></path>
            {move || strokes.with(|strokes| strokes.iter().map(|stroke| view! { <path d=stroke_path(stroke)></path> }).collect_view())}
        </svg>
    }
}
