//! The State Council's yearly notices on holidays (国务院办公厅关于部分节假日安排的
//! 通知), 2019 to 2026. To add a year: its notice as one more [`Year`] at the end.

/// One calendar year as arranged by notice.
pub(super) struct Year {
    pub year: i32,
    pub runs: &'static [Run],
    /// Weekend days that are worked, month × 100 + day.
    pub worked: &'static [u16],
}

/// A holiday from its first to its last day, month × 100 + day.
pub(super) struct Run {
    pub from: u16,
    pub to: u16,
    pub name: &'static str,
}

const fn run(from: u16, to: u16, name: &'static str) -> Run {
    Run { from, to, name }
}

const NEW_YEAR: &str = "元旦";
const SPRING: &str = "春节";
const QINGMING: &str = "清明节";
const LABOUR: &str = "劳动节";
const DRAGON_BOAT: &str = "端午节";
const MID_AUTUMN: &str = "中秋节";
const NATIONAL: &str = "国庆节";
const NATIONAL_AND_MID_AUTUMN: &str = "国庆节、中秋节";

pub(super) const YEARS: &[Year] = &[
    // With the second notice of March 2019, which lengthened the Labour Day holiday.
    Year {
        year: 2019,
        runs: &[
            run(101, 101, NEW_YEAR),
            run(204, 210, SPRING),
            run(405, 407, QINGMING),
            run(501, 504, LABOUR),
            run(607, 609, DRAGON_BOAT),
            run(913, 915, MID_AUTUMN),
            run(1001, 1007, NATIONAL),
        ],
        worked: &[202, 203, 428, 505, 929, 1012],
    },
    // With the notice of January 2020, which lengthened the Spring Festival to 2 February.
    Year {
        year: 2020,
        runs: &[
            run(101, 101, NEW_YEAR),
            run(124, 202, SPRING),
            run(404, 406, QINGMING),
            run(501, 505, LABOUR),
            run(625, 627, DRAGON_BOAT),
            run(1001, 1008, NATIONAL_AND_MID_AUTUMN),
        ],
        worked: &[119, 426, 509, 628, 927, 1010],
    },
    Year {
        year: 2021,
        runs: &[
            run(101, 103, NEW_YEAR),
            run(211, 217, SPRING),
            run(403, 405, QINGMING),
            run(501, 505, LABOUR),
            run(612, 614, DRAGON_BOAT),
            run(919, 921, MID_AUTUMN),
            run(1001, 1007, NATIONAL),
        ],
        worked: &[207, 220, 425, 508, 918, 926, 1009],
    },
    // Its last day belongs to the New Year holiday of the notice for 2023.
    Year {
        year: 2022,
        runs: &[
            run(101, 103, NEW_YEAR),
            run(131, 206, SPRING),
            run(403, 405, QINGMING),
            run(430, 504, LABOUR),
            run(603, 605, DRAGON_BOAT),
            run(910, 912, MID_AUTUMN),
            run(1001, 1007, NATIONAL),
            run(1231, 1231, NEW_YEAR),
        ],
        worked: &[129, 130, 402, 424, 507, 1008, 1009],
    },
    Year {
        year: 2023,
        runs: &[
            run(101, 102, NEW_YEAR),
            run(121, 127, SPRING),
            run(405, 405, QINGMING),
            run(429, 503, LABOUR),
            run(622, 624, DRAGON_BOAT),
            run(929, 1006, NATIONAL_AND_MID_AUTUMN),
        ],
        worked: &[128, 129, 423, 506, 625, 1007, 1008],
    },
    Year {
        year: 2024,
        runs: &[
            run(101, 101, NEW_YEAR),
            run(210, 217, SPRING),
            run(404, 406, QINGMING),
            run(501, 505, LABOUR),
            run(610, 610, DRAGON_BOAT),
            run(915, 917, MID_AUTUMN),
            run(1001, 1007, NATIONAL),
        ],
        worked: &[204, 218, 407, 428, 511, 914, 929, 1012],
    },
    Year {
        year: 2025,
        runs: &[
            run(101, 101, NEW_YEAR),
            run(128, 204, SPRING),
            run(404, 406, QINGMING),
            run(501, 505, LABOUR),
            run(531, 602, DRAGON_BOAT),
            run(1001, 1008, NATIONAL_AND_MID_AUTUMN),
        ],
        worked: &[126, 208, 427, 928, 1011],
    },
    // The notice of 4 November 2025.
    Year {
        year: 2026,
        runs: &[
            run(101, 103, NEW_YEAR),
            run(215, 223, SPRING),
            run(404, 406, QINGMING),
            run(501, 505, LABOUR),
            run(619, 621, DRAGON_BOAT),
            run(925, 927, MID_AUTUMN),
            run(1001, 1007, NATIONAL),
        ],
        worked: &[104, 214, 228, 509, 920, 1010],
    },
];
