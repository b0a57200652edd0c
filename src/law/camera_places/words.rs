//! What the words in a camera's name do, as data. Words are in folded form,
//! without spaces; the longest word at the leftmost place wins, so that a
//! harmless compound (“打包间”) hides the private word inside it.

use std::sync::OnceLock;

use super::PrivatePlace as P;
use crate::sort::Sort;

/// How surely a private word names the inside of a private place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// The room itself.
    Room,
    /// An area of rooms: its passages may be inside it.
    Area,
    /// A building or business: its passages and halls are outside the rooms.
    Building,
    /// Open by its word: to be checked by eye unless the rest settles it.
    Vague,
    /// A part of the place where a camera may or may not see it.
    Annex,
    /// A thing that stands in or near the room.
    Fixture,
}

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Private(P, Sure),
    /// Beside what stands before it.
    Outside,
    /// Beside what stands after it (English).
    OutsideOf,
    /// A passage or stair.
    Corridor,
    /// Another place, or a word that only looks private.
    Elsewhere,
    /// Another place where a 包间 is no dining room.
    Context,
    /// A house with rooms of this kind, which go by their numbers.
    Lodging(P),
    Inside,
    /// The camera looks at what follows, or towards what stands before.
    Facing,
    /// The way to what follows.
    Toward,
    /// A side or the door: inside or outside.
    Unclear,
    /// No longer, or not, what the next word says.
    Former,
    /// Whose room: those who work here.
    Staff,
    /// Whose room: those who come here.
    Guest,
    /// Whose room: animals.
    Animal,
    /// Says nothing of the place.
    Generic,
}

use Sense::*;
use Sure::*;

/// The words that begin with `letter`.
pub(super) fn beginning_with(letter: char) -> &'static [(char, &'static str, Sense)] {
    // Every name of every camera asks: sorted once.
    static SORTED: OnceLock<Vec<(char, &str, Sense)>> = OnceLock::new();
    let sorted = SORTED.get_or_init(|| {
        let mut all: Vec<_> = WORDS
            .iter()
            .flat_map(|(sense, words)| words.split_ascii_whitespace().map(|word| (word, *sense)))
            .filter_map(|(word, sense)| Some((word.chars().next()?, word, sense)))
            .collect();
        all.order_by_key(|(first, ..)| *first);
        all
    });
    let from = sorted.partition_point(|(first, ..)| *first < letter);
    let to = sorted.partition_point(|(first, ..)| *first <= letter);
    sorted.get(from..to).unwrap_or_default()
}

/// Single letters that are a word only right behind another: “厕所后”, not “产后”.
pub(super) const CLINGING: &[&str] = &["口", "廊", "前", "后", "墙", "顶", "窗"];

