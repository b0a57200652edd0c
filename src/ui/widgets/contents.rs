//! The parts of a long page: beside it where there is room, above it else.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ContentsProps {
    pub label: AttrValue,
    /// Id, title, and what is said of the part. The id is the part's address
    /// (`/law/chapter-2`), so that the browser itself goes there, also again.
    pub contents: Vec<(String, Html, Option<String>)>,
}

/// Links to the parts; none to one part alone.
#[component]
pub fn Contents(props: &ContentsProps) -> Html {
    if props.contents.len() < 2 {
        return Html::default();
    }
    let links = props.contents.iter().map(|(id, title, said)| {
        html! { <li><a href={format!("#{id}")}>{ title.clone() }</a>{ said.as_ref().map(|said| html! { <small>{ said }</small> }) }</li> }
    });
    html! { <nav class="contents no-print" aria-label={&props.label}><ul>{ for links }</ul></nav> }
}
