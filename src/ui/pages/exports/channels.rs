//! Every channel: the picture, the time line and the table.

use chrono::NaiveDate;
use yew::prelude::*;

use super::channel_table::ChannelTable;
use crate::ui::shared::Shared;
use crate::ui::widgets::heatmap::Heatmap;
use crate::ui::widgets::playback::{Jump, Playback};
use crate::wire::Inspection;

#[derive(Properties, PartialEq)]
pub struct ChannelsProps {
    pub inspection: Shared<Inspection>,
    /// What is added to the recorder's clock, in seconds.
    pub clock_offset: i64,
}

/// The sections; a day of the picture opens in the time line.
#[component]
pub fn Channels(props: &ChannelsProps) -> Html {
    let inspection = &props.inspection;
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
                <h2>{ "每个通道、每一天" }</h2>
                <Heatmap inspection={inspection.clone()} {onopen} />
            </section>
            <Playback inspection={inspection.clone()} clock_offset={props.clock_offset} jump={*jump} />
            <section class="card">
                <h2>{ "各通道的结论" }</h2>
                <ChannelTable inspection={inspection.clone()} />
            </section>
        </>
    }
}
