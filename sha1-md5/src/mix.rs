//! Functions of three words, added to a sum: what has been there longest is
//! added first.

/// The bits of `y` where `x` has ones, and those of `z` where it has none.
#[inline(always)]
pub(crate) const fn choice(x: u32, y: u32, z: u32, sum: u32) -> u32 {
    sum.wrapping_add(z ^ (x & (y ^ z)))
}

/// The choice by the last.
#[inline(always)]
pub(crate) const fn choice_of_last(x: u32, y: u32, z: u32, sum: u32) -> u32 {
    sum.wrapping_add(!z & y).wrapping_add(z & x)
}

/// Where the number of ones is odd.
#[inline(always)]
pub(crate) const fn parity(x: u32, y: u32, z: u32, sum: u32) -> u32 {
    sum.wrapping_add(x ^ y ^ z)
}

/// Where there are more ones.
#[inline(always)]
pub(crate) const fn majority(x: u32, y: u32, z: u32, sum: u32) -> u32 {
    sum.wrapping_add(y & z).wrapping_add(x & (y ^ z))
}

/// The fourth of MD5, which has no name.
#[inline(always)]
pub(crate) const fn skewed(x: u32, y: u32, z: u32, sum: u32) -> u32 {
    sum.wrapping_add(y ^ (x | !z))
}
