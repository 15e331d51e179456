"""Inputs of 1 MB made to stall a reader: processor time and memory from bytes to a Plan.

    python -m bench.extract.hostile [NAME ...]

Ends with 1 where one costs over 2 seconds of processor time or 500 MB, in this process and the
limited one together.
"""

from __future__ import annotations

import gzip
import io
import resource
import sys
import zipfile
from collections.abc import Callable

from monitor.extracting.extract import extract
from plans.reading.read import read
from plans.registry.load import shipped_registry
from tests.monitor.extracting import files

_SIZE = 1_000_000
_SECONDS = 2.0
_MEGABYTES = 500


def fill(unit: str, head: str = "<html>") -> bytes:
    """``unit`` again and again, about 1 MB in UTF-8."""
    return (head + unit * (_SIZE // len(unit.encode()) + 1)).encode()[:_SIZE]


def _numbered(form: str, count: int) -> str:
    return "".join(form.format(at) for at in range(count))


def zip_bomb() -> bytes:
    """A Word file of half a gigabyte, written piece by piece so that it is never in memory."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(500):
            part.write(bytes(_SIZE))
    return out.getvalue()


_RUN = "<w:r><w:t>修</w:t></w:r>"
_PARAGRAPH = f"<w:p>{_RUN}</w:p>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def word(body: str) -> bytes:
    """A Word file whose text is ``body``."""
    source = files.word(lambda document: document.add_paragraph("修"))
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    )
    return files.packed(parts, zipfile.ZIP_STORED)


CASES: dict[str, Callable[[], bytes]] = {
    "elements in elements": lambda: fill("<div>"),
    "the same, closed": lambda: ("<div>" * 90_000 + "</div>" * 90_000).encode(),
    "text boxes of a known system in each other": lambda: fill('<div class="TRS_Editor">x'),
    "tables in tables": lambda: fill("<table><tr><td>"),
    "lists in lists": lambda: fill("<ol><li>x"),
    "open formatting": lambda: (_numbered("<b id={}>", 30_000) + "<p>x" * 80_000).encode(),
    "a little open formatting": lambda: (
        "<div id=zoom>" + _numbered("<b id={}>", 200) + "<p>x" * 240_000
    ).encode(),
    "attributes": lambda: ("<p " + _numbered("a{} ", 130_000) + ">").encode(),
    "attributes behind a quoted tag": lambda: (
        '<html><p b="<>" ' + _numbered("a{} ", 130_000) + ">"
    ).encode(),
    "attributes, just few enough": lambda: (
        "<html>" + ("<p " + _numbered("a{} ", 1_400) + ">x") * 120
    ).encode(),
    "paragraphs": lambda: fill("<p>知识产权"),
    "paragraphs of a known system": lambda: fill("<p>知识产权", "<div id=zoom>"),
    "cells": lambda: fill("<tr><td>a<td>b", "<table>"),
    "cells over all rows": lambda: fill("<tr><td rowspan=65534 colspan=9>甲<td>乙", "<table>"),
    "cells over 65,535 rows and 1,000 columns": lambda: fill(
        "<tr><td rowspan=65535 colspan=1000>甲<td rowspan=65535>乙", "<div id=zoom><table>"
    ),
    "entities": lambda: fill("&lt;&amp;&#20013;&#x4e2d;&nbsp;&hellip;", "<div id=zoom>"),
    "unknown entities": lambda: fill("&a", "<div id=zoom>"),
    "spans in spans": lambda: ("<span>" * 100_000 + "甲").encode(),
    "200,000 attributes": lambda: ("<p " + _numbered("a{}=1 ", 200_000) + ">甲").encode()[:_SIZE],
    "one line of digits": lambda: fill("1", ""),
    "one line of full-width digits": lambda: fill("１", ""),
    "one line without a mark": lambda: fill("修", ""),
    "traditional characters": lambda: fill("臺灣著作權", ""),
    "characters that compose": lambda: fill("e\u0301", ""),
    "links": lambda: fill("<li><a href=/x>知识产权保护行动</a>"),
    "metadata tables": lambda: fill("<table><tr><td>索引号</td><td>1</td></tr></table>"),
    "labels": lambda: fill("来源：", "<html><p>"),
    "one line of a plan": lambda: fill("1.推进修订。（商务部负责）", ""),
    "a title without end": lambda: fill(" - a", "<html><title>"),
    "blanks": lambda: fill(" \n", "<html><p>知"),
    "a comment": lambda: fill("-", "<html><!--"),
    "templates": lambda: fill("{{", "<html><script></script>"),
    "redirects": lambda: fill("location='", "<html><script>"),
    "frames": lambda: fill('<iframe src="a.pdf"></iframe>'),
    "base64": lambda: fill("QUJD/", '<html><img src="data:image/png;base64,'),
    "JSON brackets": lambda: fill("[", ""),
    "JSON objects": lambda: fill('{"a":', ""),
    "Markdown brackets": lambda: fill("[", "# a\n# b\n"),
    "Markdown emphasis": lambda: fill("*a ", "# a\n# b\n"),
    "Markdown pictures": lambda: fill("![a](", "# a\n# b\n"),
    "Markdown tables": lambda: fill("|a", "# a\n# b\n"),
    "comments in comments": lambda: fill("<!--<!-", "<html><body>"),
    "many comments": lambda: fill("<!--x-->修", "<div id=zoom>"),
    "one attribute of a megabyte": lambda: fill("a<'>", '<html><div title="'),
    "a class of many names": lambda: fill("zoom ", '<html><div class="'),
    "an entity without end": lambda: fill("0", "<div id=zoom>&#"),
    "entities that are cut": lambda: fill("&#x", "<div id=zoom>"),
    "scripts in a page": lambda: fill("<script>var a='</'+'script>'</script>", "<div id=zoom>"),
    "a shell of scripts": lambda: fill("eval(function(p,a,c,k,e,d){", "<html><script>"),
    "metadata by the thousand": lambda: fill('<meta name="ArticleTitle" content="渔港">', "<html>"),
    "headings": lambda: fill("<h1>渔港振兴计划</h1>"),
    "forms in forms": lambda: fill("<form><select><option>"),
    "tables of 100,000 cells": lambda: fill("<td>1", "<div id=zoom><table><tr>"),
    "rows of bodies in a page": lambda: fill(
        "<tr><td>1<td>修航道<td>水利部", "<div id=zoom><table><tr><td>序号<td>任务<td>责任单位"
    ),
    "a page in two charsets": lambda: (
        b"<html><meta charset=gb2312><div id=zoom>"
        + ("修".encode("gb18030") + "修".encode()) * 200_000
    ),
    "a page of broken UTF-8": lambda: b"<html><meta charset=utf-8><p>" + b"\xe4\xbf" * 500_000,
    "UTF-16": lambda: ("<html><p>" + "修" * 500_000).encode("utf-16"),
    "articles": lambda: fill("第一条　修。", ""),
    "articles that count": lambda: _numbered("第{}条 修。\n", 60_000).encode()[:_SIZE],
    "titles in titles": lambda: fill("《甲《乙", ""),
    "titles in titles, closed": lambda: fill("《关于《甲法》的办法》", "1.修"),
    "square brackets": lambda: fill("〔2031〕1号【", ""),
    "other brackets": lambda: fill("［〈「『（(", ""),
    "brackets of two widths": lambda: fill("（水利部)(水利部）", "1.修"),
    "bodies in nested brackets": lambda: fill("（水利部（", "1.修"),
    "ideographic spaces": lambda: fill("　", "1.修"),
    "ideographic spaces between words": lambda: fill("水　利　部　", "1.修（"),
    "dots of a list of contents": lambda: fill("…………", "一、修"),
    "numbers with points": lambda: fill("1.1.", ""),
    "circled numbers": lambda: fill("①修②", ""),
    "bodies without end": lambda: fill("水利部会同司法部、", "1.修（"),
    "deadlines": lambda: fill("2031年12月31日前完成，", "1.修（"),
    "quotation marks": lambda: fill("“听", "1."),
    "tabs": lambda: fill("修\t", ""),
    "lines of one character": lambda: fill("修\n", ""),
    "lines of labels": lambda: fill("责任单位：\n", ""),
    "lists of local bodies in commentary": lambda: fill(
        "在建设上，" + "省甲厅和" * 120 + "走。\n",
        "《2031年渔港建设计划》解读\n近日印发《2031年渔港建设计划》。\n",
    ),
    "local bodies in one cell": lambda: _numbered(
        "{}.修。（责任单位：" + "市甲局市乙局" * 120 + "）\n", 1_400
    ).encode()[:_SIZE],
    "stops of one byte": lambda: fill("码头.", ""),
    "groups of a table": lambda: (
        "重点任务\t序号\t具体内容\t责任单位\n"
        + _numbered("（一）建设\t1\t修{}座码头。\t水利部\n", 16_000)
    ).encode()[:_SIZE],
    "joined characters": lambda: fill("水\u200d利\u200b部", "1.修（"),
    "an English bracket": lambda: fill("Ministry of Tides, ", "1. Survey the coast. ("),
    "English capitals": lambda: fill("Aa Bb ", "The CNIPA will "),
    "English titles that begin": lambda: fill("Trademark La ", "1. Amend the "),
    "English dates": lambda: fill("by the end of June 20", "1. Amend it "),
    "PDF text": lambda: files.pdf([[(90, 100, "知识产权" * 6)] * 600] * 10)[: 10 * _SIZE],
    "PDF pages": lambda: files.pdf([[(90, 100, "甲")]] * 2_500),
    "Word paragraphs": lambda: files.packed({"word/document.xml": "<w:p/>" * 100_000}),
    "Word cells": lambda: word(
        "<w:tbl><w:tr>" + f"<w:tc>{_PARAGRAPH}</w:tc>" * 16_000 + "</w:tr></w:tbl>"
    ),
    "Word rows of bodies": lambda: word(
        "<w:tbl>"
        + f"<w:tr>{_cell('任务')}{_cell('责任部门')}</w:tr>"
        + f"<w:tr>{_cell('修')}{_cell('', '<w:vMerge/>')}</w:tr>" * 4_500
        + "</w:tbl>"
    ),
    "Word tables in tables": lambda: word(
        "<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200
    ),
    "Word boxes in boxes": lambda: word(
        "<w:p><w:r><w:txbxContent>" * 80 + _PARAGRAPH + "</w:txbxContent></w:r></w:p>" * 80
    ),
    "Word paragraphs whose ends are deleted": lambda: word(
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_RUN}</w:p>" * 8_000
    ),
    "PDF columns": lambda: files.pdf(
        [
            [(80, 100, "序号"), (130, 100, "任务"), (330, 100, "责任单位")]
            + [
                one
                for at in range(300)
                for one in (
                    (80, 110 + 2 * at, str(at + 1)),
                    (130, 110 + 2 * at, "修"),
                    (330, 110 + 2 * at, "部"),
                )
            ]
        ]
        * 12
    ),
    "zip bomb": zip_bomb,
    "gzip bomb": lambda: b"".join([gzip.compress(bytes(_SIZE), 9)] * 500),
}


def cost(body: bytes) -> tuple[float, int, str]:
    """Processor seconds, peak megabytes of any limited process so far, and the outcome."""
    before = _used()
    made = extract(body)
    if made.state == "document":
        read(made, shipped_registry())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return _used() - before, peak // 1024, f"{made.state}: {(made.reason or '')[:60]}"


def _used() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> int:
    """Print a Markdown table; 1 where a case is over the bounds."""
    over = []
    print("| input | KB | CPU s | outcome |\n|---|---|---|---|")
    for name in sys.argv[1:] or CASES:
        body = CASES[name]()
        seconds, peak, outcome = cost(body)
        print(f"| {name} | {len(body) // 1024} | {seconds:.2f} | {outcome} |", flush=True)
        if seconds > _SECONDS or peak > _MEGABYTES:
            over.append(name)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\npeak memory: {own} MB here, {child} MB in a limited process")
    if over:
        print("over the bounds:", ", ".join(over))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
