use crate::common::*;
use xishi::formats::mpeg_ps::parse_map;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let value = |b: u8| (b as char).to_digit(16).unwrap() as u8;
    digits.chunks(2).map(|p| value(p[0]) << 4 | value(p[1])).collect()
}

const MAP_B: &str = "\
    000001BC005AE0FF0024400E484B0000179D3EB4600000FFFFFF41120000000000000000000000000000000000000000002C1BE0\
    0010420E0000A021050002D0121C3F001C210FC0000C430A0000FE00FA0301F403FFBDBD0000BFBF000000000000";
const PACK_A: &str = "\
    000001BA46E66CA11401000003FEFFFF00000001000001BC005AE0FF0024400E484B00010E30C20DA007FFFFFFFF4112484B0000\
    0000000000000000000000000000002C1BE00010420E0000A02101600120121FFF003A9991C0000C430A0000FE007D0303E803FF\
    BDBD0000BFBF000000000000000001E0001A8C800A21B99B2845FFFFFFFFFC000000016742001495A8582590000001E0000E8C00\
    03FFFFFC0000000168CE3C80";

#[test]
fn maps_of_real_recorders() {
    let a = hex(PACK_A);
    let at = a.windows(4).position(|w| w == [0, 0, 1, 0xbc]).unwrap();
    let map = parse_map(&a[at..]).unwrap();
    let (time, ms) = map.time.unwrap();
    assert_eq!(time.naive().to_string(), "2014-03-01 16:32:54");
    assert_eq!((ms, map.encrypted, map.size), (0, false, Some((352, 288))));
    assert_eq!(
        map.streams.iter().map(|s| s.1).collect::<Vec<_>>(),
        ["h264", "pcm-mulaw"]
    );
    // As quoted this one has two bytes more than its lengths say.
    let map = parse_map(&hex(MAP_B)).unwrap();
    assert_eq!(map.time.unwrap().0.naive().to_string(), "2023-09-26 15:43:17");
    assert_eq!((map.encrypted, map.size), (false, Some((1280, 720))));
    assert_eq!(map.streams[0].1, "h264");
}

#[test]
fn a_real_beginning() {
    let reading = read("a.ps", &hex(PACK_A));
    assert_eq!(reading.kind.id(), "mpeg-ps");
    assert_eq!(reading.vendor.as_deref(), Some("海康威视"));
    assert_eq!(picture(&reading), "h264 352x288");
    assert_eq!(all_codes(&reading), [""; 0]);
}

#[test]
fn real_headers() {
    let Some(lines) = sample("hikvision/imkh_mediainfo_headers.hex") else {
        return;
    };
    let lines = String::from_utf8(lines).unwrap();
    for line in lines.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let mut bytes = hex(line.split('#').next().unwrap());
        assert_eq!(bytes.len(), 40);
        let reading = read("a.mp4", &bytes);
        assert_eq!(reading.kind.id(), "mpeg-ps");
        assert_eq!(codes(&reading), ["truncated"]);
        bytes.extend(packs(4, 30, 7).concat());
        let reading = read("a.mp4", &bytes);
        assert_eq!(all_codes(&reading), [""; 0], "{line}");
        assert_eq!(reading.vendor.as_deref(), Some("海康威视"));
    }
}

fn time_stamp(mark: u8, t: u64) -> [u8; 5] {
    [
        mark << 4 | (t >> 29) as u8 & 0x0e | 1,
        (t >> 22) as u8,
        (t >> 14) as u8 | 1,
        (t >> 7) as u8,
        (t << 1) as u8 | 1,
    ]
}

fn pack_header(scr: u64, number: u32) -> Vec<u8> {
    let mut p = vec![0, 0, 1, 0xba];
    p.push(0x44 | (scr >> 27) as u8 & 0x38 | (scr >> 28) as u8 & 3);
    p.push((scr >> 20) as u8);
    p.push((scr >> 12) as u8 & 0xf8 | 4 | (scr >> 13) as u8 & 3);
    p.push((scr >> 5) as u8);
    p.push((scr << 3) as u8 | 4);
    p.extend([1, 0, 0, 3, 0xfe, 0xff, 0xff]);
    p.extend(number.to_be_bytes());
    p
}

/// Hikvision's map at a second after 08:00:00 on 2026-01-31.
fn map(second: u32, encrypt: u8) -> Vec<u8> {
    let mut m = hex(MAP_B);
    let (h, mi, s) = (8 + second / 3600, second / 60 % 60, second % 60);
    let mut bits = 0_u64;
    for (value, len) in [(1, 4), (31, 5), (h, 5), (mi, 6), (s, 6), (1, 1), (0, 10)] {
        bits = bits << len | u64::from(value);
    }
    bits = bits << 3 | u64::from(encrypt);
    let at = m.windows(4).position(|w| w == b"\x40\x0eHK").unwrap();
    m[at + 6] = 26;
    m[at + 7..at + 12].copy_from_slice(&bits.to_be_bytes()[3..]);
    m
}

/// Packs of so many seconds at 10 frames a second, a key each second.
pub fn packs(seconds: u32, filling: usize, encrypt: u8) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for n in 0..seconds * 10 {
        let key = n % 10 == 0;
        let time = 1_000_000 + u64::from(n) * 9000;
        let mut pack = pack_header(time, n + 1);
        if key {
            pack.extend(map(n / 10, encrypt));
        }
        let payload = frame(key, filling);
        for (at, piece) in payload.chunks(5000).enumerate() {
            pack.extend([0, 0, 1, 0xe0]);
            let stamp: &[u8] = if at == 0 { &time_stamp(2, time) } else { &[] };
            pack.extend(((3 + stamp.len() + piece.len()) as u16).to_be_bytes());
            pack.extend([0x8c, if at == 0 { 0x80 } else { 0 }, stamp.len() as u8]);
            pack.extend(stamp);
            pack.extend(piece);
        }
        if n % 2 == 0 {
            pack.extend([0, 0, 1, 0xc0, 0, 23, 0x8c, 0, 0]);
            pack.extend([0xd5; 20]);
        }
        out.push(pack);
    }
    out
}

