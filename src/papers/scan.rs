//! QR codes in pictures.

use rqrr::PreparedImage;

/// A larger picture is not looked at.
const MAX_POINTS: usize = 4_000_000;

/// What the first readable QR code says in a grey picture of `width` points a
/// row, black 0 to white 255. Looks a second time at half the size, where the
/// noise of a camera is less.
pub fn code(width: usize, luma: &[u8]) -> Option<String> {
    let height = luma.len().checked_div(width)?;
    if luma.len() > MAX_POINTS || height == 0 {
        return None;
    }
    let point = |x: usize, y: usize| luma.get(y * width + x).copied().unwrap_or(255);
    let halved = |x: usize, y: usize| {
        let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| u32::from(point(2 * x + dx, 2 * y + dy)));
        (sum.iter().sum::<u32>() / 4) as u8
    };
    read(width, height, point).or_else(|| match (width / 2, height / 2) {
        (0, _) | (_, 0) => None,
        (width, height) => read(width, height, halved),
    })
}

fn read(width: usize, height: usize, point: impl Fn(usize, usize) -> u8) -> Option<String> {
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, point);
    let grids = picture.detect_grids();
    grids.iter().find_map(|grid| grid.decode().ok().map(|(_, text)| text))
}
