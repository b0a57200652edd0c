//! SHA-256, and SHA-1 and MD5 at once, as a module that browsers with SIMD run
//! beside the page's own, which older ones must be able to run. It has memory of
//! its own with room for what it takes: see `src/web/simd.rs`, which fills that.
#![cfg(target_family = "wasm")]

use digests::{AT_ONCE, Four, Words, compress, compress256};

static mut WORDS: Words = [0; 9];
static mut BLOCKS: [Four; AT_ONCE] = [[[0; 64]; 4]; AT_ONCE];

/// Where the words are.
#[unsafe(no_mangle)]
pub extern "C" fn words() -> *mut Words {
    &raw mut WORDS
}

/// Where the blocks are.
#[unsafe(no_mangle)]
pub extern "C" fn blocks() -> *mut [Four; AT_ONCE] {
    &raw mut BLOCKS
}

/// Takes the first so many blocks, which are fours of them, into the words of
/// SHA-1 and MD5.
#[unsafe(no_mangle)]
pub extern "C" fn take_both(count: usize) {
    // SAFETY: nothing else runs in this module meanwhile, and nothing in it
    // keeps a reference.
    let (words, blocks) = unsafe { (&mut *words(), &*blocks()) };
    compress(words, blocks.get(..count / 4).unwrap_or_default());
}

/// Takes the first so many blocks into the words of SHA-256, the first eight.
#[unsafe(no_mangle)]
pub extern "C" fn take_sha256(count: usize) {
    // SAFETY: as above.
    let (words, blocks) = unsafe { (&mut *words(), &*blocks()) };
    if let Some(words) = words.first_chunk_mut() {
        compress256(words, blocks.as_flattened().get(..count).unwrap_or_default());
    }
}
