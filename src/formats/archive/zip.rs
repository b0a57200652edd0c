//! ZIP archives (PKWARE APPNOTE 6.3): the central directory, ZIP64 included;
//! where it is lost, what the local headers tell.

use std::io;

use super::window::Window;
use super::{Budget, Opening, inflate};
use crate::formats::bytes::{self, le16, le32, le64};
use crate::formats::{Charsets, Contents, Head, Job, Score, decode, lists};
use crate::recording::problem::{Content, Limit};
use crate::recording::{Kind, ProblemKind};
use crate::source::Source;

/// Bytes of a central directory.
const MAX_DIRECTORY: u64 = 32 << 20;

/// Entries of one directory.
const MAX_ENTRIES: usize = 100_000;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

pub fn probe(head: &Head<'_>) -> Score {
    match head.bytes.starts_with(b"PK\x03\x04") || head.bytes.starts_with(b"PK\x05\x06") {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

pub fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let zip = Zip::open(job.source, job.charsets)?;
    if zip.find("xl/workbook.xml").is_some() {
        return lists::workbook::read(&zip, job);
    }
    if zip.find("[Content_Types].xml").is_some() && zip.find("word/document.xml").is_some() {
        let mut contents = Contents {
            kind: Some(Kind::Other),
            ..Contents::default()
        };
        contents.problem(ProblemKind::NotChecked(Content::Document).anywhere());
        return Ok(contents);
    }
    let mut opening = match Opening::new(job.head.path, job.charsets, job.budget) {
        Ok(opening) => opening,
        Err(contents) => return Ok(*contents),
    };
    if zip.cut && !zip.begun {
        // Nothing but the magic number.
        opening
            .contents
            .problem(ProblemKind::NotChecked(Content::Archive).anywhere());
    } else if zip.cut {
        opening
            .contents
            .problem(ProblemKind::Truncated { missing: None }.at(job.head.size));
    }
    if zip.full {
        opening
            .contents
            .problem(ProblemKind::LimitReached(Limit::EntryCount).anywhere());
    }
    let mut claimed = 0_u64;
    for entry in &zip.entries {
        if !opening.count() {
            break;
        }
        claimed = claimed.saturating_add(entry.packed.min(job.head.size.saturating_sub(entry.offset)));
        if claimed > job.head.size {
            // Entries that share their bytes: a bomb, or a broken directory.
            opening
                .contents
                .problem(ProblemKind::LimitReached(Limit::Ratio).anywhere());
            break;
        }
        if let Some(path) = opening.path(&entry.name) {
            one(job.source, entry, &path, &mut opening)?;
        }
    }
    Ok(opening.finish())
}

fn one(source: &mut dyn Source, entry: &Entry, path: &str, opening: &mut Opening<'_>) -> io::Result<()> {
    if entry.encrypted {
        opening.unopened(path, entry.size, ProblemKind::EntryEncrypted);
        return Ok(());
    }
    let Some(from) = entry.data(source)? else {
        opening.unopened(
            path,
            entry.size,
            ProblemKind::Truncated {
                missing: Some(entry.packed),
            },
        );
        return Ok(());
    };
    match entry.method {
        STORED => {
            let held = entry.packed.min(source.len().saturating_sub(from));
            let crc = entry.crc.filter(|_| held == entry.packed);
            opening.entry(path, &mut Window::new(source, from, held), crc)?;
            if held < entry.packed {
                opening.cut(held, entry.packed - held);
            }
        }
        DEFLATED => {
            let room = match opening.budget.room(entry.packed, entry.size) {
                Ok(room) => room,
                Err(limit) => {
                    opening.unopened(path, entry.size, ProblemKind::LimitReached(limit));
                    return Ok(());
                }
            };
            let out = inflate::raw(source, from, entry.packed, room)?;
            if out.over {
                // It holds more than it says.
                opening.unopened(path, entry.size, ProblemKind::LimitReached(Limit::Ratio));
                return Ok(());
            }
            let got = out.bytes.len() as u64;
            let missing = (!out.whole || got < entry.size).then(|| entry.size.saturating_sub(got));
            opening.unpacked(path, &out.bytes, entry.crc, missing)?;
        }
        _ => opening.unopened(path, entry.size, ProblemKind::NotChecked(Content::Archive)),
    }
    Ok(())
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    method: u16,
    encrypted: bool,
    crc: Option<u32>,
    packed: u64,
    size: u64,
    /// Of the local header.
    offset: u64,
}

impl Entry {
    /// Where the data begins, behind the local header.
    fn data(&self, source: &mut dyn Source) -> io::Result<Option<u64>> {
        let header = bytes::read(source, self.offset, 30)?;
        let (Some(b"PK\x03\x04"), Some(name), Some(extra)) = (header.get(..4), le16(&header, 26), le16(&header, 28))
        else {
            return Ok(None);
        };
        Ok(self.offset.checked_add(30 + u64::from(name) + u64::from(extra)))
    }
}

/// The directory of an archive.
#[derive(Clone, Debug, Default)]
pub struct Zip {
    pub entries: Vec<Entry>,
    /// The central directory is lost or incomplete.
    cut: bool,
    /// At least one entry's header is there.
    begun: bool,
    /// There are more entries than are listed.
    full: bool,
}

impl Zip {
    /// Reads the directory.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn open(source: &mut dyn Source, charsets: &dyn Charsets) -> io::Result<Self> {
        let mut zip = Self::default();
        match end(source)? {
            Some((at, len, count)) if len <= MAX_DIRECTORY => {
                let directory = bytes::read(source, at, len as usize)?;
                zip.central(&directory, charsets);
                zip.cut = (zip.entries.len() as u64) < count && !zip.full;
                zip.begun = true;
            }
            Some(_) => zip.full = true,
            None => {
                zip.cut = true;
                zip.local(source, charsets)?;
            }
        }
        Ok(zip)
    }

    /// The entry of this name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The unpacked bytes of an entry, if it is there, whole and within limits.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn bytes(&self, name: &str, source: &mut dyn Source, budget: &mut Budget) -> io::Result<Option<Vec<u8>>> {
        let Some(entry) = self.find(name).filter(|entry| !entry.encrypted) else {
            return Ok(None);
        };
        let (Ok(room), Some(from)) = (budget.room(entry.packed, entry.size), entry.data(source)?) else {
            return Ok(None);
        };
        let bytes = match entry.method {
            STORED => bytes::read(source, from, entry.packed.min(room) as usize)?,
            DEFLATED => inflate::raw(source, from, entry.packed, room)?.bytes,
            _ => return Ok(None),
        };
        budget.unpacked = budget.unpacked.saturating_sub(bytes.len() as u64);
        Ok(Some(bytes))
    }

    fn central(&mut self, directory: &[u8], charsets: &dyn Charsets) {
        let mut at = 0_usize;
        while let Some(b"PK\x01\x02") = directory.get(at..at.saturating_add(4)) {
            if self.entries.len() == MAX_ENTRIES {
                self.full = true;
                return;
            }
            let Some((entry, next)) = central_entry(directory, at, charsets) else {
                return;
            };
            self.entries.push(entry);
            at = next;
        }
    }

    /// Without a directory: header after header, as long as their sizes are
    /// told.
    fn local(&mut self, source: &mut dyn Source, charsets: &dyn Charsets) -> io::Result<()> {
        let mut at = 0_u64;
        while self.entries.len() < MAX_ENTRIES {
            let header = bytes::read(source, at, 30)?;
            let Some((flags, name_len, extra_len)) = local_header(&header) else {
                break;
            };
            let name = bytes::read(source, at + 30, usize::from(name_len))?;
            if name.len() < usize::from(name_len) {
                break;
            }
            self.begun = true;
            let extra = bytes::read(source, at + 30 + u64::from(name_len), usize::from(extra_len))?;
            let mut entry = Entry {
                name: decode(&name, charsets),
                method: le16(&header, 8).unwrap_or_default(),
                encrypted: flags & 1 != 0,
                crc: le32(&header, 14),
                packed: u64::from(le32(&header, 18).unwrap_or_default()),
                size: u64::from(le32(&header, 22).unwrap_or_default()),
                offset: at,
            };
            zip64(&extra, &mut entry);
            if flags & 8 != 0 && entry.packed == 0 {
                break;
            }
            let next = at + 30 + u64::from(name_len) + u64::from(extra_len);
            let Some(next) = next.checked_add(entry.packed) else {
                break;
            };
            self.entries.push(entry);
            at = next;
        }
        Ok(())
    }
}

