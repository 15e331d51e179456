"""Facts about the article that the page states outside its text: title, dates, number, source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.extracting.html.labels import LABELS, NUMBER, label_key, parse_date, says_metadata
from monitor.extracting.text import squeeze

#: A table larger than this is content, whatever its labels.
_LARGEST_TABLE = 2500
#: Names of meta tags, in order of trust. ``Maketime`` is when the page was made again, at times
#: years later (a migration), and so is ``lastmodifiedtime``: neither tells when it was published.
_TITLES = ("articletitle", "og:title")
_DATES = (
    "pubdate",
    "firstpublishedtime",
    "publishdate",
    "article:published_time",
    "dc.date.issued",
)
_SOURCES = ("contentsource", "source", "author")
_SITES = ("sitename", "columnname", "lanmu", "og:site_name")

_LABEL = re.compile(
    r"(发布日期|发布时间|成文日期|发文日期|发文字号|文号|信息来源|文章来源|来源|日期|时间|Source|Published|Date)\s*[：:]"
)
_ENGLISH_LABELS = {"Source": "source", "Published": "published", "Date": "published"}
#: In an info line the next label ends a value (来源：A　时间：B, or 来源：A 字体：大 中 小).
_NEXT = re.compile(r"[\s|｜]+(?=[\u4e00-\u9fff]{2,5}\s*[：:])|\s{2,}|[|｜\u3000【\[]")
_DAY_ALONE = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?")
_URL_DAY = re.compile(
    r"/art/(?P<y1>\d{4})/(?P<m1>\d{1,2})/(?P<d1>\d{1,2})/"
    r"|/t(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)_\d+\."
    r"|/(?P<y3>\d{4})-(?P<m3>\d\d)/(?P<d3>\d\d)/"
)
_SITE_WORDS = re.compile(
    r"(?:网|网站|门户|专栏|政府|平台|频道|公开|总局|局|部|委员会|法院|检察院|银行|署|CNIPA|gov\.cn"
    r"|Administration|Office)$"
)
_TITLE_BREAK = re.compile(
    r"\s*[_|｜]\s*|\s+[-–—]{1,2}\s+|(?<=[\u4e00-\u9fff）》])-(?=[\u4e00-\u9fff])"
)


class Facts(NamedTuple):
    """What the page says of the article; None where it does not say."""

    title: str | None = None
    published_on: dt.date | None = None
    number: str | None = None
    source: str | None = None


def meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    """Names (lower case) and contents of the page's meta tags; the first of a name counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]")[:200]:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = squeeze(attributes.get("content") or "")[:1000]
        if name and content:
            found.setdefault(name, content)
    return found


def metadata_blocks(root: LexborNode) -> tuple[dict[str, str], set[int]]:
    """Read the metadata tables and lists under ``root``.

    Answers label kinds (title, published, number, source, issued, issuer) with their values, and
    the ``mem_id`` of the blocks, which are no text.
    """
    facts: dict[str, str] = {}
    blocks: set[int] = set()
    for block in root.css("table,dl,ul.xxgk,.xxgk-head,.xxgk_head,.article-info,.sls")[:60]:
        # Layout tables hold tables; the search answers the block itself, too.
        if any(inner.mem_id != block.mem_id for inner in block.css("table")):
            continue
        text = block.text(deep=True) or ""
        if len(text) > _LARGEST_TABLE or (
            "：" not in text and ":" not in text and "号" not in text
        ):
            continue
        pairs = list(_cells(block))
        if not says_metadata([key for key, _ in pairs]):
            # A second table of the same block may hold 主题词 alone (gov.cn).
            known = sum(key in LABELS for key, _ in pairs)
            if blocks and known and all(key in LABELS or not key for key, _ in pairs):
                blocks.add(block.mem_id)
            continue
        blocks.add(block.mem_id)
        for key, value in pairs:
            kind = LABELS.get(key)
            if kind and value:
                facts.setdefault(kind, value)
    return facts, blocks


def _cells(block: LexborNode) -> Iterable[tuple[str, str]]:
    """Labels and values: a cell with a label is followed by its value, or holds both."""
    cells = [
        squeeze(cell.text(deep=True) or "")
        for cell in block.css("td,th,dt,dd,li,p,span.sls-item")[:120]
    ]
    at = 0
    while at < len(cells):
        key = label_key(cells[at])
        if key in LABELS:
            value = cells[at + 1] if at + 1 < len(cells) else ""
            takes = label_key(value) not in LABELS
            yield key, value if takes else ""
            at += 2 if takes else 1
            continue
        label, colon, value = cells[at].replace("：", ":", 1).partition(":")
        if colon and label_key(label) in LABELS:
            yield label_key(label), value.strip()
        elif cells[at]:
            yield "", cells[at]
        at += 1


