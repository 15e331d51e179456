"""Pages in every charset, said rightly, wrongly and not at all."""

import pytest

from monitor.extracting.charset import decode
from monitor.extracting.extract import extract
from tests.monitor.extracting.article import Article, document

ARTICLE = Article()
#: Characters that gb2312 lacks and gb18030 has: pages that say gb2312 use them all the same.
WIDE = Article(
    paragraphs=("镕、喆、㙍三位同志负责㐀类样品的登记工作，请各有关单位配合。", "2031年3月1日")
)


def page(article: Article, charset: str) -> str:
    return document("", f'<div class="TRS_Editor">{article.ps}</div>', article.title, charset)


@pytest.mark.parametrize(
    ("said_in_page", "said_in_header", "really", "named"),
    [
        ("utf-8", None, "utf-8", "utf-8"),
        ("gb2312", None, "utf-8", "utf-8"),
        ("utf-8", None, "gb18030", "gb18030"),
        ("gb2312", None, "gb18030", "gb18030"),
        ("gbk", "utf-8", "gb18030", "gb18030"),
        ("utf-8", "ISO-8859-1", "gb18030", "gb18030"),
        ("nonsense-8", None, "gb18030", "gb18030"),
        ("utf-8", None, "utf-8-sig", "utf-8"),
        ("gb2312", None, "utf-16", "utf-16-le"),
        ("utf-8", None, "utf-16-le", "utf-16-le"),
        ("utf-8", None, "utf-16-be", "utf-16-be"),
        ("rot13", "zlib", "gb18030", "gb18030"),
    ],
)
@pytest.mark.parametrize("article", [ARTICLE, WIDE], ids=["plain", "wide"])
def test_whatever_is_declared_the_text_is_read(
    said_in_page, said_in_header, really, named, article
):
    body = page(article, said_in_page).encode(really)
    made = extract(body, charset=said_in_header, url="http://www.ncac.gov.cn/a/t20310305_1.html")
    assert made.text == article.text
    assert made.charset == named


def test_big5_is_told_from_gb_where_nothing_is_declared():
    text = "各有關單位：現將計畫印發，請認真組織實施。國家知識產權局的職責是為產權服務。" * 3
    assert decode(text.encode("big5hkscs"), "big5") == (text, "big5hkscs")
    assert decode(text.encode("big5hkscs"))[0] == text


def test_a_page_of_two_charsets_is_read_piece_by_piece():
    """A UTF-8 frame around an article that an older system stored as GBK."""
    frame = page(Article(paragraphs=("占位占位占位占位占位占位占位占位",)), "utf-8")
    before, after = frame.split("占位占位占位占位占位占位占位占位")
    body = (
        before.encode()
        + "样品登记工作由河海协作办公室负责，请遵照执行。".encode("gb18030")
        + after.encode()
    )
    made = extract(body)
    assert made.text == "样品登记工作由河海协作办公室负责，请遵照执行。"
    assert made.charset == "utf-8+gb18030"


def test_one_character_cut_in_half_spoils_nothing_else():
    body = page(ARTICLE, "utf-8").encode().replace("通报".encode(), "通报".encode()[:-1])
    text = extract(body).text
    kept = [line for line in ARTICLE.paragraphs if "通报" not in line]
    assert [line for line in text.split("\n") if "进展" not in line] == kept


def test_english_with_accents_is_not_taken_for_chinese():
    text = "The café’s naïve plan — published in 2031 — is responsible for the résumé of measures."
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_accents_that_happen_to_be_pairs_of_gbk_are_still_accents():
    text = "The naïve fiancées of 2031 are responsible for the measures on samples."
    assert text.encode("cp1252").decode("gb18030")
    assert decode(text.encode("cp1252")) == (text, "cp1252")
