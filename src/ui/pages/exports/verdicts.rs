//! The two answers: how far back, and whether the files are whole.

use yew::prelude::*;

use crate::ui::widgets::badge::{result, word};
use crate::ui::widgets::cites::Cites;
use crate::wire::{Inspection, VerdictDoc};
use crate::words::lang::t;

/// One card each.
pub(super) fn verdicts(inspection: &Inspection) -> Html {
    let card = |title: &'static str,
                name: &'static str,
                VerdictDoc {
                    verdict,
                    basis,
                    because,
                }: &VerdictDoc,
                note: String| {
        let (tone, said) = word(verdict);
        html! {
            <section class={classes!("card", "verdict", tone.class())}>
                <h2 class="small muted">{ title }</h2>
                { result(name, &verdict.as_str().into(), html! { <span class="answer">{ said }</span> }) }
                <p class="small muted">{ note }</p>
                <ul class="because">{ for because.iter().map(|reason| html! { <li>{ reason.said() }</li> }) }</ul>
                <Cites refs={basis.clone()} />
            </section>
        }
    };
    let integrity = &inspection.integrity;
    let files = inspection.files.len();
    let checked = match integrity.verdict == "unknown" && integrity.because.is_empty() {
        true => t!(
            "放进来的 {} 个文件里没有录像文件，看不出录像是否完整。要检验请放入录像文件。",
            files
        ),
        false => t!("检验了 {} 个文件", files),
    };
    html! {
        <div class="sums" style="margin-bottom:1.25rem">
            { card(t!("留存时间"), "retention.verdict", &inspection.retention,
                t!("{} 往前数 {} 日，最差的一个通道决定结论", inspection.on, inspection.required_days)) }
            { card(t!("文件完整性"), "integrity.verdict", integrity, checked) }
        </div>
    }
}
