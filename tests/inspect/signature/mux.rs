//! Writes units of a camera into containers, and tells where each came to lie.

/// Containers, and ways of writing them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Container {
    /// Packets of 188, 192, 204 bytes.
    Ts,
    M2ts,
    Parity,
    Ps,
    Hikvision,
    Matroska,
    /// Blocks in groups, sizes not told.
    Open,
    Flv,
    Avi,
    /// AVI with lengths instead of start codes.
    Lengths,
}

use Container::*;

impl Container {
    pub const ALL: [Self; 10] = [Ts, M2ts, Parity, Ps, Hikvision, Matroska, Open, Flv, Avi, Lengths];

    pub fn name(self) -> &'static str {
        match self {
            Ts | Parity => "a.ts",
            M2ts => "a.m2ts",
            Ps => "a.ps",
            Hikvision => "a.mp4",
            Matroska | Open => "a.mkv",
            Flv => "a.flv",
            Avi | Lengths => "a.avi",
        }
    }

    fn prefixed(self) -> bool {
        matches!(self, Matroska | Open | Flv | Lengths)
    }
}

/// A byte of the track; whether a unit begins with it.
type Byte = (u8, bool);

/// A file, and where each unit begins in it.
#[derive(Default)]
pub struct Muxed {
    pub bytes: Vec<u8>,
    pub begins: Vec<u64>,
}

impl Muxed {
    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    fn payload(&mut self, track: &[Byte]) {
        for (byte, begins) in track {
            if *begins {
                self.begins.push(self.bytes.len() as u64);
            }
            self.bytes.push(*byte);
        }
    }
}

const SPS: &[u8] = &[0x67, 0x42, 0x00, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90];
const PPS: &[u8] = &[0x68, 0xce, 0x3c, 0x80];
const SETS: [&[u8]; 3] = [&[0x40, 1, 0x0c], &[0x42, 1, 1], &[0x44, 1, 0xc1]];

/// Units with one picture a sample. `hevc`: H.265. `step` bytes of the track
/// at most between two headers, where the container can split samples.
pub fn mux(container: Container, hevc: bool, units: &[Vec<u8>], step: usize) -> Muxed {
    let samples = samples(container, hevc, units);
    let mut out = Muxed::default();
    match container {
        Ts => ts(&mut out, hevc, &samples, (0, 0)),
        M2ts => ts(&mut out, hevc, &samples, (4, 0)),
        Parity => ts(&mut out, hevc, &samples, (0, 16)),
        Ps | Hikvision => ps(&mut out, container == Hikvision, hevc, &samples, step),
        Matroska | Open => matroska(&mut out, container == Open, hevc, &samples),
        Flv => flv(&mut out, hevc, &samples),
        Avi | Lengths => avi(&mut out, hevc, &samples),
    }
    out
}

fn is_message(hevc: bool, unit: &[u8]) -> bool {
    unit[0] == if hevc { 0x4e } else { 6 }
}

fn samples(container: Container, hevc: bool, units: &[Vec<u8>]) -> Vec<Vec<Byte>> {
    let mut samples: Vec<Vec<Byte>> = vec![Vec::new()];
    let mut add = |unit: &[u8], told: bool, new: bool| {
        if new {
            samples.push(Vec::new());
        }
        let sample = samples.last_mut().expect("a sample");
        let before = match container.prefixed() {
            true => (unit.len() as u32).to_be_bytes(),
            false => [0, 0, 0, 1],
        };
        sample.extend(before.map(|byte| (byte, false)));
        sample.extend(unit.iter().enumerate().map(|(at, byte)| (*byte, told && at == 0)));
    };
    let sets: &[&[u8]] = if hevc { &SETS } else { &[SPS, PPS] };
    sets.iter().for_each(|unit| add(unit, false, false));
    let mut pictures = 0;
    for unit in units {
        let picture = !is_message(hevc, unit);
        let new = picture && pictures > 0;
        if new && matches!(container, Ts | M2ts | Parity | Ps) {
            // Multiplexers put a delimiter in front.
            add(if hevc { &[0x46, 1, 0x50] } else { &[9, 0xf0] }, false, true);
            add(unit, true, false);
        } else {
            add(unit, true, new);
        }
        pictures += u32::from(picture);
    }
    samples
}

