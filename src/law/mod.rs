//! The law: what a business owes on a given day, why, and what it risks.
//!
//! Pure: a [`Dossier`](crate::dossier::Dossier) and a day in, values out.
//! [`assess`] judges, [`questions`] says what is still missing, [`text`] holds
//! the articles. Values name facts and articles; their words are elsewhere.

mod assess;
pub mod assessment;
pub mod calendar;
pub mod camera_places;
mod changes;
pub mod cite;
mod coverage;
pub mod deadlines;
pub mod duties;
mod exposure;
mod facts;
pub mod field;
mod fold;
pub mod listing;
mod not_judged;
mod on_plan;
pub mod params;
mod path;
pub mod places;
mod questions;
pub mod reason;
pub mod receipt;
pub mod retention;
pub mod rules;
pub mod text;
mod what_if;

pub use assess::{RULEBOOK, assess};
pub use assessment::Assessment;
pub use changes::{Change, changes};
pub use coverage::{How, Open, Row, coverage};
pub use not_judged::{NotJudged, Why, not_judged};
pub use questions::{Ask, Question, questions, questions_of};
pub use what_if::{Said, Setting, WhatIf, what_if};
