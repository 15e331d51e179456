"""The pure tools that turn bytes into plans and plans into changesets, with their versions.

They are a value so that a rereading with other versions, and a test with a slower one, need no
patching.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from monitor.extracting.extract import EXTRACTOR_VERSION, extract
from plans.comparing.compare import COMPARER_VERSION, compare
from plans.comparing.verdicts import NO_VERDICTS, Verdicts
from plans.model import Changeset, Extract, Plan, Side
from plans.reading.read import READER_VERSION, read
from plans.registry.model import Registry
from storage.task_index import PlanIndex, index_of


class Extractor(Protocol):
    """See :func:`monitor.extracting.extract.extract`."""

    def __call__(
        self, body: bytes, *, media_type: str = "", url: str = "", charset: str | None = None
    ) -> Extract:
        """See the class."""
        ...


class Reader(Protocol):
    """See :func:`plans.reading.read.read`."""

    def __call__(self, extract: Extract, registry: Registry) -> Plan:
        """See the class."""
        ...


class Comparer(Protocol):
    """See :func:`plans.comparing.compare.compare`."""

    def __call__(
        self,
        old: Plan,
        new: Plan,
        registry: Registry,
        *,
        old_side: Side | None = None,
        new_side: Side | None = None,
        verdicts: Verdicts = NO_VERDICTS,
    ) -> Changeset:
        """See the class."""
        ...


class Indexer(Protocol):
    """See :func:`storage.task_index.index_of`."""

    def __call__(self, plan: Plan) -> PlanIndex:
        """See the function."""
        ...


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """Extractor, reader, comparer, indexer and registry, each with the version that readings are stamped with.

    ``close`` lets go of what they hold (processes); they are not used after it.
    """

    registry: Registry
    extract: Extractor = extract
    read: Reader = read
    compare: Comparer = compare
    index: Indexer = index_of
    extractor_version: str = EXTRACTOR_VERSION
    reader_version: str = READER_VERSION
    comparer_version: str = COMPARER_VERSION
    close: Callable[[], None] = lambda: None
