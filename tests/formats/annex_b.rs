use crate::common::*;
use xishi::inspect::Reading;
use xishi::pass::Pass;
use xishi::recording::ProblemKind;
use xishi::signature::Roots;

#[test]
fn raw_streams() {
    let frames: Vec<u8> = (0..100).flat_map(|n| frame(n % 25 == 0, 500)).collect();
    let reading = read("a.h264", &frames);
    assert_eq!(reading.kind.id(), "h264");
    assert_eq!(picture(&reading), "h264 352x288");
    assert_eq!(reading.tracks[0].samples, Some(100));
    assert_eq!(codes(&reading), [""; 0]);
    let mut zeroed = frames.clone();
    zeroed[12_000..40_000].fill(0);
    assert_eq!(codes(&read("a.h264", &zeroed)), ["zero-filled"]);
    // The end alone, as much as no writer leaves; as it does between all units.
    let mut ended = frames.clone();
    let end = ended.len() - 600;
    ended[end..].fill(0);
    let reading = read("a.h264", &ended);
    assert_eq!(codes(&reading), ["zero-filled"]);
    assert_eq!(offset_of(&reading, "zero-filled"), Some(end as u64));
    ended.truncate(end + 500);
    assert_eq!(codes(&read("a.h264", &ended)), [""; 0]);
    let padded: Vec<u8> = (0..50)
        .flat_map(|n| [frame(n % 25 == 0, 500), vec![0; 600]].concat())
        .collect();
    assert_eq!(codes(&read("a.h264", &padded)), [""; 0]);
    abuse("a.h264", &frames[..5000]);
    let many: Vec<u8> = (0..20_000).flat_map(|n| frame(n % 25 == 0, 500)).collect();
    let (read, reading) = counted("a.h264", &many);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(codes(&reading), [""; 0]);
}

#[test]
fn the_end_of_a_large_stream() {
    let mut many: Vec<u8> = (0..20_000).flat_map(|n| frame(n % 25 == 0, 500)).collect();
    let end = many.len() - 5000;
    many[end..].fill(0);
    assert_eq!(offset_of(&read("a.h264", &many), "zero-filled"), Some(end as u64));
}

/// What all bytes tell of a file that is read at its beginning and end only.
#[test]
fn the_middle_of_a_large_stream() {
    let passed = |bytes: &[u8]| {
        let mut reading = read("a.h264", bytes);
        assert!(left_out(&reading));
        let mut pass = Pass::new(&reading, &Roots::default());
        let mut source = bytes;
        for piece in bytes.chunks(1 << 20) {
            pass.update(piece, &mut source).expect("memory does not fail");
        }
        pass.finish().complete(&mut reading);
        reading
    };
    let mut many: Vec<u8> = (0..20_000).flat_map(|n| frame(n % 25 == 0, 500)).collect();
    let sound = passed(&many);
    assert!(!left_out(&sound));
    assert_eq!(codes(&sound), [""; 0]);
    many[5_000_000..5_020_000].fill(0);
    let zeroed = passed(&many);
    assert!(!left_out(&zeroed));
    assert_eq!(codes(&zeroed), ["zero-filled"]);
    assert_eq!(offset_of(&zeroed, "zero-filled"), Some(5_000_000));
}

fn left_out(reading: &Reading) -> bool {
    let mut kinds = reading.problems.iter().map(|p| &p.kind);
    kinds.any(|kind| matches!(kind, ProblemKind::MiddleNotRead { .. }))
}

#[test]
fn real_frames() {
    let Some(bytes) = sample("mp4ff/two-frames.264") else {
        return;
    };
    // Units with their lengths before them, as in MP4.
    let reading = read("two-frames.264", &bytes);
    assert_eq!(reading.kind.id(), "h264");
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(codes(&read("a.264", &bytes[..9000])), ["truncated"]);
    abuse("two-frames.264", &bytes);
}
