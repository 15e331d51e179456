"""One invented page in the markup of every site system that the watch reads.

Class names, ids and meta tags are those of the systems; every word in them is made up. To add a
system: write a function, add it to ``PAGES`` with what the page says about itself.
"""

import json
from collections.abc import Callable
from typing import NamedTuple

from tests.monitor.extracting.article import SHARE, Article, document, meta


class Page(NamedTuple):
    """A built page, its address, the row of the table that must fit, and which facts it states."""

    body: str
    url: str
    by: str
    states: frozenset[str] = frozenset({"number", "published", "source"})


def _jcms_table(a: Article) -> str:
    return f"""<table class="sls" width="100%"><tr><td>索 引 号：</td><td>990/2031-00007</td>
      <td>主题分类：</td><td>业务\\协作</td></tr>
      <tr><td>发文机关：</td><td>河海协作办公室</td><td>成文日期：</td><td>{a.issued}</td></tr>
      <tr><td>标　　题：</td><td colspan="3">{a.title}</td></tr>
      <tr><td>发文字号：</td><td>{a.number}</td><td>发布日期：</td><td>{a.published}</td></tr></table>"""


def jcms(a: Article) -> Page:
    head = meta(
        SiteName="国家知识产权局",
        ColumnName="工作通知",
        ArticleTitle=a.title,
        PubDate=f"{a.published} 09:12",
        ContentSource=a.source,
        # The site moved: every page was made again years later.
        Maketime="2036-11-20 03:00:00",
    )
    body = f"""<div class="article"><h1 class="article-title">{a.title}</h1>
      {_jcms_table(a)}<div class="article-info">发布时间：{a.published}　来源：{a.source}</div>
      <div class="article-content cont"><!--ZJEG_RSS.content.begin-->{a.ps}<!--ZJEG_RSS.content.end--></div>
      {SHARE}</div>"""
    return Page(
        document(head, body, f"国家知识产权局 工作通知 {a.title}"),
        "https://www.cnipa.gov.cn/art/2031/3/5/art_1410_990001.html",
        "jcms",
    )


def jcms_article_only(a: Article) -> Page:
    """An older theme: title, table, text and buttons all within one element."""
    body = f"""<div class="article"><h1>{a.title}</h1>{_jcms_table(a)}{a.ps}{SHARE}</div>"""
    return Page(
        document("", body, f"{a.title}_工作通知_国家知识产权局"),
        "https://www.cnipa.gov.cn/art/2031/3/5/art_379_990002.html",
        "jcms",
        frozenset({"number", "published"}),
    )


def jcms_marks(a: Article) -> Page:
    """A theme whose names nobody knows: the marks of the system are left."""
    body = f"""<div class="qx7"><h1>{a.title}</h1><div class="k9"><!--ZJEG_RSS.content.begin-->
      {a.ps}<!--ZJEG_RSS.content.end--></div>{SHARE}</div>"""
    head = meta(ArticleTitle=a.title, PubDate=a.published, ContentSource=a.source)
    return Page(
        document(head, body, a.title),
        "http://sister.example.cn/art/2031/3/5/art_1_2.html",
        "content marks",
        frozenset({"published", "source"}),
    )


def jcms_sister(a: Article) -> Page:
    """The newer theme on the site of an office that no row names."""
    head = meta(ArticleTitle=a.title, PubDate=f"{a.published} 09:12", ContentSource=a.source)
    body = f"""<h1>{a.title}</h1><div class="article-content cont">{_jcms_table(a)}{a.ps}</div>{SHARE}"""
    return Page(
        document(head, body, a.title),
        "http://office.example.cn/art/2031/3/5/art_7_990031.html",
        "jcms-zoom",
    )