fn local_header(header: &[u8]) -> Option<(u16, u16, u16)> {
    (header.get(..4)? == b"PK\x03\x04").then_some(())?;
    Some((le16(header, 6)?, le16(header, 26)?, le16(header, 28)?))
}

fn central_entry(directory: &[u8], at: usize, charsets: &dyn Charsets) -> Option<(Entry, usize)> {
    let header = directory.get(at..)?;
    let (name_len, extra_len, comment_len) = (le16(header, 28)?, le16(header, 30)?, le16(header, 32)?);
    let name_end = 46 + usize::from(name_len);
    let extra_end = name_end + usize::from(extra_len);
    let extra = header.get(name_end..extra_end)?;
    let mut entry = Entry {
        name: decode(header.get(46..name_end)?, charsets),
        method: le16(header, 10)?,
        encrypted: le16(header, 8)? & 1 != 0,
        crc: le32(header, 16),
        packed: u64::from(le32(header, 20)?),
        size: u64::from(le32(header, 24)?),
        offset: u64::from(le32(header, 42)?),
    };
    zip64(extra, &mut entry);
    Some((entry, at + extra_end + usize::from(comment_len)))
}

/// Puts in what the 32-bit fields could not hold (extra field 0x0001: those of
/// size, packed size and offset that are all ones, in this order).
fn zip64(extra: &[u8], entry: &mut Entry) {
    let mut at = 0;
    while let (Some(id), Some(len)) = (le16(extra, at), le16(extra, at + 2)) {
        if id == 1 {
            let mut field = at + 4;
            for value in [&mut entry.size, &mut entry.packed, &mut entry.offset] {
                if *value == u64::from(u32::MAX)
                    && let Some(wide) = le64(extra, field)
                {
                    *value = wide;
                    field += 8;
                }
            }
            return;
        }
        at += 4 + usize::from(len);
    }
}

