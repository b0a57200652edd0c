//! Findings: what it is, why it may be, what to do.

use crate::recording::EventKind;
use crate::recording::problem::{Content, ProblemKind};
use crate::recording::time::Civil;
use crate::words::lang::t;

/// The sentence for people.
pub fn detail(problem: &ProblemKind) -> String {
    use ProblemKind as P;
    match problem {
        P::Empty => t!("文件是空的（0 字节）：导出或拷贝没有成功。请从录像机重新导出这一段。").to_owned(),
        P::ZeroFilled { bytes, whole: true } => t!("整个文件（{}）全是零，没有任何画面：多因导出中断、磁盘故障或文件被清空。请从录像机重新导出，并检查硬盘或 U 盘。", size(*bytes)),
        P::ZeroFilled { bytes, whole: false } => t!("从此处起 {} 是零：只预留了空间而没有写入画面，多因导出中断或介质故障。请重新导出，并检查硬盘或 U 盘。", size(*bytes)),
        P::PictureBlanked { bytes } => t!("画面数据中间有 {} 被清零，第一处在此：多因硬盘或存储卡有坏块，也可能被人抹去。请从录像机重新导出，并检查存储介质。", size(*bytes)),
        P::ZeroPadding { bytes } => t!("录像正常结束之后还有 {} 的零：多是预留空间，画面本身不缺，但与原始导出不一致。建议重新导出。", size(*bytes)),
        P::Truncated { missing: Some(missing) } => t!("文件在此处中断，按自身记载还应有 {}：多因导出或拷贝未完成、空间不足、断电。请重新导出这一段。", size(*missing)),
        P::Truncated { missing: None } => {
            t!("文件在此处中断，最后一部分不完整：多因导出或拷贝未完成、断电。请重新导出这一段。").to_owned()
        }
        P::IndexMissing => {
            t!("缺少索引，播放器找不到画面：多因录像时断电或导出未完成。请重新导出；如录像机内的原文件也是如此，请联系维护单位修复。")
                .to_owned()
        }
        P::IndexInconsistent(what) => t!("索引有误：{}。请重新导出；如仍如此，该文件可能损坏或被改动过。", what.label()),
        P::DataMissing { missing, total } => t!("索引记载的 {total} 个样本中有 {missing} 个不在文件内：画面数据缺失，只剩索引。请重新导出这一段。", total = total, missing = missing),
        P::NoData => t!("文件里只有索引，没有画面数据。请重新导出这一段。").to_owned(),
        P::PartHead => t!("这是分段录像的开头部分，只有说明，没有画面，不能单独播放，无法检查（文件没有坏）。请导出整段录像，或与后面各段（如 .m4s）按顺序合并成一个文件后放入。").to_owned(),
        P::PartBody => t!("这是分段录像中间的一段，开头部分（如 init.mp4）在另一个文件里，不能单独播放，无法检查（文件没有坏）。请导出整段录像，或按顺序合并成一个文件后放入。").to_owned(),
        P::TimestampsBackwards { times } => t!("画面时间有 {times} 处倒退：可能是录像机对时，也可能由几段拼接而成。请核对校时记录，必要时重新导出原始格式。", times = times),
        P::TimestampJump { seconds } => t!("画面时间在此处跳变 {}：中间可能缺录，也可能被剪去。请与录像机上的同一时段核对。", duration(*seconds)),
        P::NameTimeMismatch { name, other, source } => t!("文件名写的是 {}，而{}是 {}：文件可能被改过名，或录像机时钟不准。请核对录像机时钟后重新导出。", time(*name), source.label(), time(*other)),
        P::NameTimeLater { name, other } => t!("文件名写的是 {}，文件头的创建时间是 {}：后者可能只是导出的时间。如需证明录像时间，请导出录像机的原始格式。", time(*name), time(*other)),
        P::NameContradictsItself { name, other } => t!("文件夹和文件名写的是 {}，文件名末尾的 Unix 时间却是 {}（北京时间）：文件可能被改过名或换过文件夹，或摄像机时钟不准。请核对摄像机时钟，并与存储卡上的同一时段核对。", time(*name), time(*other)),
        P::NameDurationMismatch { name_seconds, seconds } => t!("按文件名应有 {}，实际只录了 {}：导出可能不完整，或中间有停录。请与录像机上的同一时段核对。", duration(*name_seconds), duration(*seconds)),
        P::ExtensionMismatch { extension, kind } => t!("扩展名是 .{extension}，内容其实是{}：有的录像机就这样命名，也可能被改过名。内容已按实际格式检查。", kind.label(), extension = extension),
        P::NotARecording { extension, what: Content::Unknown } => t!("扩展名是 .{extension}，内容却无法识别：可能是加密的或专有格式的录像，也可能文件已损坏，无法判断。请在录像机上改选 MP4 或原始格式重新导出。", extension = extension),
        P::NotARecording { extension, what } => t!("扩展名是 .{extension}，内容却是{}：这不是录像。请确认没有改错文件名，并从录像机重新导出。", what.label(), extension = extension),
        P::ReEncoded { tool } => t!("文件由 {tool} 写成，不是录像机的原始文件（转换不等于篡改）。作为证据保存时，请同时导出录像机的原始格式。", tool = tool),
        P::Edited { tool } => t!("文件由剪辑软件 {tool} 写成，内容可能剪过。请从录像机重新导出原始文件。", tool = tool),
        P::DuplicateFile { of } => t!("与“{of}”的内容完全相同：同一段录像放了两份，只计一次。如本应是另一段，请重新导出。", of = of),
        P::DuplicateContent { of } => t!("与“{of}”是同一段画面，只计一次。如本应是另一段，请重新导出。", of = of),
        P::TrailingData { bytes } => t!("录像正常结束之后还有 {} 多余数据：可能是拼接或写入了别的内容。请重新导出并比对。", size(*bytes)),
        P::ListIncomplete { items, total: Some(total) } => t!("清单应有 {total} 条，这里有 {items} 条：与总数不符，不能据此判断保存天数。请导出全部结果（逐页或分时段）后一起放入。", total = total, items = items),
        P::ListIncomplete { items, total: None } => t!("清单注明后面还有，这里只有 {items} 条，不能据此判断保存天数。请导出全部结果（逐页或分时段）后一起放入。", items = items),
        P::LineUnreadable { line, why } => t!("第 {line} 行读不懂（{}），没有计入，其余各行照常使用。请核对这一行。", why.label(), line = line),
        P::LinesUnreadable { lines } => t!("另有 {lines} 行读不懂，没有计入。请核对清单的格式。", lines = lines),
        P::ColumnsUnknown => {
            t!("没有认出清单的列。请导出带表头的 CSV，其中要有通道、开始时间、结束时间（或时长）。").to_owned()
        }
        P::ZoneDoubtful => {
            t!("时间后面带“Z”（世界时标记），而国内录像机通常只是照写本地时间，这里按本地时间计。如确为世界时，请在选项里把时钟差设为 8 小时。")
                .to_owned()
        }
        P::FutureRecording { seconds } => t!("有 {} 的录像晚于检查日，没有计入：录像机时钟可能偏快，或检查日填错。请核对。", duration(*seconds)),
        P::FramesMissing { frames } => {
            t!("画面编号中断，缺 {frames} 帧：可能丢帧，也可能被剪去。请与录像机上的同一时段核对，或重新导出。", frames = frames)
        }
        P::MixedChannels { channels } => t!("一个文件里混有 {channels} 个通道的画面。请按通道分别导出。", channels = channels),
        P::Encrypted => t!("画面已加密，无法检查内容。请在录像机或客户端上用密码导出未加密的录像。").to_owned(),
        P::Ciphered => t!("文件头之后没有录像的结构，像是加密的数据，无法检查。请在录像机或客户端上用密码导出未加密的录像；如并未加密，请重新导出。").to_owned(),
        P::ClockChanged { seconds: 0 } => t!("日志记有修改时钟。请说明原因，并留存校时记录。").to_owned(),
        P::ClockChanged { seconds } => t!("日志记有修改时钟，相差 {}。请说明原因，并留存校时记录。", duration(*seconds)),
        P::DiskFormatted => t!("日志记有格式化硬盘：此前的录像不复存在。请说明原因，并留存记录。").to_owned(),
        P::SignatureInvalid { frame: Some(frame), ms: Some(ms) } => t!("从第 {} 幅画面（{}）起与摄像机的签名不符：画面被改动、删减或调换过。请从录像机重新导出并核对。", frame + 1, position(*ms)),
        P::SignatureInvalid { frame: Some(frame), ms: None } => t!("从第 {} 幅画面起与摄像机的签名不符：画面被改动、删减或调换过。请从录像机重新导出并核对。", frame + 1),
        P::SignatureInvalid { frame: None, .. } => {
            t!("文件与它的导出签名不符：导出以后被改动过，或者不完整。请从录像机重新导出并核对。").to_owned()
        }
        P::SignerChanged { frame, ms: Some(ms) } => t!("从第 {} 幅画面（{}）起换了签名者：由分别签名的录像拼接而成。请分别提供原来的文件。", frame + 1, position(*ms)),
        P::SignerChanged { frame, ms: None } => t!("从第 {} 幅画面起换了签名者：由分别签名的录像拼接而成。请分别提供原来的文件。", frame + 1),
        P::DigestMismatch { manifest } => {
            t!("与“{manifest}”中记载的校验值不符：文件在登记之后有变化。请找出原件重新比对。", manifest = manifest)
        }
        P::DigestMissingFile { name } => t!("校验清单里的“{name}”不在这批文件中。请补上后重新检查。", name = name),
        P::ItemsUnreadable { items, why } => {
            t!("有 {items} 条录像读不懂（{}），没有计入，其余照常使用。请重新导出清单并核对。", why.label(), items = items)
        }
        P::ListBroken => {
            t!("清单从此处起写法有误，后面的内容没有计入，不能据此判断保存天数。请缩短时段重新导出。").to_owned()
        }
        P::ListEmpty => {
            t!("清单里没有一条录像：可能查询的时段内没有录像，也可能没有导出成功。请核对查询条件后重新导出。").to_owned()
        }
        P::OverviewOnly => {
            t!("这份清单只给出哪天有录像或最早、最晚的时间，看不出中间有没有缺录，不能据此判定达标。请另外导出逐段的录像清单。").to_owned()
        }
        P::OpenEnded => {
            t!("最后的状态是正在录像，没有结束时间：按一直录到检查日计。如查询时段在检查日之前就结束，请重新查询到当天。").to_owned()
        }
        P::ScheduleOff { channel } => {
            t!("通道 {channel} 没有启用录像计划，不会自动录像。请在录像机上启用全天录像。", channel = channel)
        }
        P::Logged { event, times, first, last } => logged(*event, *times, *first, *last),
        P::ClockOffset { seconds: ahead @ 1.. } => t!("录像机时钟比保存此文件的时间快 {}：如文件是当时保存的，说明时钟不准，录像时间也随之有偏差。请校时并记录。", duration(*ahead)),
        P::ClockOffset { seconds } => t!("录像机时钟比保存此文件的时间慢 {}：如文件是当时保存的，说明时钟不准，录像时间也随之有偏差。请校时并记录。", duration(*seconds)),
        P::DigestNotListed { manifest } => {
            t!("校验清单“{manifest}”里没有这个文件，无法核对它有没有变动。请补登，或确认它是后来放入的。", manifest = manifest)
        }
        P::DigestsOtherKind { kind } => t!("清单用的是 {kind} 校验值，本工具核对 SHA-256、SM3、SHA-1 和 MD5；这里只核对了文件是否齐全。请改用 SHA-256 或 SM3 重新登记。", kind = kind),
        P::EntryEncrypted => t!("压缩包里的文件有密码，没有检查。请用密码解压后放入。").to_owned(),
        P::UnsafePath { name } => t!("压缩包里有一个文件的路径指向压缩包之外（{name}），正常的导出不会这样，没有打开。请确认压缩包的来源。", name = name),
        P::LimitReached(limit) => t!("{}，其余部分没有检查，不作判断。请分成较小的文件或较短的时段导出。", limit.label()),
        P::NotChecked(content) => not_checked(*content),
        P::ReaderFailed => t!("检查这个文件时本工具出错，不作判断。请把文件保留好，并向开发者反映。").to_owned(),
        P::Garbled { bytes: Some(bytes) } => t!("此处有 {} 不是录像数据：多因磁盘坏道、拷贝出错或被改写，这一段画面已损坏。请重新导出这一段，并检查硬盘或 U 盘。", size(*bytes)),
        P::Garbled { bytes: None } => {
            t!("从此处起不是录像数据：多因磁盘坏道、拷贝出错或被改写。请重新导出这一段，并检查硬盘或 U 盘。").to_owned()
        }
        P::MiddleNotRead { bytes, pictures: true } => t!("文件较大，中间 {} 的画面已逐帧看过，时间标记只看了开头和结尾。如需细查，请分成较短的时段导出。", size(*bytes)),
        P::MiddleNotRead { bytes, pictures: false } => t!("文件较大，只看了开头和结尾，中间 {} 没有逐帧检查。如需细查，请分成较短的时段导出。", size(*bytes)),
        P::CounterSkips { steps } => t!("画面包的流水号有 {steps} 处不连续：可能丢包，也可能是该机型的编号方式。请与录像机上的同一时段核对。", steps = steps),
        P::PacketsMissing { packets } => t!("按计数至少缺 {packets} 个数据包：可能传输丢包，也可能被剪去。请与录像机上的同一时段核对，或重新导出。", packets = packets),
        P::NotClosed => {
            t!("录像没有正常收尾，缺少总长度和索引：多因录像或导出时中断、断电。请重新导出这一段。").to_owned()
        }
        P::HeadMissing => {
            t!("开头缺少解码所需的参数，从中间才开始：可能被截去开头。请从录像机重新导出这一段。").to_owned()
        }
        P::NoClock => {
            t!("这种裸流不带时间，只检查了结构，看不出录像时段和缺录。请导出录像机的原始格式或 MP4，并附录像清单。").to_owned()
        }
        P::ParametersChange { times } => t!("画面的编码参数在此处换成了另一套（共 {times} 次）：可能是两段录像拼接而成，也可能是录像期间改过摄像机的编码设置。请与录像机上的同一时段核对，并重新导出。", times = times),
        P::OrderBackwards { times } => t!("有 {times} 处画面的先后与画面自带的编号不符：次序被调换过，或有画面重复。请与录像机上的同一时段核对，并重新导出。", times = times),
        P::KeyDistance { usual, found, times } => t!("关键帧一般每 {usual} 帧一个，此处却隔了 {found} 帧（共 {times} 处不同）：可能是摄像机临时插入了关键帧，也可能少了几帧。如有疑问，请与录像机上的同一时段核对。", usual = usual, found = found, times = times),
        P::EditList { parts } => t!("播放表把录像分成 {parts} 段来放：文件里的画面与放出来的不一致，是剪辑后的文件。请从录像机重新导出原始文件。", parts = parts),
        P::EditSkips { seconds } => t!("播放时会跳过开头的 {}：多因按时段截取时从前一个关键帧切起，画面数据仍在文件里。作为证据保存时，请从录像机重新导出整段。", duration(*seconds)),
        P::ChangedLater { seconds } => t!("文件头的修改时间比录像结束晚 {}：录完之后又写过一次文件头，多因导出或转换。作为证据保存时，请同时导出录像机的原始格式。", duration(*seconds)),
        P::SavedEarlier { saved, recorded } => t!("文件在 {} 就已保存，里面的录像却录到 {}：录像机时钟或文件时间有一个不对。请核对录像机时钟。", time(*saved), time(*recorded)),
        P::MarksMissing { vendor } => t!("文件名像是{vendor}录像机的导出，里面却没有{vendor}的标记：多因转换过格式，不是录像机的原始文件（转换不等于篡改）。作为证据保存时，请同时导出录像机的原始格式。", vendor = super::vendor::vendor(vendor)),
        P::PicturesOfAnotherTime { of, other, same, runs } => t!("与 {} 的“{of}”是同样的画面：逐帧比较大小，{runs} 组连续画面中有 {same} 组完全相同。同一段画面不会录两次，其中一份的时间不对。请从录像机重新导出这两个时段。", time(*other), of = of, runs = runs, same = same),
        P::CopyOfAnotherTime { of, other } => t!("与 {} 的“{of}”的内容完全相同，时间却不同：同一段录像被当作两段。请从录像机重新导出这两个时段。", time(*other), of = of),
        P::OfAnotherChannel { of, channel, .. } => t!("与通道 {channel} 的“{of}”是同一段画面，却记在另一个通道名下，没有计入。请从录像机重新导出这两个通道。", channel = channel, of = of),
        P::StaleEntries { entries } => {
            t!("索引里有 {entries} 条旧记录，所指位置已被新的录像覆盖，没有计入保存时间。无需处理。", entries = entries)
        }
    }
}

