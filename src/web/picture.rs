//! A picture file as the pixels that go under a floor plan.

use wasm_bindgen::JsValue;
use web_sys::{File, HtmlImageElement};

use super::image::{drawn, load};
use crate::plan::Picture;

/// Bytes of a picture file that are read.
const LARGEST_FILE: f64 = 40.0 * 1024.0 * 1024.0;
/// Pixels that a browser is asked to unpack.
const MOST_PIXELS: f64 = 150e6;

/// A picture, its width and its height in pixels.
pub type Sized = (Picture, f64, f64);

/// Draws a picture file (PNG, JPEG, SVG) small and takes the pixels. An SVG is
/// drawn as an image: none of its markup or scripts comes into the page.
///
/// # Errors
/// A sentence for people: not a picture, or one that cannot be drawn.
pub async fn read(file: &File) -> Result<Sized, String> {
    if file.size() > LARGEST_FILE {
        return Err("文件超过 40 MB，请先缩小".to_owned());
    }
    let unreadable = |_: JsValue| "浏览器打不开这张图片，请换成 PNG 或 JPEG".to_owned();
    let image = load(file).await.map_err(unreadable)?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    if width < 1.0 || height < 1.0 {
        return Err("这张图片没有写明尺寸，请另存为 PNG 再放入".to_owned());
    }
    if width * height > MOST_PIXELS {
        return Err("这张图片的像素太多，请先缩小".to_owned());
    }
    let vector = file.name().to_lowercase().ends_with(".svg");
    let most = Picture::SIDE / width.max(height);
    let mut scale = if vector { most } else { most.min(1.0) };
    for _ in 0..4 {
        let (w, h) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
        if let Some(picture) = packed(&image, w, h).map_err(unreadable)? {
            return Ok((picture, w, h));
        }
        scale *= 0.7;
    }
    Err("这张图片压缩以后还是太大，请换一张简单些的".to_owned())
}

/// The pixels as PNG where that is small, for it keeps lines sharp; else as
/// JPEG; `None` if every form is too large.
fn packed(image: &HtmlImageElement, width: f64, height: f64) -> Result<Option<Picture>, JsValue> {
    let (canvas, _) = drawn(image, width, height)?;
    for (kind, quality) in [("image/png", 1.0), ("image/jpeg", 0.85), ("image/jpeg", 0.65)] {
        let url = canvas.to_data_url_with_type_and_encoder_options(kind, &quality.into())?;
        if url.len() <= Picture::WANTED {
            return Ok(Picture::new(&url).ok());
        }
    }
    Ok(None)
}
