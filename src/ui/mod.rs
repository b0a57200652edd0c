//! The page (Yew). Views are pure; browser calls only in effects and callbacks.

use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    html! { <main id="app"><h1>{ "锡视自查" }</h1></main> }
}
