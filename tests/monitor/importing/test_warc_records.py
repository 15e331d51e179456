"""The records of a web archive: which are texts, which are passed over, which are damaged."""

import pytest

from monitor.importing import NotAnArchive, Wish
from monitor.importing_warc import import_warc
from tests.monitor.importing.archives import arc, chunked, packed, record, resource
from tests.monitor.invented import Invented
from tests.monitor.watch import article_source

PLAN = Invented()
NEXT = Invented(year=2032)
HTML = ("Content-Type", "text/html; charset=utf-8")


def page(plan=PLAN):
    return plan.page() if isinstance(plan.page(), bytes) else plan.page().encode()


def url(name):
    return f"https://lakes.example/{name}.html"


@pytest.fixture
def desk(watch):
    return watch(article_source("http://127.0.0.1:9/none.html"))


@pytest.fixture
def bring(desk, tmp_path):
    def brought(*records, name="a.warc.gz", **wish):
        path = tmp_path / name
        path.write_bytes(b"".join(records))
        return list(import_warc(desk.runtime, path, Wish(**wish)))

    return brought


def test_only_pages_are_looked_at(bring):
    found = bring(
        record(url("request"), b"", kind="request"),
        record(url("moved"), b"", status="302 Found"),
        record(url("gone"), page(), status="404 Not Found"),
        record(url("picture"), b"\x89PNG\r\n\x1a\n", headers=[("Content-Type", "image/png")]),
        record(url("style"), b"a{}", headers=[("Content-Type", "text/css")]),
        record(url("script"), b"x()", headers=[("Content-Type", "text/javascript")]),
        record(url("plan"), page()),
        record(url("plan"), b"", kind="revisit"),
        record(url("data"), b'{"a": 1}', headers=[("Content-Type", "application/json")]),
        resource("urn:next", NEXT.text.encode()),
    )
    assert [(r.outcome, r.kept) for r in found] == [
        ("new_version", True),
        ("unreadable", False),
        ("new_version", True),
    ]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([("Content-Encoding", "gzip")], packed(page())),
        ([("Content-Encoding", "GZIP"), ("Transfer-Encoding", "chunked")], chunked(packed(page()))),
        ([("Transfer-Encoding", "chunked")], chunked(page())),
        # Some archivers unpack what they keep and leave the headers as they were.
        ([("Content-Encoding", "gzip")], page()),
        ([("Transfer-Encoding", "chunked")], page()),
    ],
)
def test_what_was_packed_for_the_way_is_unpacked(desk, bring, headers, body):
    (result,) = bring(record(url("plan"), body, headers=[HTML, *headers]))
    assert result.outcome == "new_version"
    (version,) = desk.versions()
    assert len(desk.plan(version).tasks) == 12


def test_a_packing_that_is_not_known_is_named(desk, bring):
    (result,) = bring(record(url("plan"), page(), headers=[HTML, ("Content-Encoding", "zstd")]))
    assert (result.outcome, result.kept) == ("unreadable", False)
    assert "zstd" in result.detail
    assert desk.versions() == []


def test_a_charset_that_the_record_declares_is_taken(desk, bring):
    text = PLAN.page() if isinstance(PLAN.page(), str) else PLAN.page().decode()
    body = text.replace("utf-8", "gbk").encode("gbk")
    bring(record(url("plan"), body, headers=[("Content-Type", "text/html; charset=gbk")]))
    (version,) = desk.versions()
    assert version.title == PLAN.title


