//! Real files against what ffprobe says of them.

use crate::common::*;

#[test]
fn durations_and_codecs() {
    let Some(truth) = sample("GROUNDTRUTH.tsv") else { return };
    let truth = String::from_utf8(truth).unwrap();
    let mut seen = 0;
    for line in truth.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let kind = match fields[3] {
            "matroska,webm" => "matroska",
            "avi" => "avi",
            "flv" => "flv",
            "mpeg" => "mpeg-ps",
            "mpegts" => "mpeg-ts",
            _ => continue,
        };
        let Some(bytes) = sample(fields[0]) else { continue };
        let reading = read(fields[0], &bytes);
        assert_eq!(reading.kind.id(), kind, "{}", fields[0]);
        assert_eq!(codes(&reading), [""; 0], "{}", fields[0]);
        let seconds: f64 = fields[4].parse().unwrap();
        let ours = reading.duration_ms.unwrap() as f64 / 1000.0;
        assert!((ours - seconds).abs() <= 0.1, "{}: {ours} {seconds}", fields[0]);
        let codec = picture(&reading);
        let codec = codec.split(' ').next().unwrap().replace("mpeg2", "mpeg2video");
        assert!(
            codec == "-" || fields[5].contains(&codec),
            "{}: {codec} {}",
            fields[0],
            fields[5]
        );
        seen += 1;
    }
    assert!(seen >= 6);
}

#[test]
fn abused() {
    for name in [
        "androidx_media/sample_h262_mpeg_audio.ps",
        "androidx_media/sample_h264.ts",
        "androidx_media/sample-unflagged-audio-keyframes.avi",
        "androidx_media/sample.mkv",
        "androidx_media/full_blocks.mkv",
        "androidx_media/sample.flv",
    ] {
        if let Some(bytes) = sample(name) {
            abuse(name, &bytes);
        }
    }
}

/// Whatever is cut off shows, but for streams that may end anywhere.
#[test]
fn cuts_show() {
    for name in [
        "androidx_media/sample-unflagged-audio-keyframes.avi",
        "androidx_media/sample.mkv",
        "androidx_media/full_blocks.mkv",
        "androidx_media/sample.flv",
    ] {
        let Some(bytes) = sample(name) else { continue };
        for n in 40..200 {
            let reading = read(name, &bytes[..bytes.len() * n / 200]);
            assert_eq!(
                verdict(&reading).id(),
                "damaged",
                "{name} {n} {:?}",
                all_codes(&reading)
            );
        }
    }
}