def line_facts(lines: Iterable[str]) -> dict[str, str]:
    """Facts from lines such as ``发布时间：2022-01-05　来源：…``.

    ``day`` is the first line that is a day in figures and no more: often the date of publication
    (signatures write theirs as 年月日), at times that of another article in a list.
    """
    facts: dict[str, str] = {}
    alone: str | None = None
    for line in lines:
        if alone is None and _DAY_ALONE.fullmatch(line):
            alone = line
        line = line[:500]
        labels = list(_LABEL.finditer(line))
        ends = [*(label.start() for label in labels[1:]), len(line)]
        for label, end in zip(labels, ends, strict=False):
            kind = LABELS.get(label[1]) or _ENGLISH_LABELS.get(label[1])
            value = _NEXT.split(line[label.end() : end].strip()[:80], maxsplit=1)[0].strip()
            if kind == "published" and parse_date(value) is None:
                continue
            if kind and value:
                facts.setdefault(kind, value)
    if alone is not None:
        facts["day"] = alone
    return facts


def gather(
    meta: dict[str, str],
    blocks: dict[str, str],
    info: dict[str, str],
    heading: str | None,
    page_title: str | None,
    url: str,
) -> Facts:
    """Choose between what the page's parts say: meta tags, metadata table, info line, address."""
    sites = [meta[name] for name in _SITES if name in meta]
    title = (
        next((meta[name] for name in _TITLES if name in meta), None)
        or blocks.get("title")
        or heading
        or page_title
    )
    published = (
        next((day for name in _DATES if (day := parse_date(meta.get(name)))), None)
        or parse_date(blocks.get("published"))
        or parse_date(info.get("published"))
        or url_date(url)
        or parse_date(info.get("day"))
    )
    source = (
        next((meta[name] for name in _SOURCES if name in meta), None)
        or blocks.get("source")
        or info.get("source")
    )
    return Facts(
        title=clean_title(title, sites) if title else None,
        published_on=published,
        number=own_number(blocks.get("number") or info.get("number")),
        source=source.removeprefix("来源：").strip()[:200] if source else None,
    )


def own_number(printed: str | None) -> str | None:
    """A number as the metadata table prints it; None for its ways of saying that there is none."""
    printed = squeeze(printed or "")
    if not printed or len(printed) > 60 or not re.search(r"\d", printed):
        return None
    match = NUMBER.search(printed)
    return match[0] if match else printed


def clean_title(title: str, sites: Iterable[str] = ()) -> str | None:
    """A title without the site's or column's name behind it (``…的通知_政府信息公开专栏``)."""
    title = squeeze(re.sub(r"<br\s*/?>|</?\w+>", "", title))[:500]
    names = {squeeze(site) for site in sites}
    # JCMS: the site's name, then the column's, before the title, divided by blanks.
    words = title.split(" ")
    while len(words) > 1 and words[0] in names and _TITLE_BREAK.fullmatch(f" {words[1]} ") is None:
        words.pop(0)
    title = " ".join(words)
    parts = _TITLE_BREAK.split(title)
    seps = _TITLE_BREAK.findall(title)
    many = len(parts) >= 3
    while len(parts) > 1 and (
        parts[-1] in names or _SITE_WORDS.search(parts[-1]) or _is_column(parts, many)
    ):
        parts.pop()
    while len(parts) > 1 and parts[0] in names:
        parts.pop(0)
        seps.pop(0)
    kept = parts[0] + "".join(sep + part for sep, part in zip(seps, parts[1:], strict=False))
    return kept.strip() or None


def _is_column(parts: list[str], many: bool) -> bool:
    """True for a last part that can be a column's name: short, and without a year or number."""
    last = parts[-1]
    return not re.search(r"\d", last) and (
        len(last) * 3 < len(parts[0]) or (many and len(last) <= 8)
    )


def url_date(url: str) -> dt.date | None:
    """The day in an article's address, as JCMS, TRS and gov.cn write it."""
    match = _URL_DAY.search(url)
    if not match:
        return None
    groups = [group for group in match.groups() if group]
    return parse_date("-".join(groups))
