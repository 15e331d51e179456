"""Where each site system keeps the text: one row a system, as data.

A row is asked for in order; the first whose ``content`` gives text wins. Selectors of a row with
``hosts`` are tried on those hosts only (they are too common words elsewhere); rows without hosts
carry names that only their system uses. ``hint`` is a string without which none of the row's
selectors can match: it saves a search of the tree.

Seen in published markup of these sites, unless a row says K (general knowledge, not seen).

Bodies without a row of their own: NCAC, MOJ, MEE, MOF, MOHRSS and NBS are read by ``trs``, PBC and
NHSA by ``zoom``, the English CNIPA by ``jcms``, MCT as MARA. Of MPS, CCPIT and WIPO no markup is
known: the general chooser reads them. NPC serves files (Word, OFD, PDF), no pages with a text.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit


class Recogniser(NamedTuple):
    """One site system: where its text stands, and what within it is no text."""

    name: str
    content: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    hint: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    def fits(self, host: str, html: str) -> bool:
        """True where it is worth asking the tree for this row's selectors."""
        if self.hosts and not any(host == own or host.endswith("." + own) for own in self.hosts):
            return False
        return not self.hint or any(hint in html for hint in self.hint)


RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser(
        "gov.cn",
        content=("#UCAP-CONTENT", ".pages_content", ".trs_editor_view"),
        hint=("UCAP-CONTENT", "pages_content", "trs_editor_view"),
        title=("#ti", "h1#ti", ".article h1", ".pages-title", "h1"),
        drop=(".pages_print", ".editor", "#qr_container", "#div_div", ".related", ".xg-list"),
    ),
    Recogniser(
        "jcms",
        content=("div.article-content.cont", ".article-content", ".article"),
        hosts=("cnipa.gov.cn", "sipo.gov.cn"),
        title=(".article-title", ".article h1", "h1"),
        drop=("table.sls", ".article-title", ".article-info", ".pages", ".article h1"),
    ),
    Recogniser(
        "jcms-zoom",
        content=("div.article-content.cont",),
        hint=("article-content",),
        title=(".article-title", "h1"),
        drop=("table.sls",),
    ),
    Recogniser(
        "samr",
        content=(".Three_xilan_07",),
        hint=("Three_xilan_07",),
        title=(".Three_xilan_02", "h1"),
        drop=(".Three_xilan_08",),
    ),
    Recogniser(
        "miit",
        content=("#con_con",),
        hint=("con_con",),
        title=("#con_title",),
    ),
    Recogniser(
        "mofcom-ipr",
        content=("section.artCon",),
        hint=("artCon",),
        title=(".artTitle", "h1"),
    ),
    Recogniser(
        "mofcom",
        content=(".art-con", ".f-cb"),
        hosts=("mofcom.gov.cn",),
        title=(".art-title", "h1"),
    ),
    Recogniser(
        "easysite",
        content=("#easysiteText", ".easysite-news-text", ".easysite-news-peruse", ".pubCon"),
        hint=("easysite", "pubCon"),
        title=(".easysite-news-title h2", ".easysite-news-title", "h1", "h2"),
        drop=(".easysite-news-title", ".easysite-news-describe", ".easysite-news-operation"),
    ),
    Recogniser(
        "moe",
        content=("#content_body_xxgk", "div.moe-detail-box .TRS_Editor", "div.moe-detail-box"),
        hint=("content_body_xxgk", "moe-detail-box"),
        title=(".moe-detail-box h1", "h1"),
        drop=(".moe-detail-box > h1", ".moe-detail-shuxing", ".moe-editor"),
    ),
    Recogniser(
        "spc",
        content=(".txt_txt",),
        hosts=("court.gov.cn",),
        title=(".detail .title", ".title"),
        drop=(".txt_etr", ".word_size"),
    ),
    # K: both names are of the procuratorate's present theme.
    Recogniser(
        "spp",
        content=("#fontzoom", ".detail_con"),
        hosts=("spp.gov.cn",),
        title=(".detail_tit", "h1"),
        drop=(".detail_extend1", ".detail_extend2"),
    ),
    Recogniser(
        "cac", content=("#BodyLabel",), hint=("BodyLabel",), title=(".main-title .title", "h1")
    ),
    # Zoom2 is that of its oldest pages.
    Recogniser("most", content=("#Zoom", "#Zoom2"), hosts=("most.gov.cn",), title=("#Title", "h1")),
    Recogniser("nhc", content=("#xw_box",), hint=("xw_box",), title=(".tit", "h1")),
    Recogniser("nfga", content=("#zoomit",), hint=("zoomit",), title=("h1",)),
    Recogniser(
        "mara-mct",
        content=(".gsj_htmlcon_bot", ".arc_body"),
        hint=("gsj_htmlcon_bot", "arc_body"),
        title=(".bjjMTitle", "h1"),
    ),
    Recogniser("ncac-old", content=(".m3nEditor",), hint=("m3nEditor",), title=("h1",)),
    Recogniser("natcm", content=(".zw",), hosts=("natcm.gov.cn", "satcm.gov.cn"), title=("h1",)),
    Recogniser("nmpa", content=(".text",), hosts=("nmpa.gov.cn",), title=(".title", "h1", "h2")),
    Recogniser(
        "ndrc",
        content=(".article_con", ".article"),
        hosts=("ndrc.gov.cn",),
        title=("h1", ".article_title"),
    ),
    Recogniser("spb", content=(".detail-news",), hint=("detail-news",), title=("h1", "h2")),
    Recogniser(
        "trs",
        content=(
            ".TRS_Editor",
            ".trs_editor",
            ".TRS_UEDITOR",
            ".TRS_PreAppend",
            ".trs_paper_default",
        ),
        hint=("TRS_", "trs_editor", "trs_paper_default"),
        title=("h1",),
    ),
    Recogniser("nfra", content=("div.Section0",), hint=("Section0",), title=("h1",)),
    # PBC, NHSA and many JCMS sites; last, because others use #zoom for a frame around more.
    Recogniser("zoom", content=("#zoom",), hint=("zoom",), title=("h1", "h2")),
)

