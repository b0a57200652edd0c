//! Long tables a page at a time.

use yew::prelude::*;

use crate::words::lang::t;

/// The way to the pages before and after `here`; nothing where there is one page.
pub fn pager(here: usize, pages: usize, turn: &Callback<usize>) -> Html {
    if pages < 2 {
        return Html::default();
    }
    let to = |page: usize| turn.reform(move |_: MouseEvent| page);
    html! {
        <p class="pager no-print">
            <button type="button" class="button" aria-disabled={(here == 0).to_string()} onclick={to(here.saturating_sub(1))}>{ t!("上一页") }</button>
            <span role="status">{ t!("第 {} 页，共 {pages} 页", here + 1, pages = pages) }</span>
            <button type="button" class="button" aria-disabled={(here + 1 == pages).to_string()} onclick={to(here + 1)}>{ t!("下一页") }</button>
        </p>
    }
}
