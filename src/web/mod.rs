//! The browser: files, the worker and its messages, storage. Everything here
//! is a thin front; nothing here knows law or formats.

pub mod cameras;
pub mod code;
pub mod files;
pub mod image;
pub mod job;
pub mod kept;
pub mod message;
pub mod picture;
mod pieces;
pub mod share;
pub mod speech;
pub mod storage;
pub mod timing;
pub mod worker;
