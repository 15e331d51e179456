"""Invented list pages in the markup of each family of sites, all naming the same articles."""

import json

#: (title, day as YYYY-MM-DD), newest first. None of these papers exists.
ARTICLES = [
    ("关于印发《2027年知识产权强国建设推进计划》的通知", "2027-05-12"),
    ("关于征集虚构数据知识产权登记典型案例并开展分类整理工作若干事项的通知", "2027-04-30"),
    ("关于公布示例城市名单的公告", "2027-04-02"),
]


def cut(title):
    """As lists show a long title."""
    return title if len(title) <= 20 else title[:18] + "..."


def trs_page(*, pages=1, current=0):
    """A TRS column: relative links, dates in spans, the pager in a script."""
    rows = "".join(
        f'<li><a href="./{day[:4]}{day[5:7]}/t{day.replace("-", "")}_96{n}.html" '
        f'title="{title}">{cut(title)}</a><span>{day}</span></li>'
        for n, (title, day) in enumerate(ARTICLES)
    )
    return (
        '<html><body><div class="nav"><a href="/">首页首页</a><a href="/xxfb/">信息发布栏目</a></div>'
        f"<ul class='list'>{rows}</ul>"
        f'<script>createPageHTML({pages}, {current}, "index", "html");</script>'
        '<div class="foot"><a href="/map.html">网站地图导航</a></div></body></html>'
    )


def table_page():
    """A hand-made table with the next page behind a link, and dates in Chinese."""
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="/fabu/xiangqing/{n}.html">{title}</a></td>'
        f"<td>{day[:4]}年{int(day[5:7])}月{int(day[8:])}日</td></tr>"
        for n, (title, day) in enumerate(ARTICLES)
    )
    return (
        f"<html><body><table>{rows}</table>"
        '<a href="/fabu/16_2.html">下一页</a> <a href="/fabu/16_9.html">尾页</a></body></html>'
    )


def jpage_column(unit=17035, inline=True, web=1):
    """A JCMS column page: its rows come by script; the first ones lie inside it."""
    records = jpage_answer() if inline else ""
    return (
        f'<html><body><div id="{unit}" class="default_pgContainer"></div>'
        f'<script type="text/xml">{records}</script>'
        f"<script>var param={{col:1,webid:{web},path:'/',columnid:75,unitid:'{unit}'}};</script>"
        "</body></html>"
    )


def jpage_answer(articles=ARTICLES, total=None):
    """What dataproxy.jsp answers."""
    records = "".join(
        f'<record><![CDATA[<li><a href="/art/{day[:4]}/{int(day[5:7])}/{int(day[8:])}/art_75_{n}.html"'
        f' title="{title}" target="_blank">{cut(title)}</a><span>{day}</span></li>]]></record>'
        for n, (title, day) in enumerate(articles)
    )
    return (
        f"<datastore><nextgroup></nextgroup><recordset>{records}</recordset>"
        f"<totalrecord>{len(articles) if total is None else total}</totalrecord>"
        "<totalpage>1</totalpage></datastore>"
    )


def govcn_array():
    """One of gov.cn's JSON arrays."""
    return json.dumps(
        [
            {
                "TITLE": title,
                "SUB_TITLE": "",
                "URL": f"https://www.gov.cn/zhengce/content/202705/content_70{n}.htm",
                "DOCRELPUBTIME": day,
            }
            for n, (title, day) in enumerate(ARTICLES)
        ],
        ensure_ascii=False,
    )


def jpaas_column():
    """A jpaas column page: an empty element that names its unit."""
    return (
        "<html><body><div id='list' querydata=\"{&quot;webId&quot;:&quot;"
        + "a" * 32
        + "&quot;,'tplSetId':'"
        + "b" * 32
        + "','pageId':'"
        + "c" * 32
        + "','tagId':'当前栏目list'}\"></div></body></html>"
    )


def jpaas_answer():
    """What the unit API answers: HTML inside JSON."""
    rows = "".join(
        f'<li><a href="/zw/art/2027/art_{n}.html" title="{title}">{cut(title)}</a>'
        f"<span>{day}</span></li>"
        for n, (title, day) in enumerate(ARTICLES)
    )
    return json.dumps({"success": True, "data": {"html": f"<ul>{rows}</ul>"}}, ensure_ascii=False)


