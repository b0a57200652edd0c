//! Readers of recorder exports: files made here byte by byte, real samples
//! where they are at hand, and both of them cut and changed.

#[path = "formats/annex_b.rs"]
mod annex_b;
#[path = "formats/bounds.rs"]
mod bounds;
#[path = "formats/common.rs"]
mod common;
#[path = "formats/containers.rs"]
mod containers;
#[path = "formats/converted.rs"]
mod converted;
#[path = "formats/dhav.rs"]
mod dhav;
#[path = "formats/hik4hkh.rs"]
mod hik4hkh;
#[path = "formats/hik_index.rs"]
mod hik_index;
#[path = "formats/hxvs.rs"]
mod hxvs;
#[path = "formats/mpeg_ps.rs"]
mod mpeg_ps;
#[path = "formats/mpeg_ts.rs"]
mod mpeg_ts;
#[path = "formats/samples.rs"]
mod samples;
#[path = "formats/xiongmai.rs"]
mod xiongmai;