fn stamp(at: u64) -> [u8; 5] {
    let bits = |from: u32| (at >> from) as u8;
    [
        0x21 | (bits(30) & 7) << 1,
        bits(22),
        bits(14) | 1,
        bits(7),
        bits(0) << 1 | 1,
    ]
}

fn ts(out: &mut Muxed, hevc: bool, samples: &[Vec<Byte>], (before, behind): (usize, usize)) {
    let mut counters = [0_u8; 3];
    let mut packet = |out: &mut Muxed, pid: u16, start: bool, track: &[Byte]| {
        let counter = &mut counters[usize::from(pid % 3)];
        let begin = out.bytes.len();
        out.put(&[0x5a; 4][..before]);
        let [high, low] = pid.to_be_bytes();
        let field = 184 - track.len();
        let flags = if field > 0 { 0x30 } else { 0x10 };
        out.put(&[0x47, high | u8::from(start) << 6, low, flags | *counter]);
        if field > 0 {
            out.put(&[field as u8 - 1]);
        }
        if field > 1 {
            out.put(&[0]);
            out.put(&vec![0xff; field - 2]);
        }
        out.payload(track);
        out.put(&[0xa5; 16][..behind]);
        if *counter == 5 {
            // A packet may come twice.
            let again = out.bytes[begin..].to_vec();
            out.put(&again);
        }
        *counter = (*counter + 1) & 15;
    };
    let plain = |bytes: &[u8]| bytes.iter().map(|byte| (*byte, false)).collect::<Vec<Byte>>();
    let kind = if hevc { 0x24 } else { 0x1b };
    packet(
        out,
        0,
        true,
        &plain(&[0, 0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0x02, 0, 0, 0, 0]),
    );
    packet(
        out,
        0x1002,
        true,
        &plain(&[
            0, 2, 0xb0, 23, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 0, 0x0f, 0xe1, 1, 0xf0, 0, kind, 0xe1, 0, 0xf0, 0, 0, 0,
            0, 0,
        ]),
    );
    for (n, sample) in samples.iter().enumerate() {
        let head = [&[0, 0, 1, 0xe0, 0, 0, 0x84, 0x80, 5][..], &stamp(n as u64 * 3600)].concat();
        let all = [plain(&head), sample.clone()].concat();
        for (part, track) in all.chunks(184).enumerate() {
            packet(out, 0x100, part == 0, track);
        }
        packet(
            out,
            0x101,
            true,
            &plain(&[0, 0, 1, 0xc0, 0, 8, 0x80, 0, 0, 0, 0, 1, 0x65, 0x88]),
        );
    }
}

fn ps(out: &mut Muxed, hikvision: bool, hevc: bool, samples: &[Vec<Byte>], step: usize) {
    if hikvision {
        let codec = if hevc { 5 } else { 1 };
        out.put(b"IMKH\x02\x01\0\0\x02\0");
        out.put(&[codec, 0]);
        out.put(b"\x11\x71\x01\x10\x40\x1f\0\0\0\xfa\0\0");
        out.put(&[0; 16]);
    }
    let kind = if hevc { 0x24 } else { 0x1b };
    for (n, sample) in samples.iter().enumerate() {
        let scr = n as u64 * 3600;
        out.put(&[0, 0, 1, 0xba]);
        let bits = |from: u32| (scr >> from) as u8;
        out.put(&[
            0x44 | bits(28) & 3,
            bits(20),
            bits(12) & 0xf8 | 4 | bits(13) & 3,
            bits(5),
            bits(0) << 3 | 4,
        ]);
        out.put(&[1, 0, 0, 3, 0xf8 | 2, 0xff, 0xff]);
        if n % 10 == 0 {
            out.put(&[
                0, 0, 1, 0xbc, 0, 14, 0xe1, 0xff, 0, 0, 0, 4, kind, 0xe0, 0, 0, 0, 0, 0, 0,
            ]);
        }
        for (part, track) in sample.chunks(step).enumerate() {
            let header: Vec<u8> = match part {
                0 => [&[0x80, 0x80, 7][..], &stamp(scr), &[0xff; 2]].concat(),
                _ => vec![0x80, 0, 0],
            };
            out.put(&[0, 0, 1, 0xe0]);
            out.put(&((track.len() + header.len()) as u16).to_be_bytes());
            out.put(&header);
            out.payload(track);
            if part == 0 {
                // Of another video, and of sound.
                out.put(&[0, 0, 1, 0xe1, 0, 9, 0x80, 0, 0, 0, 0, 0, 1, 0x65, 0x88]);
                out.put(&[0, 0, 1, 0xc0, 0, 5, 0x80, 0, 0, 7, 7]);
            }
        }
    }
    out.put(&[0, 0, 1, 0xb9]);
}

