//! What papers say, and what they leave blank.

use serde_json::json;
use xishi::dossier::Dossier;
use xishi::law::duties::Duty;
use xishi::papers::document::Block;
use xishi::papers::{Document, Paper, Sheet, Value};

use crate::support::{cafe, dossier, inspection, with};

fn paper(paper: Paper, dossier: &Dossier) -> Document {
    with(dossier, None, |case| paper.write(case))
}

/// What stands beside a label of a form; `None` is a blank.
fn beside(document: &Document, label: &str) -> Option<String> {
    let rows = document.blocks.iter().filter_map(|block| match block {
        Block::Form(rows) => Some(rows),
        _ => None,
    });
    let row = rows.flatten().find(|row| row.label == label);
    row.unwrap_or_else(|| panic!("{label}")).value.clone()
}

#[test]
fn what_the_dossier_does_not_say_is_blank() {
    for kind in Paper::ALL {
        let document = paper(*kind, &Dossier::default());
        for block in &document.blocks {
            let Block::Form(rows) = block else { continue };
            for row in rows {
                let allowed = ["判断日期", "已存录像", "备案变更", "程序版本", "规则版本", "回执"].contains(&row.label)
                    || row.label.contains("摘要");
                assert!(
                    row.value.is_none() || allowed,
                    "{}: {} = {:?}",
                    kind.id(),
                    row.label,
                    row.value
                );
            }
        }
    }
}

#[test]
fn a_note_on_a_duty_is_printed_in_the_report_however_the_duty_stands() {
    let mut dossier = cafe();
    for duty in Duty::ALL {
        dossier.duty_notes.insert(*duty, format!("记{}", duty.id()));
    }
    let report = paper(Paper::SelfInspection, &dossier).text();
    for duty in Duty::ALL {
        let note = format!("备注（{}）：记{}", duty.chinese(), duty.id());
        assert!(report.lines().any(|line| line == note), "{note}");
    }
}

#[test]
fn the_filing_form_is_no_official_form_and_has_what_the_article_wants() {
    let form = paper(Paper::FilingForm, &cafe());
    assert_eq!(form.subtitle, Some("参考表样"));
    assert!(form.text().contains("公安机关或者备案平台另有表样的，以其表样为准"));
    assert_eq!(beside(&form, "场所地址").as_deref(), Some("梁溪区中山路 1 号"));
    assert_eq!(beside(&form, "采集设备数量").as_deref(), Some("3 个"));
    assert_eq!(beside(&form, "视频图像信息存储期限").as_deref(), Some("20 日"));
    assert_eq!(beside(&form, "投入使用日期").as_deref(), Some("2026年11月1日"));
    assert_eq!(beside(&form, "统一社会信用代码"), None);
    assert!(form.text().contains("男卫生间"));
}

#[test]
fn a_removal_is_reported_ten_days_before_and_on_a_working_day() {
    let planned = |day: &str| {
        let dossier = dossier(json!({"site": {"place": "internet-cafe"},
            "system": {"built": true, "removal_planned_on": day}}));
        paper(Paper::Removal, &dossier)
    };
    let report = planned("2026-12-30");
    assert_eq!(
        beside(&report, "最迟报告日期（拆除前10日）").as_deref(),
        Some("2026年12月20日")
    );
    assert_eq!(
        beside(&report, "当天不上班的，提前到").as_deref(),
        Some("2026年12月18日")
    );
    let law = "“公共安全视频图像信息系统设备不得擅自拆除；因城市建设或者场所、部位改变用途等确需拆除的，应当在拆除前10日向公安机关报告。”";
    assert!(report.text().contains(law));
    let report = planned("2026-12-31");
    assert_eq!(
        beside(&report, "当天不上班的，提前到").as_deref(),
        Some("不用提前，当天是工作日")
    );
}

