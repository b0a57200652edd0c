//! `xishi assess DOSSIER [--on DATE] [--json] [--why DUTY] [--compare DOSSIER]
//! [--compare-on DATE] [--check-receipt TEXT]`.

use chrono::NaiveDate;
use xishi::assessment_doc;
use xishi::dossier::Dossier;
use xishi::law::assessment::{Assessment, DeadlineState, DutyVerdict, ExposureItem, Obligation, Status, Totals};
use xishi::law::cite::Cite;
use xishi::law::duties::Duty;
use xishi::law::{self, Question, receipt, text};
use xishi::papers::Case;
use xishi::papers::receipt::{Difference, Receipt};
use xishi::wire;
use xishi::words::receipt::{difference, not_a_receipt};
use xishi::words::{self, penalties, zh_cn};

use super::{Failure, Outcome, compare, day, open, print, print_json, today, value};

/// What was asked for.
#[derive(Default)]
struct Options<'a> {
    path: Option<&'a str>,
    on: Option<NaiveDate>,
    json: bool,
    why: Option<Duty>,
    other: Option<&'a str>,
    other_on: Option<NaiveDate>,
    receipt: Option<&'a str>,
}

/// Judges a dossier and prints the document, or a text for people.
pub fn run(args: &[String]) -> Result<Outcome, Failure> {
    let options = options(args)?;
    let path = options
        .path
        .ok_or_else(|| Failure("缺少档案文件：xishi assess 档案.json".to_owned()))?;
    let dossier = open(path)?;
    let on = options.on.unwrap_or_else(today);
    if let Some(duty) = options.why {
        return why(&dossier, on, duty, options.json);
    }
    if let Some(text) = options.receipt {
        return check(&dossier, on, text);
    }
    if options.other.is_some() || options.other_on.is_some() {
        let other = options.other.map(open).transpose()?;
        let before = document(&dossier, on);
        let after = document(other.as_ref().unwrap_or(&dossier), options.other_on.unwrap_or(on));
        return compare::run(&before, &after, options.json);
    }
    let found = law::assess(&dossier, on);
    if options.json {
        print_json(&document(&dossier, on))?;
    } else {
        print(&report(&dossier, &found, &law::questions_of(&dossier, &found)))?;
    }
    Ok(outcome(found.anything_breached()))
}

fn options(args: &[String]) -> Result<Options<'_>, Failure> {
    let mut options = Options::default();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--on" => options.on = Some(day("--on", value("--on", &mut rest)?)?),
            "--json" => options.json = true,
            "--why" => {
                let id = value("--why", &mut rest)?;
                let duty = Duty::from_id(id).ok_or_else(|| Failure(format!("--why：“{id}”不是义务编号，例：filed")))?;
                options.why = Some(duty);
            }
            "--check-receipt" => options.receipt = Some(value("--check-receipt", &mut rest)?),
            "--compare" => options.other = Some(value("--compare", &mut rest)?),
            "--compare-on" => options.other_on = Some(day("--compare-on", value("--compare-on", &mut rest)?)?),
            option if option.starts_with('-') && option != "-" => {
                return Err(Failure(format!("没有“{option}”这个选项")));
            }
            file if options.path.is_none() => options.path = Some(file),
            extra => return Err(Failure(format!("多出的参数：{extra}"))),
        }
    }
    Ok(options)
}

/// The document with a receipt that names the dossier.
fn document(dossier: &Dossier, on: NaiveDate) -> wire::Assessment {
    let mut document = assessment_doc::assess(dossier, on);
    document.receipt.dossier_sha256 = Some(receipt::dossier_sha256(dossier));
    document
}

pub const fn outcome(breached: bool) -> Outcome {
    if breached { Outcome::Breached } else { Outcome::InOrder }
}