/// What a log tells, how often, when.
fn logged(event: EventKind, times: u64, first: Civil, last: Civil) -> String {
    let when = match times {
        0 | 1 => time(first),
        _ => t!("{} 至 {} 共 {times} 次", time(first), time(last), times = times),
    };
    let advice = match event {
        EventKind::ClockChanged => t!("改动前后的录像时间可能不连续。请说明原因，并留存校时记录。"),
        EventKind::DiskFormatted => t!("此前的录像不复存在，在规定的保存期内属于缺失。请说明原因，并留存记录。"),
        EventKind::DiskFailed => t!("可能造成缺录。请更换或检修硬盘，并核对这段时间的录像。"),
        EventKind::VideoLost => t!("该时段没有画面。请检查摄像机供电和线路，并核对录像。"),
        EventKind::PowerOff => t!("停机期间没有录像。请核对缺录时段，检查供电或不间断电源。"),
        EventKind::RecordingStopped => t!("系统应当不间断运行。请查明是谁、为何停录，并留存记录。"),
        EventKind::ConfigChanged => t!("请核对改动是否影响录像计划和保存天数。"),
    };
    t!(
        "日志记有{}（{when}）：{advice}",
        event.label(),
        when = when,
        advice = advice
    )
}

fn not_checked(content: Content) -> String {
    match content {
        Content::Recording => {
            t!("认出是录像文件，但本工具还不能检查这种格式，不作判断。请同时导出 MP4 或录像清单（CSV）。").to_owned()
        }
        Content::Archive => t!("这是压缩包，没有打开检查。请先解压，再把里面的文件放入。").to_owned(),
        Content::Program => {
            t!("这是程序，没有检查。如是自带播放器的录像，请在录像机上改选 MP4 或原始格式重新导出。").to_owned()
        }
        Content::Spreadsheet => t!("这是电子表格，没有检查。请另存为 CSV（逗号分隔）后放入。").to_owned(),
        Content::Database => t!("这是数据库文件，没有检查。请从录像机或客户端导出录像清单（CSV）。").to_owned(),
        Content::Unknown => t!("内容无法识别，没有检查，不作判断。").to_owned(),
        other => t!("这是{}，不是录像，没有检查。", other.label()),
    }
}

