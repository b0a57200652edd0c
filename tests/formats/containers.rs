//! AVI, Matroska and FLV made here, with what converters do not write.

use crate::common::*;

fn chunk(id: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut c = id.to_vec();
    c.extend((payload.len() as u32).to_le_bytes());
    c.extend(payload);
    c.resize(c.len().next_multiple_of(2), 0);
    c
}

fn list(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    chunk(b"LIST", &[kind.as_slice(), payload].concat())
}

/// OpenDML: two parts of 50 frames each, an index at the end of each.
fn open_dml() -> Vec<u8> {
    let header = |entries: [(u64, u32); 2]| {
        let words = |w: &[u32]| w.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
        let avih = words(&[40_000, 0, 0, 0x10, 100, 0, 1, 0, 352, 288, 0, 0, 0, 0]);
        let mut strh = b"vidsH264".to_vec();
        strh.extend(words(&[0, 0, 0, 1, 25, 0, 100, 0, 0, 0, 0, 0]));
        let mut strf = words(&[40, 352, 288, 0x0018_0001]);
        strf.extend(b"H264");
        strf.extend([0; 20]);
        let mut indx = vec![4, 0, 0, 0, 2, 0, 0, 0];
        indx.extend(b"00dc");
        indx.extend([0; 12]);
        for (offset, size) in entries {
            indx.extend(offset.to_le_bytes());
            indx.extend(words(&[size, 50]));
        }
        let stream = [chunk(b"strh", &strh), chunk(b"strf", &strf), chunk(b"indx", &indx)].concat();
        list(b"hdrl", &[chunk(b"avih", &avih), list(b"strl", &stream)].concat())
    };
    let movi_at = |riff: usize, head: usize| riff + 12 + head + 12;
    let part = |movi: usize| {
        let (mut body, mut entries) = (Vec::new(), Vec::new());
        for n in 0..50 {
            let payload = frame(n % 25 == 0, 40);
            entries.push((body.len() as u32 + 8, payload.len() as u32));
            body.extend(chunk(b"00dc", &payload));
        }
        let mut index = vec![2, 0, 0, 1, 50, 0, 0, 0];
        index.extend(b"00dc");
        index.extend((movi as u64).to_le_bytes());
        index.extend([0; 4]);
        for (offset, size) in entries {
            index.extend(offset.to_le_bytes());
            index.extend(size.to_le_bytes());
        }
        let at = (movi + body.len()) as u64;
        let index = chunk(b"ix00", &index);
        let size = index.len() as u32;
        (list(b"movi", &[body, index].concat()), (at, size))
    };
    let head = header([(0, 0); 2]).len();
    let (first, one) = part(movi_at(0, head));
    let second_riff = 12 + head + first.len();
    let (second, two) = part(movi_at(second_riff, 0));
    let head = header([one, two]);
    let riff = |kind: &[u8; 4], payload: &[u8]| chunk(b"RIFF", &[kind.as_slice(), payload].concat());
    [riff(b"AVI ", &[head, first].concat()), riff(b"AVIX", &second)].concat()
}

#[test]
fn avi_in_several_parts() {
    let bytes = open_dml();
    let reading = read("a.avi", &bytes);
    assert_eq!(all_codes(&reading), [""; 0], "{:?}", reading.problems);
    assert_eq!(picture(&reading), "h264 352x288");
    assert_eq!(reading.duration_ms, Some(4000));
    assert_eq!(reading.tracks[0].samples, Some(100));
    let cut = read("a.avi", &bytes[..bytes.len() * 3 / 4]);
    assert_eq!(codes(&cut)[0], "truncated");
    let mut changed = bytes.clone();
    let at = changed.windows(4).rposition(|w| w == b"00dc").unwrap() - 600;
    changed[at..at + 300].fill(0x31);
    assert!(codes(&read("a.avi", &changed)).contains(&"index-inconsistent"));
    abuse("a.avi", &bytes);
}

fn ebml(id: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut e = id.to_vec();
    e.extend((payload.len() as u32 | 0x1000_0000).to_be_bytes());
    e.extend(payload);
    e
}