/// One obligation: why it stands so, the words of the law that decide, and what
/// would change it.
fn why(dossier: &Dossier, on: NaiveDate, duty: Duty, json: bool) -> Result<Outcome, Failure> {
    let Some(found) = assessment_doc::why(dossier, on, duty) else {
        return Err(Failure(format!("{}：没有判断", duty.id())));
    };
    let breached = outcome(found.status == Status::Breached.id());
    if json {
        return print_json(&found).map(|_| breached);
    }
    let status = Status::from_id(&found.status).map_or("", Status::label);
    let mut out = format!("{}({}):{status}\n", duty.label(), duty.id());
    for reason in &found.because {
        out += &format!("  · {reason}\n");
    }
    out += "\n依据（【】里的字起决定作用）\n";
    for cite in found.basis.iter().filter_map(|basis| basis.parse::<Cite>().ok()) {
        out += &format!("  {}({cite})\n", cite.long());
        let words = match text::sentence(cite) {
            Some(marked) => {
                let (before, rest) = marked.text.split_at(marked.range.start);
                let (decisive, after) = rest.split_at(marked.range.len());
                format!("{before}【{decisive}】{after}")
            }
            None => text::quote(cite).map_or_else(String::new, |quote| format!("{}（大意，不是原文）", quote.text)),
        };
        for line in words.lines() {
            out += &format!("    {line}\n");
        }
    }
    out += "\n怎样会变\n";
    for change in &found.changes {
        out += &format!("  · {}\n", change.text);
    }
    if found.changes.is_empty() {
        out += "  改动一两处答案，都不会变\n";
    }
    print(&out).map(|_| breached)
}

/// Holds the receipt of a report against this dossier on this day; breached
/// where they differ.
fn check(dossier: &Dossier, on: NaiveDate, text: &str) -> Result<Outcome, Failure> {
    let told: Receipt = text.parse().map_err(|why| Failure(not_a_receipt(why).to_owned()))?;
    let judged = assessment_doc::assess(dossier, on);
    let open = Receipt::of(&Case {
        dossier,
        judged: &judged,
        inspection: None,
    });
    let differences = told.differences(&open);
    if differences.is_empty() {
        return print("与回执完全一致\n");
    }
    let lines = differences
        .iter()
        .map(|what| format!("{}\n", difference(*what, &told, &open)));
    print(&lines.collect::<String>())?;
    Ok(outcome(
        differences.iter().any(|what| *what != Difference::EvidenceNotOpen),
    ))
}

fn report(dossier: &Dossier, found: &Assessment, questions: &[Question]) -> String {
    let mut out = String::new();
    let name = dossier.site.name.as_deref().unwrap_or("（未写名称）");
    out += &format!("{name}  按{}的法律判断\n\n", zh_cn::date(found.on));
    out += &format!(
        "建设义务：{}{}；是否备案：{}\n",
        found.duty.verdict.label(),
        match found.duty.verdict {
            DutyVerdict::NotListed => String::new(),
            _ => format!(";由谁建：{}", found.duty.builder.label()),
        },
        match found.duty.must_file {
            Some(true) => "应当备案",
            Some(false) => "不用备案",
            None => "还不能判断",
        }
    );
    for reason in &found.duty.because {
        out += &format!("  · {}\n", zh_cn::reason(reason));
    }
    out += &format!("录像留存：{}天\n", found.retention.days.0);
    for note in &found.retention.notes {
        out += &format!("  · {}\n", zh_cn::reason(note));
    }
    for status in [Status::Breached, Status::Due, Status::Unknown, Status::Met] {
        obligations(&mut out, found, status);
    }
    deadlines(&mut out, found);
    floor_plan(&mut out, dossier, found);
    exposure(&mut out, found);
    if !questions.is_empty() {
        out += "\n接下来最该弄清的：\n";
        for question in questions.iter().take(5) {
            out += &format!("  {} ({})\n", zh_cn::question(question).text, question.field);
        }
    }
    out += &format!("\n规则版本：{}\n", law::RULEBOOK);
    out += &format!(
        "凭据：锡视自查 {}，法条 {}，规则 {}，档案 {}\n",
        receipt::KIT,
        receipt::law_sha256(),
        receipt::rulebook_sha256(),
        receipt::dossier_sha256(dossier)
    );
    out += "本工具帮助自查，不是法律意见；以法律原文和主管机关的认定为准。\n";
    out
}

fn obligations(out: &mut String, found: &Assessment, status: Status) {
    let list: Vec<_> = found.obligations.iter().filter(|o| o.status == status).collect();
    if list.is_empty() {
        return;
    }
    *out += &format!("\n{}（{}项）\n", status.label(), list.len());
    for obligation in list {
        *out += &line(obligation);
    }
}