def govcn_policy(a: Article) -> Page:
    body = f"""<table class="bd1"><tbody><tr><td><b>索 引 号：</b></td><td>990/2031-7</td>
      <td><b>主题分类：</b></td><td>其他</td></tr>
      <tr><td><b>发文机关：</b></td><td>河海协作办公室</td><td><b>成文日期：</b></td><td>{a.issued}</td></tr>
      <tr><td><b>标　　题：</b></td><td colspan="3">{a.title}</td></tr>
      <tr><td><b>发文字号：</b></td><td>{a.number}</td><td><b>发布日期：</b></td><td>2031年03月05日</td></tr></table>
      <table class="bd1"><tr><td><b>主 题 词：</b></td><td></td></tr></table>
      <table><tr><td class="b12c" id="UCAP-CONTENT">{a.ps}</td></tr><tr><td></td></tr></table>
      <div id="div_div"><div id="qr_container">扫一扫在手机打开当前页</div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title}_政府信息公开专栏"),
        "https://www.gov.cn/zhengce/content/2031-03/05/content_9900001.htm",
        "gov.cn",
        frozenset({"number", "published"}),
    )


def govcn_news(a: Article) -> Page:
    head = meta(
        firstpublishedtime=f"{a.published}-08:30:00",
        lastmodifiedtime="2033-01-01-00:00:00",
        author=a.source,
        lanmu="最新政策",
        manuscriptId="9900002",
    )
    body = f"""<h1 id="ti">{a.title}</h1><div class="pages-date">{a.published} 08:30
      <span>来源：{a.source}</span></div><div class="pages_content" id="UCAP-CONTENT">
      <div class="trs_editor_view TRS_UEDITOR">{a.ps}</div></div>{SHARE}"""
    return Page(
        document(head, body, f"{a.title}_最新政策_中国政府网"),
        "https://www.gov.cn/zhengce/zhengceku/203103/content_9900002.htm",
        "gov.cn",
        frozenset({"published", "source"}),
    )


def trs_wcm(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=f"{a.published} 10:00:01", ContentSource=a.source)
    body = f"""<h1>{a.title}</h1><div class="info">发布时间：{a.published}</div>
      <div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style>
      <div class="Custom_UnionStyle">{a.ps}</div></div>{SHARE}"""
    return Page(
        document(head, body, f"{a.title}-版权局"),
        "https://www.ncac.gov.cn/xxfb/tzgg/203103/t20310305_990003.html",
        "trs",
        frozenset({"published", "source"}),
    )


def samr(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=f"{a.published} 14:46", ContentSource=a.source)
    body = f"""<div class="Three_xilan"><div class="Three_xilan_02">{a.title}</div>
      <div class="Three_xilan_03">发布时间：{a.published} 14:46 信息来源：{a.source}</div>
      <div class="Three_xilan_07">{a.ps}</div><div class="Three_xilan_08">{SHARE}</div></div>"""
    return Page(
        document(head, body, a.title),
        "https://www.samr.gov.cn/zw/zfxxgk/fdzdgknr/zljds/art/2031/art_99aa.html",
        "samr",
        frozenset({"published", "source"}),
    )


def miit(a: Article) -> Page:
    body = f"""<h1 id="con_title">{a.title}</h1><div class="cinfo"><span>发布时间：{a.published}</span>
      <span>来源：{a.source}</span></div><div id="con_con" class="ccontent">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "https://www.miit.gov.cn/zwgk/zcwj/wjfb/tz/art/2031/art_99bb.html",
        "miit",
        frozenset({"published", "source"}),
    )


def pbc(a: Article) -> Page:
    body = f"""<h2>{a.title}</h2><div class="hui12">文章来源：{a.source}　　{a.published} 17:00:00</div>
      <div id="zoom">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.pbc.gov.cn/tiaofasi/144941/144957/9900004/index.html",
        "zoom",
        frozenset({"source"}),
    )


def customs(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=a.published, ContentSource=a.source)
    body = f"""<div class="easysite-news-peruse"><h2 class="easysite-news-title">{a.title}</h2>
      <div class="easysite-news-describe">发布时间：{a.published}</div>
      <div class="easysite-news-text" id="easysiteText">{a.divs}</div>
      <div class="easysite-news-operation">{SHARE}</div></div>"""
    return Page(
        document(head, body, a.title),
        "http://www.customs.gov.cn/customs/302249/302266/9900005/index.html",
        "easysite",
        frozenset({"published", "source"}),
    )


def mofcom(a: Article) -> Page:
    body = f"""<div class="art-title">{a.title}</div><div class="art-con art-con-bottonmLine">{a.ps}</div>
      <div class="info">发布时间：{a.published}　来源：{a.source}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "https://www.mofcom.gov.cn/zwgk/zcfb/art/2031/art_99cc.html",
        "mofcom",
        frozenset({"published", "source"}),
    )


