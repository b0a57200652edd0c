//! Signatures and pictures in any bytes: read as what they are, then passed in
//! pieces.

use xishi::inspect;
use xishi::pass::Pass;
use xishi::signature::Roots;

use crate::readers::Lossy;

/// Follows them through a file in pieces whose size its length tells.
///
/// # Panics
/// Following did, or the size of the pieces changed what came out, or a place
/// behind the end of the file was told.
pub fn follow(bytes: &[u8]) {
    let mut source = bytes;
    let reading = inspect::read("a", None, &mut source, &Lossy).expect("memory does not fail");
    let pass = |pieces: usize| {
        let mut pass = Pass::new(&reading, &Roots::default());
        for piece in bytes.chunks(pieces) {
            pass.update(piece, &mut &*bytes).expect("memory does not fail");
        }
        pass.finish()
    };
    let found = pass(1 << 20);
    let apart = pass(bytes.len() % 97 + 1);
    // Those only recognised are not sought where pieces meet.
    let recognised = reading.tracks.iter().any(|track| track.codec == "svac");
    assert!(recognised || found == apart, "{found:?} and {apart:?}");
    let problems = found.problems.iter().chain(&found.signature.problems);
    for place in problems.filter_map(|problem| problem.offset) {
        assert!(place < bytes.len() as u64, "{place} of {} bytes", bytes.len());
    }
}