fn line(obligation: &Obligation) -> String {
    let basis: Vec<_> = obligation.basis.iter().map(ToString::to_string).collect();
    let mut out = format!("  {}  [{}]\n", obligation.duty.label(), basis.join(" "));
    if matches!(obligation.status, Status::Breached | Status::Due) {
        for reason in &obligation.because {
            out += &format!("    · {}\n", zh_cn::reason(reason));
        }
    }
    out
}

fn deadlines(out: &mut String, found: &Assessment) {
    if found.deadlines.is_empty() {
        return;
    }
    *out += "\n期限\n";
    for deadline in &found.deadlines {
        *out += &format!(
            "  {}  最后一天 {}  {}",
            zh_cn::deadline(deadline.id),
            deadline.due,
            deadline.state.label()
        );
        if deadline.state == DeadlineState::Open && deadline.days_left >= 0 {
            *out += &format!(",还有{}天", deadline.days_left);
        }
        if deadline.extended != deadline.due {
            *out += &format!("（遇假日移到 {}）", deadline.extended);
        }
        if !deadline.holidays_known {
            *out += "（该年放假安排尚未收录，只考虑了周末）";
        }
        *out += "\n";
    }
}

/// What cameras see of private rooms on the floor plan.
fn floor_plan(out: &mut String, dossier: &Dossier, found: &Assessment) {
    let Some(plan) = &dossier.plan else { return };
    *out += &format!(
        "\n平面图（{}间私密房间，{}个摄像头；门按打开算）\n",
        plan.rooms.len(),
        plan.cameras.len()
    );
    if found.plan.is_empty() {
        *out += "  没有摄像头能看到画出的私密房间\n";
    }
    for sight in &found.plan {
        let camera = dossier.cameras.iter().find(|camera| camera.id == sight.camera);
        let name = camera.map_or("", |camera| camera.name.trim());
        let basis: Vec<_> = sight.basis.iter().map(ToString::to_string).collect();
        *out += &format!(
            "  {} {name}{}“{}”的{}  {}  [{}]\n    → {}\n",
            sight.camera,
            if sight.inside {
                "装在里面，看到"
            } else {
                "能看到"
            },
            sight.name,
            words::plan::percent(sight.share),
            sight.verdict.label(),
            basis.join(" "),
            words::plan::advice(sight)
        );
    }
}

fn exposure(out: &mut String, found: &Assessment) {
    let exposure = &found.exposure;
    if exposure.items.is_empty() {
        return;
    }
    *out += "\n罚款风险\n";
    for item in &exposure.items {
        *out += &fined(item);
    }
    *out += &format!("  现在就可能罚：{}\n", totals(exposure.now));
    *out += &format!("  一直不改正：{}\n", totals(exposure.if_uncorrected));
    let worth = exposure.order.iter().filter(|saving| saving.saves.most().0 > 0);
    for (n, saving) in worth.enumerate() {
        if n == 0 {
            *out += "  先改哪一项\n";
        }
        let by = saving.by.map_or_else(String::new, |day| format!("（最后一天 {day}）"));
        let duty = saving.duty.label();
        *out += &format!("    {}. {duty}{by}，少 {}\n", n + 1, totals(saving.saves));
    }
    if !exposure.unknown.is_empty() {
        *out += &format!("  另有{}项还不能判断，没有计入\n", exposure.unknown.len());
    }
}

/// One breached obligation: its article and figures, what gives way, the path.
fn fined(item: &ExposureItem) -> String {
    let basis: Vec<_> = item.basis.iter().map(ToString::to_string).collect();
    let mut out = format!(
        "  {}  [{}]  {}\n",
        item.duty.label(),
        basis.join(" "),
        item.stage.label()
    );
    let figures = [(&item.displaced, "让位"), (&item.beside, "并列")];
    for (figures, role) in figures {
        for figures in figures {
            let amounts = penalties::amounts(figures.amounts);
            out += &format!("    （{role}的 {}:{amounts}）\n", figures.basis);
        }
    }
    for step in &item.path {
        let mark = if step.reached { "●" } else { "○" };
        out += &format!("    {mark} {}\n", penalties::step(step));
    }
    out += &format!("    → {}\n", penalties::stop(item.duty, item.stop));
    out
}

fn totals(totals: Totals) -> String {
    format!(
        "单位 {}，责任人合计 {}，个人 {}",
        zh_cn::fine(totals.unit),
        zh_cn::fine(totals.persons),
        zh_cn::fine(totals.individual)
    )
}
