"""Input made to break or to stall the reader: it is an outcome, never an exception."""

import gzip
import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.extracting.errors import ExtractError, NotBytesError
from monitor.extracting.extract import extract
from monitor.extracting.html.guard import is_laborious
from monitor.extracting.html.page import read_page
from tests.monitor.extracting import files
from tests.monitor.extracting.article import Article
from tests.monitor.extracting.barriers import BARRIERS
from tests.monitor.extracting.pages import PAGES

SEEDS = [PAGES[name](Article()).body.encode() for name in ("jcms", "govcn_policy", "nfra", "moe")]
SEEDS += [barrier.body.encode() for barrier in BARRIERS.values()]
TAGS = [
    "div",
    "p",
    "span",
    "table",
    "tr",
    "td",
    "th",
    "ol",
    "ul",
    "li",
    "b",
    "a",
    "font",
    "br",
    "script",
    "style",
    "h1",
    "pre",
    "iframe",
    "svg",
    "math",
    "form",
]

_pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(['<td rowspan="9" colspan=7>', '<ol start="99999999999">', '<a href="a.pdf">', '<a href="http://[">',
                     "<div class=TRS_Editor>", "<div id=zoom>", '<table class="sls">', "<!--", "-->", "<![CDATA[",
                     '<meta name="PubDate" content="9999-99-99">', "<title>", "&#x110000;", "&nbsp;", "索引号：", "发布日期：",
                     "一、", "验证码", "__jsl_clearance", "404", "\x00", "\ufeff", "\ud7ff", "[", "{", '"', "# "]),
    st.text(max_size=20),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=60).map("".join))
def test_any_markup_is_an_outcome(html):
    made = read_page(html, "https://www.cnipa.gov.cn/a.html")
    assert made is None or made.state in (
        "document",
        "challenge",
        "shell",
        "list",
        "empty",
        "unreadable",
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.sampled_from([b"<html>", b"{", b"<?xml ", b"\xff\xfe", b"# a\n# b\n"]).flatmap(
            lambda head: st.binary(max_size=400).map(lambda tail: head + tail)
        ),
    ),
    st.sampled_from(["", "text/html", "text/plain; charset=gbk", "application/pdf"]),
    st.sampled_from(["", "https://www.gov.cn/a.htm", "http://[bad", "x.md"]),
    st.sampled_from([None, "utf-8", "gbk", "no such charset", "idna"]),
)
def test_any_bytes_are_an_outcome(body, media_type, url, charset):
    assert extract(body, media_type=media_type, url=url, charset=charset).state


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_pages_with_bytes_flipped_cut_and_doubled_are_an_outcome(seed, number):
    dice = random.Random(number)
    body = bytearray(seed)
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(body)) if body else 0
        match dice.randrange(3):
            case 0:
                body[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del body[at : at + dice.randrange(40)]
            case _:
                body[at:at] = body[at : at + dice.randrange(200)]
    assert extract(bytes(body), url="https://www.cnipa.gov.cn/a.html").state


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000,
        "<div>" * 5000 + "</div>" * 5000,
        "".join(f"<b id={at}>" for at in range(200)) + "<p>x" * 500,
        "<p " + " ".join(f"a{at}" for at in range(20_000)) + ">",
        '<p b="<>" ' + " ".join(f"a{at}" for at in range(20_000)) + ">",
        "<p " + "/".join(f"a{at}" for at in range(20_000)) + ">",
        "<p>x" * 50_000,
    ],
    ids=["deep", "deep and closed", "formatting", "attributes", "disguised", "slashes", "many"],
)
def test_what_stalls_a_parser_is_told_beforehand(html):
    """Such a page is read only where time and memory are limited."""
    assert is_laborious(html)
    assert read_page(html) is None


@pytest.mark.parametrize("name", PAGES)
def test_real_pages_pass_the_guard(name):
    assert not is_laborious(PAGES[name](Article()).body)


def test_a_page_that_takes_too_long_is_an_outcome_with_a_reason():
    made = extract(b"<html>" + b"<div>" * 150_000)
    assert (made.state, "processor time" in made.reason) == ("unreadable", True)


def test_a_long_page_of_a_known_system_is_read_in_full():
    article = Article(
        paragraphs=tuple(f"{at}.推进第{at}批样品登记。（商务部负责）" for at in range(1, 3001))
    )
    assert (
        extract(PAGES["jcms"](article).body.encode(), url=PAGES["jcms"](article).url).text
        == article.text
    )


def test_a_long_page_of_an_unknown_system_is_read_in_full():
    """Above a size the general chooser works in the limited process, by link density alone."""
    article = Article(
        paragraphs=tuple(
            f"{at}.推进第{at}批样品登记，健全跨区域协作机制。（商务部负责）"
            for at in range(1, 3001)
        )
    )
    made = extract(PAGES["unknown_reprint"](article).body.encode())
    assert made.state == "document", made.reason
    assert made.text == article.text


NOISE = random.Random(7).randbytes(300)
MAGIC = {
    "pdf": (b"%PDF-1.7\n", "application/pdf"),
    "zip": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "end of a zip": (b"PK\x05\x06", "application/ofd"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-excel"),
    "rtf": (b"{\\rtf1 ", "application/rtf"),
    "gzip": (b"\x1f\x8b\x08\x00", "application/gzip"),
    "picture": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "xml": (b"<?xml ", "application/xml"),
    "utf-16": (b"\xff\xfe<", "text/html"),
}


@pytest.mark.parametrize(("magic", "media_type"), MAGIC.values(), ids=MAGIC)
def test_noise_behind_the_mark_of_a_format_is_an_outcome(magic, media_type):
    made = extract(magic + NOISE, media_type=media_type)
    assert made.state != "document" or made.text
    assert made.state == "document" or made.reason


def test_what_is_compressed_twice_is_not_unpacked_again():
    made = extract(gzip.compress(gzip.compress(b"<p>1</p>" * 1_000)))
    assert (made.state, made.reason) == ("unreadable", "compressed more than once")


def test_a_bomb_inside_a_word_file_is_never_opened():
    """An embedded file counts with its packed size: nothing of it is read."""
    bomb = files.packed({"word/document.xml": b"\0" * 150_000_000})
    honest = zipfile.ZipFile(io.BytesIO(files.word(lambda word: word.add_paragraph("疏浚航道。"))))
    parts = {name: honest.read(name) for name in honest.namelist()}
    made = extract(files.packed({**parts, "word/embeddings/inner.docx": bomb}))
    assert (made.state, made.text) == ("document", "疏浚航道。")


def test_entities_of_an_xml_text_are_not_expanded():
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    made = extract((head + "<a>&l11;&f;</a>").encode(), media_type="application/xml")
    assert "haha" not in made.text
    assert "root:" not in made.text + (made.reason or "")


def test_only_bytes_are_read():
    with pytest.raises(NotBytesError):
        extract("text")  # type: ignore[arg-type]
    assert issubclass(NotBytesError, ExtractError)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"<html>", b'{"'])
def test_noise_is_no_text_whatever_it_begins_with(mark):
    assert extract(mark + NOISE, media_type="text/html").state == "unreadable"
