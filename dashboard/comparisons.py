"""Two versions side by side, and the editions of a document, each compared with the one before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from sqlalchemy.engine import Connection

from dashboard.memo import Memo
from dashboard.problems import Refused
from monitor import editions
from monitor.polling.considering import side_of
from plans.comparing.compare import COMPARER_VERSION, compare
from plans.comparing.trace import Edition
from plans.comparing.verdicts import Verdicts
from plans.model import Changeset, Plan, Task
from plans.registry.model import Registry
from reports.facts import Facts
from reports.options import ReportLanguage, ReportOptions
from reports.summary import summarise
from storage import duties, readings, verdicts
from storage.records import Version


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A version with its newest plan."""

    version: Version
    plan_id: int
    plan: Plan


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions and what differs, people's verdicts (``given``) taken into account."""

    old: Read
    new: Read
    changeset: Changeset
    given: Verdicts


class Comparisons:
    """Gives plans and comparisons, and keeps the last ones in memory.

    A comparison is the stored one of today's tools where there is one, and else made anew; what a
    person has said of links is taken into account at once.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._plans: Memo[int, Plan] = Memo(48)
        self._changesets: Memo[tuple[int, int, str], Changeset] = Memo(48)
        self._headlines: Memo[tuple[int, int, str, str], str] = Memo(512)

    def warm(self) -> None:
        """Make the word lists that a comparison needs, so that nobody's first look waits for them."""
        old, new = (
            Plan(
                title="",
                language="zh-Hans",
                tasks=(Task(id="1", number=None, section=None, text=text),),
            )
            for text in ("推进地方条例修订工作。", "推进地方条例制定工作。")
        )
        facts = Facts(compare(old, new, self.registry), old, new, self.registry)
        summarise(facts, ReportOptions())

    def plan(self, conn: Connection, plan_id: int) -> Plan:
        """One plan."""
        return self._plans.get(plan_id, lambda: readings.plan(conn, plan_id))

    def read(self, conn: Connection, *wanted: Version) -> tuple[Read, ...]:
        """Versions with their plans; those that were not read yet are left out."""
        ids = duties.plans_of(conn, [version.id for version in wanted])
        return tuple(
            Read(version=version, plan_id=ids[version.id], plan=self.plan(conn, ids[version.id]))
            for version in wanted
            if version.id in ids
        )

    def between(self, conn: Connection, old: Version, new: Version) -> Compared:
        """What differs from ``old`` to ``new``. Raises Refused where one was not read yet."""
        found = {read.version.id: read for read in self.read(conn, old, new)}
        for version in (old, new):
            if version.id not in found:
                raise Refused(
                    404,
                    f"{version.ref} has not been read yet. Run: planwatch reread",
                    zh=f"{version.ref} 尚未解读，请运行：planwatch reread",
                )
        given = verdicts.all_given(conn)
        changeset = self._changeset(conn, found[old.id], found[new.id], given)
        return Compared(old=found[old.id], new=found[new.id], changeset=changeset, given=given)

    def headlines(
        self, conn: Connection, pairs: Sequence[tuple[Version, Version]], lang: ReportLanguage
    ) -> dict[int, str]:
        """What differs in each pair (old, new), in a sentence or two, by the id of the new version.

        Pairs of which one was not read yet are left out.
        """
        given = verdicts.all_given(conn)
        digest = verdicts.digest(given)
        ids = duties.plans_of(conn, [version.id for pair in pairs for version in pair])
        return {
            new.id: self._headlines.get(
                (ids[old.id], ids[new.id], digest, lang),
                partial(self._headline, conn, (old, ids[old.id]), (new, ids[new.id]), given, lang),
            )
            for old, new in pairs
            if old.id in ids and new.id in ids
        }

    def _headline(
        self,
        conn: Connection,
        old: tuple[Version, int],
        new: tuple[Version, int],
        given: Verdicts,
        lang: ReportLanguage,
    ) -> str:
        older, newer = (
            Read(version=version, plan_id=plan_id, plan=self.plan(conn, plan_id))
            for version, plan_id in (old, new)
        )
        changeset = self._changeset(conn, older, newer, given)
        facts = Facts(changeset, older.plan, newer.plan, self.registry)
        return summarise(facts, ReportOptions(lang=lang)).headline

    def chain(
        self, conn: Connection, wanted: Sequence[Version]
    ) -> tuple[tuple[Read, Edition], ...]:
        """Those of these versions that were read, in this order, each compared with the one before."""
        given = verdicts.all_given(conn)
        found: list[tuple[Read, Edition]] = []
        for read in self.read(conn, *wanted):
            since = self._changeset(conn, found[-1][0], read, given) if found else None
            label = editions.edition_name(read.version)
            found.append((read, Edition(plan=read.plan, since=since, label=label)))
        return tuple(found)

    def _changeset(self, conn: Connection, old: Read, new: Read, given: Verdicts) -> Changeset:
        digest = verdicts.digest(given)
        key = (old.plan_id, new.plan_id, digest)
        return self._changesets.get(key, partial(self._find, conn, old, new, given, digest))

    def _find(
        self, conn: Connection, old: Read, new: Read, given: Verdicts, digest: str
    ) -> Changeset:
        stored = readings.changeset_between(
            conn,
            old.plan_id,
            new.plan_id,
            comparer=COMPARER_VERSION,
            registry=self.registry.version,
            verdicts=digest,
        )
        if stored is not None:
            return readings.changeset(conn, stored.id)
        return compare(
            old.plan,
            new.plan,
            self.registry,
            old_side=side_of(conn, old.version, old.plan),
            new_side=side_of(conn, new.version, new.plan),
            verdicts=given,
        )
