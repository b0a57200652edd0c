use crate::common::*;

fn xm(tag: u8, second: u32, payload: &[u8]) -> Vec<u8> {
    let mut f = vec![0, 0, 1, tag];
    let len = payload.len() as u32;
    match tag {
        0xfc | 0xfe => {
            f.extend([2, 25, 44, 36]);
            f.extend(packed(second).to_le_bytes());
            f.extend(len.to_le_bytes());
        }
        0xfd => f.extend(len.to_le_bytes()),
        _ => {
            f.extend([0x0e, 2]);
            f.extend((len as u16).to_le_bytes());
        }
    }
    f.extend(payload);
    f
}

/// A key picture every two seconds.
pub fn frames(seconds: u32, filling: usize) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for n in 0..seconds * 25 {
        let key = n % 50 == 0;
        out.push(xm(if key { 0xfc } else { 0xfd }, n / 25, &frame(key, filling)));
        if n % 10 == 0 {
            out.push(xm(0xfa, 0, &[0xd5; 320]));
        }
    }
    out
}

#[test]
fn whole() {
    let bytes = frames(20, 60).concat();
    let reading = read("08.00.00-08.00.20[M][@0][0].h264", &bytes);
    assert_eq!(reading.kind.id(), "xiongmai");
    assert_eq!(reading.vendor.as_deref(), Some("雄迈"));
    assert_eq!(picture(&reading), "h264 352x288");
    assert_eq!(all_codes(&reading), [""; 0]);
    assert_eq!(reading.duration_ms, Some(20_000));
    let expected = ("2026-01-31 08:00:00".to_owned(), "2026-01-31 08:00:19".to_owned());
    assert_eq!(times(&reading), Some(expected));
}

#[test]
fn faults() {
    let all = frames(40, 60);
    let bytes = all.concat();
    assert_eq!(codes(&read("a.h264", &bytes[..bytes.len() - 10])), ["truncated"]);
    let mut holed = all.clone();
    holed.drain(200..700);
    assert_eq!(codes(&read("a.h264", &holed.concat())), ["timestamp-jump"]);
    let mut zeroed = bytes.clone();
    let half = zeroed.len() / 2;
    zeroed[half..half + 3000].fill(0);
    assert!(codes(&read("a.h264", &zeroed)).contains(&"zero-filled"));
    zeroed[half..half + 3000].fill(0x77);
    assert!(codes(&read("a.h264", &zeroed)).contains(&"data-missing"));
    abuse("a.h264", &frames(3, 40).concat());
}

#[test]
fn a_large_file_in_few_reads() {
    let bytes = frames(120, 4000).concat();
    assert!(bytes.len() > 11 << 20);
    let (read, reading) = counted("a.h264", &bytes);
    assert!(read <= 4 << 20, "{read}");
    assert_eq!(all_codes(&reading), [""; 0]);
}
