//! What the user says of the recorder.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::exports::{ExportsAction, Settings};
use crate::ui::pages::PageProps;
use crate::ui::session::Action;

/// Questions about the whole recorder.
pub(super) fn settings(page: &PageProps, settings: Settings) -> Html {
    let flag = |name: &'static str, label: &'static str, on: bool, set: fn(Settings, bool) -> Settings| {
        let onchange = page.dispatch.reform(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            Action::Exports(ExportsAction::Settings(set(settings, on)))
        });
        html! { <p><label><input type="checkbox" {name} checked={on} {onchange} />{ " " }{ label }</label></p> }
    };
    let number = |name: &'static str,
                  label: &'static str,
                  hint: &'static str,
                  value: i64,
                  set: fn(Settings, i64) -> Settings| {
        let onchange = page.dispatch.reform(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            Action::Exports(ExportsAction::Settings(
                typed.trim().parse().map_or(settings, |value| set(settings, value)),
            ))
        });
        html! {
            <div class="field">
                <label for={name}>{ label }</label>
                <p class="hint">{ hint }</p>
                <input type="number" id={name} {name} value={value.to_string()} {onchange} />
            </div>
        }
    };
    html! {
        <details class="card more no-print">
            <summary>{ "录像机的情况（移动侦测、时钟快慢等）" }</summary>
            { flag("exports.complete", "这是录像机里的全部录像，不是随便导出的一部分", settings.complete, |s, complete| Settings { complete, ..s }) }
            { flag("exports.motion_only", "录像机设的是移动侦测录像（没人没车时不录）", settings.motion_only, |s, motion_only| Settings { motion_only, ..s }) }
            <div class="pair">
                { number("exports.clock_offset_seconds", "录像机时钟慢了多少秒", "快了就填负数；一样就填 0。", settings.clock_offset_seconds,
                    |s, seconds| Settings { clock_offset_seconds: seconds.clamp(-86_400, 86_400), ..s }) }
                { number("exports.gap_threshold_seconds", "多少秒以上才算缺口", "这是行业做法，不是法律规定的数。", i64::from(settings.gap_threshold_seconds),
                    |s, seconds| Settings { gap_threshold_seconds: u32::try_from(seconds.clamp(0, 86_400)).unwrap_or(60), ..s }) }
            </div>
        </details>
    }
}
