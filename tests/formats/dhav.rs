use crate::common::*;

/// A frame: type, channel, number, second, payload.
fn dhav(kind: u8, channel: u8, number: u32, second: u32, payload: &[u8]) -> Vec<u8> {
    let extension: &[u8] = match kind {
        0xfd => &[0x80, 0, 44, 36, 0x81, 0, 2, 25],
        0xf0 => &[0x83, 1, 0x0e, 2],
        _ => &[],
    };
    let length = (24 + extension.len() + payload.len() + 8) as u32;
    let mut f = b"DHAV".to_vec();
    f.extend([kind, 0, channel, 0]);
    f.extend(number.to_le_bytes());
    f.extend(length.to_le_bytes());
    f.extend(packed(second).to_le_bytes());
    f.extend([0, 0, extension.len() as u8, 0]);
    f.extend(extension);
    f.extend(payload);
    f.extend(b"dhav");
    f.extend(length.to_le_bytes());
    f
}

/// So many seconds of 5 frames each and sound; `skip` leaves out frames.
pub fn frames(seconds: u32, filling: usize, skip: impl Fn(u32) -> bool) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for n in (0..seconds * 5).filter(|n| !skip(*n)) {
        let key = n % 25 == 0;
        out.push(dhav(
            if key { 0xfd } else { 0xfc },
            2,
            1000 + n,
            n / 5,
            &frame(key, filling),
        ));
        if n % 5 == 0 {
            out.push(dhav(0xf0, 2, n / 5, n / 5, &[0x55; 160]));
        }
    }
    out
}

pub fn file(seconds: u32) -> Vec<u8> {
    frames(seconds, 100, |_| false).concat()
}

#[test]
fn whole() {
    let reading = read("NVR_ch3_main_20260131080000_20260131080100.dav", &file(61));
    assert_eq!(reading.kind.id(), "dhav");
    assert_eq!(reading.vendor.as_deref(), Some("大华"));
    assert_eq!(reading.channel.as_deref(), Some("3"));
    assert_eq!(picture(&reading), "h264 352x288");
    assert_eq!(reading.duration_ms, Some(60_000));
    let expected = ("2026-01-31 08:00:00".to_owned(), "2026-01-31 08:01:00".to_owned());
    assert_eq!(times(&reading), Some(expected));
    assert_eq!(all_codes(&reading), [""; 0]);
}

#[test]
fn with_a_prelude() {
    let mut bytes = b"DAHUA".to_vec();
    bytes.resize(0x400, 0);
    bytes.extend(file(10));
    let reading = read("a.dav", &bytes);
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(reading.duration_ms, Some(9_000));
}

#[test]
fn cut_off() {
    let bytes = file(20);
    let last = frames(20, 100, |_| false).last().unwrap().len();
    let reading = read("a.dav", &bytes[..bytes.len() - 30]);
    assert_eq!(codes(&reading), ["truncated"]);
    assert_eq!(offset_of(&reading, "truncated"), Some((bytes.len() - last) as u64));
}

#[test]
fn cut_out_of_the_middle() {
    let all = frames(60, 100, |n| (100..200).contains(&n)).concat();
    let reading = read("a.dav", &all);
    assert_eq!(codes(&reading), ["timestamp-jump", "frames-missing"]);
    let few = frames(60, 100, |n| (101..104).contains(&n)).concat();
    assert_eq!(codes(&read("a.dav", &few)), ["frames-missing"]);
}

#[test]
fn overwritten_and_zeroed() {
    let mut bytes = file(20);
    bytes[5000..9000].fill(0xa7);
    assert_eq!(codes(&read("a.dav", &bytes))[0], "data-missing");
    bytes[5000..9000].fill(0);
    assert!(codes(&read("a.dav", &bytes)).contains(&"zero-filled"));
    let len = bytes.len();
    let mut bytes = file(20);
    bytes[len / 2..].fill(0);
    assert!(codes(&read("a.dav", &bytes)).contains(&"zero-filled"));
    let mut bytes = file(20);
    bytes.resize(len + 5000, 0);
    let reading = read("a.dav", &bytes);
    assert_eq!(codes(&reading), ["zero-filled"]);
    assert_eq!(offset_of(&reading, "zero-filled"), Some(len as u64));
    let mut bytes = file(20);
    bytes.extend([0x5a; 3000]);
    assert_eq!(codes(&read("a.dav", &bytes)), ["trailing-data"]);
}

#[test]
fn channels_mixed() {
    let mut bytes = file(10);
    bytes.extend(dhav(0xfd, 5, 1, 10, &frame(true, 50)));
    assert!(all_codes(&read("a.dav", &bytes)).contains(&"mixed-channels"));
}

#[test]
fn abused() {
    abuse("a.dav", &file(4));
}

#[test]
fn a_large_file_in_few_reads() {
    let bytes = frames(400, 20_000, |_| false).concat();
    assert!(bytes.len() > 30 << 20);
    let (read, reading) = counted("a.dav", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(reading.duration_ms, Some(399_000));
    assert_eq!(all_codes(&reading), [""; 0]);
    let holed = frames(400, 20_000, |n| (1000..1003).contains(&n)).concat();
    assert_eq!(codes(&counted("a.dav", &holed).1), ["frames-missing"]);
    // Frames so small that their headers alone are too much.
    let bytes = frames(20_000, 60, |_| false).concat();
    assert!(bytes.len() > 9 << 20);
    let (read, reading) = counted("a.dav", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(all_codes(&reading), ["not-checked"]);
    assert_eq!(reading.duration_ms, Some(19_999_000));
}

#[test]
fn pictures_and_sound_numbered_together() {
    let all: Vec<u8> = (0..100)
        .flat_map(|n| match n % 5 {
            3 => dhav(0xf0, 0, n, n / 25, &[0x55; 160]),
            _ => dhav(
                if n % 25 == 0 { 0xfd } else { 0xfc },
                0,
                n,
                n / 25,
                &frame(n % 25 == 0, 40),
            ),
        })
        .collect();
    assert_eq!(all_codes(&read("a.dav", &all)), [""; 0]);
}

#[test]
fn a_long_part_lost_in_a_large_file() {
    let mut bytes = frames(400, 20_000, |_| false).concat();
    let half = bytes.len() / 2;
    bytes[half..half + (2 << 20)].fill(0x66);
    let (read, reading) = counted("a.dav", &bytes);
    assert!(read <= 4 << 20, "{read}");
    let found = codes(&reading);
    assert_eq!(found[0], "data-missing");
    assert!(found.contains(&"timestamp-jump"), "{found:?}");
    assert_eq!(times(&reading).unwrap().1, "2026-01-31 08:06:39");
    let mut bytes = frames(400, 20_000, |_| false).concat();
    bytes[half..].fill(0);
    let (read, reading) = counted("a.dav", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert!(codes(&reading).contains(&"zero-filled"), "{:?}", reading.problems);
}

#[test]
fn a_picture_never_written() {
    let mut bytes = frames(2, 5000, |_| false).concat();
    bytes[5500..5500 + 4900].fill(0);
    assert!(codes(&read("a.dav", &bytes)).contains(&"zero-filled"));
}