/// `2026-01-31 08:00:00`.
fn time(time: Civil) -> String {
    time.naive().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)];
    for (unit, of) in UNITS {
        if bytes >= of {
            let tenths = bytes.saturating_mul(10) / of;
            return format!("{}.{} {unit}", tenths / 10, tenths % 10);
        }
    }
    t!("{bytes} 字节", bytes = bytes)
}

/// A length of time for people.
pub fn duration(seconds: i64) -> String {
    let s = seconds.unsigned_abs();
    let (days, hours, minutes, rest) = (s / 86_400, s / 3600 % 24, s / 60 % 60, s % 60);
    let parts = [
        (days > 0).then(|| t!("{n} 天", n = days)),
        (hours > 0).then(|| t!("{n} 小时", n = hours)),
        (minutes > 0).then(|| t!("{n} 分", n = minutes)),
        (rest > 0 || s == 0).then(|| t!("{n} 秒", n = rest)),
    ];
    let told: Vec<_> = parts.into_iter().flatten().collect();
    told.join(" ")
}

/// A place in a recording: `1:02:03.4`.
pub(super) fn position(ms: u64) -> String {
    let (seconds, tenths) = (ms / 1000, ms % 1000 / 100);
    format!(
        "{}:{:02}:{:02}.{tenths}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}
