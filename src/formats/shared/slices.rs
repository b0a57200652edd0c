//! What a picture says of its place: `frame_num` and picture order counts in
//! H.264 and H.265 slice headers, with the parameter sets that they need
//! (ITU-T H.264 §7.3.2–7.3.3, §8.2.1; ITU-T H.265 §7.3.2–7.3.6, §8.3.1).

use super::nal::{self, Bits, Codec};

/// Parameter sets remembered of one kind.
const MAX_SETS: usize = 64;

/// Bytes kept of a parameter set to compare it.
const KEPT: usize = 64;

/// A parameter set: what slices need of it, and its first bytes.
struct Set<T> {
    id: u32,
    fields: T,
    bytes: Vec<u8>,
}

/// Of a sequence parameter set.
#[derive(Clone, Copy, Default)]
struct Sequence {
    frame_num_bits: u32,
    /// `None`: the order is not counted in the slices.
    order_bits: Option<u32>,
    frames_only: bool,
    gaps_allowed: bool,
    separate_planes: bool,
}

/// Of a picture parameter set.
#[derive(Clone, Copy, Default)]
struct PictureSet {
    sequence: u32,
    output_flag: bool,
    extra_bits: u32,
}

/// The parameter sets in force.
pub struct Sets {
    codec: Codec,
    sequences: Vec<Set<Sequence>>,
    pictures: Vec<Set<PictureSet>>,
}

/// What one unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A parameter set: whether another of its number was in force.
    Set { replaced: bool },
    /// The first slice of a picture.
    Picture(Picture),
    /// A further slice of the picture under way.
    Further,
    /// A slice of one field: half a picture.
    Field,
    /// Supplemental information.
    Message,
    /// Anything else, or not understood.
    Other,
}

/// A picture by its first slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Nothing before is needed to decode it, and counts start anew.
    pub reset: bool,
    /// Decoding can start here.
    pub key: bool,
    /// Later pictures may need it.
    pub reference: bool,
    /// Counts towards the order of those that follow.
    pub anchor: bool,
    /// H.264: number among the reference pictures, and its modulus; `None`
    /// where gaps are allowed.
    pub number: Option<(u32, u32)>,
    /// Low bits of the picture order count, and their modulus.
    pub order: Option<(u32, u32)>,
}

