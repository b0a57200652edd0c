//! Lists of recordings that recorders and platforms export. One file a dialect.

mod columns;
pub mod delimited;
pub mod ledger;
mod row;
pub mod text;
