//! Content that is made only when a person unfolds it.

use web_sys::Element;
use yew::prelude::*;

/// Whether a `details` element is open, and what it tells its `ontoggle` to.
#[hook]
pub fn use_unfolded() -> (bool, Callback<Event>) {
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| open.set(event.target_unchecked_into::<Element>().has_attribute("open")))
    };
    (*open, ontoggle)
}
