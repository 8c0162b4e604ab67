//! What the browser does with a chosen file: reads it, shows it, makes a photo smaller.

use crate::figures::PHOTO_SIDE;
use js_sys::{Array, Promise, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, Url};

/// How well a smaller photo is kept.
const QUALITY: f64 = 0.85;

/// An address under which the page can show bytes, for as long as it lives.
#[derive(Debug)]
pub struct Shown(pub String);

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Makes an address for bytes of a media type.
pub fn show(bytes: &[u8], media_type: &str) -> Option<Shown> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok().map(Shown)
}

/// Reads all bytes.
pub async fn read(blob: &Blob) -> Option<Vec<u8>> {
    let buffer: JsValue = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Makes a photo smaller; nothing when it is small already, or the browser cannot read it.
pub async fn smaller(photo: &Blob) -> Option<Blob> {
    let bitmap: JsValue = JsFuture::from(window().create_image_bitmap_with_blob(photo).ok()?).await.ok()?;
    let bitmap: ImageBitmap = bitmap.unchecked_into();
    let (width, height) = fit(bitmap.width(), bitmap.height());
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    let (wide, high) = (f64::from(width), f64::from(height));
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, wide, high).ok()?;
    bitmap.close();
    let made = Promise::new(&mut |resolve, _| {
        let _ = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &JsValue::from(QUALITY));
    });
    let made: Blob = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
    (made.size() < photo.size()).then_some(made)
}

/// Fits a photo into the largest square, in pixels; never larger than it is.
fn fit(width: u32, height: u32) -> (u32, u32) {
    let longer = width.max(height).max(1);
    let side = longer.min(PHOTO_SIDE);
    let scaled = |length: u32| (u64::from(length) * u64::from(side) / u64::from(longer)).max(1) as u32;
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_photo_fits_and_a_small_one_stays() {
        assert_eq!(fit(4000, 3000), (PHOTO_SIDE, PHOTO_SIDE * 3 / 4));
        assert_eq!(fit(3000, 4000), (PHOTO_SIDE * 3 / 4, PHOTO_SIDE));
        assert_eq!(fit(640, 480), (640, 480));
        assert_eq!(fit(100_000, 1), (PHOTO_SIDE, 1));
    }
}
