//! `xishi inspect PATH… [--on DATE] [--days N] [--dossier DOSSIER] [--root PEM] [--manifest FILE] [--json]`

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime};

use xishi::assessment_doc::assess;
use xishi::digest::Algorithm;
use xishi::dossier::Dossier;
use xishi::evidence;
use xishi::formats::Charsets;
use xishi::formats::lists::mapping::Mapping;
use xishi::inspect::{self, Options, Reading};
use xishi::pass::Pass;
use xishi::recording::channel;
use xishi::recording::problem::{FileVerdict, FindingCode, Severity};
use xishi::signature::Roots;
use xishi::source::Source;
use xishi::wire::Inspection;
use xishi::words::retention::rounded_down;

use super::{Failure, Outcome, day, print, print_json, read_text, today, value};

/// Folders in folders followed this deep: links may go round.
const MAX_DEPTH: usize = 64;

/// Seconds from UTC to China.
const CHINA_SECONDS: i64 = 8 * 3600;

/// Runs the command with what stands behind its name.
pub fn run(args: &[String]) -> Result<Outcome, Failure> {
    let request = Request::parse(args)?;
    let inspection = request.inspect().map_err(Failure)?;
    if let Some(path) = &request.manifest {
        let text = evidence::manifest(&evidence::rows(&inspection), evidence::algorithm_for(path));
        std::fs::write(path, text).map_err(|e| Failure(format!("{path}：{}", reason(&e))))?;
    }
    if request.json {
        print_json(&inspection)?;
    } else {
        print(&report(&inspection))?;
    }
    Ok(if breached(&inspection) {
        Outcome::Breached
    } else {
        Outcome::InOrder
    })
}

fn breached(inspection: &Inspection) -> bool {
    matches!(inspection.retention.verdict.as_str(), "short" | "gaps")
        || matches!(inspection.integrity.verdict.as_str(), "damaged" | "suspect")
}

/// What was asked.
struct Request {
    paths: Vec<String>,
    options: Options,
    roots: Roots,
    /// Where a manifest of the files is to be written.
    manifest: Option<String>,
    /// Lists whose columns the dossier tells.
    front: Native,
    json: bool,
}

impl Request {
    fn parse(args: &[String]) -> Result<Self, Failure> {
        let mut paths = Vec::new();
        let (mut on, mut days, mut dossier, mut json) = (None, None, None, false);
        let mut rest = args.iter();
        let mut roots: Vec<Vec<u8>> = Vec::new();
        let mut manifest = None;
        let mut options_over = false;
        while let Some(arg) = rest.next() {
            match arg.as_str() {
                _ if options_over || !arg.starts_with('-') || arg == "-" => paths.push(arg.clone()),
                "--" => options_over = true,
                "--json" => json = true,
                "--on" => on = Some(day("--on", value("--on", &mut rest)?)?),
                "--days" => {
                    let text = value("--days", &mut rest)?;
                    let number = text.parse::<u32>().ok().filter(|n| (1..=3650).contains(n));
                    days = Some(number.ok_or_else(|| Failure(format!("--days：“{text}”不是 1 到 3650 之间的整数")))?);
                }
                "--dossier" => dossier = Some(value("--dossier", &mut rest)?),
                "--manifest" => manifest = Some(value("--manifest", &mut rest)?.to_owned()),
                "--root" => {
                    let path = value("--root", &mut rest)?;
                    let file = std::fs::read(path).map_err(|e| Failure(format!("{path}:{}", reason(&e))))?;
                    if Roots::of([file.as_slice()]).is_empty() {
                        return Err(Failure(format!("--root：“{path}”里没有证书（PEM 或 DER）")));
                    }
                    roots.push(file);
                }
                _ => return Err(Failure(format!("没有“{arg}”这个选项"))),
            }
        }
        if paths.is_empty() {
            return Err(Failure("inspect：请写明要检查的文件或文件夹".to_owned()));
        }
        let mut options = Options::new(on.unwrap_or_else(today));
        let mut front = Native::default();
        if let Some(path) = dossier {
            let dossier = Dossier::parse(&read_text(path)?).map_err(|e| Failure(format!("{path}:{e}")))?;
            options = Options::asked_by(&assess(&dossier, options.on), &dossier);
            front.mappings = dossier.list_mappings;
        }
        if let Some(days) = days {
            options.required_days = days;
        }
        let roots = Roots::of(roots.iter().map(Vec::as_slice));
        Ok(Self {
            paths,
            options,
            roots,
            manifest,
            front,
            json,
        })
    }

