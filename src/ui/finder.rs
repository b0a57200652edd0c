//! The search box, and what it finds.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::search::{Hit, search};
use super::session::Session;
use super::widgets::icons;
use crate::words::lang::t;

/// Id of the box.
const BOX: &str = "finder";
/// Id of the list of what was found.
const LIST: &str = "finder-list";
/// Hits listed.
const LISTED: usize = 12;

#[derive(Properties, PartialEq)]
pub struct BoxProps {
    pub word: AttrValue,
    pub onword: Callback<String>,
}

/// The box; the key `/` leads to it from everywhere.
#[component]
pub fn FinderBox(props: &BoxProps) -> Html {
    use_effect_with((), |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document(), "keydown", options, |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
            if event.key() == "/" && !modified && !is_typing(document().active_element()) {
                event.prevent_default();
                focus(&format!("#{BOX}"));
            }
        });
        move || drop(listener)
    });
    let oninput = props
        .onword
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let onkeydown = {
        let onword = props.onword.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            // While a Chinese word is being composed, Enter belongs to that.
            _ if event.is_composing() => {}
            "Escape" => onword.emit(String::new()),
            "Enter" | "ArrowDown" => {
                event.prevent_default();
                focus(&format!("#{LIST} a"));
            }
            _ => {}
        })
    };
    html! {
        <div class="finder no-print" role="search">
            { icons::icon(icons::SEARCH) }
            <input type="search" id={BOX} value={props.word.clone()} {oninput} {onkeydown} autocomplete="off"
                aria-label={t!("查找法条、问题、名词和检验发现，可以用拼音首字母")} placeholder={t!("查找（按 / 键）")} />
        </div>
    }
}

fn is_typing(focused: Option<Element>) -> bool {
    focused.is_some_and(|element| match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            element.get_attribute("type").as_deref(),
            Some("radio" | "checkbox" | "file")
        ),
        _ => false,
    })
}

fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

#[derive(Properties, PartialEq)]
pub struct FoundProps {
    pub word: AttrValue,
    pub session: Session,
    /// Something was chosen.
    pub onchosen: Callback<()>,
}

/// What was found; nothing without a word.
#[component]
pub fn Found(props: &FoundProps) -> Html {
    let word = props.word.trim();
    if word.is_empty() {
        return Html::default();
    }
    let hits = search(word, &props.session);
    let told = match hits.len() {
        0 => t!("没有找到“{word}”。换个说法，或者打拼音首字母试试。", word = word),
        count if count > LISTED => t!(
            "找到 {count} 处，先列出最接近的 {}。再多打几个字可以缩小范围。",
            LISTED,
            count = count
        ),
        count => t!("找到 {count} 处。", count = count),
    };
    let onclick = props.onchosen.reform(|_: MouseEvent| ());
    let rows = hits.into_iter().take(LISTED).map(|Hit { entry, excerpt }| {
        html! {
            <li>
                <a href={entry.href} onclick={onclick.clone()}>
                    <span class="kind">{ entry.kind }</span>
                    <span>
                        <b>{ entry.title }</b>
                        if let Some([before, hit, after]) = excerpt { <small>{ before }<mark>{ hit }</mark>{ after }</small> }
                    </span>
                </a>
            </li>
        }
    });
    html! {
        <section class="card found no-print" aria-label={t!("查找结果")}>
            <p class="small muted" role="status">{ told }</p>
            <ul id={LIST}>{ for rows }</ul>
        </section>
    }
}
