//! Pictures made of coloured squares: days of a recorder, a QR code, a
//! pictogram. Drawn as SVG on the page and as PNG in a .docx.

use std::fmt::Write as _;

use crate::formats::archive::Crc32;

/// A colour that papers use. Told apart in grey too: from light to dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    #[default]
    White,
    Black,
    /// Recorded the whole day.
    Full,
    Nearly,
    Partly,
    Little,
    /// Nothing recorded, and that is a gap.
    Missing,
    /// Nothing known.
    Unknown,
}

impl Ink {
    const ALL: [Self; 8] = [
        Self::White,
        Self::Black,
        Self::Full,
        Self::Nearly,
        Self::Partly,
        Self::Little,
        Self::Missing,
        Self::Unknown,
    ];

    const fn rgb(self) -> [u8; 3] {
        match self {
            Self::White => [255, 255, 255],
            Self::Black => [0, 0, 0],
            Self::Full => [0x3d, 0x94, 0x68],
            Self::Nearly => [0x9f, 0xcf, 0xae],
            Self::Partly => [0xf2, 0xd7, 0x9b],
            Self::Little => [0xed, 0xa0, 0x7c],
            Self::Missing => [0xb3, 0x26, 0x1e],
            Self::Unknown => [0xdd, 0xdd, 0xdd],
        }
    }
}

/// A grid of squares, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it shows, in words.
    pub alt: String,
    pub columns: usize,
    /// `columns` × rows squares.
    pub squares: Vec<Ink>,
    /// Width and height on paper, in millimetres.
    pub size: (u16, u16),
}

/// Points across that a PNG has at least: sharp on paper.
const SHARP: usize = 600;

impl Picture {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.squares.len().checked_div(self.columns).unwrap_or(0)
    }

    /// One SVG path for each colour but white, and its colour (`#rrggbb`); a
    /// square is 1 × 1.
    pub fn paths(&self) -> Vec<(String, String)> {
        let path = |ink: Ink| {
            let mut path = String::new();
            for (y, row) in self.squares.chunks(self.columns.max(1)).enumerate() {
                let mut x = 0;
                for run in row.chunk_by(|a, b| a == b) {
                    if run.first() == Some(&ink) {
                        let width = run.len();
                        let _ = write!(path, "M{x} {y}h{width}v1h-{width}z");
                    }
                    x += run.len();
                }
            }
            path
        };
        let drawn = Ink::ALL.into_iter().filter(|ink| *ink != Ink::White).map(|ink| {
            let [r, g, b] = ink.rgb();
            (format!("#{r:02x}{g:02x}{b:02x}"), path(ink))
        });
        drawn.filter(|(_, path)| !path.is_empty()).collect()
    }

    /// The picture as a PNG file (ISO/IEC 15948), eight bits a point, indexed.
    pub fn png(&self) -> Vec<u8> {
        let (columns, rows) = (self.columns.max(1), self.rows().max(1));
        let across = (SHARP / columns).max(1);
        let ratio = (usize::from(self.size.1) * columns) as f64 / (usize::from(self.size.0).max(1) * rows) as f64;
        let down = ((across as f64 * ratio).round() as usize).clamp(1, SHARP);
        let mut points = Vec::new();
        for row in self.squares.chunks(columns) {
            let mut line = vec![0]; // filter: none
            for ink in row {
                let index = Ink::ALL.iter().position(|known| known == ink).unwrap_or(0);
                line.extend(std::iter::repeat_n(index as u8, across));
            }
            for _ in 0..down {
                points.extend_from_slice(&line);
            }
        }
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
        let mut header = [size(columns * across), size(rows * down)].concat();
        header.extend([8, 3, 0, 0, 0]);
        let palette: Vec<u8> = Ink::ALL.into_iter().flat_map(Ink::rgb).collect();
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in [
            (b"IHDR", header),
            (b"PLTE", palette),
            (b"IDAT", miniz_oxide::deflate::compress_to_vec_zlib(&points, 6)),
            (b"IEND", Vec::new()),
        ] {
            file.extend(size(data.len()));
            let mut crc = Crc32::default();
            crc.update(kind);
            crc.update(&data);
            file.extend_from_slice(kind);
            file.extend(data);
            file.extend(crc.finish().to_be_bytes());
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_side_by_side_are_drawn_as_one() {
        let picture = Picture {
            alt: String::new(),
            columns: 3,
            squares: vec![Ink::Black, Ink::Black, Ink::White, Ink::White, Ink::Missing, Ink::Black],
            size: (3, 2),
        };
        assert_eq!(
            picture.paths(),
            [
                ("#000000".to_owned(), "M0 0h2v1h-2zM2 1h1v1h-1z".to_owned()),
                ("#b3261e".to_owned(), "M1 1h1v1h-1z".to_owned()),
            ]
        );
    }

    #[test]
    fn a_png_has_the_proportions_of_the_paper() {
        let picture = Picture {
            alt: String::new(),
            columns: 30,
            squares: vec![Ink::Full; 30],
            size: (90, 6),
        };
        let png = picture.png();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((side(16), side(20)), (600, 40));
        assert!(png.ends_with(b"IEND\xae\x42\x60\x82"));
    }
}
