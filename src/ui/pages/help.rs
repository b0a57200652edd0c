//! Help: how to get the files out of a recorder, what the kit keeps, the keys,
//! and every term of art.

use yew::prelude::*;

use super::PageProps;
use super::overview::invitation::example_button;
use crate::ui::widgets::cites::Cites;
use crate::words::lang::t;
use crate::words::terms::Term;

/// The page.
#[component]
pub fn Help(props: &PageProps) -> Html {
    html! {
        <>
            <h1>{ t!("帮助") }</h1>
            <p class="lede">{ t!("不知道从哪里下手，就从“总览”开始，或者先看一个示例。要找什么，用左上角的“查找”。") }</p>
            <p class="foot no-print">{ example_button(props) }</p>
            <section class="card">
                <h2>{ t!("怎么把录像从录像机里拿出来") }</h2>
                <p>{ t!("各家录像机的菜单叫法不一样，下面只说要找什么、拿到什么。找不到时，把这一段给安装公司的人看。") }</p>
                { for recorders().into_iter().map(recorder) }
            </section>
            <section class="card">
                <h2>{ t!("这个工具存什么、不存什么") }</h2>
                <ul>{ for keeps().into_iter().map(|text| html! { <li>{ text }</li> }) }</ul>
            </section>
            <section class="card">
                <h2>{ t!("键盘") }</h2>
                <dl class="keys">{ for keys().into_iter().map(|(key, text)| html! { <div><dt><kbd>{ key }</kbd></dt><dd>{ text }</dd></div> }) }</dl>
            </section>
            <section class="card">
                <h2>{ t!("名词解释") }</h2>
                <dl class="terms">
                    { for Term::ALL.iter().map(|term| html! {
                        <div id={format!("term-{}", term.id())} tabindex="-1">
                            <dt>{ term.label() }</dt>
                            <dd>{ term.explain() }{ term.cite().map(|cite| html! { <Cites refs={vec![cite.to_owned()]} /> }) }</dd>
                        </div>
                    }) }
                </dl>
            </section>
        </>
    }
}

/// A kind of recorder and how its files are had, step by step.
struct Recorder {
    name: &'static str,
    steps: Vec<&'static str>,
}

fn recorder(recorder: Recorder) -> Html {
    html! {
        <details class="more">
            <summary>{ recorder.name }</summary>
            <ol>{ for recorder.steps.into_iter().map(|step| html! { <li>{ step }</li> }) }</ol>
        </details>
    }
}

fn recorders() -> Vec<Recorder> {
    vec![
        Recorder {
            name: t!("不管哪一家，先这样做"),
            steps: vec![
                t!("准备一个空的 U 盘。用能看录像的账号登录录像机。"),
                t!("看一眼录像机的时间，和手机上的时间比一比，差多少记下来，填到“录像检验”页的“录像机的情况”里。"),
                t!("在录像机上找回放或者备份，时间选最近 30 天（要求更长的选更长），通道全选。"),
                t!("能导出录像清单（表格、CSV、TXT、XML）的，导出清单最省事：一个小文件就能看出天数和缺口。"),
                t!("要看文件完不完整，再挑几段导出录像。有几种格式可以选的，选录像机的原始格式，不要选转成 MP4。"),
                t!("把 U 盘插到这台电脑上，把文件或者整个文件夹拖到“录像检验”页。"),
            ],
        },
        Recorder {
            name: t!("海康威视"),
            steps: vec![
                t!("导出的录像扩展名多是 .mp4，里面其实是录像机自己的格式，直接放进来就可以，不用转换。"),
                t!(
                    "从萤石等摄像头的存储卡上拷的，把 hiv 开头的 .mp4 和 index00.bin 一起放进来：索引里有每一段的时间。"
                ),
                t!(
                    "安装公司会用接口（ISAPI）的，请他把搜索录像的结果存成 XML。结果里写着 MORE 的是还没查完，要接着查到完，再一起放进来。"
                ),
                t!("只有每天有没有录像的日历，看不出一天里缺几小时，只能作参考。"),
            ],
        },
        Recorder {
            name: t!("大华"),
            steps: vec![
                t!("导出时选 .dav，不要选 .mp4：.dav 里带着每一帧的编号和时间，缺一段就看得出来。"),
                t!("不要改文件名：名字里有通道和起止时间。"),
                t!("安装公司会用接口的，可以请他把查找录像文件的结果存成文本或者 JSON。"),
            ],
        },
        Recorder {
            name: t!("雄迈一类（贴牌的录像机常用）"),
            steps: vec![
                t!("导出的录像是 .h264，直接放进来。"),
                t!("连同文件夹一起拷：日期写在文件夹的名字上。"),
            ],
        },
        Recorder {
            name: t!("宇视、天地伟业和其他牌子"),
            steps: vec![
                t!("它们的专有格式没有公开，本工具不一定读得出来，读不出来会如实说，不会当成损坏。"),
                t!("请优先导出录像清单（表格或者文本）。表头认不出来时，页面会请您指出哪一列是通道、哪一列是时间。"),
                t!("录像请导出成 MP4、AVI、TS 这些通用格式。"),
            ],
        },
        Recorder {
            name: t!("接在公安或者其他平台上的（GB/T 28181）"),
            steps: vec![
                t!("请平台的人把录像检索的结果存成 XML。结果分成几条发来的，每一条都要：少一条就不能下结论。"),
                t!("设备目录也一起要来，可以核对每个摄像头是不是都有录像。"),
            ],
        },
        Recorder {
            name: t!("导出来的是 .exe、.rar 或者 .7z"),
            steps: vec![
                t!("先解开，再把里面的录像放进来；.zip、.tar、.gz 不用解。"),
                t!("自带播放器的 .exe 请改选只导出录像文件。"),
            ],
        },
    ]
}

fn keeps() -> Vec<&'static str> {
    vec![
        t!("录像和清单只在这台电脑上读，不上传；网页本身也被禁止联网。"),
        t!("您填写的内容，默认关掉页面就没有了。选了“留在这台电脑”，才会存在浏览器里，下次打开还在。"),
        t!(
            "能用这台电脑的人，以及在这台电脑上打开的其他本地网页文件，也可能读到存在浏览器里的内容。公用的电脑请选“不留”，用“保存档案”存成文件带走。"
        ),
        t!("录像文件从来不存进浏览器，每次要检验都得重新放进来。"),
        t!("“以前的版本”只在选了“留在这台电脑”时才有，点“清除本机记录”会一起清掉。"),
        t!("示例里做的改动不会存下来。"),
    ]
}

fn keys() -> Vec<(&'static str, &'static str)> {
    vec![
        ("/", t!("到“查找”里输入")),
        ("Tab", t!("到下一个按钮或者输入框；按住 Shift 再按是往回")),
        (t!("空格"), t!("选中、按下按钮、展开")),
        (t!("回车"), t!("打开链接；在“查找”里是到第一个结果")),
        (t!("方向键"), t!("在一组选项里换一个；在每日图、时间线里移动")),
        ("Esc", t!("清空查找，收起名词解释")),
    ]
}
