//! The measure word for word, the neighbouring law in short, with a search.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::law;
use crate::law::cite::{Cite, Confidence, Instrument};
use crate::law::text::{self, Article, Paragraph};
use crate::ui::widgets::cites::short_name;
use crate::ui::widgets::contents::Contents;
use crate::ui::widgets::icons;
use crate::web::storage;
use crate::words::cites;
use crate::words::lang::{self, Lang, t};
use crate::words::why;

/// Id of the part that holds the neighbouring law.
const OTHERS: &str = "/law/others";

#[derive(Properties, PartialEq)]
pub struct LawProps {
    /// The reference to show, such as `W168:8.1.7`; may be empty or nonsense.
    pub open: String,
}

/// The page.
#[component]
pub fn LawPage(props: &LawProps) -> Html {
    let word = use_state(String::new);
    let oninput = {
        let word = word.setter();
        Callback::from(move |event: InputEvent| word.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let target: Option<Cite> = props.open.parse().ok();
    let shown = use_node_ref();
    {
        let shown = shown.clone();
        use_effect_with(props.open.clone(), move |_| {
            if let Some(element) = shown.cast::<web_sys::Element>() {
                element.scroll_into_view();
            }
        });
    }
    let word = word.trim();
    let (title, adopted) = text::w168_heading();
    let translated = lang::current() != Lang::ZhCn;
    let mut contents = Vec::new();
    let chapters = (1..).zip(text::w168_chapters()).filter_map(|(number, chapter)| {
        let articles: Vec<Html> = chapter
            .articles
            .iter()
            .filter(|found| word.is_empty() || found.title.contains(word) || found.whole().contains(word))
            .map(|found| article(found, target, &shown, word))
            .collect();
        (!articles.is_empty()).then(|| {
            let id = format!("/law/chapter-{number}");
            let title = html! { <span lang="zh-CN">{ chapter.title }</span> };
            contents.push((id.clone(), title, Some(t!("{count} 条", count = articles.len()))));
            html! { <section class="card" key={chapter.title}><h2 lang="zh-CN" {id} tabindex="-1">{ chapter.title }</h2>{ articles }</section> }
        })
    });
    let chapters: Vec<Html> = chapters.collect();
    let others: Vec<Html> = text::all()
        .filter(|cite| cite.instrument != Instrument::W168)
        .filter_map(|cite| other(cite, target, &shown, word))
        .collect();
    if !others.is_empty() {
        contents.push((
            OTHERS.to_owned(),
            t!("其他法律、法规的要点").into(),
            Some(t!("{count} 条", count = others.len())),
        ));
    }
    // A browser that refuses the download says so itself.
    let onclick = |_: MouseEvent| {
        drop(storage::download(
            "xishi-licences.txt",
            "text/plain",
            storage::licences().as_bytes(),
        ))
    };
    html! {
        <>
            <h1>{ lang::say(Instrument::W168.title()) }</h1>
            <p class="lede" lang="zh-CN">if translated { { title }<br /> }{ adopted }</p>
            <div class="search" style="margin-bottom:1.25rem">
                { icons::icon(icons::SEARCH) }
                <input type="search" value={word.to_owned()} {oninput} aria-label={t!("在法条里查找")} placeholder={t!("查找：备案、三十日、拆除……")} autocomplete="off" />
            </div>
            if word.is_empty() { { coverage() } }
            if chapters.is_empty() && others.is_empty() { <p class="empty">{ t!("没有找到“{word}”。", word = word) }</p> }
            <div class="with-contents">
                <Contents label={t!("目录")} {contents} />
                <div>
                    { chapters }
                    if !others.is_empty() {
                        <section class="card">
                            <h2 id={OTHERS} tabindex="-1">{ t!("其他法律、法规的要点") }</h2>
                            <p class="small muted">{ t!("以下是本工具用自己的话写的要点，不是原文，请以文件原文为准。") }</p>
                            { others }
                        </section>
                    }
                </div>
            </div>
            <p class="small muted no-print">
                { t!("本工具用到开放源代码的软件，它们的许可要求附上声明：") }
                <button type="button" class="button quiet" {onclick}>{ t!("开源软件许可") }</button>
            </p>
        </>
    }
}

/// Every paragraph and item with what becomes of it.
fn coverage() -> Html {
    let rows = law::coverage().into_iter().map(|row| {
        html! {
            <tr>
                <td>{ short_name(&row.cite.to_string()) }</td>
                <td>{ why::coverage(&row) }</td>
            </tr>
        }
    });
    html! {
        <details class="card more">
            <summary id="coverage">{ t!("哪些条款由本工具判断，哪些不判断、为什么") }</summary>
            <table aria-labelledby="coverage"><thead><tr><th scope="col">{ t!("条款") }</th><th scope="col">{ t!("怎么处理") }</th></tr></thead><tbody>{ for rows }</tbody></table>
        </details>
    }
}

/// Where the page opens, marked.
fn frame(cite: Cite, target: Option<Cite>, shown: &NodeRef, title: Html, body: Html) -> Html {
    let is_target = target.is_some_and(|target| {
        target == cite
            || (cite.paragraph.is_none()
                && target.instrument == cite.instrument
                && target.article == cite.article
                && cite.instrument == Instrument::W168)
    });
    let class = classes!("article", is_target.then_some("target"));
    let node = if is_target { shown.clone() } else { NodeRef::default() };
    html! { <div {class} ref={node} id={cite.to_string()} key={cite.to_string()}><h3>{ title }</h3><div lang="zh-CN">{ body }</div></div> }
}

fn article(article: &Article, target: Option<Cite>, shown: &NodeRef, word: &str) -> Html {
    let paragraphs = article.paragraphs.iter().map(|Paragraph { text, items }| {
        html! {
            <>
                <p>{ marked(text, word) }</p>
                { for items.iter().map(|item| html! { <p style="padding-left:1.2em">{ marked(item, word) }</p> }) }
            </>
        }
    });
    frame(
        article.cite(),
        target,
        shown,
        html! {
            <>
                <span lang="zh-CN">{ article.title }</span>
                if lang::current() == Lang::En { { " · " }{ cites::place(article.cite()) } }
            </>
        },
        html! { { for paragraphs } },
    )
}

fn other(cite: Cite, target: Option<Cite>, shown: &NodeRef, word: &str) -> Option<Html> {
    let quote = text::quote(cite)?;
    let title = cites::long(cite);
    (word.is_empty() || title.contains(word) || cite.long().contains(word) || quote.text.contains(word)).then(|| {
        let caution = (quote.confidence == Confidence::Quoted).then_some(t!("（转引，请以文件原文为准）"));
        frame(
            cite,
            target,
            shown,
            title.into(),
            html! { <p>{ marked(&quote.text, word) }{ caution.map(|caution| html! { <span lang={lang::current().tag()}>{ caution }</span> }) }</p> },
        )
    })
}

/// The text with every occurrence of the word marked.
fn marked(text: &str, word: &str) -> Html {
    if word.is_empty() {
        return text.to_owned().into();
    }
    let parts = text.split(word).enumerate().map(|(index, part)| {
        html! { <>if index > 0 { <mark>{ word.to_owned() }</mark> }{ part.to_owned() }</> }
    });
    parts.collect()
}
