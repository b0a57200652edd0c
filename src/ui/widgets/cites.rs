//! Articles: a name, and the text where it is wanted.

use yew::prelude::*;

use crate::law::cite::{Cite, Confidence, Instrument};
use crate::law::text;
use crate::words::cites;
use crate::words::lang::{self, t};

/// A reference as people say it; one of a later version shows as it is.
pub fn short_name(reference: &str) -> String {
    reference.parse().map_or_else(|_| reference.to_owned(), cites::short)
}

/// Several references in one line.
pub fn short_names<'a>(refs: impl IntoIterator<Item = &'a String>) -> String {
    lang::list(refs.into_iter().map(|reference| short_name(reference)))
}

#[derive(Properties, PartialEq)]
pub struct CitesProps {
    /// References of the contract, such as `W168:8.1.7`.
    pub refs: Vec<String>,
}

/// Names of articles, each of which opens as text where it stands.
#[component]
pub fn Cites(props: &CitesProps) -> Html {
    html! { <div class="cites">{ for props.refs.iter().map(|reference| html! { <OneCite key={reference.clone()} reference={reference.clone()} /> }) }</div> }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    reference: String,
}

#[component]
fn OneCite(props: &OneProps) -> Html {
    // The text is put into the page only once it is wanted.
    let opened = use_state_eq(|| false);
    let ontoggle = {
        let opened = opened.setter();
        Callback::from(move |_: Event| opened.set(true))
    };
    html! {
        <details class="cite" {ontoggle}>
            <summary>{ short_name(&props.reference) }</summary>
            if *opened { { quotation(&props.reference) } }
        </details>
    }
}

/// What the reference says, and how well we know it.
fn quotation(reference: &str) -> Html {
    let Some((cite, quote)) = reference
        .parse::<Cite>()
        .ok()
        .and_then(|cite| Some((cite, text::quote(cite)?)))
    else {
        return html! { <blockquote>{ t!("没有收录这一条的文字。") }</blockquote> };
    };
    let source = match (quote.verbatim, quote.confidence) {
        (true, _) => t!("原文"),
        (false, Confidence::Read) => t!("要点，不是原文"),
        (false, Confidence::Quoted) => t!("要点，转引；请以文件原文为准"),
    };
    let words = match text::sentence(cite) {
        Some(text::Marked { text, range }) if range.len() < text.len() => {
            let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
            html! { <>{ part(0..range.start) }<mark>{ part(range.clone()) }</mark>{ part(range.end..text.len()) }</> }
        }
        _ => quote.text.into(),
    };
    html! {
        <blockquote>
            <div lang="zh-CN">{ words }</div>
            <footer>
                { t!("{cite}（{source}）", cite = cites::long(quote.cite), source = source) }
                if let Some(article) = cite.article.filter(|_| cite.instrument == Instrument::W168) {
                    { " " }<a href={format!("#/law/W168:{article}")}>{ t!("在全文里看") }</a>
                }
            </footer>
        </blockquote>
    }
}
