//! Archives: what lies inside becomes files of the inspection, under the
//! archive's name as a folder. Stored entries are read where they lie,
//! compressed ones in memory; whatever an archive claims of itself, count,
//! size, ratio and depth are bounded ([`Budget`]).

mod crc;
mod gzip;
mod inflate;
mod tar;
mod window;
mod zip;

use std::io;

use super::{Charsets, Contents, Format};
use crate::inspect::{self, Reading};
use crate::pass::Pass;
use crate::recording::problem::Limit;
use crate::recording::{Kind, ProblemKind};
use crate::signature::Roots;
use crate::source::Source;
pub use crc::Crc32;
pub use zip::Zip;

/// ZIP archives, and workbooks, which are ZIP archives too.
pub static ZIP: Format = Format {
    kind: Kind::Archive,
    extensions: &["zip", "xlsx"],
    probe: zip::probe,
    read: zip::read,
};

/// Tape archives.
pub static TAR: Format = Format {
    kind: Kind::Archive,
    extensions: &["tar"],
    probe: tar::probe,
    read: tar::read,
};

/// One file (often a tape archive) compressed by gzip.
pub static GZIP: Format = Format {
    kind: Kind::Archive,
    extensions: &["gz", "tgz"],
    probe: gzip::probe,
    read: gzip::read,
};

/// Bytes of one compressed entry that are unpacked in memory.
pub const MAX_ENTRY: u64 = 64 << 20;

/// What may yet be spent on one file of the inspection, archives in archives
/// included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Archives inside of archives.
    depth: u32,
    entries: u64,
    /// Bytes unpacked in memory, one entry after the other.
    unpacked: u64,
    /// Bytes of entries passed through the digests.
    digested: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            depth: 3,
            entries: 20_000,
            unpacked: 4 << 30,
            digested: 4 << 30,
        }
    }
}

impl Budget {
    /// Room to unpack `claimed` bytes out of `packed`, or the limit that
    /// forbids it. A ratio of more than 500 beyond a megabyte is no recording
    /// and no list.
    fn room(&self, packed: u64, claimed: u64) -> Result<u64, Limit> {
        if claimed > 1 << 20 && claimed / packed.max(1) > 500 {
            return Err(Limit::Ratio);
        }
        if claimed > MAX_ENTRY {
            return Err(Limit::EntrySize);
        }
        if claimed > self.unpacked {
            return Err(Limit::Unpacked);
        }
        Ok(claimed)
    }
}

/// An archive being opened.
struct Opening<'a> {
    archive: &'a str,
    charsets: &'a dyn Charsets,
    budget: &'a mut Budget,
    contents: Contents,
}

impl<'a> Opening<'a> {
    /// Starts on the archive at `path`. Where archives are nested too deep, the
    /// contents say so and there is nothing to open.
    fn new(path: &'a str, charsets: &'a dyn Charsets, budget: &'a mut Budget) -> Result<Self, Box<Contents>> {
        let mut contents = Contents::default();
        match budget.depth.checked_sub(1) {
            Some(depth) => budget.depth = depth,
            None => {
                contents.problem(ProblemKind::LimitReached(Limit::Depth).anywhere());
                return Err(Box::new(contents));
            }
        }
        Ok(Self {
            archive: path,
            charsets,
            budget,
            contents,
        })
    }

    /// Counts one more entry; false where there are too many.
    fn count(&mut self) -> bool {
        match self.budget.entries.checked_sub(1) {
            Some(rest) => {
                self.budget.entries = rest;
                true
            }
            None => {
                self.contents
                    .problem(ProblemKind::LimitReached(Limit::EntryCount).anywhere());
                false
            }
        }
    }

    /// The path of an entry, below the archive. `None` for what is no file of
    /// an export and, with the problem noted, for paths that lead out of it.
    fn path(&mut self, name: &str) -> Option<String> {
        match inner_path(name) {
            Inner::File(path) => Some(format!("{}/{path}", self.archive)),
            Inner::Nothing => None,
            Inner::Unsafe => {
                let name = name.chars().filter(|c| !c.is_control()).take(200).collect();
                self.contents.problem(ProblemKind::UnsafePath { name }.anywhere());
                None
            }
        }
    }

