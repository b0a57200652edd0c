//! `xishi assess DOSSIER [--on DATE] [--json]`.

use xishi::assessment_doc;
use xishi::dossier::Dossier;
use xishi::law;
use xishi::law::assessment::{Assessment, DeadlineState, DutyVerdict, Obligation, Status, Totals};
use xishi::law::{Question, RULEBOOK};
use xishi::words::zh_cn;

use super::{Failure, Outcome, day, print, print_json, read_text, today, value};

/// Judges a dossier and prints the document, or a text for people.
pub fn run(args: &[String]) -> Result<Outcome, Failure> {
    let (mut path, mut on, mut json) = (None, None, false);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--on" => on = Some(day("--on", value("--on", &mut rest)?)?),
            "--json" => json = true,
            option if option.starts_with('-') && option != "-" => {
                return Err(Failure(format!("没有“{option}”这个选项")));
            }
            file if path.is_none() => path = Some(file),
            extra => return Err(Failure(format!("多出的参数:{extra}"))),
        }
    }
    let path = path.ok_or_else(|| Failure("缺少档案文件:xishi assess 档案.json".to_owned()))?;
    let dossier = Dossier::parse(&read_text(path)?).map_err(|e| Failure(format!("{path}:{e}")))?;
    let on = on.unwrap_or_else(today);
    let found = law::assess(&dossier, on);
    let questions = law::questions(&dossier, on);
    if json {
        print_json(&assessment_doc::document(&found, &questions))?;
    } else {
        print(&report(&dossier, &found, &questions))?;
    }
    Ok(if found.anything_breached() {
        Outcome::Breached
    } else {
        Outcome::InOrder
    })
}

fn report(dossier: &Dossier, found: &Assessment, questions: &[Question]) -> String {
    let mut out = String::new();
    let name = dossier.site.name.as_deref().unwrap_or("(未写名称)");
    out += &format!("{name}  按{}的法律判断\n\n", zh_cn::date(found.on));
    out += &format!(
        "建设义务:{}{};是否备案:{}\n",
        found.duty.verdict.label(),
        match found.duty.verdict {
            DutyVerdict::NotListed => String::new(),
            _ => format!(";由谁建:{}", found.duty.builder.label()),
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
    out += &format!("录像留存:{}天\n", found.retention.days.0);
    for note in &found.retention.notes {
        out += &format!("  · {}\n", zh_cn::reason(note));
    }
    for status in [Status::Breached, Status::Due, Status::Unknown, Status::Met] {
        obligations(&mut out, found, status);
    }
    deadlines(&mut out, found);
    exposure(&mut out, found);
    if !questions.is_empty() {
        out += "\n接下来最该弄清的:\n";
        for question in questions.iter().take(5) {
            out += &format!("  {} ({})\n", zh_cn::question(question).text, question.field);
        }
    }
    out += &format!("\n规则版本:{RULEBOOK}\n");
    out += "本工具帮助自查,不是法律意见;以法律原文和主管机关的认定为准。\n";
    out
}

fn obligations(out: &mut String, found: &Assessment, status: Status) {
    let list: Vec<_> = found.obligations.iter().filter(|o| o.status == status).collect();
    if list.is_empty() {
        return;
    }
    *out += &format!("\n{}({}项)\n", status.label(), list.len());
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
            *out += &format!("(遇假日移到 {})", deadline.extended);
        }
        if !deadline.holidays_known {
            *out += "(该年放假安排尚未收录,只考虑了周末)";
        }
        *out += "\n";
    }
}

fn exposure(out: &mut String, found: &Assessment) {
    let exposure = &found.exposure;
    if exposure.items.is_empty() {
        return;
    }
    *out += "\n罚款风险\n";
    for item in &exposure.items {
        let basis: Vec<_> = item.basis.iter().map(ToString::to_string).collect();
        *out += &format!(
            "  {}  [{}]  {}\n",
            item.duty.label(),
            basis.join(" "),
            item.stage.label()
        );
        let columns = [
            ("单位", item.amounts.unit),
            ("责任人每人", item.amounts.per_person),
            ("个人", item.amounts.individual),
        ];
        for (who, fine) in columns {
            if let Some(fine) = fine {
                *out += &format!("    {who}:{}\n", zh_cn::fine(fine));
            }
        }
    }
    *out += &format!("  现在就可能罚:{}\n", totals(exposure.now));
    *out += &format!("  一直不改正:{}\n", totals(exposure.if_uncorrected));
    if !exposure.unknown.is_empty() {
        *out += &format!("  另有{}项还不能判断,没有计入\n", exposure.unknown.len());
    }
}

fn totals(totals: Totals) -> String {
    format!(
        "单位 {},责任人合计 {},个人 {}",
        zh_cn::fine(totals.unit),
        zh_cn::fine(totals.persons),
        zh_cn::fine(totals.individual)
    )
}
