//! Sentences. The engine gives values, and these modules put them into words,
//! in simplified Chinese: exhaustive matches, so that nothing goes without.
//! [`lang`] says them in other languages. The law is quoted in Chinese always.

pub mod cites;
pub mod findings;
pub mod lang;
pub mod penalties;
pub mod plan;
pub mod receipt;
pub mod retention;
pub mod sentence;
pub mod signature;
pub mod terms;
pub mod vendor;
pub mod why;
pub mod zh_cn;
