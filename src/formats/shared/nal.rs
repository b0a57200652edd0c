//! H.264 and H.265 byte streams (ITU-T H.264 and H.265, Annex B): units,
//! which of the two, and the picture size of a sequence parameter set.

use serde::{Deserialize, Serialize};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Codec {
    H264,
    H265,
}

impl Codec {
    /// As the documents name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::H264 => "h264",
            Self::H265 => "hevc",
        }
    }

    /// Whether a unit with this first byte holds a part of a picture.
    pub const fn is_slice(self, header: u8) -> bool {
        match self {
            Self::H264 => matches!(header & 0x1f, 1..=5),
            Self::H265 => header >> 1 & 0x3f < 32,
        }
    }
}

/// The units of a byte stream: offset of the first byte behind the start
/// code, and the unit's bytes.
pub fn units(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut next = start_code(bytes, 0);
    std::iter::from_fn(move || {
        let from = next? + 3;
        next = start_code(bytes, from);
        let to = next.unwrap_or(bytes.len());
        Some((from, bytes.get(from..to)?))
    })
}

/// The next `00 00 01` from `from` on.
fn start_code(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(3).position(|w| w == [0, 0, 1]).map(|at| from + at)
}

/// Which codec units are of, by the header bytes of the first ones; `None`
/// where they fit neither or tell nothing.
pub fn guess(bytes: &[u8]) -> Option<Codec> {
    let (mut avc, mut hevc) = (0, 0);
    for (_, unit) in units(bytes).take(8) {
        let [first, second, ..] = unit else { continue };
        if first & 0x80 != 0 {
            return None;
        }
        // Parameter sets and key frames tell; plain slices could be either.
        if let (5 | 7 | 8, 1..) | (6 | 9, 0) = (first & 0x1f, first >> 5 & 3) {
            avc += 1;
        }
        if let (19 | 20 | 32..=35 | 39, 0, 1) = ((first >> 1) & 0x3f, first & 1, second) {
            hevc += 1;
        }
    }
    match (avc, hevc) {
        (0, 0) => None,
        (a, h) if h > a => Some(Codec::H265),
        _ => Some(Codec::H264),
    }
}

/// Width and height from the first sequence parameter set in `bytes`.
pub fn size(codec: Codec, bytes: &[u8]) -> Option<(u32, u32)> {
    units(bytes).find_map(|(_, unit)| unit_size(codec, unit))
}

/// Width and height from a unit, if it is a sequence parameter set.
pub fn unit_size(codec: Codec, unit: &[u8]) -> Option<(u32, u32)> {
    match codec {
        Codec::H264 if unit.first()? & 0x1f == 7 => avc_size(unit.get(1..)?),
        Codec::H265 if unit.first()? >> 1 & 0x3f == 33 => hevc_size(unit.get(2..)?),
        _ => None,
    }
}

/// How many pictures begin in `bytes`: slices that are the first of theirs.
pub fn pictures(codec: Codec, bytes: &[u8]) -> u64 {
    let first = |unit: &[u8]| match (codec, unit) {
        (Codec::H264, [kind, slice, ..]) => matches!(kind & 0x1f, 1 | 2 | 5) && slice & 0x80 != 0,
        (Codec::H265, [kind, _, slice, ..]) => kind >> 1 & 0x3f < 32 && slice & 0x80 != 0,
        _ => false,
    };
    units(bytes).filter(|(_, unit)| first(unit)).count() as u64
}

/// Bits of a unit without its emulation prevention bytes.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    zeroes: u8,
    left: u32,
    byte: u8,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            zeroes: 0,
            left: 0,
            byte: 0,
        }
    }

    pub(super) fn bit(&mut self) -> Option<u32> {
        if self.left == 0 {
            let mut byte = *self.bytes.get(self.at)?;
            self.at += 1;
            if byte == 3 && self.zeroes >= 2 {
                byte = *self.bytes.get(self.at)?;
                self.at += 1;
                self.zeroes = 0;
            }
            self.zeroes = if byte == 0 { self.zeroes.saturating_add(1) } else { 0 };
            self.byte = byte;
            self.left = 8;
        }
        self.left -= 1;
        Some(u32::from(self.byte >> self.left & 1))
    }

    pub(super) fn take(&mut self, n: u32) -> Option<u32> {
        (0..n).try_fold(0_u32, |v, _| Some(v << 1 | self.bit()?))
    }

    pub(super) fn skip(&mut self, n: u32) -> Option<()> {
        (0..n).try_for_each(|_| self.bit().map(drop))
    }

    /// Exp-Golomb, unsigned.
    pub(super) fn ue(&mut self) -> Option<u32> {
        let mut zeroes = 0;
        while self.bit()? == 0 {
            zeroes += 1;
            if zeroes > 31 {
                return None;
            }
        }
        Some(((1_u64 << zeroes) - 1) as u32 + self.take(zeroes)?)
    }
}