@pytest.mark.parametrize("gz", [True, False])
def test_a_record_that_is_damaged_costs_no_other(desk, bring, gz):
    name = "a.warc.gz" if gz else "a.warc"
    good = record(url("first"), page(), gz=gz)
    after = record(url("next"), page(NEXT), gz=gz)
    middle = bytearray(record(url("middle"), page(Invented(year=2033)), gz=gz))
    if gz:
        middle[len(middle) // 2 : len(middle) // 2 + 40] = b"\0" * 40
    else:
        middle = bytearray(bytes(middle).replace(b"Content-Length: ", b"Content-Length: 9", 1))
    found = bring(good, bytes(middle), after, name=name)
    assert [r.outcome for r in found] == ["new_version", "truncated", "new_version"]
    assert f"at byte {len(good):,}" in found[1].name
    assert f"byte {len(good) + len(middle):,}" in found[1].detail
    assert [v.edition for v in desk.versions()] == ["2031", "2032"]


def test_a_damaged_request_hides_no_page(bring):
    broken = bytearray(record(url("plan"), b"x" * 5000, kind="request"))
    broken[60:70] = b"\0" * 10
    found = bring(record(url("a"), page()), bytes(broken), record(url("b"), page(NEXT)))
    assert [r.outcome for r in found] == ["new_version", "truncated", "new_version"]


def test_noise_between_records(bring):
    found = bring(record(url("a"), page()), b"\0" * 3000, record(url("b"), page(NEXT)))
    assert [r.outcome for r in found if r.kept] == ["new_version", "new_version"]


@pytest.mark.parametrize(
    ("about", "outcome", "says"),
    [
        ({"WARC-Date": "last week"}, "unreadable", "'last week'"),
        ({"WARC-Truncated": "length"}, "truncated", "did not get all"),
    ],
)
def test_a_record_that_says_it_is_not_whole(desk, bring, about, outcome, says):
    bad = record(url("bad"), page(), about=about)
    found = bring(bad, record(url("next"), page(NEXT)))
    assert [r.outcome for r in found] == [outcome, "new_version"]
    assert says in found[0].detail
    assert [v.edition for v in desk.versions()] == ["2032"]


def test_more_than_the_cap_is_named_not_left_out(desk, bring):
    largest = desk.runtime.config.settings.max_bytes
    bomb = packed(b"<p>" * (largest // 3 + 10))
    found = bring(
        record(url("bomb"), bomb, headers=[HTML, ("Content-Encoding", "gzip")]),
        record(url("next"), page(NEXT)),
    )
    assert [r.outcome for r in found] == ["too_large", "new_version"]


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz"])
def test_an_archive_of_the_older_form(desk, bring, name):
    records = arc(url("plan"), page())
    (result,) = bring(*(map(packed, records) if name.endswith("gz") else records), name=name)
    assert result.outcome == "new_version"
    (version,) = desk.versions()
    assert (version.url, f"{version.fetched_at:%Y-%m-%d}") == (url("plan"), "2031-05-07")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no page"),
        (record(url("moved"), b"", status="302 Found"), "holds no page"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 200, "no WARC file"),
        (page(), "no WARC file"),
        (packed(page()), "no WARC file"),
    ],
)
def test_an_archive_without_a_page(bring, content, says):
    with pytest.raises(NotAnArchive, match=says):
        bring(content)


def test_an_archive_that_was_packed_as_one_piece_is_to_be_unpacked(bring):
    records = [record(url(name), page(), gz=False) for name in "ab"]
    with pytest.raises(NotAnArchive, match="gunzip"):
        bring(packed(b"".join(records)))
    assert len(bring(*records, name="a.warc")) == 2


def test_a_second_import_adds_nothing(desk, bring):
    records = (record(url("a"), page()), record(url("b"), page(NEXT)))
    bring(*records)
    assert [r.outcome for r in bring(*records)] == ["witnessed", "witnessed"]
    assert len(desk.versions()) == 2
    assert desk.told() == []


def test_the_share_that_is_read_is_told(desk, tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(record(url("a"), page()) + record(url("b"), page(NEXT)))
    told = []
    list(import_warc(desk.runtime, path, Wish(), progress=told.append))
    assert len(told) == 2
    assert told == sorted(told)
    assert 0 < told[-1] <= 1