/// Where the central directory is, its length and its entries.
fn end(source: &mut dyn Source) -> io::Result<Option<(u64, u64, u64)>> {
    const RECORD: u64 = 22;
    let size = source.len();
    let from = size.saturating_sub(RECORD + u64::from(u16::MAX));
    let tail = bytes::read(source, from, (RECORD + u64::from(u16::MAX)) as usize)?;
    let fits = |at: &usize| {
        let comment = le16(&tail, at + 20).map(usize::from);
        tail.get(*at..at + 4) == Some(b"PK\x05\x06")
            && comment.is_some_and(|len| at + RECORD as usize + len <= tail.len())
    };
    let Some(at) = (0..tail.len().saturating_sub(RECORD as usize - 1)).rev().find(fits) else {
        return Ok(None);
    };
    let record = tail.get(at..).unwrap_or_default();
    let (Some(count), Some(len), Some(offset)) = (le16(record, 10), le32(record, 12), le32(record, 16)) else {
        return Ok(None);
    };
    let wide = count == u16::MAX || len == u32::MAX || offset == u32::MAX;
    let here = from + at as u64;
    if wide && let Some(found) = end64(source, here)? {
        return Ok(Some(found));
    }
    let (len, offset) = (u64::from(len), u64::from(offset));
    if offset.saturating_add(len) > here {
        return Ok(None);
    }
    Ok(Some((offset, len, u64::from(count))))
}

fn end64(source: &mut dyn Source, end: u64) -> io::Result<Option<(u64, u64, u64)>> {
    let Some(at) = end.checked_sub(20) else { return Ok(None) };
    let locator = bytes::read(source, at, 20)?;
    let (Some(b"PK\x06\x07"), Some(at)) = (locator.get(..4), le64(&locator, 8)) else {
        return Ok(None);
    };
    let record = bytes::read(source, at, 56)?;
    if record.get(..4) != Some(b"PK\x06\x06") {
        return Ok(None);
    }
    let fields = (le64(&record, 48), le64(&record, 40), le64(&record, 32));
    let (Some(offset), Some(len), Some(count)) = fields else {
        return Ok(None);
    };
    Ok((offset.saturating_add(len) <= end).then_some((offset, len, count)))
}
