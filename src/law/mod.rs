//! The law: what a business owes on a given day, why, and what it risks.
//!
//! Pure: a [`Dossier`](crate::dossier::Dossier) and a day in, values out.

pub mod calendar;
pub mod camera_places;
pub mod duties;
mod fold;
pub mod places;
