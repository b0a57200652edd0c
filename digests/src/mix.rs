//! Functions of three words, added to a sum: what has been there longest is
//! added first.

use std::ops::{BitAnd, BitOr, BitXor, Not};

use wide::u32x4;

/// A word; or four, each in its lane.
pub(crate) trait Word:
    Copy + BitAnd<Output = Self> + BitOr<Output = Self> + BitXor<Output = Self> + Not<Output = Self>
{
    /// The same in each lane.
    fn of(word: u32) -> Self;

    /// That of the first lane.
    fn first(self) -> u32;

    /// Modulo 2³².
    fn plus(self, other: Self) -> Self;

    /// Rotated by so many bits, from 1 to 31.
    fn left(self, bits: u32) -> Self;
}

impl Word for u32 {
    #[inline(always)]
    fn of(word: u32) -> Self {
        word
    }

    #[inline(always)]
    fn first(self) -> u32 {
        self
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    #[inline(always)]
    fn left(self, bits: u32) -> Self {
        self.rotate_left(bits)
    }
}

impl Word for u32x4 {
    #[inline(always)]
    fn of(word: u32) -> Self {
        Self::splat(word)
    }

    #[inline(always)]
    fn first(self) -> u32 {
        self.to_array()[0]
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline(always)]
    fn left(self, bits: u32) -> Self {
        (self << bits) | (self >> (32 - bits))
    }
}

/// The bits of `y` where `x` has ones, and those of `z` where it has none.
#[inline(always)]
pub(crate) fn choice<W: Word>(x: W, y: W, z: W, sum: W) -> W {
    sum.plus(z ^ (x & (y ^ z)))
}

/// The choice by the last.
#[inline(always)]
pub(crate) fn choice_of_last<W: Word>(x: W, y: W, z: W, sum: W) -> W {
    sum.plus(!z & y).plus(z & x)
}

/// Where the number of ones is odd.
#[inline(always)]
pub(crate) fn parity<W: Word>(x: W, y: W, z: W, sum: W) -> W {
    sum.plus(x ^ y ^ z)
}

/// Where there are more ones.
#[inline(always)]
pub(crate) fn majority<W: Word>(x: W, y: W, z: W, sum: W) -> W {
    sum.plus(y & z).plus(x & (y ^ z))
}

/// The fourth of MD5, which has no name.
#[inline(always)]
pub(crate) fn skewed<W: Word>(x: W, y: W, z: W, sum: W) -> W {
    sum.plus(y ^ (x | !z))
}
