//! Pictures that the user picked: looked through for a QR code in a worker of
//! their own, so that neither time nor a bad picture troubles the page.

use js_sys::{Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, MessageEvent};

use super::image::{drawn, load};
use super::job::spawn;
use super::message::to_js;

/// Points of the longer side that are looked at.
const LONGEST: f64 = 1600.0;

/// Page to worker: look for a code in these grey points.
#[derive(Serialize, Deserialize)]
pub struct Picture {
    /// Points of a row.
    pub width: usize,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub luma: Uint8Array,
}

/// What the QR code in a picture says; `None` where there is none, or the file
/// is no picture.
pub async fn read(file: &File) -> Option<String> {
    let picture = picture(file).await.ok()?;
    let worker = spawn().ok()?;
    let answer = Promise::new(&mut |resolve, reject| {
        let said = Closure::once_into_js(move |event: MessageEvent| resolve.call1(&JsValue::NULL, &event.data()));
        let died = Closure::once_into_js(move |_: JsValue| reject.call0(&JsValue::NULL));
        worker.set_onmessage(Some(said.unchecked_ref()));
        worker.set_onerror(Some(died.unchecked_ref()));
    });
    let sent = worker.post_message(&to_js(&picture).ok()?);
    let said = match sent {
        Ok(()) => JsFuture::from(answer).await.ok(),
        Err(_) => None,
    };
    worker.terminate();
    said?.as_string()
}

/// The picture in grey, scaled down where it is large.
async fn picture(file: &File) -> Result<Picture, JsValue> {
    let image = load(file).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = (LONGEST / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).floor().max(1.0), (height * scale).floor().max(1.0));
    let (_, context) = drawn(&image, width, height)?;
    let points = context.get_image_data(0.0, 0.0, width, height)?.data();
    // Rec. 601, in 256ths.
    let grey = |point: &[u8]| match point {
        [r, g, b, ..] => ((77 * u32::from(*r) + 150 * u32::from(*g) + 29 * u32::from(*b)) >> 8) as u8,
        _ => 255,
    };
    let luma: Vec<u8> = points.chunks(4).map(grey).collect();
    Ok(Picture {
        width: width as usize,
        luma: Uint8Array::from(luma.as_slice()),
    })
}
