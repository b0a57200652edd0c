//! What device logs tell.

use yew::prelude::*;

use super::LISTED;
use crate::recording::EventKind;
use crate::wire::EventDoc;
use crate::words::lang::t;

/// What device logs tell, in time order.
pub(super) fn events(events: &[EventDoc]) -> Html {
    if events.is_empty() {
        return Html::default();
    }
    let rows = events.iter().take(LISTED).map(|event| {
        let kind = EventKind::from_id(&event.kind).map_or(event.kind.as_str(), |kind| kind.label());
        html! {
            <tr>
                <td class="nowrap">{ event.at.format("%Y-%m-%d %H:%M:%S").to_string() }</td>
                <td>{ kind.to_owned() }</td>
                <td>{ event.channel.clone().unwrap_or_default() }</td>
                <td>{ &event.words }</td>
            </tr>
        }
    });
    html! {
        <section class="card">
            <h2 id="events">{ t!("日志里要紧的事（{} 件）", events.len()) }</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="events"><table aria-labelledby="events">
                <thead><tr><th scope="col">{ t!("时间") }</th><th scope="col">{ t!("事件") }</th><th scope="col">{ t!("通道") }</th><th scope="col">{ t!("原文") }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table></div>
        </section>
    }
}