/// ITU-T H.264 §7.3.2.1.1.
fn avc_size(sps: &[u8]) -> Option<(u32, u32)> {
    let mut b = Bits::new(sps);
    let profile = b.take(8)?;
    b.skip(16)?;
    b.ue()?;
    let mut chroma = 1;
    if has_chroma(profile) {
        chroma = avc_chroma(&mut b)?.0;
    }
    b.ue()?;
    avc_order(&mut b)?;
    b.ue()?;
    b.skip(1)?;
    let width = b.ue()?.checked_add(1)?.checked_mul(16)?;
    let map = b.ue()?.checked_add(1)?;
    let frames_only = b.bit()?;
    let height = map.checked_mul(16)?.checked_mul(2 - frames_only)?;
    if frames_only == 0 {
        b.skip(1)?;
    }
    b.skip(1)?;
    if b.bit()? == 0 {
        return plausible(width, height);
    }
    let across = if matches!(chroma, 1 | 2) { 2 } else { 1 };
    let down = (2 - frames_only) * if chroma == 1 { 2 } else { 1 };
    cropped(&mut b, (width, height), (across, down))
}

/// How pictures are put in order: `log2_max_pic_order_cnt_lsb_minus4` where
/// slices count it.
pub(super) fn avc_order(b: &mut Bits<'_>) -> Option<Option<u32>> {
    match b.ue()? {
        0 => b.ue().map(Some),
        1 => {
            b.skip(1)?;
            b.ue()?;
            b.ue()?;
            for _ in 0..b.ue()?.min(255) {
                b.ue()?;
            }
            Some(None)
        }
        _ => Some(None),
    }
}

/// Profiles whose parameter sets tell the chroma format.
pub(super) const fn has_chroma(profile: u32) -> bool {
    matches!(
        profile,
        100 | 110 | 122 | 244 | 44 | 83 | 86 | 118 | 128 | 138 | 139 | 134 | 135
    )
}

/// Chroma format, whether its planes are separate, bit depths and scaling
/// lists.
pub(super) fn avc_chroma(b: &mut Bits<'_>) -> Option<(u32, bool)> {
    let chroma = b.ue()?;
    let separate = chroma == 3 && b.bit()? == 1;
    b.ue()?;
    b.ue()?;
    b.skip(1)?;
    if b.bit()? == 1 {
        for list in 0..if chroma == 3 { 12 } else { 8 } {
            if b.bit()? == 1 {
                scaling_list(b, if list < 6 { 16 } else { 64 })?;
            }
        }
    }
    Some((chroma, separate))
}

fn scaling_list(b: &mut Bits<'_>, size: u32) -> Option<()> {
    let (mut last, mut next) = (8_i32, 8_i32);
    for _ in 0..size {
        if next != 0 {
            let code = b.ue()?;
            let delta = if code % 2 == 1 {
                (code / 2) as i32 + 1
            } else {
                -((code / 2) as i32)
            };
            next = last.wrapping_add(delta) & 0xff;
        }
        if next != 0 {
            last = next;
        }
    }
    Some(())
}

/// ITU-T H.265 §7.3.2.2.1.
fn hevc_size(sps: &[u8]) -> Option<(u32, u32)> {
    let mut b = Bits::new(sps);
    hevc_layers(&mut b)?;
    b.ue()?;
    let chroma = b.ue()?;
    if chroma == 3 {
        b.skip(1)?;
    }
    let (width, height) = (b.ue()?, b.ue()?);
    if b.bit()? == 0 {
        return plausible(width, height);
    }
    let across = if matches!(chroma, 1 | 2) { 2 } else { 1 };
    let down = if chroma == 1 { 2 } else { 1 };
    cropped(&mut b, (width, height), (across, down))
}

/// What stands before the number of an H.265 sequence parameter set: profiles
/// and levels of all layers.
pub(super) fn hevc_layers(b: &mut Bits<'_>) -> Option<()> {
    b.skip(4)?;
    let layers = b.take(3)?;
    b.skip(1 + 88 + 8)?;
    let mut present = Vec::new();
    for _ in 0..layers {
        present.push((b.bit()?, b.bit()?));
    }
    if layers > 0 {
        b.skip(2 * (8 - layers))?;
    }
    for (profile, level) in present {
        b.skip(profile * 88 + level * 8)?;
    }
    Some(())
}

/// Left, right, top, bottom taken off, in units of so many samples.
fn cropped(b: &mut Bits<'_>, (width, height): (u32, u32), (across, down): (u32, u32)) -> Option<(u32, u32)> {
    let (left, right, top, bottom) = (b.ue()?, b.ue()?, b.ue()?, b.ue()?);
    let width = width.checked_sub(left.checked_add(right)?.checked_mul(across)?)?;
    let height = height.checked_sub(top.checked_add(bottom)?.checked_mul(down)?)?;
    plausible(width, height)
}

fn plausible(width: u32, height: u32) -> Option<(u32, u32)> {
    ((1..=16_384).contains(&width) && (1..=16_384).contains(&height)).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hikvision_parameter_set() {
        let stream = [0, 0, 0, 1, 0x67, 0x42, 0x00, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90];
        assert_eq!(guess(&stream), Some(Codec::H264));
        assert_eq!(size(Codec::H264, &stream), Some((352, 288)));
    }
}
