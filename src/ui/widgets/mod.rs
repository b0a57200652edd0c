//! Parts that several pages share. All are pure: values in, callbacks out.

pub mod badge;
pub mod bars;
pub mod cites;
pub mod drawing;
pub mod fields;
pub mod heatmap;
pub mod icons;
pub mod later;
pub mod paper;
pub mod playback;
pub mod surface;
pub mod timeline;
