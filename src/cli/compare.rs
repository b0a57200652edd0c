//! `xishi assess … --compare`: two days or two dossiers side by side.

use xishi::comparison_doc;
use xishi::law::assessment::{DeadlineState, DutyVerdict, Status};
use xishi::law::duties::Duty;
use xishi::wire::{Assessment, Comparison, LastDayDoc, SideDoc, TotalsDoc};

use super::assess::outcome;
use super::{Failure, Outcome, print, print_json};

/// Columns of the first and second cell, in narrow characters.
const COLUMNS: [usize; 2] = [28, 30];

/// Prints what differs; breached is what the second side says.
pub fn run(before: &Assessment, after: &Assessment, json: bool) -> Result<Outcome, Failure> {
    let found = comparison_doc::compare(before, after);
    if json {
        print_json(&found)?;
    } else {
        print(&table(&found))?;
    }
    Ok(outcome(
        after.obligations.iter().any(|o| o.status == Status::Breached.id()),
    ))
}

fn table(found: &Comparison) -> String {
    let (before, after) = (&found.before, &found.after);
    let mut out = row("", &before.on.to_string(), &after.on.to_string());
    let mut side = |name, of: &dyn Fn(&SideDoc) -> String| out += &row(name, &of(before), &of(after));
    side("建设义务", &|s| {
        DutyVerdict::from_id(&s.verdict)
            .map_or("", DutyVerdict::label)
            .to_owned()
    });
    side("是否备案", &|s| {
        let told = match s.must_file {
            Some(true) => "应当备案",
            Some(false) => "不用备案",
            None => "还不能判断",
        };
        told.to_owned()
    });
    side("录像留存", &|s| format!("{}天", s.retention_days));
    side("现在就可能罚", &|s| totals(s.now));
    side("一直不改正", &|s| totals(s.if_uncorrected));
    out += "\n";
    for change in &found.obligations {
        let name = Duty::from_id(&change.id).map_or("", Duty::label);
        let label = |status: &str| Status::from_id(status).map_or("", Status::label);
        out += &row(name, label(&change.before), label(&change.after));
        for reason in &change.because_after {
            out += &format!("  · {reason}\n");
        }
    }
    for change in &found.deadlines {
        let name = format!("期限 {}", change.id);
        out += &row(&name, &day(change.before.as_ref()), &day(change.after.as_ref()));
    }
    if found.obligations.is_empty() && found.deadlines.is_empty() {
        out += "义务和期限没有不同\n";
    }
    out
}

fn day(day: Option<&LastDayDoc>) -> String {
    day.map_or_else(
        || "—".to_owned(),
        |day| {
            let state = DeadlineState::from_id(&day.state).map_or("", DeadlineState::label);
            format!("{} {state}", day.due)
        },
    )
}

/// The upper ends: the most it can cost.
fn totals(totals: TotalsDoc) -> String {
    let [_, unit] = totals.unit;
    let [_, persons] = totals.persons;
    let [_, individual] = totals.individual;
    format!("最多{}元", unit + persons + individual)
}

/// Three cells under one another; a Chinese character is two columns wide.
fn row(name: &str, before: &str, after: &str) -> String {
    let mut out = String::new();
    for (cell, width) in [name, before].into_iter().zip(COLUMNS) {
        let taken: usize = cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        out += cell;
        out += &" ".repeat(width.saturating_sub(taken).max(1));
    }
    out += after;
    out.push('\n');
    out
}