#[test]
fn a_rectification_says_what_which_article_what_to_do_and_by_when() {
    let report = paper(Paper::Rectification, &cafe());
    let text = report.text();
    for words in [
        "发现3项不符合",
        "2026年10月1日收到关于“资料立卷归档”的责令限期改正通知",
        "禁装部位不装摄像头",
        "拆掉装在禁装部位的设备，删除其中的图像。",
        "《无锡市公共安全视频图像信息系统管理办法》第十六条：“",
        "录像只保存20天，要求30天",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert_eq!(beside(&report, "完成日期"), None);
    assert!(!text.contains('您'));
}

#[test]
fn the_self_inspection_has_facts_duties_days_money_and_evidence() {
    let inspection = inspection();
    let report = with(&cafe(), Some(&inspection), |case| Paper::SelfInspection.write(case));
    let text = report.text();
    for words in [
        "锡惠网吧",
        "没做到",
        "2026-12-01",
        "男卫生间",
        "让位",
        "清单.csv",
        "没有计算",
        "不代替公安机关的认定",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let pictures = report.blocks.iter().map(|block| match block {
        Block::Table(table) => table
            .rows
            .iter()
            .flatten()
            .filter(|cell| cell.picture.is_some())
            .count(),
        _ => 0,
    });
    // Two channels, and six squares of the key.
    assert_eq!(pictures.sum::<usize>(), 8);
}

#[test]
fn a_camera_that_the_plan_judges_is_not_said_to_be_judged_by_its_name() {
    let mut drawn = cafe();
    let plan = Dossier::parse(include_str!("../views/floor-plan.json")).unwrap().plan;
    drawn.plan = plan;
    drawn.cameras[2].location = "上网区".into();
    for (kind, words) in [
        (Paper::SelfInspection, "按平面图推算"),
        (Paper::SelfInspection, "从名称和平面图看"),
        (Paper::CameraTable, "禁止安装（按平面图）"),
    ] {
        let text = paper(kind, &drawn).text();
        assert!(text.contains(words), "{words}: {text}");
        assert!(!paper(kind, &cafe()).text().contains("平面图"));
    }
}

#[test]
fn of_a_unit_no_amount_of_an_individual_is_said_and_the_other_way_round() {
    let now = |dossier: &Dossier| {
        let text = paper(Paper::SelfInspection, dossier).text();
        let line = text.lines().find(|line| line.starts_with("现在就可能罚"));
        line.expect("a line").to_owned()
    };
    let mut site = cafe();
    let line = now(&site);
    assert!(line.contains("单位") && !line.contains("个人"), "{line}");
    site.site.individual = Some(true);
    let line = now(&site);
    assert!(line.contains("个人") && !line.contains("单位"), "{line}");
}

#[test]
fn an_individual_does_not_stamp() {
    let mut dossier = cafe();
    dossier.site.individual = Some(true);
    assert!(!paper(Paper::Rectification, &dossier).text().contains("盖章"));
}

#[test]
fn no_paper_and_no_table_has_a_slip_of_the_pen() {
    let inspection = inspection();
    let mut untold = inspection.clone();
    untold.channels[0].channel = "?".to_owned();
    let drawn = Dossier::parse(include_str!("../views/floor-plan.json")).expect("a dossier");
    for (site, found) in [
        (cafe(), Some(&inspection)),
        (drawn, Some(&untold)),
        (Dossier::default(), None),
    ] {
        with(&site, found, |case| {
            let papers = Paper::ALL.iter().map(|paper| paper.write(case).text());
            let cells = Sheet::ALL.iter().flat_map(|sheet| sheet.rows(case).rows).flatten();
            let cells = cells.filter_map(|cell| match cell {
                Value::Text(text) => Some(text),
                _ => None,
            });
            for text in papers.chain(cells) {
                // A paper speaks to an authority, the sign to who comes in.
                let text = text.replace("您已进入", "");
                for slip in [
                    "您", "。。", "。；", "；。", "，。", "、。", "（）", "“”", "《》", "None", "NaN", "?",
                ] {
                    assert!(!text.contains(slip), "{slip}: {text}");
                }
            }
        });
    }
}

#[test]
fn what_falls_short_is_not_rounded_up() {
    let mut inspection = inspection();
    inspection.channels[1].kept_days = 29.999;
    inspection.channels[1].coverage = 0.999_999;
    with(&cafe(), Some(&inspection), |case| {
        let text = Paper::SelfInspection.write(case).text();
        assert!(text.contains("\t29.9\t99.99%\t"), "{text}");
        let rows = Sheet::Channels.rows(case).rows;
        assert_eq!(rows[1][4..6], [Value::Decimal(29.99), Value::Decimal(99.99)]);
    });
}

#[test]
fn every_part_of_an_example_is_marked() {
    let example = dossier(json!({"example": true, "cameras": []}));
    for kind in Paper::ALL {
        let marks = paper(*kind, &example).text().matches("【示例】").count();
        // The sign is one whole page and two halves.
        assert_eq!(marks, if *kind == Paper::Sign { 3 } else { 1 }, "{}", kind.id());
    }
}

#[test]
fn the_sign_says_that_cameras_record_and_nothing_that_no_article_asks_for() {
    let sign = paper(Paper::Sign, &Dossier::default());
    let parts = sign.blocks.iter().filter_map(|block| match block {
        Block::Signs(parts) => Some(parts),
        _ => None,
    });
    let words: Vec<_> = parts
        .flatten()
        .flatten()
        .filter_map(|block| match block {
            Block::Poster(text, _) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(words, ["您已进入", "视频监控区域"].repeat(3));
}
