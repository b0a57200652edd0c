//! On a phone the steps and the commands are folded away; a handle unfolds them.

use yew::prelude::*;

use super::widgets::icons;

/// A part of the frame that a phone folds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Steps,
    Commands,
}

impl Part {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Commands => "commands",
        }
    }

    /// The frame's class while the part is unfolded.
    pub const fn open(self) -> &'static str {
        match self {
            Self::Steps => "steps-open",
            Self::Commands => "commands-open",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct HandleProps {
    pub part: Part,
    /// The part that is unfolded; one at most.
    pub open: Option<Part>,
    pub onopen: Callback<Option<Part>>,
    pub children: Html,
}

/// A button that unfolds its part, or folds it again.
#[component]
pub fn Handle(props: &HandleProps) -> Html {
    let part = props.part;
    let open = props.open == Some(part);
    let onclick = props.onopen.reform(move |_: MouseEvent| (!open).then_some(part));
    html! {
        <button type="button" class="button handle" aria-expanded={open.to_string()} aria-controls={part.id()} {onclick}>
            { props.children.clone() }
            { icons::icon(if open { icons::UP } else { icons::DOWN }) }
        </button>
    }
}