def jpaas_answer_in_pairs():
    """What the unit API of SAMR answers: title and date are two items of a list for each row."""
    rows = "".join(
        f'<ul><li class="content"><a href="/zw/art/2027/art_{n}.html" title="{title}">{cut(title)}</a>'
        f'</li>\n<li class="contenttime">{day}</li></ul>'
        for n, (title, day) in enumerate(ARTICLES)
    )
    html = f'<div class="list">{rows}<div class="pagination" count="3"></div></div>'
    return json.dumps({"success": True, "data": {"html": html}}, ensure_ascii=False)


def nfra_answer():
    """One of NFRA's static files."""
    rows = [
        {"docId": 1150000 + n, "docTitle": title, "docSubtitle": cut(title), "publishDate": day}
        for n, (title, day) in enumerate(ARTICLES)
    ]
    return json.dumps({"rptCode": 200, "data": {"total": 40, "rows": rows}}, ensure_ascii=False)


def easysite_page(pages=3, number=1):
    """An easysite list: links with whole titles, the pager in attributes."""
    rows = "".join(
        f'<tr><td><a href="/tiaofasi/144941/{n or "2025051216371234567"}/index.html" '
        f'title="{title}">{cut(title)}</a></td><td>{day}</td></tr>'
        for n, (title, day) in enumerate(ARTICLES)
    )
    return (
        f'<html><body><table>{rows}</table><div totalpage="{pages}">'
        f'<a tagname="/tiaofasi/144941/21892-{min(number + 1, pages)}.html" class="next">下一页</a>'
        f'<a tagname="/tiaofasi/144941/21892-{pages}.html">尾页</a></div></body></html>'
    )


def mofcom_answer():
    """What MOFCOM's list service answers."""
    rows = [
        {
            "title": title,
            "url": f"http://ipr.mofcom.gov.cn/article/gnxw/2027/{n}.html",
            "publishTimeStr": day,
        }
        for n, (title, day) in enumerate(ARTICLES)
    ]
    return json.dumps({"pageInfo": {"rows": rows}}, ensure_ascii=False)


def miit_answer():
    """What MIIT's search answers; times are milliseconds since 1970 (16:30 UTC the day before)."""
    millis = {"2027-05-12": 1810053000000, "2027-04-30": 1809016200000, "2027-04-02": 1806597000000}
    results = [
        {
            "groupData": [
                {"data": {"title": title, "url": f"/zwgk/art_{n}.html", "deploytime": millis[day]}}
            ]
        }
        for n, (title, day) in enumerate(ARTICLES)
    ]
    return json.dumps({"data": {"searchResult": {"dataResults": results}}}, ensure_ascii=False)


def govcn_hits():
    """What gov.cn's search answers: marks around the words, time in milliseconds at +08."""
    hits = [
        {
            "title": title.replace("知识产权", "<em>知识产权</em>"),
            "url": f"https://www.gov.cn/zhengce/zhengceku/202705/content_70{n}.htm",
            "puborg": "虚构办公室",
            "pcode": f"虚办发〔2027〕{n + 1}号",
            "pubtimeStr": day.replace("-", "."),
        }
        for n, (title, day) in enumerate(ARTICLES)
    ]
    return json.dumps({"searchVO": {"catMap": {"bumenfile": {"listVO": hits}}}}, ensure_ascii=False)


def npc_answer():
    """What the NPC's database answers."""
    rows = [
        {"bbbs": f"ff80808{n}", "title": title, "gbrq": f"{day} 00:00:00", "zdjgName": "虚构机关"}
        for n, (title, day) in enumerate(ARTICLES)
    ]
    return json.dumps({"total": 3, "rows": rows}, ensure_ascii=False)


def rss():
    """An RSS feed with times that fall on the next day in Shanghai."""
    items = "".join(
        f"<item><title>{title}</title><link>/pressroom/{n}.html</link>"
        f"<pubDate>{stamp}</pubDate></item>"
        for n, ((title, _), stamp) in enumerate(
            zip(
                ARTICLES,
                (
                    "Tue, 11 May 2027 16:30:00 GMT",
                    "Thu, 29 Apr 2027 16:30:00 GMT",
                    "Thu, 01 Apr 2027 16:30:00 GMT",
                ),
                strict=True,
            )
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>'
        f"<link>https://example.org/</link>{items}</channel></rss>"
    )


def atom():
    """An Atom feed."""
    entries = "".join(
        f'<entry><title>{title}</title><link href="/pressroom/{n}.html"/><id>{n}</id>'
        f"<updated>{day}T08:00:00+08:00</updated></entry>"
        for n, (title, day) in enumerate(ARTICLES)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>x</title><id>x</id><updated>2027-05-12T08:00:00Z</updated>{entries}</feed>"
    )
