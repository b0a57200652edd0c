//! The page (Yew). Views are pure and render natively in tests; browser calls
//! stand only in effects and callbacks ([`app`]).

pub mod app;
pub mod example;
pub mod exports;
pub mod finder;
pub mod handle;
pub mod pages;
pub mod route;
pub mod search;
pub mod session;
pub mod shared;
pub mod shell;
pub mod widgets;

pub use app::App;
