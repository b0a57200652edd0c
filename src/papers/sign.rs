//! 标志牌. W168 art. 14 wants a conspicuous sign, R799 art. 13 and 个人信息保护法
//! art. 26 likewise; none sets its words, so the sign says what it must: that
//! cameras record here. One page of A4, and one with two of A5 to cut apart.

use super::case::Case;
use super::document::{Block, Document};
use super::picture::{Ink, Picture};

/// Characters of a name that is long.
const LONG: usize = 40;

pub fn write(case: &Case<'_>) -> Document {
    let mut paper = Document {
        bare: true,
        ..Document::default()
    };
    paper.blocks.push(Block::Signs(vec![sign(case, 70, (150, 90))]));
    let half = sign(case, 52, (75, 45));
    paper.blocks.push(Block::Signs(vec![half.clone(), half]));
    paper
}

fn sign(case: &Case<'_>, points: u16, size: (u16, u16)) -> Vec<Block> {
    let mut blocks = vec![Block::Picture(camera(size))];
    for words in ["您已进入", "视频监控区域"] {
        blocks.push(Block::Poster(words.to_owned(), points));
    }
    if let Some(name) = case.name() {
        // A long one in smaller letters, so that half a page holds it.
        let share = if name.chars().count() > LONG { 5 } else { 3 };
        blocks.push(Block::Poster(name, points / share));
    }
    blocks
}

/// A camera on its bracket, on a grid fine enough for a wall.
fn camera(size: (u16, u16)) -> Picture {
    const COLUMNS: usize = 500;
    const ROWS: usize = 300;
    let square = |at: usize| {
        let (x, y) = ((at % COLUMNS) as f64 / 2.0, (at / COLUMNS) as f64 / 2.0);
        // The body leans a little, as cameras hang.
        let (along, across) = (x * 0.966 + y * 0.259, y * 0.966 - x * 0.259);
        let body = (70.0..200.0).contains(&along) && (5.0..55.0).contains(&across);
        let hood = (55.0..212.0).contains(&along) && (-6.0..4.0).contains(&across);
        let lens = (200.0..222.0).contains(&along) && (14.0..46.0).contains(&across);
        let glass = (x - 176.0).hypot(y - 80.0) < 10.0;
        let arm = (82.0..98.0).contains(&x) && (70.0..122.0).contains(&y)
            || (40.0..98.0).contains(&x) && (108.0..122.0).contains(&y);
        let wall = (26.0..40.0).contains(&x) && (84.0..146.0).contains(&y);
        match (body || hood || lens || arm || wall) && !glass {
            true => Ink::Black,
            false => Ink::White,
        }
    };
    Picture {
        alt: "摄像头图案".to_owned(),
        columns: COLUMNS,
        squares: (0..COLUMNS * ROWS).map(square).collect(),
        size,
    }
}
