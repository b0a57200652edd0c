//! What the user says of the recorder; kept in the dossier.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::dossier::Exports;
use crate::ui::pages::PageProps;
use crate::ui::session::Action;
use crate::ui::widgets::term::explained;
use crate::words::lang::t;
use crate::words::terms::Term;

/// Questions about the whole recorder.
pub(super) fn settings(page: &PageProps) -> Html {
    let said = &page.session.dossier.exports;
    let flag = |name: &'static str, label: &'static str, on: Option<bool>, set: fn(&mut Exports, bool)| {
        let change = change(said, &page.dispatch);
        let onchange = Callback::from(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            change.emit(Box::new(move |said| set(said, on)));
        });
        html! { <p><label><input type="checkbox" {name} checked={on == Some(true)} {onchange} />{ " " }{ label }</label></p> }
    };
    let number =
        |name: &'static str, label: &'static str, hint: &'static str, value: i64, set: fn(&mut Exports, i64)| {
            let change = change(said, &page.dispatch);
            let onchange = Callback::from(move |event: Event| {
                let typed = event.target_unchecked_into::<HtmlInputElement>().value();
                if let Ok(value) = typed.trim().parse() {
                    change.emit(Box::new(move |said| set(said, value)));
                }
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
            <summary>{ t!("录像机的情况（移动侦测、时钟快慢等）") }</summary>
            { flag("exports.complete", t!("这是录像机里的全部录像，不是随便导出的一部分"), said.complete, |said, on| said.complete = Some(on)) }
            { flag("exports.motion_only", t!("录像机设的是移动侦测录像（没人没车时不录）"), said.motion_only, |said, on| said.motion_only = Some(on)) }
            <div class="pair">
                { number("exports.clock_offset_seconds", t!("录像机时钟慢了多少秒"), t!("快了就填负数；一样就填 0。"), said.clock_offset_seconds.unwrap_or(0),
                    |said, seconds| said.clock_offset_seconds = Some(seconds.clamp(-86_400, 86_400))) }
                { number("exports.gap_threshold_seconds", t!("多少秒以上才算缺口"), t!("60 秒是行业做法，不是法律规定的数，可以改。"), i64::from(said.gap_threshold_seconds.unwrap_or(60)),
                    |said, seconds| said.gap_threshold_seconds = u32::try_from(seconds.clamp(0, 86_400)).ok()) }
            </div>
            <p class="small muted">{ explained(t!("这些回答随档案保存，下次打开还在。这里说的移动侦测和时钟偏差是什么，点一下就能看到。"), &[Term::Motion, Term::ClockOffset]) }</p>
        </details>
    }
}

/// A change of what was said.
pub(super) type Change = Box<dyn FnOnce(&mut Exports)>;

/// Applies changes to what the dossier says of the recorder.
pub(super) fn change(said: &Exports, dispatch: &Callback<Action>) -> Callback<Change> {
    let said = said.clone();
    dispatch.reform(move |change: Change| {
        let mut said = said.clone();
        change(&mut said);
        Action::Recorder(said)
    })
}
