"""A body's duties by edition (plans/comparing/trace.py): in the terminal and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from plans.comparing.trace import Duty
from plans.registry.model import Registry
from reports import labels
from reports.clean import clean
from reports.labels import label
from reports.names import Names, bare
from reports.options import ReportOptions
from reports.select import agency_key
from reports.tables import Cell, Column, Table, terminal

_WORDS = {"new": "added", "kept": "kept", "gone": "gone"}
_STYLES = {"new": "green", "gone": "red"}


def render(duties: Sequence[Duty], body: str, registry: Registry, options: ReportOptions) -> str:
    """The duties as a table in the terminal; of the options, language, width and colour apply."""
    shown = table(duties, body, registry, options)
    return terminal(shown, width=options.width, colour=options.colour)


def table(duties: Sequence[Duty], body: str, registry: Registry, options: ReportOptions) -> Table:
    """One row a duty, edition by edition; what is gone stands with the edition that lacks it.

    ``body`` is an id or a name. A duty of which nothing is known from the edition before has no
    status.
    """
    lang = options.lang
    name = Names(registry, lang).body(agency_key(body, registry))
    return Table(
        title=f"{labels.pick(labels.LABELS['duties_of'], lang)}{'' if lang == 'zh' else ' '}{name}",
        columns=tuple(
            Column(label(key, lang)) for key in ("edition", "number", "status", "role", "text")
        ),
        rows=tuple(_row(duty, options) for duty in duties),
        styles={at: _STYLES[d.status] for at, d in enumerate(duties) if d.status in _STYLES},
    )


def _row(duty: Duty, options: ReportOptions) -> tuple[Cell, ...]:
    word = _WORDS.get(duty.status)
    return (
        duty.edition,
        bare(duty.number) or duty.task,
        labels.pick(labels.LABELS[word], options.lang) if word else "",
        labels.pick(labels.ROLES[duty.role], options.lang),
        clean(duty.text),
    )
