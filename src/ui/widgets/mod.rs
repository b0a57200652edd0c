//! Parts that several pages share. All are pure: values in, callbacks out.

pub mod anchor;
pub mod badge;
pub mod bars;
pub mod cites;
pub mod contents;
pub mod drawing;
pub mod fields;
pub mod heatmap;
pub mod icons;
pub mod later;
pub mod pager;
pub mod paper;
pub mod plan_drawing;
pub mod plan_findings;
pub mod playback;
pub mod read_aloud;
pub mod receipt_check;
pub mod sheet;
pub mod surface;
pub mod term;
pub mod timeline;
pub mod unfold;
