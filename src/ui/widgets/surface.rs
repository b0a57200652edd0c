//! Puts a [`Drawing`] where it is seen: on a canvas, or into an SVG for paper.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, Document, Element, HtmlCanvasElement};

use super::drawing::{Anchor, Drawing, Ink, Mark};

const SVG: &str = "http://www.w3.org/2000/svg";

/// A canvas of more pixels than this to a side is refused by some engines.
const MAX_SIDE: f64 = 8_192.0;

/// The root's font size in pixels: what a `rem` is now.
pub fn rem() -> f64 {
    let root = gloo::utils::document().document_element();
    let style = root.and_then(|root| gloo::utils::window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok())
        .unwrap_or(16.0)
}

/// Draws on `canvas`, `width` by `height` CSS pixels, sharp on any screen.
///
/// # Errors
/// The browser gives no drawing surface.
pub fn paint(canvas: &HtmlCanvasElement, drawing: &Drawing, width: f64, height: f64) -> Result<(), JsValue> {
    let window = gloo::utils::window();
    let ratio = window.device_pixel_ratio().clamp(1.0, 4.0);
    let ratio = ratio.min(MAX_SIDE / width.max(height).max(1.0));
    let (w, h) = ((width * ratio).ceil() as u32, (height * ratio).ceil() as u32);
    // Setting a size empties the canvas and costs time even if it is the same.
    if (canvas.width(), canvas.height()) != (w, h) {
        canvas.set_width(w);
        canvas.set_height(h);
    }
    let Some(context) = canvas.get_context("2d")? else {
        return Ok(());
    };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let style = window.get_computed_style(canvas)?;
    let mut colours: BTreeMap<Ink, String> = BTreeMap::new();
    let mut colour = |ink: Ink| -> String {
        let look_up = || {
            let value = style.as_ref().and_then(|style| style.get_property_value(ink.0).ok());
            value
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .unwrap_or_else(|| "#888".to_owned())
        };
        colours.entry(ink).or_insert_with(look_up).clone()
    };
    let family = (style.as_ref())
        .and_then(|style| style.get_property_value("font-family").ok())
        .unwrap_or_else(|| "sans-serif".to_owned());
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)?;
    context.clear_rect(0.0, 0.0, width, height);
    let mut filled = None;
    for mark in &drawing.marks {
        match mark {
            Mark::Rect { ink, x, y, w, h } => {
                if filled != Some(*ink) {
                    context.set_fill_style_str(&colour(*ink));
                    filled = Some(*ink);
                }
                context.fill_rect(*x, *y, *w, *h);
            }
            Mark::Line { ink, from, to, width } => {
                context.set_stroke_style_str(&colour(*ink));
                context.set_line_width(*width);
                context.begin_path();
                context.move_to(from.0, from.1);
                context.line_to(to.0, to.1);
                context.stroke();
            }
            Mark::Text {
                ink,
                x,
                y,
                size,
                anchor,
                text,
            } => {
                filled = Some(*ink);
                context.set_fill_style_str(&colour(*ink));
                context.set_font(&format!("{size}px {family}"));
                context.set_text_align(match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "center",
                    Anchor::End => "end",
                });
                context.fill_text(text, *x, *y)?;
            }
        }
    }
    Ok(())
}

/// The drawing as an SVG element that scales to its container.
///
/// # Errors
/// The browser refused an element.
pub fn svg(document: &Document, drawing: &Drawing, width: f64, height: f64, label: &str) -> Result<Element, JsValue> {
    let root = document.create_element_ns(Some(SVG), "svg")?;
    root.set_attribute("viewBox", &format!("0 0 {width} {height}"))?;
    root.set_attribute("role", "img")?;
    root.set_attribute("aria-label", label)?;
    // Neighbours of one colour are one path: thousands of cells, few elements.
    let mut paths: Vec<(Ink, Option<f64>, String)> = Vec::new();
    let mut texts = Vec::new();
    for mark in &drawing.marks {
        let (ink, stroke) = match mark {
            Mark::Rect { ink, .. } => (*ink, None),
            Mark::Line { ink, width, .. } => (*ink, Some(*width)),
            Mark::Text { .. } => {
                texts.push(mark);
                continue;
            }
        };
        let at = match paths.iter().rposition(|path| path.0 == ink && path.1 == stroke) {
            Some(at) => at,
            None => {
                paths.push((ink, stroke, String::new()));
                paths.len() - 1
            }
        };
        let Some((.., d)) = paths.get_mut(at) else { continue };
        // Writing to a string does not fail.
        let _ = match mark {
            Mark::Rect { x, y, w, h, .. } => write!(d, "M{x:.1} {y:.1}h{w:.1}v{h:.1}h-{w:.1}z"),
            Mark::Line { from, to, .. } => write!(d, "M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1),
            Mark::Text { .. } => Ok(()),
        };
    }
    for (ink, stroke, d) in paths {
        let path = document.create_element_ns(Some(SVG), "path")?;
        path.set_attribute("d", &d)?;
        let style = match stroke {
            None => format!("fill:var({})", ink.0),
            Some(width) => format!("fill:none;stroke:var({});stroke-width:{width}", ink.0),
        };
        path.set_attribute("style", &style)?;
        root.append_child(&path)?;
    }
    for mark in texts {
        let Mark::Text {
            ink,
            x,
            y,
            size,
            anchor,
            text,
        } = mark
        else {
            continue;
        };
        let element = document.create_element_ns(Some(SVG), "text")?;
        element.set_attribute("x", &x.to_string())?;
        element.set_attribute("y", &y.to_string())?;
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        element.set_attribute("text-anchor", anchor)?;
        element.set_attribute("style", &format!("fill:var({});font-size:{size}px", ink.0))?;
        element.set_text_content(Some(text));
        root.append_child(&element)?;
    }
    Ok(root)
}
