//! Box headers (ISO/IEC 14496-12 §4.2), in the file and in memory.

use crate::formats::bytes::{be32, be64};

/// A four-character code.
pub type FourCc = [u8; 4];

/// A box header: where its payload starts and how long the box says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub kind: FourCc,
    /// Bytes of the header: 8 or 16.
    pub header: u64,
    /// Bytes of the whole box as announced.
    pub size: Size,
}

/// How a box tells its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Header and payload, in bytes.
    Bytes(u64),
    /// Size 0: to the end of the file.
    ToEnd,
    /// Less than its own header.
    Impossible,
}

impl Header {
    /// Parses the header at the start of `bytes`; `None` where it is not whole.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let short = be32(bytes, 0)?;
        let kind = crate::formats::bytes::array(bytes, 4)?;
        let (header, size) = match short {
            0 => (8, Size::ToEnd),
            1 => (16, sized(be64(bytes, 8)?, 16)),
            n => (8, sized(u64::from(n), 8)),
        };
        Some(Self { kind, header, size })
    }

    /// Whether the type could be one: printable, as all registered ones are.
    pub fn plausible(&self) -> bool {
        self.kind.iter().all(|b| matches!(b, 0x20..=0x7e | 0xa9))
    }
}

fn sized(size: u64, header: u64) -> Size {
    if size < header {
        Size::Impossible
    } else {
        Size::Bytes(size)
    }
}

/// The boxes inside a box, in memory: type and payload. Ends at the first
/// that does not fit; [`Boxes::broken`] tells.
pub struct Boxes<'a> {
    rest: &'a [u8],
    broken: bool,
}

impl<'a> Boxes<'a> {
    /// Boxes in `payload`.
    pub fn new(payload: &'a [u8]) -> Self {
        Self {
            rest: payload,
            broken: false,
        }
    }

    /// Whether the walk ended at something that is no box. Up to 8 trailing
    /// bytes are a QuickTime terminator.
    pub fn broken(&self) -> bool {
        self.broken
    }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = (FourCc, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.len() < 8 {
            return None;
        }
        let header = Header::parse(self.rest)?;
        let start = header.header as usize;
        let end = match header.size {
            Size::Bytes(n) => usize::try_from(n).ok(),
            Size::ToEnd if header.kind == [0; 4] => {
                self.rest = &[];
                return None;
            }
            Size::ToEnd => Some(self.rest.len()),
            Size::Impossible => None,
        };
        let Some((payload, end)) = end.and_then(|end| Some((self.rest.get(start..end)?, end))) else {
            self.broken = true;
            self.rest = &[];
            return None;
        };
        self.rest = self.rest.get(end..).unwrap_or_default();
        Some((header.kind, payload))
    }
}

/// The first box of this type in `payload`.
pub fn find<'a>(payload: &'a [u8], kind: &FourCc) -> Option<&'a [u8]> {
    Boxes::new(payload).find(|(k, _)| k == kind).map(|(_, p)| p)
}

/// The first box at the end of this path of types.
pub fn find_path<'a>(payload: &'a [u8], path: &[&FourCc]) -> Option<&'a [u8]> {
    path.iter().try_fold(payload, |inside, kind| find(inside, kind))
}
