//! The floor plan (平面图) of a site: private rooms, walls, doors and cameras
//! over a picture, and what part of a private room a camera can see.
//!
//! Lengths are plan units: pixels of the picture, x to the right, y down, angles
//! in degrees clockwise from the x axis. What is computed is a lead for the eye,
//! not a finding: a plan knows neither furniture nor curtains, and a door that is
//! kept shut counts as open.

pub mod geometry;
pub mod model;
mod picture;
pub mod sight;
pub mod snap;
pub mod visibility;

pub use geometry::Point;
pub use model::{Opening, OpeningKind, Plan, PlanError, Pose, Room, Wall};
pub use picture::Picture;
pub use sight::{Sight, Sights};
