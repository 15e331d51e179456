"""The invented article that every built page carries, and the clutter around it."""

from dataclasses import dataclass, field

PARAGRAPHS = (
    "各有关单位：",
    "现将《2031年度河海知识产权协作计划》印发，请认真组织实施。",
    "特此通知。",
    "河海协作办公室",
    "2031年3月1日",
    "2031年度河海知识产权协作计划",
    "一、完善制度",
    "1.推进《河海专利协作办法》修订。（国家知识产权局、司法部负责）",
    "2.研究制定样品登记指引，年内完成。（商务部牵头，海关总署参与）",
    "二、组织保障",
    "3.按季度通报进展。",
    "（此件公开发布）",
)


@dataclass(frozen=True)
class Article:
    title: str = "河海协作办公室关于印发《2031年度河海知识产权协作计划》的通知"
    number: str = "河海协办〔2031〕7号"
    issued: str = "2031年03月01日"
    published: str = "2031-03-05"
    source: str = "协作处"
    paragraphs: tuple[str, ...] = field(default=PARAGRAPHS)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def ps(self) -> str:
        return "\n".join(
            f'<p style="text-indent:2em"><span>{p}</span></p>' for p in self.paragraphs
        )

    @property
    def divs(self) -> str:
        return "".join(f"<div>　　{p}</div>" for p in self.paragraphs)

    @property
    def breaks(self) -> str:
        return "<br/>\r\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{p}" for p in self.paragraphs)


NAVIGATION = (
    '<div class="nav-bar"><ul>'
    + "".join(
        f'<li><a href="/col/c{at}/">{name}</a></li>'
        for at, name in enumerate(
            ["首页", "机构", "新闻", "政务公开", "政务服务", "互动交流", "专题专栏"]
        )
    )
    + '</ul></div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/tz/">通知公告</a> &gt; 正文</div>'
)
RELATED = (
    '<div class="xgwj"><h3>相关链接</h3><ul>'
    + "".join(
        f'<li><a href="/art/2030/1/{at}/a.html">关于第{at}批样品目录的解读文章汇总</a><span>2030-01-0{at}</span></li>'
        for at in range(1, 6)
    )
    + "</ul></div>"
)
SHARE = (
    '<div class="share bdsharebuttonbox"><span>分享到：</span><a href="#">微信</a><a href="#">微博</a></div>'
    '<div class="ewm"><img src="/q.png"><p>扫一扫在手机打开当前页</p></div>'
    '<p>【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</p>'
)
FOOTER = (
    "<div class='foot'><p>版权所有：河海协作办公室</p><p>网站标识码bm99000001　京ICP备00000000号</p>"
    "<p>联系我们　网站地图　浏览：456</p></div><script>var count=456;</script>"
)


def document(head: str, body: str, title: str, charset: str = "utf-8") -> str:
    """A whole page: the site's clutter before and after ``body``."""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}">{head}<title>{title}</title>'
        f"<style>.a{{color:red}}</style></head><body>{NAVIGATION}{body}{RELATED}{FOOTER}</body></html>"
    )


def meta(**tags: str) -> str:
    return "".join(f'<meta name="{name}" content="{value}">\n' for name, value in tags.items())
