//! How what is known of a day looks and reads.

use crate::recording::daily::Kept;
use crate::ui::widgets::drawing::Ink;

/// Its colour.
pub const fn ink(kept: Kept) -> Ink {
    Ink(match kept {
        Kept::Missing => "--heat-0",
        Kept::Little => "--heat-1",
        Kept::Partly => "--heat-2",
        Kept::Nearly => "--heat-3",
        Kept::Full => "--heat-4",
        Kept::Unknown => "--heat-none",
        Kept::Outside => "--sunk",
    })
}

/// Hours and minutes as people say them.
pub fn hours(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (24.., ..) => "24 小时".to_owned(),
        (0, 0, 0) => "0 小时".to_owned(),
        (0, 0, seconds) => format!("{seconds} 秒"),
        (0, minutes, _) => format!("{minutes} 分钟"),
        (hours, 0, _) => format!("{hours} 小时"),
        (hours, minutes, _) => format!("{hours} 小时 {minutes} 分钟"),
    }
}

#[cfg(test)]
mod tests {
    use super::hours;

    #[test]
    fn lengths_read_well() {
        assert_eq!(hours(86_400), "24 小时");
        assert_eq!(hours(5_400), "1 小时 30 分钟");
        assert_eq!(hours(40), "40 秒");
    }
}