#: Comments and marks that JCMS puts around the text; they help where the theme's names changed.
CONTENT_MARKS: tuple[tuple[str, str], ...] = (
    ("<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"),
    ('<meta name="ContentStart">', '<meta name="ContentEnd">'),
    ('<meta name="ContentStart"/>', '<meta name="ContentEnd"/>'),
)

#: What no text holds on any site: share buttons, QR codes, related links, paging, printing.
FURNITURE = (
    "nav,header,footer,aside,.share,.bdsharebuttonbox,.bshare-custom,.social-share,.qrcode,.qr-code,"
    ".ewm,#qrcode,.related,.relevant,.xgxw,.xgyd,.xgwj,.prev-next,.prevnext,.pagination,.breadcrumb,"
    ".position,.crumb,.toolbar,.print,.editor-tool,.fontsize,.page-tool,#share,#pageBreak,"
    ".gwds_nr_ewm,.wechat-qr"
)


#: Lists of an article's files that stand beside its text (K: names that many themes share).
ATTACHMENT_PLACES = (
    ".fujian,.fj,.fjlist,.xgfj,.attach,.attachment,.attachments,.annex,.enclosure,#fujian"
)


def host_of(url: str) -> str:
    """The host name of an address, empty where it has none or cannot be read."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def recognisers_for(url: str, html: str) -> tuple[Recogniser, ...]:
    """The rows worth trying on this page: those of its host first, then the general ones."""
    host = host_of(url)
    fitting = [row for row in RECOGNISERS if row.fits(host, html)]
    return tuple(sorted(fitting, key=lambda row: not row.hosts))
