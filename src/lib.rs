//! 锡视自查 — self-inspection for 《无锡市公共安全视频图像信息系统管理办法》.
//!
//! # Bird's eye
//! A pure, synchronous engine in the middle (bytes and answers in, values
//! out), and thin fronts around it: the page, its worker, the command line.
//!
//! ```text
//! a recorder's export                          duties
//! File / path ─▶ Source ─▶ formats ─▶ Reading  Dossier ─▶ law::assess ─▶ Assessment
//!    the same bytes ─▶ digest        │                    law::questions ─▶ what to ask next
//!                 inspect::conclude ◀┴── Options ◀── retention days, with their article
//! ```
//!
//! # Where things are
//! - [`dossier`]: the file people save, and the input of every judgement.
//! - [`law`]: the articles, the rules (one file a provision), dates, places, figures.
//! - [`plan`]: the floor plan, and what of a private room a camera can see.
//! - [`formats`]: bytes to recordings, one file or folder a format; [`recording`]:
//!   the model that they all fill; [`checks`]: what follows from it.
//! - [`inspect`]: one file read, all files judged. [`pass`]: every byte
//!   of a file once, for [`digest`] and [`signature`] (what cameras signed).
//! - [`evidence`]: the list of files handed over, and manifests of it.
//! - [`papers`]: papers to hand in (.docx, print), tables (CSV, XLSX), the calendar.
//! - [`pinyin`]: readings of letters, for search.
//! - [`sort`]: sorting that the page carries once.
//! - [`wire`]: the documents that leave the engine; [`assessment_doc`] makes the law's.
//! - [`words`]: every sentence; `locales/`: their translations (`docs/translating.md`).
//! - [`ui`]: the page (Yew), pure views around one reducer; [`web`]: the browser's
//!   files, worker and storage. `src/cli/`: the command line.
//!
//! # What holds
//! - `law plan recording formats checks digest signature pass papers` name no
//!   browser, no clock, no file system: the day judged is an argument. A test greps for it.
//! - Unknown is a value of its own: never "no", never "fine". What a reader
//!   cannot read is "cannot tell", never "damaged".
//! - Readers do not fail, they report: problems with byte positions; `Err` is
//!   for a medium that fails or a job that is cancelled.
//! - Every result names its article, and every article named has a text.
//! - The engine gives values; sentences are made in [`words`] only, and in
//!   [`papers`], which are in Chinese alone.
#![forbid(unsafe_code)]

pub mod assessment_doc;
pub mod checks;
pub mod comparison_doc;
pub mod digest;
pub mod dossier;
pub mod evidence;
pub mod formats;
pub mod ids;
pub mod inspect;
pub mod law;
pub mod papers;
pub mod pass;
pub mod pinyin;
pub mod plan;
pub mod recording;
pub mod signature;
pub mod sort;
pub mod source;
pub mod ui;
pub mod web;
pub mod wire;
pub mod words;
