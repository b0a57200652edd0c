//! Units out of the payload of a video track, which comes in pieces.

/// How units are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Start codes between them (Annex B), wherever samples end.
    Stream,
    /// A length of so many bytes in front of each; a sample holds whole ones.
    Lengths(u8),
}

/// Takes units as they come.
pub trait Sink {
    /// How to decode, by the container's header (`avcC`, `hvcC`) at this byte of
    /// the file.
    fn configured(&mut self, _offset: u64, _config: &[u8]) {}
    /// A unit begins at this byte of the file, in this sample of MP4.
    fn begin(&mut self, offset: u64, sample: Option<u32>);
    /// The next bytes of it, at this byte of the file. Zeroes at its end are
    /// not passed on: they are the container's, not the unit's (ITU-T H.264
    /// §7.4.1).
    fn bytes(&mut self, offset: u64, bytes: &[u8]);
    /// Whether what looks like the start of another unit is still of this one.
    fn unfinished(&self) -> bool;
    /// The unit is complete; `whole` where nothing of it is missing.
    fn end(&mut self, whole: bool);
}

/// Where in a file bytes of a track are, and in which sample of MP4.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub offset: u64,
    pub sample: Option<u32>,
}

impl At {
    const fn behind(self, bytes: usize) -> Self {
        Self {
            offset: self.offset + bytes as u64,
            ..self
        }
    }
}

/// Cuts payload into units.
pub struct Units {
    framing: Framing,
    state: State,
    /// The sink was told of the unit under way: a byte of it came.
    begun: bool,
    /// Zeroes at the end of what the unit has so far.
    zeroes: u64,
}

/// Where in the units the next byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// In no unit.
    Between,
    /// In a length: what is known of it, and bytes to come.
    Length { known: u64, left: u8 },
    /// In a unit; behind a length with so many bytes to come.
    Unit { left: u64 },
}

impl Default for Units {
    fn default() -> Self {
        Self {
            framing: Framing::Stream,
            state: State::Between,
            begun: false,
            zeroes: 0,
        }
    }
}

impl Units {
    /// Takes the next bytes of the track, which are at this place.
    pub fn push(&mut self, framing: Framing, at: At, bytes: &[u8], sink: &mut impl Sink) {
        if self.framing != framing {
            self.finish(sink);
            self.framing = framing;
        }
        match framing {
            Framing::Stream => self.stream(at, bytes, sink),
            Framing::Lengths(length) => self.lengths(length, at, bytes, sink),
        }
    }

    /// A sample is at its end.
    pub fn sample_ends(&mut self, sink: &mut impl Sink) {
        if self.framing != Framing::Stream {
            self.finish(sink);
        }
    }

    /// The track is at its end.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        let whole = self.framing == Framing::Stream || self.state == State::Unit { left: 0 };
        self.close(whole, sink);
    }

    fn open(&mut self, left: u64) {
        self.state = State::Unit { left };
        self.zeroes = 0;
    }

    fn close(&mut self, whole: bool, sink: &mut impl Sink) {
        if self.begun {
            sink.end(whole);
        }
        self.begun = false;
        self.state = State::Between;
    }

    /// Passes bytes of a unit on, but holds zeroes back until more follows.
    fn pass(&mut self, at: At, bytes: &[u8], sink: &mut impl Sink) {
        const ZEROES: [u8; 64] = [0; 64];
        if bytes.is_empty() {
            return;
        }
        if !self.begun {
            sink.begin(at.offset, at.sample);
            self.begun = true;
        }
        let trailing = bytes.iter().rev().take_while(|b| **b == 0).count();
        let (solid, _) = bytes.split_at(bytes.len() - trailing);
        if solid.is_empty() {
            self.zeroes += trailing as u64;
            return;
        }
        while self.zeroes > 0 {
            let some = self.zeroes.min(ZEROES.len() as u64);
            let offset = at.offset.saturating_sub(self.zeroes);
            sink.bytes(offset, ZEROES.get(..some as usize).unwrap_or_default());
            self.zeroes -= some;
        }
        sink.bytes(at.offset, solid);
        self.zeroes = trailing as u64;
    }

    fn lengths(&mut self, length: u8, at: At, bytes: &[u8], sink: &mut impl Sink) {
        let mut inside = bytes;
        while let Some((first, others)) = inside.split_first() {
            match self.state {
                State::Between => self.state = State::Length { known: 0, left: length },
                State::Length { known, left } => {
                    inside = others;
                    let known = known << 8 | u64::from(*first);
                    match left {
                        0 | 1 => self.open(known),
                        _ => self.state = State::Length { known, left: left - 1 },
                    }
                }
                State::Unit { left: 0 } => self.close(true, sink),
                State::Unit { left } => {
                    let some = left.min(inside.len() as u64);
                    let (unit, others) = inside.split_at(some as usize);
                    self.pass(at.behind(bytes.len() - inside.len()), unit, sink);
                    inside = others;
                    self.state = State::Unit { left: left - some };
                }
            }
        }
    }

    fn stream(&mut self, at: At, piece: &[u8], sink: &mut impl Sink) {
        let mut from = 0;
        for one in memchr::memchr_iter(1, piece) {
            let before = piece.get(from..one).unwrap_or_default();
            let zeroes = before.iter().rev().take(2).take_while(|b| **b == 0).count();
            let carried = if zeroes == before.len() { self.zeroes } else { 0 };
            if zeroes as u64 + carried < 2 {
                continue;
            }
            if self.state != State::Between {
                self.pass(at.behind(from), before, sink);
                if self.begun && sink.unfinished() {
                    from = one;
                    continue;
                }
                self.close(true, sink);
            }
            from = one + 1;
            self.open(0);
        }
        let rest = piece.get(from..).unwrap_or_default();
        match self.state {
            State::Between => {
                let trailing = rest.iter().rev().take_while(|b| **b == 0).count() as u64;
                self.zeroes = if trailing == rest.len() as u64 {
                    self.zeroes + trailing
                } else {
                    trailing
                };
            }
            _ => self.pass(at.behind(from), rest, sink),
        }
    }
}
