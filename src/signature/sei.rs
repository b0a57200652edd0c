//! What a signing camera puts into the stream: user data (SEI payload type 5)
//! with the identifier of the scheme, a byte of flags, and fields of tag,
//! length and value. Numbers are big-endian in both schemes, whatever ONVIF's
//! text says.
//!
//! - ONVIF Media Signing Specification §5; reference: onvif/media-signing-framework.
//! - Axis Signed Video; reference: AxisCommunications/signed-video-framework.

use chrono::{DateTime, NaiveDateTime};

use super::chain::text;
use super::keys::Hash;
use super::marks::Mark;
use crate::formats::bytes::{array, be16, be32, be64};
use crate::formats::shared::nal::Codec;

/// A unit larger than this is no signature.
pub const MAX_UNIT: usize = 1 << 20;

/// SHA-256, as the encoded object identifier.
const SHA256: &[u8] = &[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];

/// One such message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub scheme: Mark,
    pub group: Option<Group>,
    /// The signature, and what it is over: the unit from its header to the
    /// field of the signature, in the forms that writers use.
    pub signed: Option<Signed>,
    /// Public key (PEM), where the message has one (Axis).
    pub key: Option<Vec<u8>>,
    /// Certificates (PEM).
    pub certificates: Option<Vec<u8>>,
    /// Manufacturer and serial number as the camera says.
    pub maker: Option<String>,
    pub serial: Option<String>,
    /// Whether hashes are by another algorithm than SHA-256.
    pub other_hash: bool,
    /// Certificates only (ONVIF), golden (Axis): signs no pictures.
    pub bare: bool,
    /// Older Axis: the list ends with the first picture of the next group.
    pub linked_ahead: bool,
}

/// A signature and the documents that it may be over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub signature: Vec<u8>,
    pub documents: Vec<Vec<u8>>,
}

/// What is said of a group of pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Number of the group; rises by one.
    pub number: u32,
    /// Pictures that were hashed.
    pub units: u16,
    /// A part of a group only.
    pub partial: bool,
    /// Hash of all hashes.
    pub hash: Option<Hash>,
    /// First hash of the group before; zeroes at the start.
    pub linked: Option<Hash>,
    /// Hashes of all pictures, in order.
    pub list: Vec<Hash>,
    /// Camera's time, UTC, where it is one.
    pub at: Option<NaiveDateTime>,
}

impl Message {
    /// Reads a unit (header first, trailing zeroes off); `None` where it is
    /// no message of a signing camera, or broken.
    pub fn read(codec: Codec, unit: &[u8]) -> Option<Self> {
        let (at, size) = announced(codec, unit)?;
        // The size is that before escaping. Some writers do not escape.
        let stored = unit.get(at..)?;
        let plain_as_stored = matches!(stored.len().checked_sub(size), Some(0 | 1));
        let plain = match plain_as_stored {
            true => stored.to_vec(),
            false => unescaped(stored),
        };
        let payload = plain.get(..size)?;
        let scheme = Mark::of(payload.get(..16)?)?;
        let flags = *payload.get(16)?;
        let fields = Fields {
            scheme,
            rest: payload.get(17..)?,
        };
        let mut message = Self {
            scheme,
            group: None,
            signed: None,
            key: None,
            certificates: None,
            maker: None,
            serial: None,
            other_hash: false,
            bare: flags & if scheme == Mark::Onvif { 0x80 } else { 0x40 } != 0,
            linked_ahead: scheme == Mark::Axis && flags & 0x70 == 0,
        };
        let mut behind = 17;
        for (tag, value, length) in fields {
            message.take(tag, value);
            if message.is_signature(tag) {
                let signature = signature(scheme, value)?;
                let mut documents = vec![unit.get(..at)?.to_vec()];
                if !plain_as_stored {
                    let escaped = escaped_length(stored, behind);
                    documents.push([unit.get(..at)?, stored.get(..escaped)?].concat());
                }
                documents.first_mut()?.extend(payload.get(..behind)?);
                message.signed = Some(Signed { signature, documents });
                break;
            }
            behind += length;
        }
        Some(message)
    }

    const fn is_signature(&self, tag: u8) -> bool {
        matches!((self.scheme, tag), (Mark::Onvif, 3) | (Mark::Axis, 5))
    }

