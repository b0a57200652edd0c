//! The ways in which a recording is changed.

use crate::files::{Sample, codec};
use crate::tools::{Packet, Temporary, ffmpeg, packets};

/// A way, and what people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Cut,
    TailZeroed,
    MiddleZeroed,
    MiddleOverwritten,
    BlockZeroed,
    ByteFlipped,
    FrameTakenOut,
    FrameDropped,
    FramesSwapped,
    Remuxed,
    ReEncoded,
    Appended,
    Spliced,
    Renamed,
    RewrittenRenamed,
}

impl Way {
    pub const ALL: [Self; 15] = [
        Self::Cut,
        Self::TailZeroed,
        Self::MiddleZeroed,
        Self::MiddleOverwritten,
        Self::BlockZeroed,
        Self::ByteFlipped,
        Self::FrameTakenOut,
        Self::FrameDropped,
        Self::FramesSwapped,
        Self::Remuxed,
        Self::ReEncoded,
        Self::Appended,
        Self::Spliced,
        Self::Renamed,
        Self::RewrittenRenamed,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::TailZeroed => "tail zeroed",
            Self::MiddleZeroed => "middle zeroed",
            Self::MiddleOverwritten => "middle overwritten",
            Self::BlockZeroed => "block zeroed",
            Self::ByteFlipped => "byte flipped",
            Self::FrameTakenOut => "frame taken out",
            Self::FrameDropped => "frame dropped, index rewritten",
            Self::FramesSwapped => "frames swapped",
            Self::Remuxed => "remuxed",
            Self::ReEncoded => "re-encoded",
            Self::Appended => "another file appended",
            Self::Spliced => "two files spliced",
            Self::Renamed => "renamed by a day",
            Self::RewrittenRenamed => "remuxed and renamed by a day",
        }
    }

    /// Whether ffmpeg writes the file.
    pub const fn rewrites(self) -> bool {
        matches!(
            self,
            Self::FrameDropped | Self::Remuxed | Self::ReEncoded | Self::Spliced
        )
    }

    /// Whether the changed file lies beside the sample.
    pub const fn beside(self) -> bool {
        matches!(self, Self::Renamed | Self::RewrittenRenamed)
    }

    /// What it is, for the document.
    pub const fn what(self) -> &'static str {
        match self {
            Self::Cut => "the last third of the bytes is missing",
            Self::TailZeroed => "the last quarter of the bytes is zero",
            Self::MiddleZeroed => "the third eighth of the bytes is zero",
            Self::MiddleOverwritten => "the third eighth of the bytes is noise",
            Self::BlockZeroed => "up to 512 bytes in the middle of the largest picture are zero",
            Self::ByteFlipped => "one bit in the middle of the largest picture is another",
            Self::FrameTakenOut => "the bytes of one picture are taken out, nothing else is touched",
            Self::FrameDropped => "ffmpeg writes the file anew without one picture",
            Self::FramesSwapped => "the bytes of two neighbouring pictures are exchanged; in MP4 the index follows",
            Self::Remuxed => "ffmpeg writes the same pictures into the same container",
            Self::ReEncoded => "ffmpeg decodes and encodes again",
            Self::Appended => "the bytes of another file of the kind stand behind its own",
            Self::Spliced => "ffmpeg joins it with another file of the kind, without encoding",
            Self::Renamed => "a copy under the name of the next day lies beside it",
            Self::RewrittenRenamed => "a remuxed copy under the name of the next day lies beside it",
        }
    }
}

