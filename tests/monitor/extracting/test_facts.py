"""Dates, numbers and titles as pages print them."""

import datetime as dt

import pytest

from monitor.extracting.head import title_of
from monitor.extracting.html.labels import number_in_opening, parse_date
from monitor.extracting.html.metadata import clean_title, line_facts, own_number, url_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2031-03-05", "2031-03-05"),
        ("2031-03-05-08:30:00", "2031-03-05"),
        ("2019-09-18 06:23", "2019-09-18"),
        ("2031年3月5日", "2031-03-05"),
        ("2031 年 03 月 05 日", "2031-03-05"),
        ("2031/3/5", "2031-03-05"),
        ("2031.3.5", "2031-03-05"),
        ("20310305", "2031-03-05"),
        ("5 March 2031", "2031-03-05"),
        ("Mar. 5, 2031", "2031-03-05"),
        ("2031-02-30", None),
        ("1970-01-01 08:00:00", None),
        ("第20310399号", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(text, date):
    assert parse_date(text) == (dt.date.fromisoformat(date) if date else None)


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://www.cnipa.gov.cn/art/2031/3/5/art_1410_1.html", "2031-03-05"),
        ("https://www.ncac.gov.cn/x/202603/t20310305_9.html", "2031-03-05"),
        ("https://www.gov.cn/zhengce/content/2031-03/05/content_9.htm", "2031-03-05"),
        ("https://www.gov.cn/zhengce/content/203103/content_9.htm", None),
    ],
)
def test_dates_in_addresses(url, date):
    assert url_date(url) == (dt.date.fromisoformat(date) if date else None)


@pytest.mark.parametrize(
    ("printed", "sites", "title"),
    [
        ("关于某事的通知_政府信息公开专栏", (), "关于某事的通知"),
        ("关于某事的通知_通知公告_中国政府网", (), "关于某事的通知"),
        ("关于某事的通知-河海办", ("河海办",), "关于某事的通知"),
        ("关于某事的通知 - 教育部政府门户网站", (), "关于某事的通知"),
        ("河海办 | 关于某事的通知", ("河海办",), "关于某事的通知"),
        ("知识产权强国建设纲要和“十四五”规划实施年度推进计划", (), "知识产权强国建设纲要和“十四五”规划实施年度推进计划"),
        ("关于<br/>某事的通知", (), "关于某事的通知"),
        ("Plan for 2031 | China National Intellectual Property Administration", (), "Plan for 2031"),
        ("河海协作计划 - 2031年", (), "河海协作计划 - 2031年"),
        ("河海办 工作通知 关于某事的通知", ("河海办", "工作通知"), "关于某事的通知"),
        ("河海办", ("河海办",), "河海办"),
        ("", (), None),
    ],
)  # fmt: skip
def test_titles_lose_the_sites_name(printed, sites, title):
    assert clean_title(printed, sites) == title


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["题", "河海协办〔2031〕7号", "各单位："], "河海协办〔2031〕7号"),
        (["题", "（河海协办〔2031〕7号）"], "河海协办〔2031〕7号"),
        (["题", "河政字 〔2031〕 84号"], "河政字 〔2031〕 84号"),
        (["河海协作办公室令", "第31号"], "河海协作办公室令第31号"),
        (["题", "根据《通知》（河海协办〔2031〕7号）要求，现安排如下。"], None),
        (["题", "第三条 为了"], None),
    ],
)
def test_the_number_is_a_line_of_its_own(lines, number):
    assert number_in_opening(lines) == number


def test_numbers_that_say_there_is_none():
    assert [own_number(text) for text in ("无", "——", "", None, "河海协办〔2031〕7号 ")] == [
        None, None, None, None, "河海协办〔2031〕7号",
    ]  # fmt: skip


def test_several_facts_in_one_line():
    line = "发布时间：2031-03-05 10:00　来源：协作处　字体：大 中 小　浏览：456"
    assert line_facts([line]) == {"published": "2031-03-05 10:00", "source": "协作处"}


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["河海协作计划", "一、总则"], "河海协作计划"),
        (["河海协作办公室关于", "印发计划的通知", "各单位："], "河海协作办公室关于印发计划的通知"),
        (["河海协办〔2031〕7号", "河海办关于某事的通知"], "河海办关于某事的通知"),
        (["一、总则", "二、分则"], None),
        (["为深入推进协作，现予印发。"], None),
        ([], None),
    ],
)
def test_titles_of_plain_documents(lines, title):
    assert title_of(lines) == title
