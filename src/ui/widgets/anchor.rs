//! Brings the part of a page that an address names into view.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::route::{Page, Route};

/// The id or name of the element that an address means; an address may hold
/// anything, so only what ids of this page are made of.
fn target(route: &Route) -> Option<String> {
    let rest = route.rest.as_str();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    if rest.is_empty() || !rest.chars().all(plain) {
        return None;
    }
    match route.page {
        Page::Duties => Some(format!("duty-{rest}")),
        Page::Site | Page::Law => Some(rest.to_owned()),
        Page::Help => Some(format!("term-{rest}")),
        _ => None,
    }
}

#[derive(Properties, PartialEq)]
pub struct AnchorProps {
    pub route: Route,
}

/// Stands after the page's content. Folded parts around what is named are opened.
#[component]
pub fn Anchor(props: &AnchorProps) -> Html {
    use_effect_with(props.route.clone(), |route| {
        if let Some(element) = target(route).and_then(|target| find(route, &target)) {
            show(&element);
        }
    });
    Html::default()
}

fn find(route: &Route, target: &str) -> Option<Element> {
    let document = document();
    // The parts of a long page have their address for an id.
    let part = || document.get_element_by_id(&format!("/{}/{}", route.page.id(), route.rest));
    let named = || document.query_selector(&format!("[name=\"{target}\"]")).ok().flatten();
    document.get_element_by_id(target).or_else(part).or_else(named)
}

fn show(element: &Element) {
    let mut around = element.parent_element();
    while let Some(parent) = around {
        if parent.tag_name() == "DETAILS" {
            // An attribute that cannot be set leaves it folded.
            let _ = parent.set_attribute("open", "");
        }
        around = parent.parent_element();
    }
    element.scroll_into_view();
    // The keyboard goes on from there: at the control itself, or at its row.
    let control = element.query_selector("input, select, summary").ok().flatten();
    let control = if element.has_attribute("name") { None } else { control };
    if let Some(focused) = control.as_ref().unwrap_or(element).dyn_ref::<HtmlElement>() {
        let _ = focused.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_part_by_letters_that_ids_have() {
        let at = |hash: &str| target(&Route::from_hash(hash));
        assert_eq!(at("#/duties/signs").as_deref(), Some("duty-signs"));
        assert_eq!(at("#/site/system.built").as_deref(), Some("system.built"));
        assert_eq!(at("#/site"), None);
        assert_eq!(at("#/duties/\"]<b>"), None);
    }
}
