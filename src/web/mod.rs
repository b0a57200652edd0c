//! The browser: files, the worker and its messages, storage. Everything here
//! is a thin front; nothing here knows law or formats.

pub mod balance;
pub mod cameras;
pub mod code;
pub mod files;
pub mod help;
pub mod image;
pub mod job;
pub mod kept;
mod link;
pub mod message;
pub mod picture;
mod pieces;
pub mod share;
mod simd;
pub mod speech;
pub mod storage;
pub mod timing;
pub mod worker;
