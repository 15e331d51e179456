"""Challenges, shells, lists, error pages and empty articles are named, and never a document."""

import pytest

from monitor.extracting.extract import extract
from tests.monitor.extracting.article import Article, document
from tests.monitor.extracting.barriers import BARRIERS, CHALLENGES, MARKS, protected_article


@pytest.mark.parametrize("name", BARRIERS)
def test_what_stands_for_a_document_is_named(name):
    page = BARRIERS[name]
    made = extract(page.body.encode(), url=page.url)
    assert (made.state, page.says in (made.reason or "")) == (page.state, True), made.reason


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_one_whatever_the_address(name):
    """The same answer comes for attachments and for sites that no row of the table knows."""
    for url in ("", "https://unknown.example/files/a.pdf", "http://www.pbc.gov.cn/a/index.html"):
        assert extract(CHALLENGES[name].body.encode(), url=url).state == "challenge"


@pytest.mark.parametrize("mark", MARKS)
def test_one_mark_is_enough_and_names_the_maker(mark):
    """With a real title, as these pages may have, and without; before any text and in the head."""
    for page in (
        f"<html><head><title>河海协作办公室 通知公告</title>{mark}</head><body></body></html>",
        f"<!DOCTYPE html><html><body>{mark}<noscript>请开启脚本</noscript></body></html>",
    ):
        made = extract(page.encode(), url="https://www.cnipa.gov.cn/art/2031/3/5/art_1_2.html")
        assert made.state == "challenge"
        assert MARKS[mark] in (made.reason or "")


def test_a_real_article_may_load_the_scripts_of_a_protection():
    made = extract(
        protected_article().encode(), url="https://www.cnipa.gov.cn/art/2031/3/5/art_1_2.html"
    )
    assert made.state == "document"


def test_a_plan_that_speaks_of_captchas_and_missing_pages_is_a_document():
    lines = (
        "1.清理“页面不存在”“系统维护”等政务网站问题。（国务院办公厅负责）",
        "2.推广人机验证、验证码等安全验证措施，治理 404 页面。（国家网信办负责）",
        "3.完善登录服务。（公安部、国家网信办按职责分工负责）",
    ) * 4  # fmt: skip
    article = Article(paragraphs=lines)
    body = document("", f'<div class="TRS_Editor">{article.ps}</div>', article.title)
    made = extract(body.encode())
    assert made.state == "document"
    assert made.text == article.text


def test_a_notice_about_maintenance_is_a_document():
    line = "因系统维护，河海样品登记平台将于2031年4月1日零时至六时暂停服务，期间无法提交登记申请和查询办理进度。"
    article = Article(
        title="关于系统维护的公告",
        paragraphs=(line, "请各有关单位和申请人合理安排时间，提前办理相关业务，由此带来的不便敬请谅解，感谢支持。",
                    "如有疑问，请拨打平台客服电话咨询，或者通过电子邮件反映，办公室将在一个工作日内答复。", "2031年3月1日"),
    )  # fmt: skip
    body = document("", f'<div class="TRS_Editor">{article.ps}</div>', article.title)
    assert extract(body.encode()).text == article.text


def test_a_short_notice_in_a_known_place_is_a_document():
    article = Article(paragraphs=("经研究，决定自2031年4月1日起停止使用旧表格。", "河海协作办公室"))
    body = document("", f'<div class="TRS_Editor">{article.ps}</div>', article.title)
    assert extract(body.encode()).text == article.text


def test_the_page_that_is_one_attachment_names_the_file_to_follow():
    made = extract(BARRIERS["pbc_one_pdf"].body.encode(), url=BARRIERS["pbc_one_pdf"].url)
    assert [(file.url, file.title) for file in made.attachments] == [
        ("http://www.pbc.gov.cn/tiaofasi/144941/99/2031030517.pdf", "某某公告.pdf")
    ]
    assert made.title == "某某公告"
