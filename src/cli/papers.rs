//! `xishi papers DOSSIER --out DIR [--on DATE] [--inspection JSON]`

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use xishi::assessment_doc;
use xishi::papers::{self, Case};
use xishi::wire::Inspection;

use super::{Failure, Outcome, day, open, print, read_text, today, value};

/// What was asked for.
#[derive(Default)]
struct Options<'a> {
    dossier: Option<&'a str>,
    out: Option<&'a str>,
    on: Option<NaiveDate>,
    inspection: Option<&'a str>,
}

/// Writes every paper, table and the calendar into a folder, and prints their
/// paths.
pub fn run(args: &[String]) -> Result<Outcome, Failure> {
    let options = options(args)?;
    let path = options
        .dossier
        .ok_or_else(|| Failure("缺少档案文件：xishi papers 档案.json --out 文件夹".to_owned()))?;
    let folder = options.out.ok_or_else(|| Failure("缺少 --out 文件夹".to_owned()))?;
    let dossier = open(path)?;
    let inspection = options.inspection.map(inspection).transpose()?;
    let judged = assessment_doc::assess(&dossier, options.on.unwrap_or_else(today));
    let case = Case {
        dossier: &dossier,
        judged: &judged,
        inspection: inspection.as_ref(),
    };
    let folder = Path::new(folder);
    let failed = |path: &Path, e: std::io::Error| Failure(format!("{}：写不进去（{e}）", path.display()));
    fs::create_dir_all(folder).map_err(|e| failed(folder, e))?;
    for file in papers::files(&case) {
        let path = folder.join(&file.name);
        fs::write(&path, file.bytes).map_err(|e| failed(&path, e))?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(Outcome::InOrder)
}

fn inspection(path: &str) -> Result<Inspection, Failure> {
    serde_json::from_str(&read_text(path)?).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        Failure(format!(
            "{path}：不是 xishi inspect --json 的结果（第 {line} 行第 {column} 列）"
        ))
    })
}

fn options(args: &[String]) -> Result<Options<'_>, Failure> {
    let mut options = Options::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--on" => options.on = Some(day("--on", value("--on", &mut rest)?)?),
            "--out" => options.out = Some(value("--out", &mut rest)?),
            "--inspection" => options.inspection = Some(value("--inspection", &mut rest)?),
            option if option.starts_with('-') && option != "-" => {
                return Err(Failure(format!("没有“{option}”这个选项")));
            }
            file if options.dossier.is_none() => options.dossier = Some(file),
            extra => return Err(Failure(format!("多出的参数：{extra}"))),
        }
    }
    Ok(options)
}
