//! Every channel: the picture, the time line and the table.

use chrono::NaiveDate;
use yew::prelude::*;

use super::channel_table::ChannelTable;
use super::measures::measures;
use super::questions::Expected;
use super::settings::change;
use crate::dossier::Exports;
use crate::ui::session::Action;
use crate::ui::shared::Shared;
use crate::ui::widgets::heatmap::Heatmap;
use crate::ui::widgets::later::Later;
use crate::ui::widgets::playback::{Jump, Playback};
use crate::wire::Inspection;
use crate::words::lang::t;

#[derive(Properties, PartialEq)]
pub struct ChannelsProps {
    pub inspection: Shared<Inspection>,
    /// What was said of the recorder.
    pub said: Exports,
    /// Channels of the dossier's cameras, as people wrote them.
    pub cameras: Vec<String>,
    pub dispatch: Callback<Action>,
}

/// The sections; a day of the picture opens in the time line.
#[component]
pub fn Channels(props: &ChannelsProps) -> Html {
    let ChannelsProps {
        inspection,
        said,
        cameras,
        dispatch,
    } = props;
    // The same one until something changes: the table below need not be made anew.
    let onchange = use_memo((said.clone(), dispatch.clone()), |(said, dispatch)| {
        change(said, dispatch)
    });
    let onchange = (*onchange).clone();
    let jump = use_state_eq(|| None::<Jump>);
    let onopen = {
        let jump = jump.clone();
        Callback::from(move |(channel, day): (usize, NaiveDate)| {
            let number = jump.map_or(0, |(number, ..)| number + 1);
            jump.set(Some((number, channel, day)));
        })
    };
    html! {
        <>
            <section class="card">
                <h2>{ t!("每个通道、每一天") }</h2>
                <Heatmap inspection={inspection.clone()} {onopen} />
            </section>
            <Later><Playback inspection={inspection.clone()} clock_offset={said.clock_offset_seconds.unwrap_or(0)} jump={*jump} /></Later>
            <section class="card">
                <h2 id="channels">{ t!("各通道的结论") }</h2>
                <ChannelTable inspection={inspection.clone()} said={said.clone()} onchange={onchange.clone()} />
                { measures(inspection, said.gap_threshold_seconds.unwrap_or(60)) }
                <Expected inspection={inspection.clone()} said={said.clone()} cameras={cameras.clone()} {onchange} />
            </section>
        </>
    }
}