    /// Takes one field; what is not known is left alone.
    fn take(&mut self, tag: u8, value: &[u8]) {
        match (self.scheme, tag) {
            (Mark::Onvif, 1) => self.merge(onvif_general(value)),
            (Mark::Axis, 1) => self.merge(axis_general(value)),
            (Mark::Onvif, 2) | (Mark::Axis, 4) => {
                let list = value.get(1..).unwrap_or_default().chunks_exact(32);
                let list = list.filter_map(|hash| array(hash, 0)).collect();
                self.group.get_or_insert_default().list = list;
            }
            (Mark::Onvif, 4) | (Mark::Axis, 7) => {
                let length = value.get(1).copied().map_or(0, usize::from);
                self.other_hash = value.get(2..).and_then(|v| v.get(..length)) != Some(SHA256);
            }
            (Mark::Onvif, 5) => {
                let mut strings = Strings(value.get(1..).unwrap_or_default());
                let (_firmware, serial, maker) = (strings.next(), strings.next(), strings.next());
                (self.serial, self.maker) = (serial, maker);
            }
            (Mark::Axis, 3) => {
                let mut strings = Strings(value.get(1..).unwrap_or_default());
                let (_hardware, _firmware) = (strings.next(), strings.next());
                (self.serial, self.maker) = (strings.next(), strings.next());
            }
            (Mark::Onvif, 6) => self.certificates = value.get(2..).map(<[u8]>::to_vec),
            (Mark::Axis, 2) => {
                // Version 1 has a byte for the algorithm.
                let from = if value.first() == Some(&1) { 2 } else { 1 };
                self.key = value.get(from..).map(<[u8]>::to_vec);
            }
            (Mark::Axis, 129) => {
                let attestation = value.get(1).copied().map_or(0, usize::from);
                self.certificates = value.get(2 + attestation..).map(<[u8]>::to_vec);
            }
            _ => {}
        }
    }

    fn merge(&mut self, general: Option<Group>) {
        if let Some(general) = general {
            let group = self.group.get_or_insert_default();
            *group = Group {
                list: std::mem::take(&mut group.list),
                ..general
            };
        }
    }
}

/// Where the payload of user data begins and how long it is before escaping.
fn announced(codec: Codec, unit: &[u8]) -> Option<(usize, usize)> {
    let header = match codec {
        Codec::H264 => 1,
        Codec::H265 => 2,
    };
    let sizes = unit.get(header..)?.strip_prefix(&[5])?;
    let full = sizes.iter().take_while(|b| **b == 0xff).count();
    let size = full * 0xff + usize::from(*sizes.get(full)?);
    Some((header + 1 + full + 1, size))
}

/// Whether a message has begun that is not complete, start codes or not: some
/// writers leave them unescaped.
pub fn unfinished(codec: Codec, unit: &[u8]) -> bool {
    announced(codec, unit).is_some_and(|(at, size)| {
        let identifier = unit.get(at..at + 16).and_then(Mark::of);
        identifier.is_some() && size <= MAX_UNIT && unit.len() < at + size
    })
}

/// Version, three bytes of software version, whether partial, start (from
/// version 2 on also end) in 100 ns since 1601, number, units, hash, link.
fn onvif_general(v: &[u8]) -> Option<Group> {
    let at = match *v.first()? {
        1 => 13,
        2 => 21,
        _ => return None,
    };
    let hashes = v.get(at + 6..)?;
    Some(Group {
        number: be32(v, at)?,
        units: be16(v, at + 4)?,
        partial: *v.get(4)? != 0,
        hash: array(hashes, 0).filter(|_| hashes.len() == 64),
        linked: array(hashes, 32).filter(|_| hashes.len() == 64),
        list: Vec::new(),
        at: time(be64(v, 5)?),
    })
}

/// Version, number, units, three bytes of software version, flags and time
/// (from version 2 on), link and hash (from version 3 on).
fn axis_general(v: &[u8]) -> Option<Group> {
    let version = *v.first()?;
    if !(1..=3).contains(&version) {
        return None;
    }
    let flags = if version >= 2 { *v.get(10)? } else { 0 };
    let at = (flags & 1 != 0).then(|| be64(v, 11)).flatten();
    let hashes = v.get(if flags & 1 != 0 { 19 } else { 11 }..).unwrap_or_default();
    let both = version >= 3 && hashes.len() == 64;
    Some(Group {
        number: be32(v, 1)?,
        units: be16(v, 5)?,
        partial: flags & 2 != 0,
        linked: array(hashes, 0).filter(|_| both),
        hash: array(hashes, 32).filter(|_| both),
        list: Vec::new(),
        at: at.and_then(time),
    })
}

/// The time a camera gives: 100 ns since 1601 or µs since 1970, whichever is
/// of this century; test signers count from zero.
fn time(value: u64) -> Option<NaiveDateTime> {
    const FROM_1601: i64 = 11_644_473_600;
    let since_1601 = i64::try_from(value / 10_000_000).ok()? - FROM_1601;
    let since_1970 = i64::try_from(value / 1_000_000).ok()?;
    let plausible = |seconds: &i64| (946_684_800..4_102_444_800).contains(seconds);
    let seconds = [since_1601, since_1970].into_iter().find(plausible)?;
    Some(DateTime::from_timestamp(seconds, 0)?.naive_utc())
}

