//! A button that reads a text aloud, and stops.

use yew::prelude::*;

use super::icons;
use crate::web::speech::{on_voices, reader};
use crate::words::lang::t;

#[derive(Properties, PartialEq)]
pub struct ReadAloudProps {
    /// What is read, as people speak.
    pub text: AttrValue,
}

/// The button; none where the browser has no Chinese voice of its own.
#[component]
pub fn ReadAloud(props: &ReadAloudProps) -> Html {
    let voice = use_state_eq(|| None);
    let reading = use_state_eq(|| false);
    {
        let voice = voice.setter();
        use_effect_with((), move |()| {
            voice.set(reader());
            let listener = on_voices(move || voice.set(reader()));
            move || drop(listener)
        });
    }
    {
        // Silent when something else is to be read, and when the page is left.
        let (voice, reading) = ((*voice).clone(), reading.setter());
        use_effect_with((props.text.clone(), voice), move |(_, voice)| {
            let voice = voice.clone();
            move || {
                if let Some(voice) = voice {
                    voice.stop();
                }
                reading.set(false);
            }
        });
    }
    let Some(found) = (*voice).clone() else {
        return Html::default();
    };
    let onclick = {
        let (reading, text) = (reading.clone(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            if *reading {
                found.stop();
                reading.set(false);
            } else {
                let over = reading.setter();
                found.read(&text, move || over.set(false));
                reading.set(true);
            }
        })
    };
    let label = if *reading {
        t!("停止朗读")
    } else {
        t!("读给我听")
    };
    let icon = if *reading { icons::STOP } else { icons::SPEAKER };
    html! { <button type="button" class="button no-print" {onclick}>{ icons::icon(icon) }{ label }</button> }
}
