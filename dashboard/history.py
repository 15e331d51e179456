"""The editions that a page about the years shows: the newest at first, more where they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from dashboard.comparisons import Read
from dashboard.desk import Desk, document_of
from dashboard.problems import Refused
from monitor.editions import edition_name, editions_of
from plans.comparing.trace import Edition
from plans.model import Plan
from storage.records import Document

#: So many editions are shown at first, and so many more each time that earlier ones are asked for:
#: each costs a comparison the first time that somebody looks.
STEP = 4
#: More than a document has in a person's life.
_MOST = 100


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The editions that a page shows, oldest first, each with its changes since the one before.

    ``earlier`` is how many editions to ask for to see more of them; None where these are all.
    """

    document: Document
    shown: tuple[tuple[Read, Edition], ...]
    earlier: int | None

    @property
    def editions(self) -> list[Edition]:
        """The editions alone."""
        return [edition for _, edition in self.shown]

    @property
    def names(self) -> list[str]:
        """What the editions are called."""
        return [edition.name for edition in self.editions]


def series_of(
    desk: Desk, document_id: str, *, newest: int = STEP, back_to: str | None = None
) -> Series:
    """The ``newest`` editions of a document, and the ones before them as far as ``back_to``.

    Raises Refused (404) for an unknown document, one of which nothing was read, and an unknown
    edition.
    """
    with desk.database.reading() as conn:
        document = document_of(conn, document_id)
        listed = editions_of(conn, document_id)
        count = min(max(newest, 1), _MOST)
        if back_to is not None:
            names = [edition_name(version) for version in listed]
            if back_to not in names:
                there = ", ".join(names[-_MOST:]) or "none"
                raise Refused(
                    404,
                    f"{document_id} has no edition {back_to[:60]}; there is: {there}.",
                    zh=f"{document_id} 没有 {back_to[:60]} 年度；现有：{there}。",
                )
            count = max(count, len(names) - names.index(back_to))
        shown = desk.comparisons.chain(conn, listed[-count:])
    if not shown:
        raise Refused(
            404,
            f"No version of {document_id} has been kept and read yet.",
            zh=f"{document_id} 尚无已解读的版本。",
        )
    return Series(
        document=document,
        shown=shown,
        earlier=count + STEP if count < min(len(listed), _MOST) else None,
    )


def series_naming(
    desk: Desk, document_id: str, name: str, names_it: Callable[[Plan], bool], *, newest: int
) -> Series:
    """The ``newest`` editions, and before them as far as one whose plan names a body or instrument.

    ``names_it`` says whether a plan does; nothing is compared to find out. Raises Refused (404)
    for an unknown document, and where no edition names it.
    """
    with desk.database.reading() as conn:
        document_of(conn, document_id)
        for version in reversed(editions_of(conn, document_id)[-_MOST:]):
            if any(names_it(read.plan) for read in desk.comparisons.read(conn, version)):
                break
        else:
            raise Refused(
                404,
                f"No edition of {document_id} names {name}.",
                zh=f"{document_id} 各年度均未提及 {name}。",
            )
    return series_of(desk, document_id, newest=newest, back_to=edition_name(version))
