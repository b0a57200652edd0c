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
pub const UNDO: &str = "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 0 10h-3";

/// The picture of a group of places.
pub fn group(group: PlaceGroup) -> Html {
    icon(match group {
        _ => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.4 2.4c-.6.2-.9.7-.9 1.3v.8M12 17v.3",
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
