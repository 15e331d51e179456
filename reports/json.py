"""The changeset as JSON of its contract, for programs."""

from __future__ import annotations

import msgspec

from plans.model import Changeset, Plan, to_json
from plans.registry.model import Registry
from reports.options import ReportOptions
from reports.select import select


def render(
    changeset: Changeset, old: Plan, new: Plan, registry: Registry, options: ReportOptions
) -> str:
    """The changes that the options ask for, as indented JSON with a line break at its end.

    The document fits contracts/changeset.schema.json; text is as published, unescaped.
    """
    chosen = select(changeset, old, new, registry, options)
    return msgspec.json.format(to_json(chosen), indent=2).decode() + "\n"
