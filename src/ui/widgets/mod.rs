//! Parts that several pages share. All are pure: values in, callbacks out.

pub mod badge;
pub mod bars;
pub mod cites;
pub mod fields;
pub mod heatmap;
pub mod icons;
pub mod plan_drawing;
pub mod plan_findings;
pub mod receipt_check;
pub mod sheet;
pub mod timeline;
