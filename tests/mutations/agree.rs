//! ffprobe and the kit tell the same of every sample that both can read:
//! duration, codecs, packets.

use crate::files::{read, samples};
use crate::tools::{at_hand, ffprobe};
use xishi::recording::{Media, Track};

/// ffprobe adds the first fragment's time to the duration of this one.
const ODD_DURATION: &[&str] = &["androidx_media/sample_fragmented.mp4"];

/// Codecs that ffprobe calls otherwise.
const NAMES: &[(&str, &str)] = &[
    ("mpeg2", "mpeg2video"),
    ("pcm-alaw", "pcm_alaw"),
    ("pcm-mulaw", "pcm_mulaw"),
    ("S_TEXT/UTF8", "subrip"),
];

/// Streams of which the kit counts no packets: in these two containers sound
/// is cut into packets by its own rules, and MPEG-2 pictures are not aligned.
const UNCOUNTED: &[&str] = &["ts", "ps"];

#[test]
fn with_ffprobe() {
    let samples = samples();
    if samples.is_empty() || !at_hand() {
        return;
    }
    let mut compared = 0;
    for sample in &samples {
        let name = sample.name.as_str();
        let reading = read(name, &sample.bytes);
        if reading.problems.iter().any(|p| p.kind.severity().id() == "error") {
            continue;
        }
        let entries = [
            "-count_packets",
            "-show_entries",
            "stream=index,codec_type,codec_name,nb_read_packets",
        ];
        let mut streams = ffprobe(&entries, &sample.path);
        streams.retain(|s| s.len() >= 3 && s[2] != "data");
        streams.sort_by_key(|s| s[0].parse::<u32>().unwrap_or(0));
        streams.dedup_by(|a, b| a[0] == b[0]);
        // Told as nothing where ffprobe cannot read it.
        if streams.is_empty() {
            continue;
        }
        assert_eq!(
            streams.len(),
            reading.tracks.len(),
            "{name}: {streams:?} {:?}",
            reading.tracks
        );
        for stream in &streams {
            let media = match stream[2].as_str() {
                "video" => Media::Video,
                "audio" => Media::Audio,
                _ => Media::Other,
            };
            let name_of = |t: &Track| {
                NAMES
                    .iter()
                    .find(|n| n.0 == t.codec)
                    .map_or(t.codec.clone(), |n| n.1.to_owned())
            };
            let codec = |t: &&Track| name_of(t) == stream[1] || t.codec == "?";
            let track = reading.tracks.iter().filter(|t| t.media == media).find(codec);
            let track = track.unwrap_or_else(|| panic!("{name}: no {stream:?} in {:?}", reading.tracks));
            let told = stream.get(3).and_then(|n| n.parse::<u64>().ok());
            if track.samples.is_none() && UNCOUNTED.contains(&sample.extension()) {
                continue;
            }
            assert_eq!(track.samples, told, "{name}: packets of {stream:?}");
            compared += 1;
        }
        let duration = ffprobe(&["-show_entries", "format=duration"], &sample.path);
        let duration = duration.first().and_then(|d| d[0].parse::<f64>().ok());
        if let Some(told) = duration.filter(|_| !ODD_DURATION.contains(&name)) {
            let ms = reading
                .duration_ms
                .unwrap_or_else(|| panic!("{name}: no duration, ffprobe {told} s"));
            let ours = ms as f64 / 1000.0;
            assert!((ours - told).abs() < 0.1, "{name}: {ours} s, ffprobe {told} s");
        }
    }
    assert!(compared > 25, "{compared}");
}
