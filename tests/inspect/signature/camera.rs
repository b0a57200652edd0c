//! A camera that signs what it films: random pictures, real signatures.

use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Codec {
    H264,
    H265,
}

impl Codec {
    pub fn name(self) -> &'static str {
        match self {
            Self::H264 => "a.h264",
            Self::H265 => "a.h265",
        }
    }
}

pub struct Camera {
    pub codec: Codec,
    /// Whether messages list all hashes, or only the hash of them.
    pub listed: bool,
    /// Whether emulation prevention comes before signing.
    pub escaped: bool,
    /// Whether groups are signed in halves.
    pub partial: bool,
    /// Tells its key from other cameras'.
    pub secret: u8,
}

type Hash = [u8; 32];

fn hash(parts: &[&[u8]]) -> Hash {
    Sha256::digest(parts.concat()).into()
}

fn noise(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Never zero: pictures need no escapes then.
        (state >> 32) as u8 | 1
    };
    (0..len).map(|_| next()).collect()
}

impl Camera {
    fn key(&self) -> SigningKey {
        SigningKey::from_slice(&[self.secret; 32]).expect("a key")
    }

    fn picture(&self, frame: u64, start: bool) -> Vec<u8> {
        let header: &[u8] = match (self.codec, start) {
            (Codec::H264, true) => &[0x65, 0x88],
            (Codec::H264, false) => &[0x41, 0x9a],
            (Codec::H265, true) => &[0x26, 1, 0x80],
            (Codec::H265, false) => &[0x02, 1, 0x80],
        };
        [header, &noise(frame + 1, 40)].concat()
    }

    /// Pictures and messages: `groups` of `length` pictures each.
    pub fn film(&self, groups: u64, length: u64) -> Vec<Vec<u8>> {
        let mut units = Vec::new();
        let mut waiting: Vec<Hash> = Vec::new();
        let (mut anchor, mut number, mut linked) = ([0; 32], 0, [0; 32]);
        let sign = |units: &mut Vec<Vec<u8>>, waiting: &mut Vec<Hash>, number: &mut u32, linked: &mut Hash| {
            if !waiting.is_empty() {
                *number += 1;
                units.push(self.axis(*number, waiting, *linked));
                *linked = waiting[0];
                waiting.clear();
            }
        };
        for frame in 0..groups * length {
            let start = frame % length == 0;
            let picture = self.picture(frame, start);
            let raw = hash(&[&picture]);
            // The message of a group comes behind the first picture of the next.
            let mut before = std::mem::take(&mut waiting);
            let due = start || self.partial && frame % length == length / 2;
            if !due {
                waiting = std::mem::take(&mut before);
            }
            units.push(picture);
            if start {
                anchor = raw;
            }
            waiting.push(if start { raw } else { hash(&[&anchor, &raw]) });
            sign(&mut units, &mut before, &mut number, &mut linked);
        }
        sign(&mut units, &mut waiting, &mut number, &mut linked);
        units
    }

    /// As above, in ONVIF's way, with a signature only in each `every`th
    /// message: the others are proven as pictures are.
    pub fn film_signed_each(&self, every: u32, groups: u64, length: u64) -> Vec<Vec<u8>> {
        let mut units = Vec::new();
        let mut waiting: Vec<Hash> = Vec::new();
        let (mut anchor, mut number, mut linked) = ([0; 32], 0_u32, [0; 32]);
        for frame in 0..groups * length + 1 {
            let start = frame % length == 0;
            let last = frame == groups * length;
            let mut before = std::mem::take(&mut waiting);
            if !start {
                waiting = std::mem::take(&mut before);
            }
            if !last {
                let picture = self.picture(frame, start);
                let raw = hash(&[&picture]);
                if start {
                    anchor = raw;
                }
                waiting.push(if start { raw } else { hash(&[&anchor, &raw]) });
                units.push(picture);
            }
            if !before.is_empty() {
                number += 1;
                let signed = number % every == 0 || last;
                let message = self.onvif(number, &before, linked, signed);
                linked = before[0];
                if !signed {
                    waiting.push(hash(&[&anchor, &hash(&[&message])]));
                }
                units.push(message);
            }
        }
        units
    }