def mofcom_ipr(a: Article) -> Page:
    body = f"""<h1 class="artTitle">{a.title}</h1><script>var title='{a.title}';var source='{a.source}';</script>
      <section class="artCon">{a.ps}</section><p>发布时间：{a.published}</p>{SHARE}"""
    return Page(
        document("", body, "中国保护知识产权网"),
        "http://ipr.mofcom.gov.cn/article/gnxw/zfbm/zy/gwy/203103/9900006.html",
        "mofcom-ipr",
        frozenset({"published"}),
    )


def nfra(a: Article) -> Page:
    clob = f"<html><body><div class=Section0 style='layout-grid:15.6pt'>{a.ps}</div></body></html>"
    data = {
        "rptCode": 200,
        "msg": "成功",
        "data": {
            "docId": 9900007,
            "docTitle": a.title,
            "publishDate": f"{a.published} 00:00:00",
            "docEditdate": "2035-01-01 00:00:00",
            "docSource": a.source,
            "documentNo": a.number,
            "docClob": clob,
            "pdfFileUrl": "",
        },
    }
    return Page(
        json.dumps(data, ensure_ascii=False),
        "https://www.nfra.gov.cn/cn/static/data/DocInfo/SelectByDocId/data_docId=9900007.json",
        "nfra",
    )


def moj(a: Article) -> Page:
    body = f"""<div class="con_bt">{a.title}</div><div class="sT_left"><span>{a.published}　来源：{a.source}</span></div>
      <div class="con"><div class="TRS_Editor">{a.ps}</div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title}_司法部"),
        "https://www.moj.gov.cn/lfyjzj/lflfyjzj/203103/t20310305_990008.html",
        "trs",
        frozenset({"published", "source"}),
    )


def mara(a: Article) -> Page:
    body = f"""<h1 class="bjjMTitle">{a.title}</h1><span class="pubtime">日期：{a.published}</span>
      <div class="arc_body mg_auto w_855"><div class="gsj_htmlcon_bot"><div class="TRS_Editor">{a.ps}</div></div></div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.moa.gov.cn/gk/tzgg_1/tz/203103/t20310305_9900009.htm",
        "mara-mct",
        frozenset({"published"}),
    )


def nfga(a: Article) -> Page:
    body = f"""<h1>{a.title}</h1><div>发布时间：{a.published} 来源：{a.source}</div><div id="zoomit">{a.breaks}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.forestry.gov.cn/c/www/lcdt/990010.jhtml",
        "nfga",
        frozenset({"published", "source"}),
    )


def moe(a: Article) -> Page:
    body = f"""<div class="moe-detail-box"><h1>{a.title}</h1><div class="moe-detail-shuxing">{a.published}　来源：{a.source}</div>
      <table><tr><td>信息名称：</td><td colspan=3>{a.title}</td></tr>
      <tr><td>信息索引：</td><td>990A-1</td><td>生成日期：</td><td>{a.published}</td></tr>
      <tr><td>发文机构：</td><td>河海协作办公室</td><td>发文字号：</td><td>{a.number}</td></tr>
      <tr><td>信息类别：</td><td>其他</td><td>主题词：</td><td></td></tr></table>
      <div id="content_body_xxgk">{a.ps}</div><div class="moe-editor">（责任编辑：某某）</div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title} - 教育部政府门户网站"),
        "http://www.moe.gov.cn/srcsite/A02/203103/t20310305_990011.html",
        "moe",
        frozenset({"number", "published"}),
    )