/// ONVIF: version, size, bytes. Axis: version, information, in version 1 the
/// kind of hash, size, bytes. What is reserved behind the size is left out.
fn signature(scheme: Mark, value: &[u8]) -> Option<Vec<u8>> {
    let at = match (scheme, value.first()?) {
        (Mark::Onvif, _) => 1,
        (Mark::Axis, 1) => 3,
        (Mark::Axis, _) => 2,
    };
    let size = usize::from(be16(value, at)?);
    Some(value.get(at + 2..)?.get(..size)?.to_vec())
}

/// Tag, value, and bytes of the whole field.
struct Fields<'a> {
    scheme: Mark,
    rest: &'a [u8],
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u8, &'a [u8], usize);

    fn next(&mut self) -> Option<Self::Item> {
        let tag = *self.rest.first()?;
        let short = self.scheme == Mark::Axis && matches!(tag, 1 | 7);
        let (length, header) = match short {
            true => (usize::from(*self.rest.get(1)?), 2),
            false => (usize::from(be16(self.rest, 1)?), 3),
        };
        let value = self.rest.get(header..header + length)?;
        self.rest = self.rest.get(header + length..)?;
        Some((tag, value, header + length))
    }
}

/// Strings each behind a byte of its length, some with a zero at the end.
struct Strings<'a>(&'a [u8]);

impl Strings<'_> {
    fn next(&mut self) -> Option<String> {
        let (length, rest) = self.0.split_first()?;
        let (value, rest) = rest.split_at_checked(usize::from(*length))?;
        self.0 = rest;
        let value = text(value);
        (!value.is_empty() && value != "N/A").then_some(value)
    }
}

/// Without emulation prevention bytes (ITU-T H.264 §7.4.1).
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut zeroes = 0;
    for byte in bytes {
        if zeroes >= 2 && *byte == 3 {
            zeroes = 0;
            continue;
        }
        zeroes = if *byte == 0 { zeroes + 1 } else { 0 };
        plain.push(*byte);
    }
    plain
}

/// How many stored bytes hold the first `plain` bytes: up to, but without,
/// the one that comes next. An escape in front of that one belongs to it.
fn escaped_length(bytes: &[u8], plain: usize) -> usize {
    let (mut zeroes, mut passed) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if passed == plain {
            return at;
        }
        if zeroes >= 2 && *byte == 3 {
            zeroes = 0;
            continue;
        }
        zeroes = if *byte == 0 { zeroes + 1 } else { 0 };
        passed += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let stored = [1, 0, 0, 3, 0, 0, 3, 1, 3, 0, 0, 3];
        assert_eq!(unescaped(&stored), [1, 0, 0, 0, 0, 1, 3, 0, 0]);
        assert_eq!(escaped_length(&stored, 3), 3);
        assert_eq!(escaped_length(&stored, 4), 5);
        assert_eq!(escaped_length(&stored, 100), stored.len());
    }

    #[test]
    fn times_of_both_epochs() {
        let day = |value| time(value).map(|t| t.to_string());
        assert_eq!(day(1_731_515_950_000_000).as_deref(), Some("2024-11-13 16:39:10"));
        assert_eq!(day(133_759_895_500_000_000).as_deref(), Some("2024-11-13 16:39:10"));
        assert_eq!(day(2_240_044), None);
    }

    proptest::proptest! {
        /// Whatever the fields say, reading ends and stays inside.
        #[test]
        fn any_message(
            h265 in proptest::bool::ANY,
            onvif in proptest::bool::ANY,
            size in 0_usize..300,
            flags in 0_u8..=255,
            mut fields in proptest::collection::vec((0_u8..10, 0_u16..60, proptest::collection::vec(0_u8..4, 0..60)), 0..8),
        ) {
            let (codec, mut unit) = match h265 {
                true => (Codec::H265, vec![0x4e, 1, 5]),
                false => (Codec::H264, vec![6, 5]),
            };
            let mark = if onvif { Mark::Onvif } else { Mark::Axis };
            let mut payload = mark.identifier().to_vec();
            payload.push(flags);
            for (tag, length, value) in &mut fields {
                payload.push(*tag);
                payload.extend(length.to_be_bytes());
                payload.append(value);
            }
            unit.extend(std::iter::repeat_n(0xff, size / 255));
            unit.push((size % 255) as u8);
            unit.extend(payload);
            unit.push(0x80);
            if let Some(message) = Message::read(codec, &unit)
                && let Some(signed) = message.signed
            {
                assert!(signed.documents.iter().all(|d| d.len() < unit.len()));
            }
        }

        #[test]
        fn any_bytes(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            Message::read(Codec::H264, &bytes);
            Message::read(Codec::H265, &bytes);
        }
    }
}
