//! QR codes in pictures.

use quircs::Quirc;

/// A larger picture is not looked at.
const MAX_POINTS: usize = 4_000_000;

/// What the first readable QR code says in a grey picture of `width` points a
/// row, black 0 to white 255. Looks a second time at half the size, where the
/// noise of a camera is less.
pub fn code(width: usize, luma: &[u8]) -> Option<String> {
    let height = luma.len().checked_div(width)?;
    if luma.len() > MAX_POINTS || height == 0 || width * height != luma.len() {
        return None;
    }
    read(width, height, luma).or_else(|| match (width / 2, height / 2) {
        (0, _) | (_, 0) => None,
        (half_width, half_height) => {
            let point = |x: usize, y: usize| u32::from(luma.get(y * width + x).copied().unwrap_or(255));
            let halved = |at: usize| {
                let (x, y) = (at % half_width * 2, at / half_width * 2);
                ((point(x, y) + point(x + 1, y) + point(x, y + 1) + point(x + 1, y + 1)) / 4) as u8
            };
            let halves: Vec<u8> = (0..half_width * half_height).map(halved).collect();
            read(half_width, half_height, &halves)
        }
    })
}

fn read(width: usize, height: usize, luma: &[u8]) -> Option<String> {
    let mut finder = Quirc::new();
    let mut found = finder.identify(width, height, luma);
    found.find_map(|code| String::from_utf8(code.ok()?.decode().ok()?.payload).ok())
}