/// `avcC` or `hvcC`.
fn config(hevc: bool) -> Vec<u8> {
    if hevc {
        let mut config = vec![1; 23];
        (config[21], config[22]) = (0x0f, 0);
        return config;
    }
    let (sps, pps) = (SPS.len() as u16, PPS.len() as u16);
    [
        &[1, 0x42, 0, 0x14, 0xff, 0xe1][..],
        &sps.to_be_bytes(),
        SPS,
        &[1],
        &pps.to_be_bytes(),
        PPS,
    ]
    .concat()
}

fn element(id: &[u8], inside: &[u8]) -> Vec<u8> {
    let size = (inside.len() as u32 | 0x1000_0000).to_be_bytes();
    [id, &size, inside].concat()
}

/// One of the track's elements is replaced by these bytes: for tests of what
/// cannot be followed.
pub fn with_encodings(file: &[u8]) -> Vec<u8> {
    let from = b"\x9c\x10\0\0\x01\0".as_slice();
    let to = b"\x6d\x80\x83\xec\x81\0".as_slice();
    let at = file.windows(from.len()).position(|w| w == from).expect("a flag");
    [&file[..at], to, &file[at + from.len()..]].concat()
}

fn matroska(out: &mut Muxed, open: bool, hevc: bool, samples: &[Vec<Byte>]) {
    out.put(&element(&[0x1a, 0x45, 0xdf, 0xa3], b"\x42\x82\x88matroska"));
    // Sizes not told: it was written live.
    let unknown = [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    out.put(&[0x18, 0x53, 0x80, 0x67]);
    out.put(&unknown);
    out.put(&element(
        &[0x15, 0x49, 0xa9, 0x66],
        &element(&[0x2a, 0xd7, 0xb1], &[0x0f, 0x42, 0x40]),
    ));
    let code: &[u8] = if hevc { b"V_MPEGH/ISO/HEVC" } else { b"V_MPEG4/ISO/AVC" };
    let track = |number: u8, kind: u8, code: &[u8], config: &[u8]| {
        let fields = [
            element(&[0xd7], &[number]),
            element(&[0x83], &[kind]),
            element(&[0x9c], &[0]),
            element(&[0x86], code),
            element(&[0x63, 0xa2], config),
        ];
        element(&[0xae], &fields.concat())
    };
    let tracks = [
        track(1, 2, b"A_PCM/INT/LIT", &[]),
        track(2, 1, code, &config(hevc)),
        track(3, 1, code, &config(hevc)),
    ];
    out.put(&element(&[0x16, 0x54, 0xae, 0x6b], &tracks.concat()));
    for (n, part) in samples.chunks(10).enumerate() {
        let blocks: usize = part.iter().map(|sample| sample.len() + 3 * 9).sum();
        out.put(&[0x1f, 0x43, 0xb6, 0x75]);
        match open {
            true => out.put(&unknown),
            false => out.put(&((blocks as u32 + 7) | 0x1000_0000).to_be_bytes()),
        }
        out.put(&element(&[0xe7], &(n as u16 * 400).to_be_bytes()));
        for (at, sample) in part.iter().enumerate() {
            let size = ((sample.len() as u32 + 4) | 0x1000_0000).to_be_bytes();
            if open {
                let whole = ((sample.len() as u32 + 9 + 6) | 0x1000_0000).to_be_bytes();
                out.put(&[0xa0]);
                out.put(&whole);
            }
            out.put(&[if open { 0xa1 } else { 0xa3 }]);
            out.put(&size);
            let [high, low] = (at as u16 * 40).to_be_bytes();
            out.put(&[0x82, high, low, 0]);
            out.payload(sample);
            if open {
                out.put(&element(&[0x9b], &[40]));
            } else {
                // Of the sound, and of another video.
                out.put(b"\xa3\x10\0\0\x04\x81\0\0\x80");
                out.put(b"\xa3\x10\0\0\x04\x83\0\0\x80");
            }
        }
    }
}

fn flv(out: &mut Muxed, hevc: bool, samples: &[Vec<Byte>]) {
    out.put(b"FLV\x01\x05\0\0\0\x09\0\0\0\0");
    let codec = if hevc { 0x1c } else { 0x17 };
    let tag = |out: &mut Muxed, kind: u8, ms: u32, head: &[u8], track: &[Byte]| {
        let size = (head.len() + track.len()) as u32;
        let [_, a, b, c] = size.to_be_bytes();
        let [d, e, f, g] = ms.to_be_bytes();
        out.put(&[kind, a, b, c, e, f, g, d, 0, 0, 0]);
        out.put(head);
        out.payload(track);
        out.put(&(size + 11).to_be_bytes());
    };
    tag(out, 18, 0, b"\x02\0\x0aonMetaData", &[]);
    tag(out, 9, 0, &[&[codec, 0, 0, 0, 0][..], &config(hevc)].concat(), &[]);
    for (n, sample) in samples.iter().enumerate() {
        tag(out, 9, n as u32 * 40, &[codec, 1, 0, 0, 0], sample);
        tag(out, 8, n as u32 * 40, &[0x72, 1, 2, 3], &[]);
    }
}

fn avi(out: &mut Muxed, hevc: bool, samples: &[Vec<Byte>]) {
    let chunk = |id: &[u8], inside: &[u8]| [id, &(inside.len() as u32).to_le_bytes(), inside].concat();
    let stream = |kind: &[u8; 4], code: &[u8; 4]| {
        let mut head = kind.to_vec();
        head.extend(code);
        head.extend(
            [0_u32, 0, 0, 1, 25, 0, samples.len() as u32]
                .iter()
                .flat_map(|n| n.to_le_bytes()),
        );
        head.resize(56, 0);
        let mut format = vec![0; 40];
        format[16..20].copy_from_slice(code);
        let inside = [b"strl".to_vec(), chunk(b"strh", &head), chunk(b"strf", &format)].concat();
        chunk(b"LIST", &inside)
    };
    let code = if hevc { b"HEVC" } else { b"H264" };
    let header = [
        b"hdrl".to_vec(),
        chunk(b"avih", &[0; 56]),
        stream(b"auds", b"\x01\0\0\0"),
        stream(b"vids", code),
    ];
    out.put(b"RIFF\0\0\0\0AVI ");
    out.put(&chunk(b"LIST", &header.concat()));
    let movie = out.bytes.len();
    out.put(b"LIST\0\0\0\0movi");
    let mut index = Vec::new();
    for sample in samples {
        out.put(b"00wb\x03\0\0\0\x07\x07\x07\0");
        index.extend(b"01dc\x10\0\0\0");
        index.extend(((out.bytes.len() - movie - 8) as u32).to_le_bytes());
        index.extend((sample.len() as u32).to_le_bytes());
        out.put(b"01dc");
        out.put(&(sample.len() as u32).to_le_bytes());
        out.payload(sample);
        out.put(&[0; 1][..sample.len() % 2]);
    }
    let size = (out.bytes.len() - movie - 8) as u32;
    out.bytes[movie + 4..movie + 8].copy_from_slice(&size.to_le_bytes());
    out.put(&chunk(b"idx1", &index));
    let size = (out.bytes.len() - 8) as u32;
    out.bytes[4..8].copy_from_slice(&size.to_le_bytes());
}
