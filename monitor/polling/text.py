"""From the bytes of one or more parts to one text and its plan. Pure, given the tools."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Literal, TypeVar
from urllib.parse import unquote, urlsplit

import msgspec

from monitor.polling.served import Served
from monitor.polling.tools import Tools
from monitor.text_key import text_key
from plans.model import Attachment, Extract, Language, Nature, Plan

T = TypeVar("T")
PartKind = Literal["page", "further", "attachment"]

#: Files that may hold a plan's text; pictures, programs and archives do not.
TEXT_FILES = frozenset(
    {".pdf", ".doc", ".docx", ".wps", ".ofd", ".txt", ".md", ".rtf", ".htm", ".html", ".shtml"}
)
#: At most so many attachments of one article are fetched.
MOST_ATTACHMENTS = 5


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a text: what was served and what its bytes hold."""

    kind: PartKind
    served: Served
    extract: Extract


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a text beforehand and goes before what is read out of it."""

    document: str
    nature: Nature | None = None
    edition: str | None = None
    language: Language | None = None


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One text as served: its parts in order, all of them as one extract, and the plan in it."""

    parts: tuple[Part, ...]
    extract: Extract
    plan: Plan
    key: str

    @property
    def edition(self) -> str | None:
        """The edition that the plan is for; None for texts that have none."""
        return self.plan.edition


def make_part(kind: PartKind, served: Served, tools: Tools) -> Part:
    """Extract one file."""
    return Part(
        kind=kind,
        served=served,
        extract=tools.extract(
            served.body, media_type=served.media_type, url=served.final_url, charset=served.charset
        ),
    )


def make_text(parts: tuple[Part, ...], given: Given, tools: Tools) -> Text:
    """Read ``parts``, of which at least one holds a document, as one text."""
    whole = joined([part.extract for part in parts])
    plan = with_given(tools.read(whole, tools.registry), given)
    return Text(parts=parts, extract=whole, plan=plan, key=text_key(whole.text))


def with_given(plan: Plan, given: Given) -> Plan:
    """``plan`` with what is known of it beforehand."""
    return msgspec.structs.replace(
        plan,
        nature=given.nature or plan.nature,
        edition=given.edition or plan.edition,
        language=given.language or plan.language,
    )


def joined(extracts: list[Extract]) -> Extract:
    """One extract of several: the texts in order; each field of the first that has it."""
    first = extracts[0]
    if len(extracts) == 1:
        return first
    documents = [extract for extract in extracts if extract.state == "document"] or [first]
    return msgspec.structs.replace(
        documents[0],
        text="\n".join(extract.text for extract in documents if extract.text),
        title=_first(e.title for e in extracts),
        published_on=_first(e.published_on for e in extracts),
        document_number=_first(e.document_number for e in extracts),
        source=_first(e.source for e in extracts),
        attachments=tuple(dict.fromkeys(a for e in extracts for a in e.attachments)),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def attachments_to_follow(extract: Extract) -> tuple[Attachment, ...]:
    """The attachments that may hold the text, in the page's order, each address once."""
    found: dict[str, Attachment] = {}
    for attachment in extract.attachments:
        if attachment.url not in found and _may_hold_text(attachment):
            found[attachment.url] = attachment
    return tuple(found.values())[:MOST_ATTACHMENTS]


def _may_hold_text(attachment: Attachment) -> bool:
    parts = urlsplit(attachment.url)
    if parts.scheme not in ("http", "https"):
        return False
    # Download scripts name the file in the query or in the link's own words.
    names = (parts.path, parts.query, attachment.title or "")
    suffixes = {PurePosixPath(unquote(name).lower().strip()).suffix for name in names}
    return bool(suffixes & TEXT_FILES)