def nhc(a: Article) -> Page:
    body = f"""<div class="tit">{a.title}</div><div class="source"><span>发布时间： {a.published}</span> <span>来源: {a.source}</span></div>
      <div class="con" id="xw_box">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.nhc.gov.cn/fzs/s3577/203103/99dd.shtml",
        "nhc",
        frozenset({"published", "source"}),
    )


def natcm(a: Article) -> Page:
    body = f"""<h1>{a.title}</h1><p>时间：{a.published}　来源：{a.source}</p><div class="zw">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.natcm.gov.cn/bangongshi/zhengcewenjian/2031-03-05/99012.html",
        "natcm",
        frozenset({"published", "source"}),
    )


def nmpa(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=a.published, ContentSource=a.source)
    body = f"""<h2 class="title">{a.title}</h2><div class="text">{a.ps}</div>{SHARE}"""
    return Page(
        document(head, body, a.title),
        "https://www.nmpa.gov.cn/xxgk/fgwj/20310305090000.html",
        "nmpa",
        frozenset({"published", "source"}),
    )


def ndrc(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=a.published, ContentSource=a.source)
    body = f"""<div class="article_l"><h2 class="article_title">{a.title}</h2><div class="article"><div class="TRS_Editor">{a.ps}</div></div></div>{SHARE}"""
    return Page(
        document(head, body, a.title),
        "https://www.ndrc.gov.cn/xxgk/zcfb/tz/203103/t20310305_990013.html",
        "ndrc",
        frozenset({"published", "source"}),
    )


def nbs(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=a.published, ContentSource=a.source)
    body = f"""<h1>{a.title}</h1><div class="TRS_PreAppend" style="overflow-x:hidden">{a.ps}</div>{SHARE}"""
    return Page(
        document(head, body, a.title),
        "https://www.stats.gov.cn/xw/tjxw/tzgg/203103/t20310305_990014.html",
        "trs",
        frozenset({"published", "source"}),
    )


def spb(a: Article) -> Page:
    body = f"""<h1>{a.title}</h1><p>发布时间：{a.published}　来源：{a.source}</p><div class="detail-news">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "https://www.spb.gov.cn/gjyzj/c100009/203103/99ee.shtml",
        "spb",
        frozenset({"published", "source"}),
    )


def ncac_old(a: Article) -> Page:
    body = f"""<h1>{a.title}</h1><p>来源：{a.source}　发布时间：{a.published}</p><div class="m3nEditor">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.ncac.gov.cn/chinacopyright/contents/12547/990015.shtml",
        "ncac-old",
        frozenset({"published", "source"}),
    )


def cnipa_english(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=a.published, ContentSource=a.source)
    body = f"""<div class="article"><h1 class="article-title">{a.title}</h1>
      <div class="article-info">Date: {a.published} Source: {a.source}</div>
      <div class="article-content cont">{a.ps}</div>{SHARE}</div>"""
    return Page(
        document(head, body, a.title),
        "https://english.cnipa.gov.cn/art/2031/3/5/art_3038_990016.html",
        "jcms",
        frozenset({"published", "source"}),
    )


def spc(a: Article) -> Page:
    body = f"""<div id="container"><div class="detail"><div class="title">{a.title}</div>
      <ul class="clearfix detail_mes"><li class="fl">来源：{a.source}</li><li class="fl">发布时间：{a.published} 10:08:01</li>
      <li class="fr word_size">字号：<a>小</a><a>大</a></li></ul>
      <div class="txt big"><div class="txt_txt" id="zoom">{a.ps}</div></div>
      <div class="txt_etr clearfix"><p>责任编辑：某某</p></div></div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title} - 中华人民共和国最高人民法院"),
        "https://www.court.gov.cn/fabu/xiangqing/990017.html",
        "spc",
        frozenset({"published", "source"}),
    )


def spp(a: Article) -> Page:
    body = f"""<div class="detail"><div class="detail_tit">{a.title}</div>
      <div class="detail_extend1">时间：{a.published}　作者：　新闻来源：{a.source}　【字号：大 | 中 | 小】</div>
      <div class="detail_con" id="fontzoom">{a.ps}</div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title}_中华人民共和国最高人民检察院"),
        "https://www.spp.gov.cn/spp/zdgz/203103/t20310305_990018.shtml",
        "spp",
        frozenset({"published", "source"}),
    )


