"""A body's duties by edition, new and gone: in the terminal and as a table."""

from __future__ import annotations

from plans.registry.model import Registry
from reports import labels
from reports.clean import clean
from reports.labels import label
from reports.names import Names
from reports.options import ReportOptions
from reports.over_bodies import Duties, Duty, DutyStatus
from reports.tables import Cell, Column, Table, terminal

_WORDS: dict[DutyStatus, str] = {
    "first": "",
    "new": "added",
    "kept": "kept",
    "role": "roles",
    "gone": "gone",
}
_STYLES: dict[DutyStatus, str] = {"new": "green", "gone": "red", "role": "yellow"}


def render(duties: Duties, registry: Registry, options: ReportOptions) -> str:
    """The duties as a table in the terminal; of the options, language, width and colour apply."""
    return terminal(table(duties, registry, options), width=options.width, colour=options.colour)


def table(duties: Duties, registry: Registry, options: ReportOptions) -> Table:
    """One row a duty, edition by edition; what is gone stands with the edition that lacks it."""
    lang = options.lang
    keys = ("edition", "number", "status", "role", "section", "text")
    rows: list[tuple[Cell, ...]] = []
    styles: dict[int, str] = {}
    for edition in duties.editions:
        for duty in (*edition.duties, *edition.gone):
            if duty.status in _STYLES:
                styles[len(rows)] = _STYLES[duty.status]
            rows.append(_row(edition.edition, duty, options))
    body = Names(registry, lang).body(duties.agency)
    joint = "" if lang == "zh" else " "
    return Table(
        title=f"{labels.pick(labels.LABELS['duties_of'], lang)}{joint}{body}",
        columns=tuple(Column(label(key, lang)) for key in keys),
        rows=tuple(rows),
        styles=styles,
    )


def _row(edition: str, duty: Duty, options: ReportOptions) -> tuple[Cell, ...]:
    lang = options.lang
    word = _WORDS[duty.status]
    return (
        edition,
        duty.number,
        labels.pick(labels.LABELS[word], lang) if word else "",
        labels.pick(labels.ROLES[duty.role], lang),
        clean(duty.section),
        clean(duty.text),
    )
