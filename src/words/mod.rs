//! Sentences. The engine gives values; each language puts them into words, in
//! one exhaustive match, so that a missing translation does not compile. The
//! law itself is always quoted in Chinese.

pub mod findings;
pub mod lang;
pub mod penalties;
pub mod plan;
pub mod receipt;
pub mod retention;
pub mod signature;
pub mod terms;
pub mod why;
pub mod zh_cn;
