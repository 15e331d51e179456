"""Invented pages that stand where a document was expected: each kind and maker that is known."""

from typing import NamedTuple

from tests.monitor.extracting.article import FOOTER, NAVIGATION, Article, document, meta


class Barrier(NamedTuple):
    body: str
    state: str
    says: str
    url: str = "https://www.cnipa.gov.cn/art/2031/3/5/art_1410_990001.html"


_REAL_TITLE = "<title>河海协作办公室 通知公告</title>"

CHALLENGES = {
    "jiasule": Barrier(
        "<script>document.cookie=('_')+('_')+('jsl_clearance')+'=1|'+1;location.href=location.pathname"
        "</script><!-- __jsl_clearance -->",
        "challenge",
        "加速乐",
    ),
    "jiasule_second": Barrier(
        '<html><head><script>var go={"bts":["16"],"ct":"aa","ha":"md5","tn":"__jsl_clearance_s",'
        '"vt":"3600"};</script></head><body></body></html>',
        "challenge",
        "加速乐",
    ),
    "ruishu_412": Barrier(
        "<!DOCTYPE html><html><head><meta id=\"z\" content=\"{qqqq1ab\" r='m'><script r='m'>$_ts=window"
        "['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></head><body></body></html>",
        "challenge",
        "瑞数",
    ),
    "ruishu_with_title_and_200": Barrier(
        f'<html><head>{_REAL_TITLE}<script r="m" src="/a.js?C3TmLTCV=1"></script></head><body>'
        "<script>_$yx();</script></body></html>",
        "challenge",
        "瑞数",
    ),
    "aliyun_cookie": Barrier(
        "<html><script>var arg1='99AA';var s=function(){setCookie('acw_sc__v2',x)};"
        "</script></html>",
        "challenge",
        "Aliyun",
    ),
    "aliyun_slider": Barrier(
        '<html><head><title>滑动验证页面</title></head><body><textarea id="renderData" style="display:none">'
        '{"_waf_bd8ce2ce37":"xx"}</textarea><script>var sigchl=1</script></body></html>',
        "challenge",
        "Aliyun",
    ),
    "edgeone": Barrier(
        "<html><body><script>document.cookie='EO-Bot-Js-Token=99';eoJsChallengeSdk.run()</script></body></html>",
        "challenge",
        "EdgeOne",
    ),
    "cloudflare": Barrier(
        "<html><head><title>Just a moment...</title></head><body><div>Checking your browser</div>"
        "<script>window._cf_chl_opt={}</script></body></html>",
        "challenge",
        "Cloudflare",
    ),
    "captcha": Barrier(
        '<html><body><form><p>请输入验证码后继续访问</p><img src="data:image/png;base64,AAAA"><input name="c">'
        "<button>确定</button></form></body></html>",
        "challenge",
        "captcha",
    ),
    "unknown_maker": Barrier(
        "<html><body><h1>网站防火墙</h1><p>您的访问请求已被拦截，请稍后再试。</p></body></html>",
        "challenge",
        "unknown maker",
    ),
}

#: Each mark alone on a page that says nothing, and whose it is.
MARKS = {
    "<script>document.cookie='__jsl_clearance=1'</script>": "加速乐",
    "<script>var go={tn:'__jsl_clearance_s'}</script>": "加速乐",
    "<script>document.cookie='__jsluid_h=99'</script>": "加速乐",
    "<!-- x-via-jsl: 99 -->": "加速乐",
    '<script src="//static.yunaq.com/a.js"></script>': "加速乐",
    '<a href="http://www.jiasule.com/"></a>': "加速乐",
    '<meta id="k" content="{qqqq1abc">': "瑞数",
    "<script>$_ts=window['$_ts']</script>": "瑞数",
    "<script>_$yx();</script>": "瑞数",
    '<script r="m">0</script>': "瑞数",
    "<script type='text/javascript' r='m'>0</script>": "瑞数",
    '<script src="/x/a.dfe1675.js?C3TmLTCV=1"></script>': "瑞数",
    "<script>document.cookie='NfBCSins2OywS=1'</script>": "瑞数",
    "<script>setCookie('acw_sc__v2',x)</script>": "Aliyun",
    "<script>setCookie('acw_tc',x)</script>": "Aliyun",
    "<script>var a={'_waf_99':1}</script>": "Aliyun",
    '<textarea id="renderData"></textarea>': "Aliyun",
    "<script>var sigchl=1</script>": "Aliyun",
    "<script>document.cookie='EO-Bot-Js-Token=99'</script>": "EdgeOne",
    "<script>eoJsChallengeSdk.run()</script>": "EdgeOne",
}

_LIST_ROWS = "".join(
    f'<li><a href="/art/2031/3/{at}/art_1_{at}.html" title="关于开展第{at}批河海样品登记工作的通知">'
    f"关于开展第{at}批河海样品登记工作的...</a><span>2031-03-0{at}</span></li>"
    for at in range(1, 9)
)