#[test]
fn whole() {
    let reading = read("ch01_20260131080000.mp4", &packs(60, 100, 7).concat());
    assert_eq!(reading.kind.id(), "mpeg-ps");
    assert_eq!(reading.vendor.as_deref(), Some("海康威视"));
    assert_eq!(picture(&reading), "h264 1280x720");
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(reading.duration_ms, Some(60_000));
    let expected = ("2026-01-31 08:00:00".to_owned(), "2026-01-31 08:00:59".to_owned());
    assert_eq!(times(&reading), Some(expected));
}

#[test]
fn encrypted() {
    let reading = read("a.mp4", &packs(5, 100, 1).concat());
    assert_eq!(codes(&reading), ["encrypted"]);
    assert_eq!(verdict(&reading).id(), "unreadable");
}

/// Bytes without any order, the same each time.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..len).map(|_| next()).collect()
}

#[test]
fn ciphertext_behind_the_header() {
    let mut header = b"IMKH".to_vec();
    header.extend(hex("0101 0000 0200 0100 1171 0110 401F0000 00FA0000"));
    header.resize(40, 0);
    let reading = read("a.mp4", &[header.clone(), noise(300_000)].concat());
    assert_eq!(codes(&reading), ["encrypted"]);
    assert_eq!(verdict(&reading).id(), "unreadable");
    // A stream of which a part, even the first, was overwritten is damaged.
    let mut stream = [header.clone(), packs(60, 300, 7).concat()].concat();
    stream[60_000..130_000].copy_from_slice(&noise(70_000));
    assert_eq!(verdict(&read("a.mp4", &stream)).id(), "damaged");
    stream[40..60_000].copy_from_slice(&noise(59_960));
    assert_eq!(verdict(&read("a.mp4", &stream)).id(), "damaged");
    let filled = [header, vec![0x43; 300_000]].concat();
    assert_eq!(verdict(&read("a.mp4", &filled)).id(), "damaged");
}

#[test]
fn faults() {
    let all = packs(60, 100, 7);
    let bytes = all.concat();
    for less in [1, 30, 90] {
        let reading = read("a.mp4", &bytes[..bytes.len() - less]);
        assert_eq!(codes(&reading), ["truncated"], "{less}");
    }
    let mut holed = all.clone();
    holed.drain(200..400);
    assert_eq!(
        codes(&read("a.mp4", &holed.concat())),
        ["timestamp-jump", "frames-missing"]
    );
    let mut swapped = all.clone();
    swapped.rotate_left(300);
    assert!(codes(&read("a.mp4", &swapped.concat())).contains(&"timestamps-backwards"));
    let mut zeroed = bytes.clone();
    zeroed[20_000..30_000].fill(0);
    assert!(codes(&read("a.mp4", &zeroed)).contains(&"zero-filled"));
    zeroed[20_000..30_000].fill(0x43);
    assert!(codes(&read("a.mp4", &zeroed)).contains(&"data-missing"));
    let mut half = bytes.clone();
    let len = half.len();
    half[len / 2 + 40..].fill(0);
    let reading = read("a.mp4", &half);
    assert_eq!(codes(&reading), ["zero-filled"]);
    assert_eq!(verdict(&reading).id(), "damaged", "{:?}", reading.problems);
}

#[test]
fn a_splice_that_the_stream_clock_hides() {
    let mut all = packs(60, 100, 7);
    // The wall clock goes on by ten minutes, the stream's does not.
    for (n, pack) in all.iter_mut().enumerate().skip(300) {
        if n % 10 == 0 {
            let header = pack_header(0, 0).len();
            let map = map(n as u32 / 10 + 600, 7);
            pack[header..header + map.len()].copy_from_slice(&map);
        }
    }
    let reading = read("a.mp4", &all.concat());
    assert_eq!(codes(&reading), ["timestamp-jump"]);
    assert_eq!(reading.recorded[0].spans.len(), 2);
}

#[test]
fn memory_card_files() {
    let mut bytes = packs(20, 100, 7).concat();
    bytes.resize(bytes.len() + 100_000, 0);
    let reading = read("datadir0/hiv00012.mp4", &bytes);
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(reading.vendor.as_deref(), Some("海康威视"));
    // The end of the newest recording cuts into an old one.
    let mut ring = packs(20, 100, 7).concat();
    let old = packs(60, 100, 7).concat();
    ring.extend(&old[20_077..]);
    ring.resize(1 << 20, 0);
    let reading = read("datadir0/hiv00012.mp4", &ring);
    assert_eq!(all_codes(&reading), [""; 0], "{:?}", reading.problems);
    assert_eq!(reading.recorded[0].spans.len(), 2);
    // The same by another name is reserved space that should not be there.
    assert_eq!(codes(&read("a.mp4", &bytes)), ["zero-filled"]);
}

#[test]
fn abused() {
    abuse("a.mp4", &packs(3, 40, 7).concat());
}

#[test]
fn a_large_file_in_few_reads() {
    let bytes = packs(120, 20_000, 7).concat();
    assert!(bytes.len() > 20 << 20);
    let (read, reading) = counted("a.mp4", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(reading.duration_ms, Some(120_000));
}
