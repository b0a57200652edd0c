//! Papers to hand in, and tables and dates to take along: values in, texts and
//! bytes out.
//!
//! A paper is a [`Document`] first; the page shows and prints it, `docx`
//! writes it. The papers go to Chinese authorities and are in simplified
//! Chinese alone, whatever the page speaks: their sentences stand in their own
//! files, beside the form they fill. What
//! the dossier does not say is a blank to fill in by hand.

mod calendar;
mod camera_table;
mod case;
mod csv;
pub mod document;
mod docx;
mod evidence;
mod filing;
mod package;
pub mod picture;
pub mod receipt;
mod rectification;
mod removal;
pub mod scan;
mod self_inspection;
mod sign;
mod table;
mod xlsx;

pub use case::Case;
pub use csv::csv;
pub use document::Document;
pub use table::{Rows, Sheet, Value};
pub use xlsx::xlsx;

use calendar::ics;
use document::Block;
use docx::docx;
use package::Package;

use crate::ids::ids;
use crate::words::lang::in_chinese;

ids! {
    /// A paper that the kit writes.
    pub enum Paper {
        SelfInspection = "self-inspection" => "自查报告",
        Rectification = "rectification" => "整改报告",
        FilingForm = "filing-form" => "备案登记表",
        Removal = "removal" => "拆除报告",
        CameraTable = "camera-table" => "摄像头一览表",
        Sign = "sign" => "标志牌",
    }
}

/// A file to hand out.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    pub name: String,
    /// Media type.
    pub mime: &'static str,
    pub bytes: Vec<u8>,
}

impl File {
    fn new(name: impl Into<String>, mime: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            mime,
            bytes,
        }
    }
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What every paper of the example bears.
const EXAMPLE: &str = "【示例】内容是虚构的，只供了解格式，不能提交。";

/// Every paper, table and the calendar of a case.
pub fn files(case: &Case<'_>) -> Vec<File> {
    let mut files: Vec<_> = Paper::ALL.iter().map(|paper| paper.file(case)).collect();
    files.extend(in_chinese(|| sheets(case).collect::<Vec<_>>()));
    files.push(workbook(case));
    files.extend(calendar(case));
    files
}

/// The tables that have rows.
fn filled(case: &Case<'_>) -> impl Iterator<Item = (&'static Sheet, Rows)> {
    let tables = Sheet::ALL.iter().map(|sheet| (sheet, sheet.rows(case)));
    tables.filter(|(_, rows)| !rows.rows.is_empty())
}

/// Each table as CSV.
fn sheets(case: &Case<'_>) -> impl Iterator<Item = File> {
    filled(case).map(|(sheet, rows)| File::new(format!("{}.csv", sheet.label()), "text/csv", csv(&rows)))
}

/// All tables as CSV in one archive.
pub fn tables(case: &Case<'_>) -> File {
    in_chinese(|| {
        let mut package = Package::default();
        for file in sheets(case) {
            package.add(&file.name, &file.bytes);
        }
        File::new("自查数据.zip", "application/zip", package.finish())
    })
}

/// All tables in one workbook.
pub fn workbook(case: &Case<'_>) -> File {
    in_chinese(|| {
        let sheets: Vec<_> = filled(case).map(|(sheet, rows)| (sheet.label(), rows)).collect();
        File::new("自查数据.xlsx", XLSX, xlsx(&sheets))
    })
}

/// The open deadlines as a calendar; none where none is open, for a calendar
/// without an event is no calendar to the standard.
pub fn calendar(case: &Case<'_>) -> Option<File> {
    let bytes = in_chinese(|| ics(case))?;
    Some(File::new("期限日历.ics", "text/calendar", bytes))
}

impl Paper {
    /// The paper of this case as a .docx file.
    pub fn file(self, case: &Case<'_>) -> File {
        File::new(format!("{}.docx", self.chinese()), DOCX, docx(&self.write(case)))
    }

    /// The paper of this case.
    pub fn write(self, case: &Case<'_>) -> Document {
        let mut paper = in_chinese(|| match self {
            Self::SelfInspection => self_inspection::write(case),
            Self::Rectification => rectification::write(case),
            Self::FilingForm => filing::write(case),
            Self::Removal => removal::write(case),
            Self::CameraTable => camera_table::write(case),
            Self::Sign => sign::write(case),
        });
        if case.dossier.is_example() {
            let mark = || Block::To(EXAMPLE.to_owned());
            match paper.bare {
                false => paper.blocks.insert(0, mark()),
                // On the sign itself, that no page is left over.
                true => paper.blocks.iter_mut().for_each(|block| {
                    if let Block::Signs(parts) = block {
                        parts.iter_mut().for_each(|part| part.push(mark()));
                    }
                }),
            }
        }
        paper
    }
}
