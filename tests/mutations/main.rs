//! What the kit finds when a recording is cut, changed, copied or renamed:
//! every sample, every way, as a table that people can read
//! (`docs/detectable.md`). The samples are not part of the project: without
//! them the tests say so and pass.

mod agree;
mod files;
mod mutate;
mod table;
mod tools;
