//! Lists of recordings that recorders and platforms export. One file a dialect.

pub mod delimited;
