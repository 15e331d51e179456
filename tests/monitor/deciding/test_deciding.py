"""Facts and what they mean, one row a rule."""

import pytest

from monitor.deciding import (
    Confirmed,
    CurrentBaseline,
    Facts,
    Known,
    NewVariant,
    NewVersion,
    Reverted,
    SameText,
    Witnessed,
    decide,
    is_older,
)


def known(number, *, edition="2031", nature="official", variant=False):
    return Known(
        id=100 + number,
        number=number,
        edition=edition,
        language="zh-Hans",
        nature=nature,
        variant=variant,
    )


def facts(authority="official", edition="2031", nature="official", **more):
    return Facts(authority=authority, edition=edition, language="zh-Hans", nature=nature, **more)


SUMMARY = CurrentBaseline(version=known(1, edition="2024", nature="summary"), pinned=False)

RULES = [
    ("what the page served last", facts(served=known(1), same_text=known(1)), SameText(101)),
    ("a text nobody knows", facts(served=known(1)), NewVersion("changes")),
    ("the first text of all", facts(), NewVersion("changes")),
    ("a first round", facts(first_round=True), NewVersion("nobody")),
    ("an import", facts(quiet=True), NewVersion("nobody")),
    (
        "an older text again",
        facts(served=known(2), same_text=known(1), seen_here=True),
        Reverted(101, 102, "changes"),
    ),
    (
        "an older text that another page had served",
        facts(served=known(2), same_text=known(1)),
        Reverted(101, 102, "changes"),
    ),
    (
        "last year's plan again at the one address",
        facts(served=known(2, edition="2032"), same_text=known(1), seen_here=True),
        Reverted(101, 102, "changes"),
    ),
    (
        "the newer text back after a reversal",
        facts(served=known(1), same_text=known(2), seen_here=True),
        Reverted(102, 101, "changes"),
    ),
    (
        "a page that catches up with a text known from elsewhere",
        facts(served=known(1), same_text=known(2)),
        Witnessed(102),
    ),
    ("a second address of a known text", facts(same_text=known(1)), Witnessed(101)),
    ("a mirror of a known text", facts("mirror", same_text=known(1)), Witnessed(101)),
    ("a mirror's own text", facts("mirror", served=known(1)), NewVariant("changes")),
    (
        "a mirror's own text on its first round",
        facts("mirror", first_round=True),
        NewVariant("nobody"),
    ),
    (
        "a mirror that is mended",
        facts("mirror", served=known(2, variant=True), same_text=known(1), seen_here=True),
        Witnessed(101),
    ),
    (
        "a mirror that slips again",
        facts("mirror", served=known(1), same_text=known(2, variant=True), seen_here=True),
        Witnessed(102),
    ),
    (
        "a mirror that leaves its own later text for the confirmed one",
        facts("mirror", served=known(3, variant=True), same_text=known(2)),
        Witnessed(102),
    ),
    (
        "an official page serves a variant",
        facts(same_text=known(2, variant=True), served=known(1)),
        Confirmed(102, "changes"),
    ),
    (
        "another mirror serves the variant",
        facts("mirror", same_text=known(2, variant=True)),
        Witnessed(102),
    ),
    (
        "an old edition, newly found",
        facts(edition="2030", newest_edition="2031"),
        NewVersion("nobody"),
    ),
    (
        "an old edition amended where it was watched",
        facts(edition="2030", newest_edition="2031", served=known(1, edition="2030")),
        NewVersion("changes"),
    ),
    (
        "the official text of the summary's edition",
        facts(edition="2024", baseline=SUMMARY),
        NewVersion("nobody", becomes_baseline=True),
    ),
    (
        "the official text where the summary is pinned",
        facts(edition="2024", baseline=CurrentBaseline(version=SUMMARY.version, pinned=True)),
        NewVersion("changes"),
    ),
    (
        "next year's text beside the summary",
        facts(edition="2025", baseline=SUMMARY),
        NewVersion("changes"),
    ),
    (
        "a translation of the summary's edition",
        facts("translation", edition="2024", nature="translation", baseline=SUMMARY),
        NewVersion("changes"),
    ),
    (
        "a mirror has the full text first",
        facts("mirror", edition="2024", baseline=SUMMARY),
        NewVariant("changes"),
    ),
]


@pytest.mark.parametrize(
    ("given", "expected"), [row[1:] for row in RULES], ids=[r[0] for r in RULES]
)
def test_what_a_served_text_means(given, expected):
    assert decide(given) == expected


@pytest.mark.parametrize(
    ("edition", "newest", "older"),
    [
        ("2030", "2031", True),
        ("2031", "2031", False),
        ("2032", "2031", False),
        ("2021-2022", "2022", False),
        ("2021-2022", "2023", True),
        ("2020–2021", "2021-2022", True),
        (None, "2031", False),
        ("2031", None, False),
    ],
)
def test_which_edition_is_older(edition, newest, older):
    assert is_older(edition, newest) is older