def cac(a: Article) -> Page:
    body = f"""<div class="main-title"><h1 class="title">{a.title}</h1><div class="info clearfix">
      <span id="pubtime">2031年03月05日 09:30</span><span id="source">来源： {a.source}</span></div></div>
      <div class="main-content"><div id="BodyLabel">{a.ps}</div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title}_中央网络安全和信息化委员会办公室"),
        "https://www.cac.gov.cn/2031-03/05/c_990019000000.htm",
        "cac",
        frozenset({"published", "source"}),
    )


def most(a: Article) -> Page:
    body = f"""<div id="Title">{a.title}</div><div class="info"><span>日期：{a.published}</span>
      <span>来源：{a.source}</span></div><div id="Zoom"><div class="trshui13">{a.ps}</div></div>{SHARE}"""
    return Page(
        document("", body, f"{a.title} -中华人民共和国科学技术部"),
        "https://www.most.gov.cn/satp/kjzc/zh/203103/t20310305_990020.html",
        "most",
        frozenset({"published", "source"}),
    )


def most_oldest(a: Article) -> Page:
    """A layout of tables, as its oldest pages have."""
    body = f"""<table><tr><td><p><font>{a.title}</font></p></td></tr><tr><td>日期：{a.published}</td></tr>
      <tr><td id="Zoom2">{a.breaks}</td></tr></table>{SHARE}"""
    return Page(
        document("", body, a.title),
        "http://www.most.gov.cn/tztg/203103/t20310305_990021.htm",
        "most",
        frozenset({"published"}),
    )


def mps(a: Article) -> Page:
    body = f"""<div class="arc"><h1>{a.title}</h1><div class="arcMsg">发布时间：{a.published}　来源：{a.source}</div>
      <div class="arcBody">{a.ps}</div></div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "https://www.mps.gov.cn/n2254314/n6409334/c9900022/content.html",
        "general",
        frozenset({"published", "source"}),
    )


def ccpit(a: Article) -> Page:
    """A page of the old site: tables, and the line ends of an editor of its time."""
    body = f"""<table width="960"><tr><td width="200"><a href="/a">贸促要闻与会展信息</a><br><a href="/b">法律服务与出证认证</a><br>
      <a href="/c">行业信息和国别报告</a></td><td><table><tr><td><h1>{a.title}</h1></td></tr>
      <tr><td>发布时间：{a.published}　来源：{a.source}</td></tr><tr><td>{a.breaks}</td></tr></table></td></tr></table>"""
    return Page(
        document("", body, f"{a.title} - 中国国际贸易促进委员会"),
        "http://www.ccpit.org/Contents/Channel_4135/2031/0305/990023/content_990023.htm",
        "general",
        frozenset({"published", "source"}),
    )


def wipo(a: Article) -> Page:
    head = meta(**{"og:site_name": "WIPO"}) + f'<meta property="og:title" content="{a.title}">'
    body = f"""<main><article><h1>{a.title}</h1><p class="date">{a.published}</p>
      <div class="text">{a.ps}</div></article></main>"""
    return Page(
        document(head, body, a.title),
        "https://www.wipo.int/pressroom/zh/articles/2031/article_9924.html",
        "general",
        frozenset({"published"}),
    )


def _trs_of(host: str, path: str, site: str) -> Callable[[Article], Page]:
    """The same system serves many ministries: its own names around the editor's."""

    def build(a: Article) -> Page:
        head = meta(ArticleTitle=a.title, PubDate=f"{a.published} 16:20", ContentSource=a.source)
        body = f"""<h2 class="neiright_Box">{a.title}</h2><div class="xl_con"><div class="TRS_Editor">{a.ps}</div></div>{SHARE}"""
        return Page(
            document(head, body, f"{a.title}_{site}"),
            f"https://{host}{path}",
            "trs",
            frozenset({"published", "source"}),
        )

    return build


mee = _trs_of("www.mee.gov.cn", "/xxgk2018/xxgk/xxgk06/203103/t20310305_990025.html", "生态环境部")
mof = _trs_of("www.mof.gov.cn", "/gkml/caizhengwengao/203103/t20310305_990026.htm", "财政部")
mohrss = _trs_of("www.mohrss.gov.cn", "/xxgk/zhengce/203103/t20310305_990027.html", "人社部")
mara_gazette = _trs_of("www.moa.gov.cn", "/govpublic/CJB/203103/t20310305_990028.htm", "农业农村部")