const WORDS: &[(Sense, &str)] = &[
    (
        Private(P::Toilet, Room),
        "卫生间 男卫生间 女卫生间 厕所 厕 男厕 女厕 公厕 茅厕 茅房 茅坑 洗手间 男洗手间 女洗手间 盥洗卫生间 \
         男卫 女卫 残卫 主卫 次卫 客卫 小便池 小便斗 便池 坐便 坐便间 卫浴间 卫浴室 卫浴房 厕卫 蹲位 蹲坑 蹲便 蹲厕 坑位 公卫内 公卫内部 公卫里 公卫男 公卫女 马桶间 如厕区 男厕所 女厕所 如厕 便所 化妆洗手间 \
         wc lav toilet restroom washroom bathroom lavatory ladiesroom mensroom womensroom gentsroom urinal powderroom \
         cesuo nance nvce weishengjian xishoujian",
    ),
    (
        Private(P::Toilet, Annex),
        "盥洗 盥洗室 盥洗间 盥洗区 洗手台 洗手池 洗手区 洗漱间 洗漱室 洗漱区 洗漱台 洗脸台 洗手盆 洗漱 公卫 washbasin handwash",
    ),
    (Private(P::Toilet, Vague), "卫浴 gents"),
    (
        Private(P::Bath, Room),
        "浴室 男浴室 女浴室 浴池 男浴池 女浴池 浴池边 男浴池边 女浴池边 浴房 浴间 淋浴 淋浴间 淋浴房 淋浴室 沐浴间 沐浴室 盆浴 盆浴间 洗浴间 洗浴室 洗浴房 男汤 女汤 洗澡 洗澡间 洗澡房 澡堂 \
         澡房 冲凉 冲凉房 冲凉间 冲淋间 桑拿 桑拿房 桑拿室 干蒸 干蒸房 湿蒸 湿蒸房 男浴 女浴 搓澡 搓澡区 搓澡间 搓背 \
         搓背区 搓背间 泡澡 泡澡池 泡池 汤池 更浴室 shower showerroom sauna saunaroom bathhouse steamroom \
         yushi linyujian zaotang",
    ),
    (
        Private(P::Bath, Area),
        "洗浴区 浴区 男浴区 女浴区 淋浴区 沐浴区 洗澡区 湿区 干湿区",
    ),
    (
        Private(P::Bath, Building),
        "洗浴中心 洗浴 洗浴城 洗浴会所 浴场 浴城 浴都 沐浴中心 浴业 汤泉馆 汗蒸馆 桑拿中心",
    ),
    (
        Private(P::Bath, Vague),
        "汗蒸 蒸汽房 汗蒸房 汗蒸室 汗蒸区 蒸气房 蒸气室 蒸汽室 浴室柜 浴室镜 浴室垫 bath 水疗 水疗间 水疗室 温泉 温泉区 温泉池 男宾 男宾区 男宾部 女宾 女宾区 女宾部 汤屋",
    ),
    (
        Private(P::ChangingRoom, Room),
        "更衣 更衣室 更衣间 更衣房 男更 女更 男更衣 女更衣 男更衣室 女更衣室 男更衣间 女更衣间 换衣间 换衣室 换衣房 换衣 换装间 \
         换装室 换装 一更 二更 一更室 二更室 脱衣间 脱衣室 易服间 changingroom malechanging femalechanging menschanging womenschanging ladieschanging gentschanging changingrm changingarea changeroom dressingroom lockerroom \
         cloakingroom gengyishi gengyijian huanyijian",
    ),
    (
        Private(P::ChangingRoom, Area),
        "更衣区 男更衣区 女更衣区 换衣区 换装区 脱衣区",
    ),
    (Private(P::Toilet, Fixture), "马桶"),
    (Private(P::ChangingRoom, Fixture), "更衣柜 更衣箱 更衣凳 衣柜"),
    (
        Private(P::FittingRoom, Room),
        "试衣间 试衣室 试衣房 试穿间 试衣 试装间 试身室 试身间 fittingroom fittingrm tryonroom shiyijian shiyishi",
    ),
    (Private(P::FittingRoom, Fixture), "试衣镜 试衣区 试穿区"),
    (
        Private(P::NursingRoom, Room),
        "母婴室 母婴间 母婴房 母婴护理室 母婴护理间 婴儿护理室 婴儿护理间 母婴休息室 哺乳喂养室 母乳 母乳喂养 母乳喂养室 哺乳 哺乳室 哺乳间 哺乳区 哺乳房 哺喂室 哺集乳室 集乳室 喂奶室 喂奶间 育婴室 \
         育婴间 妈咪室 妈妈室 妈妈小屋 妈咪小屋 爱心妈妈小屋 吸奶室 挤奶室 背奶室 nursingroom nursingrm mothersroom motherroom babycareroom babycare \
         babyroom lactationroom breastfeeding feedingroom muyingshi burushi",
    ),
    (Private(P::NursingRoom, Vague), "母婴 哺乳期 喂奶"),
    (
        Private(P::GuestRoom, Room),
        "客房 标间 标准间 标准房 大床房 双床房 单人房 双人房 三人房 单人间 双人间 三人间 四人间 多人间 套房 套间 豪华房 豪华间 \
         家庭房 亲子房 海景房 湖景房 景观房 钟点房 情侣房 主题房 圆床房 大床间 商务房 行政房 民宿房 民宿卧室 民宿主卧 民宿次卧 酒店卧室 客房卧室 套房卧室 套间卧室 guestroom guestrm hotelroom kefang",
    ),
    (Private(P::GuestRoom, Area), "客房区"),
    (Private(P::GuestRoom, Building), "客房楼 客房楼层 客房层"),
    (
        Private(P::GuestRoom, Vague),
        "房间 榻榻米 出租屋 出租房 主人房 宝宝房 儿童房 老人房 长者房 保姆房 vip房 viproom suite hotelsuite",
    ),
    (
        Private(P::PrivateDiningRoom, Room),
        "包间 包房 包厢 大包间 大包房 大包厢 中包间 中包房 中包厢 小包间 小包房 小包厢 豪包间 豪包房 雅间 雅室 雅房 餐包 宴会包间 privatediningroom privateroom privatedining baofang baoxiang",
    ),
    (
        Private(P::PrivateDiningRoom, Vague),
        "雅座 卡座包间 大包 中包 小包 豪包 baojian",
    ),
    (
        Private(P::Dormitory, Room),
        "宿舍 宿舍间 宿舍房间 宿舍楼房间 宿舍区房间 宿舍楼寝室 寝室 男寝 女寝 dorm dormitory dormroom bedroom sushe qinshi",
    ),
    (
        Private(P::Dormitory, Building),
        "宿舍楼 宿舍区 宿舍大楼 宿舍园区 寝室楼 学生公寓 员工公寓 职工公寓 教师公寓 公寓宿舍 susheloulou dormbuilding dormitorybuilding",
    ),
    (
        Private(P::Dormitory, Vague),
        "幼儿寝室 幼儿园寝室 班寝室 午睡室 午睡间 午睡区 睡眠室 睡眠区 睡房 幼儿睡房 宿舍阳台 寝室阳台 幼儿午睡",
    ),
    (Private(P::Dormitory, Fixture), "床位 铺位 上下铺 双层床"),
    (
        Private(P::StaffRestRoom, Room),
        "倒班房 倒班室 倒班宿舍 备勤室 备勤间 stafflounge staffrestroom stafflodging crewrestroom",
    ),
    (
        Private(P::StaffRestRoom, Vague),
        "休息室 休息间 休息房 休憩室 午休室 午休间 午休房 医生值班室 护士值班室 医护值班室 夜班值班室 司机之家 职工之家 \
         breakroom staffroom restarea xiuxishi",
    ),
    (
        Private(P::OtherPrivate, Vague),
        "病房 产检 产检室 病区 病室 留观 留观室 康复室 康复治疗室 透析 诊疗 居室 诊室 诊间 诊疗室 诊查室 检查室 检查间 治疗室 治疗间 处置室 b超 b超室 超声 超声室 彩超 彩超室 妇科 \
         妇科诊室 产房 产科 分娩室 待产室 手术室 手术间 换药 换药室 换药间 灌肠室 注射室 输液室 导尿室 理疗 理疗室 理疗房 针灸室 推拿 推拿室 推拿房 icu 重症 监护室 抢救室 \
         透析室 取精室 泌尿 肛肠 体检室 体检 陪护室 陪护间 胃镜室 肠镜室 心电图室 按摩 按摩房 按摩室 按摩间 按摩床 足浴 足疗 足道 沐足 spa \
         采耳 采耳房 美容床 美容室 美容间 美容房 美体 美体室 美体房 护理房 护理间 护理床 纹身 纹身室 纹绣 脱毛 月子房 月嫂房 \
         心理咨询 心理咨询室 心理室 心理辅导室 咨询室 宣泄室 卧室 主卧 次卧 闺房 化妆间 化妆室 化妆区 衣帽间 k房 k歌房 ktv房 ktvroom karaokeroom 私人影院 影院房 \
         太平间 告别室 massage massageroom treatmentroom ward consultingroom patientroom operatingroom makeuproom",
    ),
    (
        Outside,
        "楼下 口 排队 排队区 门口 门口处 门前 门外 门旁 门边 外 外面 外侧 外部 外边 外围 外头 旁 旁边 旁侧 附近 边上 对面 正对面 斜对面 周边 周围 入口 \
         入口处 出口 出入口 进口 拐角 转角 拐弯 外走廊 外过道 外通道 outside entrance entry exit door doorway nearby menkou \
         menwai rukou chukou waimian",
    ),
    (
        OutsideOf,
        "outsideof near nearto nextto opposite beside infrontof entranceof entranceto doorof hallto hallwayto corridorto passageto wayto stairsto leadingto behind adjacentto by",
    ),
    (
        Corridor,
        "廊 走廊 走道 过道 通道 廊道 连廊 长廊 回廊 楼道 甬道 弄堂 楼梯 楼梯间 楼梯口 步梯 扶梯 电梯 电梯厅 电梯间 电梯口 电梯轿厢 \
         电梯前室 梯厅 corridor hallway hall passage passageway aisle stairs staircase stairway lift elevator escalator zoulang \
         guodao tongdao loudao louti dianti",
    ),
    (
        Elsewhere,
        "大厅 前厅 大堂 门厅 中庭 前台 总台 服务台 接待台 接待 收银 收银台 收银处 收款台 吧台 水吧 导诊台 分诊台 护士站 候诊区 等候区 候车厅 \
         大门 正门 后门 侧门 东门 南门 西门 北门 门岗 岗亭 门卫 门卫室 保安室 保安亭 传达室 值班室 值班岗 监控室 监控中心 消控室 消防控制室 \
         仓库 库房 库区 储藏室 储物间 布草 布草间 工作间 工具间 设备间 杂物间 清洁间 洗衣房 机房 配电房 配电间 锅炉房 泵房 水泵房 \
         办公 办公室 办公区 管理室 管理处 管理间 管理房 宿管 宿管室 宿管站 宿舍管理员 宿舍管理 销售区 大包装 小包装 大包裹 小包裹 小包子 大包子 预订处 展厅 展区 展柜 专柜 专卖 专卖店 门店 货架 柜台 \
         停车场 停车位 停车区 车库 车棚 车位 餐厅 食堂 厨房 后厨 操场 球场 篮球场 广场 花园 院子 庭院 天井 天台 楼顶 屋顶 外墙 围墙 活动室 \
         晾晒区 晾衣区 巷 胡同 街 路口 路段 马路 道路 人行通道 消防通道 消防楼梯 员工通道 vip通道 安全通道 安全出口 \
         休息区 休息厅 休息大厅 卫浴店 卫浴展厅 卫浴专柜 卫浴展区 休闲区 客房部 客房中心 客房服务 \
         打包间 打包房 打包 面包间 面包房 背包房 分包间 拆包间 拼包间 红包厢 药房 票房 厂房 样板房 工地 外套 配套 浸泡 潮湿 邮包 集包 供包 建包 卸包 装包 缝包 灌包 查包 验包 钱包 书包 挎包 皮包 箱包 \
         男卫衣 女卫衣 男卫生员 女卫生员 化粪池 后山 山坡 河边 湖边 树下 草坪 绿化带 绿地 大院 院内 院里 小院 后院 前院 路边 路旁 路灯 北路 南路 东路 西路 \
         母乳库 宣传栏 公告栏 销售中心 售楼处 售楼部 营销中心 生产线 装配线 流水线 灌装线 五金 建材 鞋吧 动物 母猪 晾衣场 晾晒场 售票处 售票厅 售票窗口 检票口 商城 宿舍楼顶 公寓楼顶 茶房 库房区 垃圾房 \
         浴巾 浴巾房 浴霸 浴袍 浴具 浴盐 沐浴露 浴液 浴缸 淋浴器 沐浴用品 海滨浴场 天然浴场 户外浴场 露天浴场 \
         卫生用品 卫生院 卫生服务 卫生服务中心 卫生服务站 卫生室 卫生所 卫生站 卫生监督 公共卫生服务 公共卫生科 公卫科 卫生纸 \
         母婴用品 母婴店 母婴专柜 母婴区 试衣展 厕纸 纸巾 用品 马桶盖 马桶展 病房楼 超声波 \
         nursingstation nursestation nursinghome parcellocker lobby gate maingate parking carpark garage cashier counter frontdesk \
         reception desk kitchen office warehouse storage store shop canteen yard roof wall fence meetingroom serverroom lounge \
         atm bar dock loadingdock platform dining diningroom diningarea classroom library livingroom garden security controlroom shelf showroom playground square plaza pool gym workshop gatehouse carwash dishwash bottlewash supplies accessories tiles paper cleaner cleaning seats fittings fixtures gel curtain wear shoes clothing clothes fashion construction boardroom ballroom waitingroom waitingarea street road dating datang qiantai shouyin cangku bangongshi damen tingchechang chufang",
    ),
    (
        Context,
        "ktv k歌 量贩 歌厅 歌城 卡拉ok 夜总会 酒吧 会所 网吧 网咖 电竞 影院 影吧 轰趴 茶楼 茶馆 茶室 茶社 棋牌 棋牌室 麻将 麻将馆 会议 \
         会议室 剧本杀 密室 桌游 台球 桌球 影咖 网鱼 娱乐 高铁 火车 列车 剧院 剧场 体育场",
    ),
    (
        Lodging(P::GuestRoom),
        "酒店 宾馆 旅馆 旅店 旅社 民宿 招待所 客栈 饭店 hotel",
    ),
    (Lodging(P::OtherPrivate), "养老院 敬老院 护理院 福利院 颐养院 公寓"),
    (
        Inside,
        "内 里 内部 里面 里边 里侧 内侧 内走廊 内过道 内通道 中间 室内 角落 隔间 吊顶 天花板 天花 顶部 床 床头 床边 床尾 电视 电视机 空调 储物柜 \
         储物区 喷头 水龙头 柜 柜子 凳 凳子 长凳 椅 椅子 沙发 桌 桌子 茶几 地面 花洒 镜子 插座 客厅 书桌 顶棚 棚顶 墙角 inside interior",
    ),
    (
        Facing,
        "对着 正对 正对着 直对 对准 朝 朝向 朝着 面向 面朝 面对 拍 拍摄 直拍 照向 照着 看向 望向 方向 方位 视角 靠近 临近 靠 facing \
         towards toward lookingat viewof",
    ),
    (Toward, "往 通往 去往 通向 前往 去"),
    (
        Unclear,
        "门 东侧 南侧 西侧 北侧 左侧 右侧 前侧 后侧 侧 东面 南面 西面 北面 后面 前面 侧面 背面 一侧 两侧 前室 前区 阳台 窗口 窗外 窗户 外窗 上空 区域外围 前 后 前方 后方 背后 墙 墙上 墙面 外立面 顶 窗",
    ),
    (
        Former,
        "原 旧 非 无 前身 改 改造 改建 改成 改为 拆 拆除 已拆 废弃 停用 报废 拟建 待建",
    ),
    (
        Staff,
        "倒班 轮班 员工 职工 工人 工作人员 司机 驾驶员 乘务员 护士 医生 医护 医师 教师 老师 教职工 保安 保洁 保洁员 环卫 环卫工 店员 服务员 技师 演员 厨师 \
         店长 民警 站务员 收银员 营业员 快递员 骑手 值班员 值班人员 船员 列车员 警务 安保 值班 空乘 机组 乘务 后勤 志愿者 义工 施工人员 导购 售货员 staff employee",
    ),
    (
        Guest,
        "顾客 旅客 乘客 客户 客人 来宾 贵宾 嘉宾 访客 家长 家属 患者 病人 游客 考生 业主 会员 候车 候机 候诊 等候 vip customer visitor passenger",
    ),
    (Animal, "宠物 狗狗 猫咪 爱犬"),
    (
        Generic,
        "摄像头 摄像机 监控 监控点 监控头 监控摄像头 探头 枪机 球机 半球 枪球 云台 高清 全景 针孔 无线 网络 数字 模拟 设备 点位 相机 视频 镜头 \
         海康 海康威视 大华 宇视 萤石 华为 天地伟业 雄迈 新建 新增 新 未命名 未知 未定义 默认 测试 备用 无名称 暂无 空 数字通道 模拟通道 ip通道 网络通道 \
         camera cam channel ch ipcamera ipc ipcam ipdome dome bullet ptz nvr dvr hvr hik hikvision dahua uniview video test \
         家庭 untitled unnamed default unknown none null na room floor male female men women ladies no",
    ),
];

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::law::fold;
    use std::collections::BTreeMap;

    #[test]
    fn every_word_stands_once_and_folded() {
        let mut seen = BTreeMap::new();
        for (sense, words) in WORDS {
            for word in words.split_ascii_whitespace() {
                assert_eq!(word.chars().map(fold::character).collect::<String>(), word);
                assert!(word.chars().all(char::is_alphanumeric), "{word}");
                assert_eq!(seen.insert(word, sense), None, "{word} twice");
            }
        }
    }
}
