//! What only paper needs: made when the browser is about to print, and taken
//! away after. A thousand channels need not stand in the page for that.

use gloo::events::EventListener;
use gloo::utils::{document, window};
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PaperProps {
    /// Fills the element. It runs inside the browser's own `beforeprint`, so
    /// it must be done when it returns.
    pub draw: Callback<Element>,
}

/// A place that is filled for printing only.
#[component]
pub fn Paper(props: &PaperProps) -> Html {
    let place = use_node_ref();
    use_effect_with((props.draw.clone(), place.clone()), |(draw, place)| {
        let fill = {
            let (draw, place) = (draw.clone(), place.clone());
            EventListener::new(&window(), "beforeprint", move |_| {
                if let Some(element) = place.cast::<Element>() {
                    element.set_text_content(None);
                    draw.emit(element);
                }
            })
        };
        let place = place.clone();
        let clear = EventListener::new(&window(), "afterprint", move |_| {
            if let Some(element) = place.cast::<Element>() {
                element.set_text_content(None);
            }
        });
        move || drop((fill, clear))
    });
    html! { <div class="print-only" ref={place}></div> }
}

/// Adds an element with a text.
///
/// # Errors
/// The browser refused it.
pub fn add(parent: &Element, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document().create_element(tag)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    parent.append_child(&element)?;
    Ok(element)
}

/// Adds a table of texts; the first cell of a row is its heading.
///
/// # Errors
/// The browser refused an element.
pub fn table(parent: &Element, headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<(), JsValue> {
    let table = add(parent, "table", "", "")?;
    let head = add(&add(&table, "thead", "", "")?, "tr", "", "")?;
    for heading in headings {
        add(&head, "th", "", heading)?.set_attribute("scope", "col")?;
    }
    let body = add(&table, "tbody", "", "")?;
    for row in rows {
        let line = add(&body, "tr", "", "")?;
        for (at, text) in row.iter().enumerate() {
            add(&line, if at == 0 { "th" } else { "td" }, "", text)?;
        }
    }
    Ok(())
}