    fn inspect(&self) -> Result<Inspection, String> {
        let mut readings = Vec::new();
        for given in &self.paths {
            if given == "-" {
                readings.push(read_input(&self.front, &self.roots).map_err(|e| format!("-:{}", reason(&e)))?);
                continue;
            }
            let path = Path::new(given);
            let meta = std::fs::metadata(path).map_err(|e| format!("{given}:{}", reason(&e)))?;
            if meta.is_dir() {
                let mut files = Vec::new();
                walk(path, MAX_DEPTH, &mut BTreeSet::new(), &mut files)?;
                // One folder is the root of its names; of several each keeps its own.
                let root = if self.paths.len() == 1 {
                    path
                } else {
                    path.parent().unwrap_or(path)
                };
                for file in files {
                    let name = slashed(file.strip_prefix(root).unwrap_or(&file));
                    readings.push(read_file(&file, &name, &self.front, &self.roots)?);
                }
            } else {
                let name = if path.is_absolute() {
                    path.file_name().map(Path::new)
                } else {
                    None
                };
                readings.push(read_file(
                    path,
                    &slashed(name.unwrap_or(path)),
                    &self.front,
                    &self.roots,
                )?);
            }
        }
        Ok(inspect::conclude(&readings, &self.options))
    }
}

/// Files below a folder in the order of their names.
fn walk(folder: &Path, depth: usize, seen: &mut BTreeSet<PathBuf>, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let bad = |e: io::Error| format!("{}:{}", folder.display(), reason(&e));
    let real = folder.canonicalize().map_err(bad)?;
    if depth == 0 || !seen.insert(real) {
        return Ok(());
    }
    let entries: Result<Vec<PathBuf>, io::Error> = std::fs::read_dir(folder)
        .map_err(bad)?
        .map(|e| e.map(|e| e.path()))
        .collect();
    let mut entries = entries.map_err(bad)?;
    entries.sort();
    for path in entries {
        match std::fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => walk(&path, depth - 1, seen, files)?,
            Ok(meta) if meta.is_file() => files.push(path),
            // A pipe or a dangling link is no part of an export.
            _ => {}
        }
    }
    Ok(())
}

fn slashed(path: &Path) -> String {
    // A backslash in a name is one, but on Windows.
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn read_file(path: &Path, name: &str, front: &Native, roots: &Roots) -> Result<Reading, String> {
    let bad = |e: io::Error| format!("{}:{}", path.display(), reason(&e));
    let file = File::open(path).map_err(bad)?;
    let meta = file.metadata().map_err(bad)?;
    let modified = meta.modified().ok().and_then(local);
    let mut source = OnDisk { file, len: meta.len() };
    let mut reading = inspect::read(name, modified, &mut source, front).map_err(bad)?;
    pass(&mut reading, &mut source, roots).map_err(bad)?;
    Ok(reading)
}

/// Every byte once, for digests and signatures.
fn pass(reading: &mut Reading, source: &mut dyn Source, roots: &Roots) -> io::Result<()> {
    let mut pass = Pass::new(reading, roots);
    let mut piece = vec![0; 1 << 20];
    let mut at = 0;
    loop {
        let got = source.read_at(at, &mut piece)?;
        if got == 0 {
            break;
        }
        pass.update(piece.get(..got).unwrap_or_default(), source)?;
        at += got as u64;
    }
    pass.finish().complete(reading);
    Ok(())
}

/// Standard input as a file of that name.
fn read_input(front: &Native, roots: &Roots) -> io::Result<Reading> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let mut source = bytes.as_slice();
    let mut reading = inspect::read("-", None, &mut source, front)?;
    pass(&mut reading, &mut source, roots)?;
    Ok(reading)
}