impl Sets {
    /// None yet.
    pub const fn new(codec: Codec) -> Self {
        Self {
            codec,
            sequences: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// The codec.
    pub const fn codec(&self) -> Codec {
        self.codec
    }

    /// Takes a unit, or as much of its beginning as is at hand.
    pub fn take(&mut self, unit: &[u8]) -> Unit {
        match self.codec {
            Codec::H264 => self.avc(unit),
            Codec::H265 => self.hevc(unit),
        }
    }

    fn avc(&mut self, unit: &[u8]) -> Unit {
        let Some((head, body)) = unit.split_first() else {
            return Unit::Other;
        };
        match head & 0x1f {
            7 => note(&mut self.sequences, avc_sequence(body), unit),
            8 => note(&mut self.pictures, avc_picture_set(body), unit),
            6 => Unit::Message,
            kind @ (1 | 5) => self.avc_slice(kind == 5, head & 0x60 != 0, body).unwrap_or(Unit::Other),
            _ => Unit::Other,
        }
    }

    fn avc_slice(&self, idr: bool, reference: bool, body: &[u8]) -> Option<Unit> {
        let mut b = Bits::new(body);
        if b.ue()? != 0 {
            return Some(Unit::Further);
        }
        b.ue()?;
        let mut picture = Picture {
            reset: idr,
            key: idr,
            reference,
            anchor: reference,
            ..Picture::default()
        };
        let set = b.ue().and_then(|id| find(&self.pictures, id));
        let Some(sequence) = set.and_then(|set| find(&self.sequences, set.sequence)) else {
            return Some(Unit::Picture(picture));
        };
        if sequence.separate_planes {
            b.skip(2)?;
        }
        let number = b.take(sequence.frame_num_bits)?;
        if !sequence.frames_only && b.bit()? == 1 {
            return Some(Unit::Field);
        }
        picture.number = (!sequence.gaps_allowed).then_some((number, 1 << sequence.frame_num_bits));
        if idr {
            b.ue()?;
        }
        if let Some(bits) = sequence.order_bits {
            picture.order = Some((b.take(bits)?, 1 << bits));
        }
        Some(Unit::Picture(picture))
    }

    fn hevc(&mut self, unit: &[u8]) -> Unit {
        let [head, layer, body @ ..] = unit else {
            return Unit::Other;
        };
        match head >> 1 & 0x3f {
            33 => note(&mut self.sequences, hevc_sequence(body), unit),
            34 => note(&mut self.pictures, hevc_picture_set(body), unit),
            39 | 40 => Unit::Message,
            kind @ (0..=9 | 16..=21) => self.hevc_slice(kind, layer & 7, body).unwrap_or(Unit::Other),
            _ => Unit::Other,
        }
    }

    fn hevc_slice(&self, kind: u8, temporal_plus_1: u8, body: &[u8]) -> Option<Unit> {
        let mut b = Bits::new(body);
        if b.bit()? == 0 {
            return Some(Unit::Further);
        }
        let irap = kind >= 16;
        let idr = matches!(kind, 19 | 20);
        let not_referenced = kind < 16 && kind.is_multiple_of(2);
        let mut picture = Picture {
            reset: idr,
            key: irap,
            reference: !not_referenced,
            // §8.3.1: neither leading nor unreferenced, of the lowest layer.
            anchor: temporal_plus_1 == 1 && !not_referenced && !matches!(kind, 6..=9),
            ..Picture::default()
        };
        if irap {
            b.skip(1)?;
        }
        let set = b.ue().and_then(|id| find(&self.pictures, id));
        let Some((set, sequence)) = set.and_then(|set| Some((set, find(&self.sequences, set.sequence)?))) else {
            return Some(Unit::Picture(picture));
        };
        b.skip(set.extra_bits)?;
        b.ue()?;
        b.skip(u32::from(set.output_flag))?;
        if sequence.separate_planes {
            b.skip(2)?;
        }
        let bits = sequence.order_bits?;
        picture.order = Some((if idr { 0 } else { b.take(bits)? }, 1 << bits));
        Some(Unit::Picture(picture))
    }
}

fn find<T: Copy>(sets: &[Set<T>], id: u32) -> Option<T> {
    sets.iter().find(|set| set.id == id).map(|set| set.fields)
}

/// Puts a parameter set in force.
fn note<T>(sets: &mut Vec<Set<T>>, parsed: Option<(u32, T)>, unit: &[u8]) -> Unit {
    let Some((id, fields)) = parsed else {
        return Unit::Other;
    };
    // Of two that are cut short at different places only the common part tells.
    let end = unit.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    let bytes = unit.get(..end.min(KEPT)).unwrap_or_default();
    let Some(set) = sets.iter_mut().find(|set| set.id == id) else {
        if sets.len() < MAX_SETS {
            let bytes = bytes.to_vec();
            sets.push(Set { id, fields, bytes });
        }
        return Unit::Set { replaced: false };
    };
    let common = set.bytes.len().min(bytes.len());
    let replaced = set.bytes.get(..common) != bytes.get(..common);
    if replaced || bytes.len() > set.bytes.len() {
        set.bytes = bytes.to_vec();
    }
    set.fields = fields;
    Unit::Set { replaced }
}

/// §7.3.2.1.1.
fn avc_sequence(body: &[u8]) -> Option<(u32, Sequence)> {
    let mut b = Bits::new(body);
    let profile = b.take(8)?;
    b.skip(16)?;
    let id = b.ue()?;
    let mut sequence = Sequence::default();
    if nal::has_chroma(profile) {
        sequence.separate_planes = nal::avc_chroma(&mut b)?.1;
    }
    sequence.frame_num_bits = b.ue()?.checked_add(4).filter(|n| *n <= 16)?;
    if let Some(less_four) = nal::avc_order(&mut b)? {
        sequence.order_bits = Some(less_four.checked_add(4).filter(|n| *n <= 16)?);
    }
    b.ue()?;
    sequence.gaps_allowed = b.bit()? == 1;
    b.ue()?;
    b.ue()?;
    sequence.frames_only = b.bit()? == 1;
    Some((id, sequence))
}

/// §7.3.2.2, as far as slices need it.
fn avc_picture_set(body: &[u8]) -> Option<(u32, PictureSet)> {
    let mut b = Bits::new(body);
    let id = b.ue()?;
    let sequence = b.ue()?;
    Some((
        id,
        PictureSet {
            sequence,
            ..PictureSet::default()
        },
    ))
}

/// ITU-T H.265 §7.3.2.2.1.
fn hevc_sequence(body: &[u8]) -> Option<(u32, Sequence)> {
    let mut b = Bits::new(body);
    nal::hevc_layers(&mut b)?;
    let id = b.ue()?;
    let mut sequence = Sequence::default();
    if b.ue()? == 3 {
        sequence.separate_planes = b.bit()? == 1;
    }
    b.ue()?;
    b.ue()?;
    if b.bit()? == 1 {
        for _ in 0..4 {
            b.ue()?;
        }
    }
    b.ue()?;
    b.ue()?;
    sequence.order_bits = Some(b.ue()?.checked_add(4).filter(|n| *n <= 16)?);
    Some((id, sequence))
}

/// ITU-T H.265 §7.3.2.3.1, as far as slices need it.
fn hevc_picture_set(body: &[u8]) -> Option<(u32, PictureSet)> {
    let mut b = Bits::new(body);
    let id = b.ue()?;
    let sequence = b.ue()?;
    b.skip(1)?;
    let output_flag = b.bit()? == 1;
    let extra_bits = b.take(3)?;
    Some((
        id,
        PictureSet {
            sequence,
            output_flag,
            extra_bits,
        },
    ))
}