    fn axis(&self, number: u32, list: &[Hash], linked: Hash) -> Vec<u8> {
        let mut payload = b"Signed Video...0".to_vec();
        payload.push(if self.escaped { 0xb0 } else { 0x30 });
        let key = self.key().verifying_key().to_sec1_point(false);
        let spki = [
            &[
                0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
            ][..],
            &[
                0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            ],
            key.as_bytes(),
        ]
        .concat();
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            base64(&spki)
        );
        let mut field = |tag: u8, value: Vec<u8>| {
            payload.push(tag);
            match tag {
                1 | 7 => payload.push(value.len() as u8),
                _ => payload.extend((value.len() as u16).to_be_bytes()),
            }
            payload.extend(value);
        };
        field(2, [&[2], pem.as_bytes()].concat());
        let mut general = vec![3];
        general.extend(number.to_be_bytes());
        general.extend((list.len() as u16).to_be_bytes());
        general.extend([2, 0, 3, u8::from(self.partial) << 1]);
        general.extend(linked);
        general.extend(hash(&list.iter().map(|h| &h[..]).collect::<Vec<_>>()));
        field(1, general);
        if self.listed {
            field(4, [&[1][..], &list.concat()].concat());
        }
        let size = payload.len() + 3 + 2 + 2 + 72;
        self.sign(payload, size, 5, &[2, 0])
    }

    fn onvif(&self, number: u32, list: &[Hash], linked: Hash, signed: bool) -> Vec<u8> {
        let identifier = [
            0x00, 0x5b, 0xc9, 0x3f, 0x2d, 0x71, 0x5e, 0x95, 0xad, 0xa4, 0x79, 0x6f, 0x90, 0x87, 0x7a, 0x6f,
        ];
        let mut payload = identifier.to_vec();
        payload.push(0x40);
        let mut field = |tag: u8, value: Vec<u8>| {
            payload.push(tag);
            payload.extend((value.len() as u16).to_be_bytes());
            payload.extend(value);
        };
        if signed {
            field(6, [&[1, 0], self.certificate().as_bytes()].concat());
        }
        let mut general = vec![2, 1, 0, 0, 0];
        general.extend([0; 16]);
        general.extend(number.to_be_bytes());
        general.extend((list.len() as u16).to_be_bytes());
        general.extend(hash(&list.iter().map(|h| &h[..]).collect::<Vec<_>>()));
        general.extend(linked);
        field(1, general);
        field(2, [&[1][..], &list.concat()].concat());
        if !signed {
            let size = payload.len();
            let mut unit = self.message(size);
            unit.extend(escape(&payload));
            unit.push(0x80);
            return unit;
        }
        let size = payload.len() + 3 + 1 + 2 + 72;
        self.sign(payload, size, 3, &[1])
    }

    /// A certificate of this key that nobody signed.
    fn certificate(&self) -> String {
        let der = |tag: u8, parts: &[&[u8]]| {
            let value = parts.concat();
            [&[tag, 0x81, value.len() as u8][..], &value].concat()
        };
        let key = self.key().verifying_key().to_sec1_point(false);
        let ec = der(
            0x30,
            &[
                &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
                &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            ],
        );
        let info = der(0x30, &[&ec, &der(0x03, &[&[0], key.as_bytes()])]);
        let algorithm = der(0x30, &[&[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]]);
        let name = der(0x30, &[]);
        let time = der(0x17, &[b"260101000000Z"]);
        let validity = der(0x30, &[&time, &time]);
        let body = der(0x30, &[&[0x02, 1, 1], &algorithm, &name, &validity, &name, &info]);
        let length = (body.len() + algorithm.len() + 4) as u16;
        let whole = [
            &[0x30, 0x82][..],
            &length.to_be_bytes(),
            &body,
            &algorithm,
            &[0x03, 2, 0, 0],
        ]
        .concat();
        format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            base64(&whole)
        )
    }

    /// Header, payload type and size of a message.
    fn message(&self, size: usize) -> Vec<u8> {
        let mut unit = match self.codec {
            Codec::H264 => vec![6, 5],
            Codec::H265 => vec![0x4e, 1, 5],
        };
        unit.extend(std::iter::repeat_n(0xff, size / 255));
        unit.push((size % 255) as u8);
        unit
    }

    /// Appends the field of the signature.
    fn sign(&self, payload: Vec<u8>, size: usize, tag: u8, before: &[u8]) -> Vec<u8> {
        let header = self.message(size);
        let stored = escape(&payload);
        let document = match self.escaped {
            true => [&header[..], &stored].concat(),
            false => [&header[..], &payload].concat(),
        };
        let signature: Signature = self.key().sign_prehash(&hash(&[&document])).expect("signs");
        let mut signature = der(&signature);
        let mut whole = payload;
        whole.push(tag);
        whole.extend(((before.len() + 2 + 72) as u16).to_be_bytes());
        whole.extend(before);
        whole.extend((signature.len() as u16).to_be_bytes());
        signature.resize(72, 1);
        whole.extend(signature);
        assert_eq!(whole.len(), size);
        [header, escape(&whole), vec![0x80]].concat()
    }

    /// Units as a byte stream, with parameter sets in front.
    pub fn stream(&self, units: &[Vec<u8>]) -> Vec<u8> {
        let parameters: &[&[u8]] = match self.codec {
            Codec::H264 => &[
                &[0x67, 0x42, 0x00, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90],
                &[0x68, 0xce, 0x3c, 0x80],
            ],
            Codec::H265 => &[&[0x40, 1, 0x0c], &[0x42, 1, 1], &[0x44, 1, 0xc1]],
        };
        let all = parameters.iter().copied().chain(units.iter().map(Vec::as_slice));
        all.flat_map(|unit| [&[0, 0, 0, 1], unit].concat()).collect()
    }

    /// Where in the film a picture is.
    pub fn position(&self, film: &[Vec<u8>], frame: u64) -> usize {
        let message = self.message(0)[0];
        let pictures = (0..film.len()).filter(|at| film[*at][0] != message);
        pictures.into_iter().nth(frame as usize).expect("a picture")
    }

    /// What of a stream is signed: pictures and messages, without start codes
    /// and parameter sets.
    pub fn pictures(&self, stream: &[u8]) -> Vec<Vec<u8>> {
        let units = xishi::formats::shared::nal::units(stream).map(|(_, unit)| {
            let end = unit.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
            // Behind the signature there is padding, which nothing protects.
            let padding = if unit.first() == Some(&6) { 4 } else { 0 };
            unit[..end.saturating_sub(padding)].to_vec()
        });
        units
            .filter(|u| u.first().is_some_and(|h| matches!(h & 0x1f, 1..=6)))
            .collect()
    }
}

pub fn escape(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut zeroes = 0;
    for byte in bytes {
        if zeroes >= 2 && *byte <= 3 {
            out.push(3);
            zeroes = 0;
        }
        zeroes = if *byte == 0 { zeroes + 1 } else { 0 };
        out.push(*byte);
    }
    out
}

/// An ECDSA signature in DER.
fn der(signature: &Signature) -> Vec<u8> {
    let bytes = signature.to_bytes();
    let number = |bytes: &[u8]| {
        let zeroes = bytes.iter().take_while(|b| **b == 0).count();
        let mut value = bytes[zeroes..].to_vec();
        if value[0] & 0x80 != 0 {
            value.insert(0, 0);
        }
        [&[0x02, value.len() as u8][..], &value].concat()
    };
    let both = [number(&bytes[..32]), number(&bytes[32..])].concat();
    [&[0x30, both.len() as u8][..], &both].concat()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let quads = bytes.chunks(3).map(|chunk| {
        let bits = chunk.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        let digit = |n: usize| char::from(DIGITS[(bits >> (18 - 6 * n) & 63) as usize]);
        (0..4)
            .map(|n| if n <= chunk.len() { digit(n) } else { '=' })
            .collect::<String>()
    });
    quads.collect()
}