/// Clusters of a second with 10 blocks; an element of nobody's between.
fn matroska(seconds: u64, skip: impl Fn(u64) -> bool, encrypted: bool) -> Vec<u8> {
    let info = [
        ebml(&[0x2a, 0xd7, 0xb1], &1_000_000_u32.to_be_bytes()),
        ebml(&[0x44, 0x89], &(seconds as f64 * 1000.0).to_be_bytes()),
    ]
    .concat();
    let video = [ebml(&[0xb0], &[1, 96]), ebml(&[0xba], &[1, 32])].concat();
    let mut entry = [
        ebml(&[0xd7], &[1]),
        ebml(&[0x83], &[1]),
        ebml(&[0x86], b"V_MPEGH/ISO/HEVC"),
        ebml(&[0xe0], &video),
    ]
    .concat();
    if encrypted {
        entry.extend(ebml(&[0x6d, 0x80], &ebml(&[0x62, 0x40], &ebml(&[0x50, 0x35], &[]))));
    }
    let mut body = ebml(&[0x15, 0x49, 0xa9, 0x66], &info);
    body.extend(ebml(&[0x16, 0x54, 0xae, 0x6b], &ebml(&[0xae], &entry)));
    body.extend(ebml(&[0x1b, 0x53, 0x86, 0x67], &[1, 2, 3]));
    let mut cues = Vec::new();
    for s in (0..seconds).filter(|s| !skip(*s)) {
        let mut cluster = ebml(&[0xe7], &(s * 1000).to_be_bytes());
        for n in 0..10_u16 {
            let mut block = vec![0x81];
            block.extend((n * 100).to_be_bytes());
            block.push(0x80);
            block.extend(frame(n == 0, 60));
            cluster.extend(ebml(&[0xa3], &block));
        }
        let place = ebml(&[0xf1], &(body.len() as u32).to_be_bytes());
        cues.extend(ebml(&[0xbb], &ebml(&[0xb7], &place)));
        body.extend(ebml(&[0x1f, 0x43, 0xb6, 0x75], &cluster));
    }
    body.extend(ebml(&[0x1c, 0x53, 0xbb, 0x6b], &cues));
    let mut bytes = ebml(&[0x1a, 0x45, 0xdf, 0xa3], &[]);
    bytes.extend(ebml(&[0x18, 0x53, 0x80, 0x67], &body));
    bytes
}

#[test]
fn matroska_clusters() {
    let bytes = matroska(20, |_| false, false);
    let reading = read("a.mkv", &bytes);
    assert_eq!(all_codes(&reading), [""; 0], "{:?}", reading.problems);
    assert_eq!(picture(&reading), "hevc 352x288");
    assert_eq!(reading.duration_ms, Some(20_000));
    let holed = matroska(40, |s| (10..25).contains(&s), false);
    assert_eq!(codes(&read("a.mkv", &holed)), ["timestamp-jump"]);
    assert_eq!(codes(&read("a.mkv", &matroska(5, |_| false, true))), ["encrypted"]);
    assert_eq!(codes(&read("a.mkv", &bytes[..bytes.len() - 10])), ["truncated"]);
    let mut longer = bytes.clone();
    longer.extend([7; 500]);
    assert_eq!(codes(&read("a.mkv", &longer)), ["trailing-data"]);
    abuse("a.mkv", &matroska(3, |_| false, false));
}

fn flv(seconds: u32, skip: impl Fn(u32) -> bool) -> Vec<u8> {
    let mut bytes = b"FLV\x01\x05\0\0\0\x09\0\0\0\0".to_vec();
    for n in (0..seconds * 10).filter(|n| !skip(*n)) {
        let ms = n * 100;
        for (kind, head) in [
            (9_u8, [if n % 10 == 0 { 0x17 } else { 0x27 }, 1, 0, 0, 0]),
            (8, [0x77, 1, 1, 1, 1]),
        ] {
            let payload = [head.as_slice(), &frame(false, 50)].concat();
            let t = ms.to_be_bytes();
            bytes.push(kind);
            bytes.extend(&(payload.len() as u32).to_be_bytes()[1..]);
            bytes.extend([t[1], t[2], t[3], t[0], 0, 0, 0]);
            bytes.extend(&payload);
            bytes.extend((payload.len() as u32 + 11).to_be_bytes());
        }
    }
    bytes
}

#[test]
fn flash_tags() {
    let bytes = flv(20, |_| false);
    let reading = read("a.flv", &bytes);
    assert_eq!(all_codes(&reading), [""; 0], "{:?}", reading.problems);
    assert_eq!(reading.duration_ms, Some(20_000));
    assert_eq!(codes(&read("a.flv", &bytes[..bytes.len() - 2])), ["truncated"]);
    assert_eq!(
        codes(&read("a.flv", &flv(60, |n| (100..400).contains(&n))))[0],
        "timestamp-jump"
    );
    let mut zeroed = bytes.clone();
    zeroed[5000..9000].fill(0);
    assert!(codes(&read("a.flv", &zeroed)).contains(&"zero-filled"));
    abuse("a.flv", &flv(2, |_| false));
}
