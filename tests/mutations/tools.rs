//! ffmpeg and ffprobe, where they are installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether both are here. Where nothing may be skipped they have to be.
pub fn at_hand() -> bool {
    let runs = |program: &str| {
        let status = Command::new(program).arg("-version").stdout(Stdio::null()).status();
        status.is_ok_and(|s| s.success())
    };
    let both = runs("ffmpeg") && runs("ffprobe");
    if !both {
        assert!(std::env::var_os("CI").is_none(), "ffmpeg is missing");
        eprintln!("left out: no ffmpeg");
    }
    both
}

/// A file of this name in a folder of its own that goes with it.
pub struct Temporary {
    folder: PathBuf,
    pub path: PathBuf,
}

impl Temporary {
    pub fn new(name: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("xishi-mutations-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join(name);
        Self { folder, path }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What ffmpeg makes of these arguments, in a file with this extension;
/// `None` where it refuses.
pub fn ffmpeg(arguments: &[&str], extension: &str) -> Option<Vec<u8>> {
    let out = Temporary::new(&format!("out.{extension}"));
    // A name that it does not know.
    let format: &[&str] = if extension == "ps" { &["-f", "vob"] } else { &[] };
    let status = Command::new("ffmpeg")
        .args(["-v", "quiet", "-nostdin", "-y", "-threads", "1"])
        .args(arguments)
        .args(format)
        .arg(&out.path)
        .stdin(Stdio::null())
        .status();
    let made = status.is_ok_and(|s| s.success());
    std::fs::read(&out.path).ok().filter(|bytes| made && bytes.len() > 64)
}

/// Rows that ffprobe prints, their fields apart.
pub fn ffprobe(arguments: &[&str], path: &Path) -> Vec<Vec<String>> {
    let output = Command::new("ffprobe")
        .args(["-v", "quiet"])
        .args(arguments)
        .args(["-of", "csv=p=0"])
        .arg(path)
        .output();
    let text = output
        .map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
        .unwrap_or_default();
    text.lines()
        .filter(|l| !l.is_empty())
        .map(|l| l.split(',').map(str::to_owned).collect())
        .collect()
}

/// A packet of the pictures: where it lies in the file.
#[derive(Clone, Copy, Debug)]
pub struct Packet {
    pub at: usize,
    pub size: usize,
    pub key: bool,
}

/// Packets of the first stream of pictures in the order of the file, and
/// where the packets of all streams begin.
pub fn packets(path: &Path) -> (Vec<Packet>, Vec<usize>) {
    let show = ["-show_packets", "-show_entries", "packet=pos,size,flags"];
    let parse = |rows: Vec<Vec<String>>| {
        let packets = rows.iter().filter_map(|row| {
            let [size, at, flags, ..] = row.as_slice() else {
                return None;
            };
            Some(Packet {
                at: at.parse().ok()?,
                size: size.parse().ok()?,
                key: flags.starts_with('K'),
            })
        });
        let mut packets: Vec<Packet> = packets.collect();
        packets.sort_by_key(|p| p.at);
        packets
    };
    let all = parse(ffprobe(&show, path)).iter().map(|p| p.at).collect();
    let pictures = parse(ffprobe(&[&["-select_streams", "v:0"], show.as_slice()].concat(), path));
    (pictures, all)
}
