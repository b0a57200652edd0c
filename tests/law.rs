//! The rulebook against its cases.

#[path = "law/cases.rs"]
mod cases;
#[path = "law/cli.rs"]
mod cli;
#[path = "law/few_questions.rs"]
mod few_questions;
#[path = "law/invariants.rs"]
mod invariants;
#[path = "law/layers.rs"]
mod layers;
#[path = "law/penalties.rs"]
mod penalties;
