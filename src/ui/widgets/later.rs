//! Parts of a page that come a moment after the rest.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// False at first, true from a task of its own on; who asked first is told first.
/// Where a page is only written, as in tests, there is no later.
#[hook]
pub fn use_later() -> bool {
    let now = use_state_eq(|| cfg!(not(target_arch = "wasm32")));
    {
        let now = now.setter();
        use_effect_with((), move |()| {
            let timer = Timeout::new(0, move || now.set(true));
            move || drop(timer)
        });
    }
    *now
}

#[derive(Properties, PartialEq)]
pub struct LaterProps {
    pub children: Html,
}

/// Shows its content in a task of its own: what stands above is seen first, and
/// neither takes so long that the page stands still.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    if use_later() {
        props.children.clone()
    } else {
        Html::default()
    }
}
