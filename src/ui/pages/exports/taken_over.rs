//! Files that were read on an earlier visit.

use yew::prelude::*;

use crate::ui::exports::Exports;
use crate::ui::shell::Command;
use crate::words::lang::t;

/// How many there are, and a button that reads them again.
pub(super) fn notice(exports: &Exports, oncommand: &Callback<Command>) -> Html {
    let entries = exports.taken_over();
    if entries.is_empty() {
        return Html::default();
    }
    let count = entries.len();
    let onclick = oncommand.reform(move |_: MouseEvent| Command::ReadAgain(entries.clone()));
    html! {
        <section class="card" aria-label={t!("沿用的检验结果")}>
            <p>{ t!("有 {count} 个文件以前在这台电脑上检验过，文件名、大小和修改时间都没有变，沿用那时的结果，这次没有重读。", count = count) }</p>
            <p class="no-print"><button type="button" class="button" aria-disabled={exports.running.is_some().to_string()} {onclick}>{ t!("重新检验这些文件") }</button></p>
        </section>
    }
}

/// Where a file in the list is one of them; `on` is when it was read.
pub(super) fn since(on: &str) -> Html {
    html! { <p class="small muted">{ t!("沿用 {on} 的检验结果，这次没有重读。", on = on) }</p> }
}
