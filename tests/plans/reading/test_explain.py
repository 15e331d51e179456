"""The text with its parts marked."""

from plans.model import Extract
from plans.reading.explain import explain
from plans.reading.read import read

TEXT = """2031年渔港计划
为做好2031年工作，制定本计划。
一、建设
1.推进《渔港条例》修改。（水利部、某协会负责）
- 2 -
2.修灯塔。"""


def marks(text, registry):
    extract = Extract(state="document", text=text)
    return [
        (segment.part, segment.label, text[segment.start : segment.end].strip())
        for segment in explain(extract, read(extract, registry), registry)
        if text[segment.start : segment.end].strip()
    ]


def test_every_part_is_marked_where_it_stands(registry):
    assert marks(TEXT, registry) == [
        ("frame", "title", "2031年渔港计划"),
        ("frame", "preamble", "为做好2031年工作，制定本计划。"),
        ("section", "1", "一、建设"),
        ("number", "1", "1."),
        ("task", "1", "推进"),
        ("instrument", "", "《渔港条例》"),
        ("task", "1", "修改。"),
        ("bracket", "", "（"),
        ("actor", "mwr", "水利部"),
        ("bracket", "", "、"),
        ("actor", "unknown", "某协会"),
        ("bracket", "", "负责）"),
        ("skipped", "page number - 2 - left out", "- 2 -"),
        ("number", "2", "2."),
        ("task", "2", "修灯塔。"),
    ]


def test_the_segments_cover_the_whole_text_in_order(registry):
    extract = Extract(state="document", text=TEXT)
    segments = explain(extract, read(extract, registry), registry)
    assert "".join(TEXT[s.start : s.end] for s in segments) == TEXT


def test_a_body_broken_over_two_lines_is_marked_whole(registry):
    text = "渔港计划\n1.修码头。（水利部、国家林\n草局负责）\n2.修灯塔。"
    assert ("actor", "nfga", "国家林\n草局") in marks(text, registry)


def test_a_body_in_english_prose_is_marked_in_its_sentence(registry):
    text = "Harbour News\n[Measures]\nThe coast is long. The CNIPA will act."
    assert ("actor", "cnipa", "CNIPA") in marks(text, registry)
