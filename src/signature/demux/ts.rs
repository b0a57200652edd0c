//! MPEG transport streams (ISO/IEC 13818-1 §2.4): packets of one identifier,
//! without their headers and those of the PES packets inside.

use std::io;

use super::{Demux, Part, Step};
use crate::formats::bytes::{self, be16};
use crate::formats::mpeg_ts;
use crate::signature::Reason;
use crate::source::Source;

/// Bytes in which the program's map must come.
const SEARCHED: usize = 1 << 20;

/// Bytes of a packet without what may be around it.
const PACKET: usize = 188;

pub struct Ts {
    /// Size of a packet with all around it, and where in it the sync byte is.
    size: usize,
    sync: usize,
    /// Identifier of the video's packets.
    video: u16,
    /// Bytes of a PES header that are still to come.
    header: usize,
    /// Counter and payload of the packet before: it may come twice.
    last: (u8, Vec<u8>),
}

impl Ts {
    /// Reads the beginning, for the map; `None` where there is no such video.
    pub fn read(codec: &str, source: &mut dyn Source) -> io::Result<Option<Self>> {
        let head = bytes::read(source, 0, SEARCHED)?;
        let Some((size, sync)) = mpeg_ts::layout(&head) else {
            return Ok(None);
        };
        let (size, sync) = (size as usize, sync as usize);
        let packets = head.chunks_exact(size).filter_map(|p| Packet::parse(p.get(sync..)?));
        Ok(video(packets, codec).map(|video| Self {
            size,
            sync,
            video,
            header: 0,
            last: Default::default(),
        }))
    }
}

/// Identifier of the first video of this codec; without a map, of any video.
fn video<'p>(packets: impl Iterator<Item = Packet<'p>>, codec: &str) -> Option<u16> {
    let (mut map, mut any) = (None, None);
    for packet in packets.filter(|packet| packet.start) {
        if packet.pid == 0 {
            map = map.or_else(|| mpeg_ts::program(packet.payload));
        } else if Some(packet.pid) == map {
            let streams = mpeg_ts::streams(packet.payload).unwrap_or_default();
            if let Some((pid, ..)) = streams.iter().find(|(_, _, name)| *name == codec) {
                return Some(*pid);
            }
        } else if let [0, 0, 1, 0xe0..=0xef, ..] = packet.payload {
            any = any.or(Some(packet.pid));
        }
    }
    any
}

/// One packet.
struct Packet<'p> {
    pid: u16,
    /// A PES packet or a table begins.
    start: bool,
    scrambled: bool,
    counter: u8,
    /// Bytes before the payload.
    header: usize,
    payload: &'p [u8],
}

impl<'p> Packet<'p> {
    fn parse(bytes: &'p [u8]) -> Option<Self> {
        let packet = bytes.get(..PACKET).filter(|p| p.first() == Some(&0x47))?;
        let (word, flags, field) = (be16(packet, 1)?, *packet.get(3)?, *packet.get(4)?);
        let header = if flags & 0x20 != 0 { 5 + usize::from(field) } else { 4 };
        let payload = packet.get(header..).filter(|_| flags & 0x10 != 0);
        Some(Self {
            pid: word & 0x1fff,
            start: word & 0x4000 != 0,
            scrambled: flags & 0xc0 != 0,
            counter: flags & 15,
            header,
            payload: payload.unwrap_or_default(),
        })
    }
}

impl Demux for Ts {
    fn step(&mut self, _at: u64, bytes: &[u8]) -> Step {
        let size = self.size as u64;
        if bytes.len() < self.size {
            return Step::More(size);
        }
        let Some(packet) = bytes.get(self.sync..).and_then(Packet::parse) else {
            return Step::Lost(Reason::Damaged);
        };
        let payload = packet.payload;
        if packet.pid != self.video || payload.is_empty() {
            return Step::Skip(size);
        }
        if packet.counter == self.last.0 && payload == self.last.1 {
            return Step::Skip(size);
        }
        if packet.scrambled {
            return Step::Lost(Reason::Layout);
        }
        self.last.0 = packet.counter;
        self.last.1.clear();
        self.last.1.extend(payload);
        if packet.start {
            self.header = match payload {
                [0, 0, 1, _, _, _, flags, _, length, ..] if flags & 0xf0 == 0x80 => 9 + usize::from(*length),
                [0, 0, 1, _, _, _, flags, ..] if flags & 0xc0 == 0x80 => return Step::Lost(Reason::Layout),
                _ => return Step::Lost(Reason::Damaged),
            };
        }
        let header = self.header.min(payload.len());
        self.header -= header;
        Step::Take(Part {
            payload: (payload.len() - header) as u64,
            behind: (self.size - self.sync - PACKET) as u64,
            ..Part::skip((self.sync + packet.header + header) as u64)
        })
    }
}
