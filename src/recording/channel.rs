//! One spelling for the many that recorders have for a channel.

/// The channel that stands for "nothing tells which".
pub const UNTOLD: &str = "?";

/// What may stand before a channel number, lower case.
const PREFIXES: &[&str] = &[
    "ipcamera",
    "ipdome",
    "camera",
    "channel",
    "chan",
    "cam",
    "chn",
    "ch",
    "ipc",
    "no.",
    "d",
    "通道号",
    "通道",
    "摄像机",
    "摄像头",
    "监控点",
    "相机",
    "镜头",
    "第",
];

/// `CH01`, `通道1`, `Camera 01`, `D1` and `1` are all `1`; a name without a
/// number, or with more than a prefix and a number, stays as it is, trimmed.
pub fn normalise(name: &str) -> String {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    let name = unbracketed(name).unwrap_or(name).trim();
    let lower = name.to_lowercase();
    let mut rest = lower.as_str();
    for prefix in PREFIXES {
        if let Some(after) = rest.strip_prefix(prefix) {
            rest = after;
            break;
        }
    }
    let rest = rest.trim_start_matches([' ', '_', '-', '#', ':', '\u{ff1a}', '号']);
    let rest = match rest.split_once('号') {
        Some((digits, "机" | "机位" | "摄像机" | "摄像头" | "相机" | "镜头" | "通道")) => digits,
        _ => rest.trim_end_matches(['号', '路', '#', ' ']).trim_end_matches("通道"),
    };
    match rest.len() {
        1..=6 if rest.bytes().all(|b| b.is_ascii_digit()) => match rest.trim_start_matches('0') {
            "" => "0".to_owned(),
            digits => digits.to_owned(),
        },
        _ => name.to_owned(),
    }
}

/// What stands in brackets that are all around it: not `[D1] Camera [1]`.
fn unbracketed(name: &str) -> Option<&str> {
    let inside = name.strip_prefix(['[', '【'])?.strip_suffix([']', '】'])?;
    (!inside.contains([']', '】'])).then_some(inside)
}

/// Order for people: numbers by value, then names, the untold last.
pub fn sort_key(channel: &str) -> (u8, u64, &str) {
    match channel.parse() {
        Ok(number) => (0, number, ""),
        Err(_) if channel == UNTOLD => (2, 0, ""),
        Err(_) => (1, 0, channel),
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn many_spellings_of_one() {
        for name in [
            "1",
            "01",
            "CH01",
            "ch1",
            "CH-01",
            "Ch 1",
            "通道1",
            "通道 01",
            "通道号1",
            "D1",
            "Camera 01",
            "IPCamera 01",
            "摄像机01",
            "1号",
            "1号机",
            "1号摄像头",
            "1#",
            "第1路",
            "[CH01]",
            "channel_1",
            "cam-1",
        ] {
            assert_eq!(normalise(name), "1", "{name}");
        }
    }

    #[test]
    fn names_stay() {
        assert_eq!(normalise(" 大堂收银台 "), "大堂收银台");
        assert_eq!(normalise("34020000001320000001"), "34020000001320000001");
        assert_eq!(normalise("大堂1"), "大堂1");
        assert_eq!(normalise("CH00"), "0");
        assert_eq!(normalise("D1 大门"), "D1 大门");
        assert_eq!(normalise("[D1] Camera 01"), "[D1] Camera 01");
    }
}
