//! A paper as it will be printed. Long papers and long tables come a part at a
//! time, so that the page never stands still.

use yew::prelude::*;

use crate::papers::Document;
use crate::papers::document::{Block, Cell, Row, Table, is_digest};
use crate::papers::picture::Picture;
use crate::ui::shared::Shared;
use crate::ui::widgets::later::{Later, use_later};

/// Rows of a table made in one task.
const ROWS_AT_ONCE: usize = 40;

/// Headings, paragraphs and tables made in one task: about a screenful.
const BLOCKS_AT_ONCE: usize = 12;

/// The paper.
pub fn sheet(document: Document) -> Html {
    let class = classes!("sheet", document.bare.then_some("bare"));
    let mut heading = document.title.clone();
    let mut blocks = runs(document.blocks).into_iter().map(|run| {
        let kept = run.len() > 1;
        let each = |each| {
            match &each {
                Block::Heading(text) | Block::Subheading(text) => heading.clone_from(text),
                Block::Attachment(title) => heading = (*title).to_owned(),
                _ => {}
            }
            block(each, &heading)
        };
        let run: Html = run.into_iter().map(each).collect();
        if kept {
            html! { <div class="keep">{ run }</div> }
        } else {
            run
        }
    });
    let first: Html = blocks.by_ref().take(BLOCKS_AT_ONCE).collect();
    let mut later = Vec::new();
    while blocks.len() > 0 {
        let part: Html = blocks.by_ref().take(BLOCKS_AT_ONCE).collect();
        later.push(html! { <Later>{ part }</Later> });
    }
    html! {
        <article {class} lang="zh-CN">
            if !document.title.is_empty() {
                <h1>{ &document.title }</h1>
            }
            if let Some(subtitle) = document.subtitle {
                <p class="subtitle">{ format!("（{subtitle}）") }</p>
            }
            { first }
            { for later }
        </article>
    }
}

/// What stays on one page: the signature with what stands before it, so that it
/// is never alone. Not every browser knows "no break before this", but all keep
/// an element whole. A table is none to keep: it may be longer than a page.
fn runs(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut runs: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        match (runs.last_mut(), &block) {
            (Some(run), Block::Attached(_) | Block::Signature(_)) if !matches!(run.last(), Some(Block::Table(_))) => {
                run.push(block);
            }
            _ => runs.push(vec![block]),
        }
    }
    runs
}

/// A part, under the heading that its table is named by.
fn block(block: Block, heading: &str) -> Html {
    match block {
        Block::Heading(text) => html! { <h2>{ text }</h2> },
        Block::Subheading(text) => html! { <h3>{ text }</h3> },
        Block::To(text) => html! { <p class="flush">{ text }</p> },
        Block::Paragraph(text) => lines("", &text),
        Block::Quote(text) => {
            html! { <blockquote>{ for text.lines().map(|line| html! { <p>{ line }</p> }) }</blockquote> }
        }
        Block::Note(text) => lines("note", &text),
        Block::Form(rows) => form(&rows, heading),
        Block::Table(found) => table(found, heading),
        Block::Signature(labels) => {
            html! { <div class="sign">{ for labels.iter().map(|label| html! { <p>{ label }</p> }) }</div> }
        }
        Block::Picture(found) => html! { <p class="figure">{ picture(&found) }</p> },
        Block::Poster(text, points) => html! { <p class="poster" style={format!("--size:{points}pt")}>{ text }</p> },
        Block::Signs(parts) => {
            let class = classes!("signs", format!("of-{}", parts.len()));
            let part = |blocks: Vec<Block>| html! { <div>{ for blocks.into_iter().map(|each| self::block(each, heading)) }</div> };
            html! { <div {class}>{ for parts.into_iter().map(part) }</div> }
        }
        Block::Attached(title) => html! { <p class="attached">{ format!("附件：{title}") }</p> },
        Block::Attachment(title) => html! { <><p class="attachment">{ "附件" }</p><h2>{ title }</h2></> },
    }
}

fn lines(class: &'static str, text: &str) -> Html {
    text.lines().map(|line| html! { <p {class}>{ line }</p> }).collect()
}

fn form(rows: &[Row], name: &str) -> Html {
    let row = |row: &Row| {
        let class = row.value.as_deref().map_or(Some("blank"), digest);
        html! {
            <tr>
                <th scope="row">{ row.label }</th>
                <td class={class}>{ row.value.as_deref().unwrap_or_default() }</td>
            </tr>
        }
    };
    html! { <table class="form" aria-label={name.to_owned()}><tbody>{ for rows.iter().map(row) }</tbody></table> }
}

fn table(table: Table, name: &str) -> Html {
    let sum: u32 = table.widths.iter().map(|width| u32::from(*width)).sum();
    let column = |width: &u16| {
        let share = u32::from(*width) * 100 / sum.max(1);
        html! { <col style={format!("width:{share}%")} /> }
    };
    let mut rows = table.rows;
    let mut later = Vec::new();
    while rows.len() > ROWS_AT_ONCE {
        let start = (rows.len() - 1) / ROWS_AT_ONCE * ROWS_AT_ONCE;
        later.push(Shared::new(rows.split_off(start)));
    }
    let role = table.head.is_empty().then_some("presentation");
    let named = role.is_none().then(|| name.to_owned());
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label={name.to_owned()}>
            <table {role} aria-label={named}>
                <colgroup>{ for table.widths.iter().map(column) }</colgroup>
                if !table.head.is_empty() {
                    <thead><tr>{ for table.head.iter().map(|head| html! { <th scope="col">{ *head }</th> }) }</tr></thead>
                }
                <tbody>{ for rows.iter().map(|cells| row(cells)) }</tbody>
                { for later.into_iter().rev().map(|rows| html! { <LaterRows {rows} /> }) }
            </table>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LaterRowsProps {
    rows: Shared<Vec<Vec<Cell>>>,
}

/// Rows that are made in a task of their own, in the order in which they stand.
#[component]
fn LaterRows(props: &LaterRowsProps) -> Html {
    let now = use_later();
    html! { <tbody>if now { { for props.rows.iter().map(|cells| row(cells)) } }</tbody> }
}

fn row(cells: &[Cell]) -> Html {
    html! { <tr>{ for cells.iter().map(cell) }</tr> }
}

fn cell(cell: &Cell) -> Html {
    html! { <td class={digest(&cell.text)}>{ cell.picture.as_ref().map(picture) }{ &cell.text }</td> }
}

fn digest(text: &str) -> Option<&'static str> {
    is_digest(text).then_some("digest")
}

fn picture(picture: &Picture) -> Html {
    let (width, height) = picture.size;
    // A stripe may be stretched; a code or a camera keeps its shape.
    let fit = if picture.rows() == 1 { "none" } else { "xMidYMid" };
    html! {
        <svg viewBox={format!("0 0 {} {}", picture.columns, picture.rows())} preserveAspectRatio={fit} role="img"
            aria-label={picture.alt.clone()} style={format!("width:{width}mm;height:{height}mm")} shape-rendering="crispEdges">
            { for picture.paths().into_iter().map(|(fill, d)| html! { <path {d} {fill} /> }) }
        </svg>
    }
}
