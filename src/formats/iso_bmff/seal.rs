//! Where an export file carries signatures over the whole of itself (ONVIF
//! Export File Format Specification §5.6, §5.7): `meta/ipro/sinf` with scheme
//! `oeff`. Offsets are of the file.

use std::io;
use std::ops::Range;

use super::boxes::{Header, Size, find};
use super::export::Export;
use super::{MAX_MOOF, walk};
use crate::formats::{Contents, bytes};
use crate::recording::Civil;
use crate::sort::Sort;
use crate::source::Source;

/// Signatures of one file that are looked at: each costs a hash of the file.
const MAX_SEALS: usize = 4;

/// A signature over the file as it was when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    /// The content of `sibo`.
    pub signature: Vec<u8>,
    /// Certificates in DER, the signer's first.
    pub certificates: Vec<Vec<u8>>,
    /// AlgorithmIdentifier in DER; RSASSA-PSS with SHA-256 where not told.
    pub algorithm: Option<Vec<u8>>,
    /// How the file differed when it was signed, in order: these bytes were
    /// those; none where there was nothing yet.
    pub before: Vec<(Range<u64>, Vec<u8>)>,
}

/// All signatures over a file, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seals {
    pub seals: Vec<Seal>,
    /// When the export unit wrote the file, UTC.
    pub exported: Option<Civil>,
}

/// A box and where it lies.
struct Placed<'a> {
    header: Header,
    /// Offset of the header in the file.
    at: u64,
    payload: &'a [u8],
}

impl Placed<'_> {
    fn end(&self) -> u64 {
        self.inside() + self.payload.len() as u64
    }

    /// Where the payload begins.
    fn inside(&self) -> u64 {
        self.at + self.header.header
    }
}

/// The boxes in `payload`, which begins at `at` in the file.
fn boxes(payload: &[u8], at: u64) -> Vec<Placed<'_>> {
    /// An export has a handful.
    const MOST: usize = 64;
    let mut found = Vec::new();
    let mut from = 0_usize;
    while let Some(header) = payload.get(from..).and_then(Header::parse) {
        let Size::Bytes(size) = header.size else { break };
        let Some(end) = usize::try_from(size).ok().and_then(|size| from.checked_add(size)) else {
            break;
        };
        let Some(inside) = payload.get(from + header.header as usize..end) else {
            break;
        };
        found.push(Placed {
            header,
            at: at + from as u64,
            payload: inside,
        });
        from = end;
        if found.len() == MOST {
            break;
        }
    }
    found
}

impl Seals {
    /// Finds them; none in files without.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn read(source: &mut dyn Source) -> io::Result<Self> {
        let tops = walk::walk(source, &mut Contents::default())?;
        let mut metas = tops.iter().filter(|t| &t.kind == b"meta" && t.whole);
        let Some(meta) = metas.rfind(|t| t.payload - t.offset == 8 && t.end - t.payload <= MAX_MOOF) else {
            return Ok(Self::default());
        };
        let payload = bytes::read(source, meta.payload, (meta.end - meta.payload) as usize)?;
        Ok(Self::parse(&payload, meta.offset).unwrap_or_default())
    }

    /// Of the payload of a `meta` whose header is at `meta`.
    fn parse(payload: &[u8], meta: u64) -> Option<Self> {
        let outer = boxes(payload.get(4..)?, meta + 12);
        let ipro = outer
            .iter()
            .find(|b| &b.header.kind == b"ipro" && b.header.header == 8)?;
        let infos = boxes(ipro.payload.get(6..)?, ipro.inside() + 6);
        let infos: Vec<_> = infos.into_iter().filter(|b| &b.header.kind == b"sinf").collect();
        let size = |of: u64, without: u64| u32::try_from(of - without).ok().map(|n| n.to_be_bytes().to_vec());
        let mut seals = Vec::new();
        for (number, info) in infos.iter().enumerate().take(MAX_SEALS) {
            let parts = boxes(info.payload, info.inside());
            let scheme = find(info.payload, b"schm").and_then(|schm| schm.get(4..8));
            let schi = parts.iter().find(|b| &b.header.kind == b"schi");
            let (Some(b"oeff"), Some(schi)) = (scheme, schi) else {
                continue;
            };
            let inside = boxes(schi.payload, schi.inside());
            let Some(sibo) = inside.iter().find(|b| &b.header.kind == b"sibo") else {
                continue;
            };
            let of = |kind: &[u8; 4]| {
                let those: Vec<_> = inside.iter().filter(|b| &b.header.kind == kind).collect();
                those.into_iter().map(|b| b.payload.to_vec())
            };
            let later = infos.get(number + 1..).unwrap_or_default();
            let added: u64 = later.iter().map(|b| b.end() - b.at).sum();
            let mut before = vec![(sibo.inside()..sibo.end(), vec![0; sibo.payload.len()])];
            if !later.is_empty() {
                let count = u16::try_from(infos.len() - later.len()).ok()?.to_be_bytes().to_vec();
                before.push((meta..meta + 4, size(8 + payload.len() as u64, added)?));
                before.push((ipro.at..ipro.at + 4, size(ipro.end() - ipro.at, added)?));
                before.push((ipro.inside() + 4..ipro.inside() + 6, count));
                before.extend(later.iter().map(|b| (b.at..b.end(), Vec::new())));
            }
            before.order_by_key(|(range, _)| range.start);
            seals.push(Seal {
                signature: sibo.payload.to_vec(),
                certificates: of(b"cert").collect(),
                algorithm: of(b"sigC").next(),
                before,
            });
        }
        let exported = Export::parse(payload).and_then(|export| export.exported);
        Some(Self { seals, exported })
    }
}