def mct(a: Article) -> Page:
    body = f"""<h1>{a.title}</h1><p>发布时间：{a.published}　来源：{a.source}</p>
      <div class="gsj_htmlcon_bot">{a.ps}</div>{SHARE}"""
    return Page(
        document("", body, a.title),
        "https://zwgk.mct.gov.cn/zfxxgkml/zcfg/203103/t20310305_990029.html",
        "mara-mct",
        frozenset({"published", "source"}),
    )


def nhsa(a: Article) -> Page:
    head = meta(ArticleTitle=a.title, PubDate=f"{a.published} 16:20", ContentSource=a.source)
    body = f"""<h2>{a.title}</h2><div id="zoom">{a.ps}</div>{SHARE}"""
    return Page(
        document(head, body, f"国家医疗保障局 政策法规 {a.title}"),
        "http://www.nhsa.gov.cn/art/2031/3/5/art_104_990030.html",
        "zoom",
        frozenset({"published", "source"}),
    )


def unknown_reprint(a: Article) -> Page:
    """A law firm's site in no system's markup."""
    body = f"""<div class="wrapper"><div class="left-col"><h1>{a.title}</h1>
      <div class="post-meta">发布时间：{a.published}　来源：{a.source}</div>
      <div class="post-body">{a.ps}</div></div><div class="right-col"><h4>热门文章</h4><ul>
      <li><a href="/1">如何准备一份样品登记申请书</a></li><li><a href="/2">三分钟了解协作办法的前世今生</a></li>
      <li><a href="/3">我们的团队与联系方式</a></li></ul></div></div>"""
    return Page(
        document("", body, f"{a.title} | 某某律师事务所网站"),
        "https://firm.example.com/posts/77",
        "general",
        frozenset({"published", "source"}),
    )


PAGES: dict[str, Callable[[Article], Page]] = {
    "mee": mee,
    "mof": mof,
    "mohrss": mohrss,
    "mara_gazette": mara_gazette,
    **{
        build.__name__: build
        for build in (
            jcms, jcms_article_only, jcms_marks, jcms_sister, cnipa_english, govcn_policy, govcn_news, trs_wcm,
            samr, miit, pbc, customs, mofcom, mofcom_ipr, nfra, moj, mara, nfga, moe, nhc, natcm,
            nmpa, ndrc, nbs, spb, ncac_old, spc, spp, cac, most, most_oldest, mps, ccpit, wipo, mct,
            nhsa, unknown_reprint,
        )
    },
}  # fmt: skip

#: The bodies that publish what is watched, and the pages that show how theirs are read.
BODIES: dict[str, tuple[str, ...]] = {
    "CNIPA": ("jcms", "jcms_article_only"), "CNIPA, English": ("cnipa_english",),
    "gov.cn": ("govcn_policy", "govcn_news"), "SAMR": ("samr",), "MIIT": ("miit",),
    "MOFCOM": ("mofcom",), "MOFCOM, IPR": ("mofcom_ipr",), "NCAC": ("trs_wcm", "ncac_old"),
    "SPC": ("spc",), "SPP": ("spp",), "MPS": ("mps",), "Customs": ("customs",), "PBC": ("pbc",),
    "NFRA": ("nfra",), "CAC": ("cac",), "MOJ": ("moj",), "MARA": ("mara", "mara_gazette"),
    "NFGA": ("nfga",), "MOST": ("most", "most_oldest"), "MOE": ("moe",), "MEE": ("mee",),
    "MOF": ("mof",), "MOHRSS": ("mohrss",), "NDRC": ("ndrc",), "NHC": ("nhc",),
    "NATCM": ("natcm",), "NMPA": ("nmpa",), "NBS": ("nbs",), "SPB": ("spb",), "MCT": ("mct",),
    "NHSA": ("nhsa",), "WIPO": ("wipo",), "CCPIT": ("ccpit",),
}  # fmt: skip