/// A file on disk.
struct OnDisk {
    file: File,
    len: u64,
}

impl Source for OnDisk {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut done = 0;
        while let Some(rest) = buf.get_mut(done..).filter(|rest| !rest.is_empty()) {
            match self.file.read(rest) {
                Ok(0) => break,
                Ok(n) => done += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(done)
    }
}

/// Charsets of this program itself, and what a dossier tells of lists.
#[derive(Default)]
struct Native {
    mappings: Vec<Mapping>,
}

impl Charsets for Native {
    fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    fn gb18030(&self, bytes: &[u8]) -> String {
        encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// A time of the file system on clocks in China.
fn local(time: std::time::SystemTime) -> Option<NaiveDateTime> {
    let seconds = time.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    let seconds = i64::try_from(seconds).ok()?.checked_add(CHINA_SECONDS)?;
    Some(DateTime::from_timestamp(seconds, 0)?.naive_utc())
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        _ => format!("读取失败（{error}）"),
    }
}

/// The result for people.
fn report(inspection: &Inspection) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let label = |id: &str| {
        let retention = xishi::checks::retention::Retention::from_id(id).map(|v| v.label());
        retention
            .or_else(|| FileVerdict::from_id(id).map(|v| v.label()))
            .unwrap_or("无法判断")
            .to_owned()
    };
    let _ = writeln!(
        text,
        "检查日 {}，要求保存 {} 天（{}）",
        inspection.on,
        inspection.required_days,
        inspection.retention.basis.join("、")
    );
    let _ = writeln!(text, "保存天数：{}", label(&inspection.retention.verdict));
    let _ = writeln!(
        text,
        "录像完好：{}（{}）",
        label(&inspection.integrity.verdict),
        inspection.integrity.basis.join("、")
    );
    for channel in &inspection.channels {
        let name = if channel.channel == channel::UNTOLD {
            "未注明的通道"
        } else {
            &channel.channel
        };
        let _ = writeln!(
            text,
            "\n通道 {name}：{}，可查 {} 天，覆盖 {:.1}%",
            label(&channel.verdict),
            channel.kept_days,
            rounded_down(channel.coverage * 100.0, 1)
        );
        for reason in &channel.because {
            let _ = writeln!(text, "  {reason}");
        }
        const SHOWN: usize = 10;
        for gap in channel.gaps.iter().take(SHOWN) {
            let _ = writeln!(text, "  缺录 {} 至 {}", gap.from, gap.to);
        }
        if channel.gaps.len() > SHOWN {
            let _ = writeln!(text, "  ……另有 {} 处", channel.gaps.len() - SHOWN);
        }
    }
    for file in &inspection.files {
        let _ = writeln!(text, "\n{}：{}", file.path, label(&file.verdict));
        for finding in &file.findings {
            let code = FindingCode::from_id(&finding.code).map_or("", |c| c.label());
            let severity = Severity::from_id(&finding.severity).map_or("", |s| s.label());
            let at = finding.offset.map_or(String::new(), |at| format!(" @{at}"));
            let _ = writeln!(text, "  [{severity}] {code}{at}：{}", finding.detail);
        }
        for said in &file.signature.because {
            let _ = writeln!(text, "  {said}");
        }
        for algorithm in Algorithm::ALL {
            if let Some(digits) = file.digests.get(*algorithm) {
                let _ = writeln!(text, "  {:<8}{digits}", algorithm.label());
            }
        }
    }
    text
}
