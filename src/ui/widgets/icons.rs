//! Line drawings on a 24 × 24 grid, in the current colour.

use yew::prelude::*;

use crate::law::places::PlaceGroup;

/// A drawing by its path data.
pub fn icon(path: &'static str) -> Html {
    html! {
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"
            stroke-linejoin="round" aria-hidden="true" focusable="false"><path d={path} /></svg>
    }
}

pub const SEARCH: &str = "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.2 16.2 21 21";
pub const FOLDER: &str = "M3 6.5h6l2 2.5h10v10.5H3z";
pub const FILE: &str = "M6 2.5h8l4.5 4.5v14.5H6zM14 2.5V7h4.5";
pub const UPLOAD: &str = "M12 16V4M7 9l5-5 5 5M4 16v4.5h16V16";
pub const PRINT: &str = "M7 8V3h10v5M7 17H3.5V8h17v9H17M7 14h10v7H7z";
pub const SAVE: &str = "M12 4v11M7.5 11 12 15.5 16.5 11M4 19.5h16";
pub const CAMERA: &str = "M3 7.5h12v8H3zM15 10l6-3v9l-6-3M6 15.5V20M3.5 20h5";
pub const PLUS: &str = "M12 5v14M5 12h14";
pub const SPEAKER: &str = "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11";
pub const STOP: &str = "M6.5 6.5h11v11h-11z";
pub const UNDO: &str = "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 0 10h-3";
pub const DOWN: &str = "M6 9.5l6 6 6-6";
pub const UP: &str = "M6 14.5l6-6 6 6";
pub const REDO: &str = "M15 7l5 5-5 5M20 12H9a5 5 0 0 0 0 10h3";

/// The picture of a group of places.
pub fn group(group: PlaceGroup) -> Html {
    icon(match group {
        PlaceGroup::Retail => "M5 8h14l1 12.5H4zM8.5 8V6.5a3.5 3.5 0 0 1 7 0V8",
        PlaceGroup::Catering => "M7 3v6a2.5 2.5 0 0 0 5 0V3M9.5 3v18M17 21v-7h-2.5V7c0-2.5 1-4 2.5-4z",
        PlaceGroup::Lodging => {
            "M3 19V6M3 16h18v3M21 16v-3a3 3 0 0 0-3-3h-8v6M6.5 12.5a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z"
        }
        PlaceGroup::Leisure => "M9 18V5l11-2v13M9 18a3 3 0 1 1-3-3 3 3 0 0 1 3 3zM20 16a3 3 0 1 1-3-3 3 3 0 0 1 3 3z",
        PlaceGroup::Living => "M3.5 11 12 4l8.5 7M6 9.5V20h12V9.5M10 20v-5.5h4V20",
        PlaceGroup::EducationHealth => "M2.5 9 12 4.5 21.5 9 12 13.5zM6.5 11v5c3.5 2.7 7.5 2.7 11 0v-5M21.5 9v5.5",
        PlaceGroup::PublicService => "M3 9.5 12 4l9 5.5zM5 20.5h14M6.5 9.5v8M10.2 9.5v8M13.8 9.5v8M17.5 9.5v8",
        PlaceGroup::Transport => {
            "M6 4h12a2 2 0 0 1 2 2v10H4V6a2 2 0 0 1 2-2zM4 11h16M7 16v3M17 16v3M7.5 13.5h.1M16.5 13.5h.1"
        }
        PlaceGroup::Energy => "M13 2.5 5 13.5h5.5L10 21.5l8.5-11.5H13z",
        PlaceGroup::FinanceSpecial => "M3 7h18v12H3zM3 11h18M7 15.5h4",
        PlaceGroup::Municipal => "M8.5 3 5 21M15.5 3 19 21M12 4v3M12 10.5v3M12 17v3",
        PlaceGroup::Work => "M4 20.5V10l5 3.5V10l5 3.5V10l5 3.5v7zM17 10.5 17.5 4h2l.5 7.5",
        PlaceGroup::Other => {
            "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.4 2.4c-.6.2-.9.7-.9 1.3v.8M12 17v.3"
        }
    })
}

/// The kit's sign: an eye in a tin (锡) frame.
pub fn logo() -> Html {
    html! {
        <svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">
            <rect x="1.5" y="1.5" width="37" height="37" rx="9" fill="#0c6157" />
            <path d="M6 20c4-6.2 8.7-9.3 14-9.3S30 13.8 34 20c-4 6.2-8.7 9.3-14 9.3S10 26.2 6 20z" fill="none" stroke="#fff" stroke-width="2.4" />
            <circle cx="20" cy="20" r="5.2" fill="#fff" />
            <path d="m17.6 20.2 1.8 1.9 3.4-3.9" fill="none" stroke="#0c6157" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
