use crate::common::*;

const TRAILER: [u8; 20] = [
    0, 0, 0, 0, 0xbd, 0x6e, 0x72, 0xe4, 0x06, 0x27, 0x90, 0x4c, 0x86, 0xd4, 0xa9, 0xf5, 0xfa, 0xdf, 0x42, 0x8f,
];

fn group(number: u32, ticks: u32, second: u32, mode: u32, blocks: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let audio = mode == 0x1007;
    let mut g = Vec::new();
    for v in [
        1,
        number,
        ticks,
        0x1000 + u32::from(audio),
        0x1000 + blocks.len() as u32,
    ] {
        g.extend(v.to_le_bytes());
    }
    g.extend(704_u16.to_le_bytes());
    g.extend(576_u16.to_le_bytes());
    for v in [mode, 0x1019, 0, 0, 0, packed(second)] {
        g.extend(v.to_le_bytes());
    }
    for (kind, payload) in blocks {
        g.extend(kind.to_le_bytes());
        g.extend([0; 14]);
        g.extend((payload.len() as u32).to_le_bytes());
        g.extend(payload);
    }
    g
}

fn header() -> Vec<u8> {
    let mut h = b"4HKH".to_vec();
    for v in [0xd6d0_b3fe_u32, 0x2004_0308, 0, 0x1001_1003, 0x0010_1001, 16_000] {
        h.extend(v.to_le_bytes());
    }
    h.extend(704_u16.to_le_bytes());
    h.extend(576_u16.to_le_bytes());
    h.extend(0x1011_u32.to_le_bytes());
    h.extend([0; 4]);
    h
}

/// Groups of so many seconds: I, then P B B eight times a second, and sound
/// whose clock is behind that of the pictures.
pub fn groups(seconds: u32, filling: usize) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for s in 0..seconds {
        let base = 4_883_515 + s * 25;
        let ticks = 900_000 + s * 64;
        out.push(group(base, ticks, s, 0x1001, &[(0x1003, frame(true, filling))]));
        for n in 0..8 {
            let blocks = [0x1004, 0x1005, 0x1005].map(|kind| (kind, frame(false, filling)));
            let at = ticks + (1 + n * 3) * 64 / 25;
            out.push(group(base + 1 + n * 3, at, s, 0x1005, &blocks));
            if n % 3 == 0 {
                out.push(group(s * 3 + n / 3, at - 3, s, 0x1007, &[(0x1001, vec![0x2a; 80])]));
            }
        }
    }
    out
}

pub fn file(groups: &[Vec<u8>]) -> Vec<u8> {
    [header(), groups.concat(), TRAILER.to_vec()].concat()
}

#[test]
fn whole() {
    let reading = read("ch01.264", &file(&groups(30, 60)));
    assert_eq!(reading.kind.id(), "hik4hkh");
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(picture(&reading), "h264 704x576");
    let expected = ("2026-01-31 08:00:00".to_owned(), "2026-01-31 08:00:29".to_owned());
    assert_eq!(times(&reading), Some(expected));
    let ms = reading.duration_ms.unwrap();
    assert!(ms.abs_diff(30_000) < 60, "{ms}");
}

#[test]
fn cut_off() {
    let bytes = file(&groups(10, 60));
    for less in [10, 20, 200, 3000] {
        let reading = read("a.264", &bytes[..bytes.len() - less]);
        assert_eq!(codes(&reading), ["truncated"], "{less}");
    }
}

#[test]
fn cut_out_of_the_middle() {
    let mut all = groups(30, 60);
    all.drain(40..42);
    assert_eq!(codes(&read("a.264", &file(&all))), ["frames-missing"]);
    let mut all = groups(30, 60);
    all.drain(30..190);
    assert_eq!(codes(&read("a.264", &file(&all))), ["timestamp-jump", "frames-missing"]);
}

#[test]
fn overwritten() {
    let bytes = file(&groups(10, 60));
    let mut zeroed = bytes.clone();
    zeroed[4000..6000].fill(0);
    assert!(codes(&read("a.264", &zeroed)).contains(&"zero-filled"));
    let mut changed = bytes.clone();
    changed[4000..6000].fill(0x99);
    assert!(codes(&read("a.264", &changed)).contains(&"data-missing"));
    abuse("a.264", &file(&groups(2, 40)));
}

#[test]
fn a_large_file_in_few_reads() {
    let bytes = file(&groups(90, 6000));
    assert!(bytes.len() > 12 << 20);
    let (read, reading) = counted("a.264", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(all_codes(&reading), [""; 0]);
}