/// The sample changed in this way; `other` is another one of its kind. `None`
/// where it cannot be done.
pub fn mutate(way: Way, sample: &Sample, other: Option<&Sample>) -> Option<Vec<u8>> {
    let bytes = &sample.bytes;
    let input = sample.path.to_str()?;
    let extension = sample.extension();
    match way {
        Way::Cut => Some(bytes[..bytes.len() * 2 / 3].to_vec()),
        Way::TailZeroed => {
            let mut bytes = bytes.clone();
            let from = bytes.len() * 3 / 4;
            bytes[from..].fill(0);
            Some(bytes)
        }
        Way::MiddleZeroed | Way::MiddleOverwritten => {
            let mut bytes = bytes.clone();
            let (from, to) = (bytes.len() / 4, bytes.len() * 3 / 8);
            let mut noise = 0_u64;
            for byte in &mut bytes[from..to] {
                noise = noise.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
                *byte = if way == Way::MiddleZeroed {
                    0
                } else {
                    (noise >> 56) as u8
                };
            }
            Some(bytes)
        }
        Way::BlockZeroed | Way::ByteFlipped => {
            let (pictures, _) = packets(&sample.path);
            let largest = pictures.iter().max_by_key(|p| p.size)?;
            let mut bytes = bytes.clone();
            let middle = largest.at + largest.size / 2;
            match way {
                Way::ByteFlipped => *bytes.get_mut(middle)? ^= 0x10,
                _ => bytes.get_mut(middle..middle + 512.min(largest.size / 4))?.fill(0),
            }
            Some(bytes)
        }
        Way::FrameTakenOut => {
            let (picture, _) = middle(sample)?;
            let (from, to) = extent(sample, picture)?;
            Some([&bytes[..from], &bytes[to..]].concat())
        }
        Way::FrameDropped => {
            let (_, number) = middle(sample)?;
            let drop = format!("noise=drop=eq(n\\,{number})");
            let copy = [
                "-i", input, "-map", "0:v", "-map", "0:a?", "-c", "copy", "-bsf:v", &drop,
            ];
            ffmpeg(&copy, extension)
        }
        Way::FramesSwapped => swapped(sample),
        Way::Remuxed | Way::RewrittenRenamed => {
            ffmpeg(&["-i", input, "-map", "0:v", "-map", "0:a?", "-c", "copy"], extension)
        }
        Way::ReEncoded => {
            let codec = match codec(sample).as_deref() {
                Some("mpeg2") => "mpeg2video",
                Some("mpeg4") => "mpeg4",
                Some("hevc") => "libx265",
                _ => "libx264",
            };
            let (own, quality) = match codec.strip_prefix("lib") {
                Some(_) => ("-preset", "ultrafast"),
                None => ("-q:v", "5"),
            };
            let encode = ["-i", input, "-map", "0:v:0", "-an", "-c:v", codec, own, quality];
            ffmpeg(&encode, extension)
        }
        Way::Appended => Some([bytes.as_slice(), &other?.bytes].concat()),
        Way::Spliced => {
            let list = Temporary::new("list.txt");
            let line = |sample: &Sample| Some(format!("file '{}'\n", sample.path.canonicalize().ok()?.to_str()?));
            std::fs::write(&list.path, line(sample)? + &line(other?)?).ok()?;
            let list = list.path.to_str()?;
            ffmpeg(
                &["-f", "concat", "-safe", "0", "-i", list, "-map", "0:v:0", "-c", "copy"],
                extension,
            )
        }
        Way::Renamed => Some(bytes.clone()),
    }
}

/// A picture in the middle that is none to start from, and its number.
fn middle(sample: &Sample) -> Option<(Packet, usize)> {
    let (pictures, _) = packets(&sample.path);
    let number =
        (pictures.len() / 2..pictures.len().checked_sub(3)?).find(|n| !pictures[*n].key && !pictures[n + 1].key)?;
    Some((pictures[number], number))
}

/// The bytes of a picture with what the container puts around it.
fn extent(sample: &Sample, picture: Packet) -> Option<(usize, usize)> {
    if sample.extension() == "mp4" {
        return Some((picture.at, picture.at + picture.size));
    }
    let (_, all) = packets(&sample.path);
    Some((picture.at, *all.iter().find(|at| **at > picture.at)?))
}

/// Two neighbours exchanged; in MP4 their sizes in the index follow.
fn swapped(sample: &Sample) -> Option<Vec<u8>> {
    let (pictures, _) = packets(&sample.path);
    let (first, number) = middle(sample)?;
    let second = *pictures.get(number + 1)?;
    let ((a, b), (c, d)) = (extent(sample, first)?, extent(sample, second)?);
    let bytes = &sample.bytes;
    let mut out = [
        &bytes[..a],
        bytes.get(c..d)?,
        bytes.get(b..c)?,
        &bytes[a..b],
        &bytes[d..],
    ]
    .concat();
    if sample.extension() == "mp4" {
        let size = |p: Packet| (p.size as u32).to_be_bytes();
        let pair = |p: Packet, q: Packet| [size(p), size(q)].concat();
        let (from, to) = (pair(first, second), pair(second, first));
        let at = out.windows(8).position(|w| w == from)?;
        out[at..at + 8].copy_from_slice(&to);
    }
    Some(out)
}
