//! What an empty dossier is greeted with.

use yew::prelude::*;

use crate::ui::pages::PageProps;
use crate::ui::route::Page;
use crate::ui::session::Action;
use crate::words::lang::t;

/// What the kit does, and where to begin.
pub fn invitation(props: &PageProps) -> Html {
    let steps = [
        (
            t!("说说是什么场所"),
            t!("选好场所，回答几个问题。要不要装、要不要备案、录像存多少天，马上有结论。"),
        ),
        (
            t!("放进录像机导出的文件"),
            t!("清单或者录像都行。看存了多少天、缺了哪些、文件完不完整。"),
        ),
        (
            t!("拿走写好的文书"),
            t!("自查报告、备案登记表、整改报告、标志牌，打印签字就能用。"),
        ),
    ];
    let steps = steps.into_iter().map(|(title, text)| {
        html! { <li class="card"><h2>{ title }</h2><p>{ text }</p></li> }
    });
    html! {
        <>
            <h1>{ t!("先花十分钟，查一遍自家的摄像头") }</h1>
            <p class="lede">{ t!("还没有填过内容，所以这里没有结论。填了以后，这一页会说清楚哪些没问题、哪些要改、可能罚多少、先办什么、哪天以前办。") }</p>
            <ol class="tour">{ for steps }</ol>
            <p class="foot">
                <a class="button primary" href={Page::Site.href()}>{ t!("开始自查") }</a>
                { example_button(props) }
            </p>
        </>
    }
}

/// The way to the example; none while files are being read, which it would end.
pub fn example_button(props: &PageProps) -> Html {
    let onclick = props.dispatch.reform(|_: MouseEvent| Action::Example);
    if props.session.exports.running.is_some() || props.session.aside.is_some() {
        return Html::default();
    }
    html! { <a class="button" href={Page::Overview.href()} {onclick}>{ t!("先看一个示例") }</a> }
}
