//! Runs the literate cases `tests/law/*.md`.
//!
//! A case is a heading, prose, a block `facts` of `path: value` lines (the day
//! judged is `on`) and a block `expect` of lines on the assessment:
//! `path = value`, `path has value`, `path lacks value`, `path absent`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use xishi::assessment_doc;
use xishi::dossier::Dossier;
use xishi::law::duties::Duty;
use xishi::law::rules::RULES;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/law");

#[derive(Default)]
struct Case {
    name: String,
    facts: Vec<String>,
    expect: Vec<String>,
}

#[test]
fn every_case_holds() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> = fs::read_dir(FOLDER).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let is_case = |f: &Path| f.extension().is_some_and(|e| e == "md") && !f.ends_with("README.md");
    for file in files.iter().filter(|f| is_case(f)) {
        let cases = read(file);
        assert!(cases.len() >= 3, "{}: fewer than three cases", file.display());
        for case in cases {
            count += 1;
            let name = format!("{} “{}”", file.file_name().unwrap().display(), case.name);
            match run(&case) {
                Ok(found) => wrong.extend(found.into_iter().map(|w| format!("{name}: {w}"))),
                Err(why) => wrong.push(format!("{name}: {why}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of the cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100, "only {count} cases found");
}

/// Every case of every file.
fn all() -> Vec<Case> {
    let files = fs::read_dir(FOLDER).unwrap().map(|e| e.unwrap().path());
    files
        .filter(|f| f.extension().is_some_and(|e| e == "md") && !f.ends_with("README.md"))
        .flat_map(|f| read(&f))
        .collect()
}

#[test]
fn every_duty_and_every_article_with_a_rule_has_three_cases() {
    let cases = all();
    let expects = |duty: Duty| {
        let of = move |case: &&Case| {
            let names = |line: &String| {
                let path = line.split(' ').next().unwrap_or_default();
                path.split('/')
                    .any(|key| key.trim_start_matches("notice:") == duty.id())
            };
            case.expect.iter().any(names)
        };
        cases.iter().filter(of).count()
    };
    let mut articles: BTreeMap<String, usize> = BTreeMap::new();
    for rule in RULES {
        let count = expects(rule.duty);
        assert!(count >= 3, "{}: {count} cases", rule.duty.id());
        for cite in rule.cites {
            let article = format!("{}:{}", cite.instrument.id(), cite.article.unwrap_or_default());
            *articles.entry(article).or_default() += count;
        }
    }
    assert!(articles.values().all(|count| *count >= 3), "{articles:?}");
}

fn read(file: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block = "";
    let text = fs::read_to_string(file).unwrap();
    for line in text.lines() {
        match line.trim() {
            "```facts" => block = "facts",
            "```expect" => block = "expect",
            "```" => block = "",
            "" => {}
            line => match (block, cases.last_mut()) {
                ("facts", Some(case)) => case.facts.push(line.to_owned()),
                ("expect", Some(case)) => case.expect.push(line.to_owned()),
                ("", _) => {
                    if let Some(name) = line.strip_prefix("## ") {
                        cases.push(Case {
                            name: name.to_owned(),
                            ..Case::default()
                        });
                    }
                }
                _ => panic!("{}: a block before the first heading", file.display()),
            },
        }
    }
    cases
}

fn run(case: &Case) -> Result<Vec<String>, String> {
    let mut dossier = Dossier::default();
    let mut on = None;
    for line in &case.facts {
        let (path, text) = line.split_once(": ").ok_or_else(|| format!("not a fact: {line}"))?;
        if path == "on" {
            on = Some(text.parse().map_err(|e| format!("{line}: {e}"))?);
        } else {
            dossier = dossier.with(path, value(text)).map_err(|e| e.to_string())?;
        }
    }
    let on = on.ok_or("no day is given")?;
    let found = serde_json::to_value(assessment_doc::assess(&dossier, on)).unwrap();
    if case.expect.is_empty() {
        return Err("expects nothing".to_owned());
    }
    Ok(case
        .expect
        .iter()
        .filter_map(|line| check(&found, line).err())
        .collect())
}

fn check(found: &Value, line: &str) -> Result<(), String> {
    let (path, rest) = line
        .split_once(' ')
        .ok_or_else(|| format!("not an expectation: {line}"))?;
    let at = look_up(found, path);
    let (op, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let fits = match (op, at) {
        ("absent", at) => at.is_none(),
        (_, None) => false,
        ("=", Some(at)) => *at == value(text),
        ("has", Some(at)) => has(at, text),
        ("lacks", Some(at)) => !has(at, text),
        _ => return Err(format!("not an expectation: {line}")),
    };
    if fits {
        Ok(())
    } else {
        let at = at.map_or_else(|| "nothing".to_owned(), Value::to_string);
        Err(format!("expected `{line}`, found {at}"))
    }
}

fn has(at: &Value, text: &str) -> bool {
    match at {
        Value::Array(list) => list.contains(&value(text)),
        Value::String(s) => s.contains(text),
        _ => false,
    }
}

/// JSON where it reads as such, else a plain text.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// Follows a path; in a list, the element with that `id`, `obligation`, `path`,
/// `step` or `basis`.
fn look_up<'a>(from: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('/').try_fold(from, |at, key| match at {
        Value::Array(list) => list.iter().find(|e| {
            ["id", "obligation", "path", "step", "basis"]
                .iter()
                .any(|k| e.get(k).is_some_and(|v| v == key))
        }),
        at => at.get(key),
    })
}