    /// Reads an entry as a file of its own: structure, then digest and, where
    /// the archive gives one, CRC.
    fn entry(&mut self, path: &str, source: &mut dyn Source, crc: Option<u32>) -> io::Result<()> {
        let mut reading = inspect::read_within(path, None, source, self.charsets, self.budget)?;
        let size = source.len();
        if let Some(rest) = self.budget.digested.checked_sub(size) {
            self.budget.digested = rest;
            // The user's certificates do not come in here: who signed stays open.
            let mut whole = Pass::new(&reading, &Roots::default());
            let mut sum = Crc32::default();
            pass(source, |piece, source| {
                sum.update(piece);
                whole.update(piece, source)
            })?;
            whole.finish().complete(&mut reading);
            if crc.is_some_and(|crc| crc != sum.finish()) {
                let manifest = self.archive.to_owned();
                reading
                    .problems
                    .push(ProblemKind::DigestMismatch { manifest }.anywhere());
            }
        }
        self.contents.entries.push(reading);
        Ok(())
    }

    /// As above, of bytes that an entry was unpacked to; `missing` if the
    /// packed data ended before so many more.
    fn unpacked(&mut self, path: &str, bytes: &[u8], crc: Option<u32>, missing: Option<u64>) -> io::Result<()> {
        self.budget.unpacked = self.budget.unpacked.saturating_sub(bytes.len() as u64);
        let mut source = bytes;
        self.entry(path, &mut source, crc.filter(|_| missing.is_none()))?;
        if let Some(missing) = missing {
            self.cut(bytes.len() as u64, missing);
        }
        Ok(())
    }

    /// Notes that the last entry is cut off.
    fn cut(&mut self, at: u64, missing: u64) {
        if let Some(last) = self.contents.entries.last_mut() {
            let missing = Some(missing).filter(|missing| *missing > 0);
            last.problems.push(ProblemKind::Truncated { missing }.at(at));
        }
    }

    /// Lists an entry that cannot be opened, and why.
    fn unopened(&mut self, path: &str, size: u64, why: ProblemKind) {
        self.contents.entries.push(Reading::unopened(path, size, why));
    }

    /// Done with this archive.
    fn finish(self) -> Contents {
        self.budget.depth += 1;
        self.contents
    }
}

/// Pushes all bytes of a source through `take`.
fn pass(source: &mut dyn Source, mut take: impl FnMut(&[u8], &mut dyn Source) -> io::Result<()>) -> io::Result<()> {
    let len = source.len();
    let mut piece = vec![0; usize::try_from(len).unwrap_or(usize::MAX).min(256 << 10)];
    let mut at = 0;
    while at < len {
        let got = source.read_at(at, &mut piece)?;
        if got == 0 {
            break;
        }
        take(piece.get(..got).unwrap_or_default(), source)?;
        at += got as u64;
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Inner {
    File(String),
    /// A folder, or what an operating system leaves behind.
    Nothing,
    /// Absolute, with a drive, or through `..`.
    Unsafe,
}

/// An entry's name as a path below its archive.
fn inner_path(name: &str) -> Inner {
    const LITTER: &[&str] = &["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];
    let name = name.replace('\\', "/");
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if name.starts_with('/')
        || drive
        || name.split('/').any(|part| part.trim() == "..")
        || name.contains(char::is_control)
    {
        return Inner::Unsafe;
    }
    let parts: Vec<&str> = name.split('/').filter(|p| !p.is_empty() && *p != ".").collect();
    if name.ends_with('/') || parts.is_empty() || parts.iter().any(|p| LITTER.contains(p)) {
        return Inner::Nothing;
    }
    Inner::File(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        assert_eq!(inner_path("a/./b.mp4"), Inner::File("a/b.mp4".into()));
        assert_eq!(inner_path("a\\b.mp4"), Inner::File("a/b.mp4".into()));
        for name in ["a/", "__MACOSX/._a.mp4", "x/Thumbs.db", "./"] {
            assert_eq!(inner_path(name), Inner::Nothing, "{name}");
        }
        for name in [
            "/etc/x",
            "C:/x",
            "c:\\x",
            "a/../../x",
            "..\\x",
            "\\\\host\\x",
            "a\0b",
            "a/.. /x",
        ] {
            assert_eq!(inner_path(name), Inner::Unsafe, "{name}");
        }
    }

    #[test]
    fn limits() {
        let budget = Budget::default();
        assert_eq!(budget.room(1000, 1 << 20), Ok(1 << 20));
        assert_eq!(budget.room(1000, 1 << 21), Err(Limit::Ratio));
        assert_eq!(budget.room(1 << 26, (1 << 26) + 1), Err(Limit::EntrySize));
    }
}