LISTS = {
    "column_page": Barrier(
        document(meta(ColumnName="工作通知"), f'<div class="list"><ul>{_LIST_ROWS}</ul></div>', "工作通知"),
        "list",
        "links",
        "https://www.cnipa.gov.cn/col/col1410/index.html",
    ),
    "column_in_article_markup": Barrier(
        document("", f'<div class="article"><ul>{_LIST_ROWS}</ul></div>', "工作通知"),
        "list",
        "links",
        "https://www.cnipa.gov.cn/col/col1410/index.html",
    ),
    "jpage_inline": Barrier(
        document(
            "",
            '<div id="669"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset><record>'
            '<![CDATA[<li><a href="/a.html" title="某某通知">某某通知</a><span>2031-03-01</span></li>]]></record>'
            "</recordset></datastore></script></div>",
            "工作通知",
        ),
        "list",
        "list data",
    ),
    "jpage_answer": Barrier(
        "<datastore><nextgroup></nextgroup><recordset><record><![CDATA[<li>某某通知</li>]]></record>"
        "</recordset></datastore>",
        "list",
        "data list",
    ),
    "easysite_list": Barrier(
        document("", f'<div class="conList_ul"><ul>{_LIST_ROWS}</ul></div>', "法规"),
        "list",
        "links",
        "http://www.customs.gov.cn/customs/302249/302266/index.html",
    ),
    "govcn_json": Barrier(
        '[{"TITLE":"甲","URL":"https://a.example/1"},{"TITLE":"乙","URL":"https://a.example/2"}]',
        "list",
        "JSON list",
    ),
    "jpaas_unit": Barrier(
        '{"success":true,"data":{"html":"<ul>' + _LIST_ROWS.replace('"', '\\"') + '</ul>"}}',
        "list",
        "links",
    ),
    "feed": Barrier('<?xml version="1.0"?><rss version="2.0"><channel><item/></channel></rss>', "list", "feed"),
}  # fmt: skip

SHELLS = {
    "vue": Barrier(
        '<html><head><title>河海协作办公室</title><style>[v-cloak]{display:none}</style></head><body><div id="app" v-cloak>'
        '<h1>{{ title }}</h1><div v-html="body"></div></div><script src="/js/app.js"></script></body></html>',
        "shell",
        "script",
    ),
    "react": Barrier(
        '<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
        '<script src="/static/js/main.js"></script></body></html>',
        "shell",
        "script",
    ),
    "miit_without_content": Barrier(
        '<html><head><title>通知</title></head><body><h1 id="con_title"></h1><div id="con_con"></div>'
        "<script>loadContent(99)</script></body></html>",
        "shell",
        "script",
    ),
    "script_redirect": Barrier(
        "<html><script>window.location.href='http://www.example.cn/article/2.shtml'</script></html>",
        "shell",
        "http://www.example.cn/article/2.shtml",
    ),
    "mofcom_redirect": Barrier(
        '<html><script>var _cofing1={href:"http://x.example.cn/b.shtml"}</script></html>',
        "shell",
        "http://x.example.cn/b.shtml",
    ),
    "refresh": Barrier(
        '<html><head><meta http-equiv="refresh" content="0;url=/index.html"></head></html>',
        "shell",
        "/index.html",
    ),
}

REPLACED = {
    "soft_404": Barrier(
        f"<html><head><title>404</title></head><body>{NAVIGATION}<div><p>抱歉，您访问的页面不存在或已被删除！</p>"
        f'<p>5秒后<a href="/">返回首页</a></p></div>{FOOTER}</body></html>',
        "unreadable",
        "does not exist",
    ),
    "soft_404_in_article": Barrier(
        document(
            "",
            '<div class="article"><p>对不起，您要查看的信息不存在，可能已经下线。</p></div>',
            "通知公告",
        ),
        "unreadable",
        "does not exist",
    ),
    "maintenance": Barrier(
        "<html><head><title>提示</title></head><body><p>系统维护中，预计今晚恢复访问，请稍后再来。</p></body></html>",
        "unreadable",
        "fault",
    ),
    "gateway": Barrier(
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center>"
        "<hr><center>nginx</center></body></html>",
        "unreadable",
        "fault",
    ),
    "login": Barrier(
        '<html><head><title>统一身份认证</title></head><body><form><label>用户名</label><input name="u"><label>密码</label>'
        '<input type="password" name="p"><button>登录</button></form><p>请先登录</p></body></html>',
        "unreadable",
        "login wall",
    ),
}

EMPTY = {
    "nothing": Barrier("", "empty", "empty"),
    "blank_page": Barrier("<html><head><title>通知</title></head><body><p>&nbsp;</p></body></html>", "empty", "no text"),
    "nfra_without_text": Barrier(
        '{"rptCode":200,"data":{"docTitle":"某某通知","publishDate":"2031-03-05 00:00:00","docClob":"<p></p>",'
        '"pdfFileUrl":"/a/b.pdf"}}',
        "empty",
        "one attachment",
        "https://www.nfra.gov.cn/cn/static/data/x.json",
    ),
    "pbc_one_pdf": Barrier(
        document(
            "",
            '<h2>某某公告</h2><div id="zoom"><p><a href="/tiaofasi/144941/99/2031030517.pdf">某某公告.pdf</a></p></div>',
            "某某公告",
        ),
        "empty",
        "one attachment",
        "http://www.pbc.gov.cn/tiaofasi/144941/144957/9900004/index.html",
    ),
}  # fmt: skip

BARRIERS = {**CHALLENGES, **LISTS, **SHELLS, **REPLACED, **EMPTY}


def protected_article() -> str:
    """A real article whose page loads the protection's scripts: it IS a document."""
    article = Article()
    head = "<script r=\"m\">$_ts={};</script><script>document.cookie='__jsl_clearance_s=1';acw_tc=1</script>"
    return document(
        head, f'<div class="article-content cont">{article.ps * 3}</div>', article.title
    )
