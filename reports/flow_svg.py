"""The flow of tasks through the editions as a picture (SVG); colours are classes, for a style sheet.

A column an edition, a box a section, as high as it has tasks; bands between two columns are the
tasks that were carried on. What is new comes in from the left, what is gone ends on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from markupsafe import Markup

from reports.clean import clean
from reports.flow import Band, Passage, Stage

Name = Callable[[Band], str]

_BOX, _HEAD, _SPACE = 210.0, 34.0, 12.0
_LOWEST, _STUB, _EDGE = 24.0, 16.0, 4.0
_LINE, _PAD = 16.0, 8.0
#: The tallest edition is about so high; a task is never thinner or thicker than the two below.
_TALL, _THIN, _THICK = 620.0, 1.5, 11.0
#: Few editions spread over the width of a page; more of them run on beyond it.
_WIDE, _NARROW_GAP, _WIDE_GAP = 1140.0, 130.0, 380.0


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What the picture says: its name and description, a section's name, and counts of tasks."""

    title: str
    description: str
    name: Name
    tasks: Callable[[int], str]
    new: Callable[[int], str]
    gone: Callable[[int], str]


class _Box(msgspec.Struct, frozen=True, kw_only=True):
    """Where a section stands, and how much of its height is tasks."""

    band: Band
    x: float
    y: float
    height: float
    filled: float

    @property
    def top(self) -> float:
        """Where its tasks begin: in the middle, where the box is higher than they are."""
        return self.y + (self.height - self.filled) / 2


def draw(stages: Sequence[Stage], words: Words) -> Markup:
    """The picture. Everything in it that was published is escaped; ids begin with ``flow-``."""
    unit = _unit(stages)
    gap = _gap(len(stages))
    places = [_STUB + place * (_BOX + gap) for place in range(len(stages))]
    columns = [_column(stage, x, unit) for stage, x in zip(stages, places, strict=True)]
    width = _STUB * 2 + len(stages) * _BOX + (len(stages) - 1) * gap
    height = max(
        (box.y + box.height for column in columns for box in column.values()), default=80.0
    )
    parts: list[Markup] = []
    for place, stage in enumerate(stages):
        if stage.passage is not None:
            parts += _passage(stage.passage, columns[place - 1], columns[place], unit, words)
    for stage, x, column in zip(stages, places, columns, strict=True):
        parts.append(
            Markup('<text class="edition" x="{}" y="20">{}</text>').format(_n(x), clean(stage.name))
        )
        parts += [_box(box, words) for box in column.values()]
    return Markup(
        '<svg class="flow" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" '
        'height="{h}" role="img" aria-labelledby="flow-title flow-desc"><title id="flow-title">'
        '{title}</title><desc id="flow-desc">{desc}</desc>{parts}</svg>'
    ).format(
        w=_n(width),
        h=_n(height + _EDGE),
        title=words.title,
        desc=words.description,
        parts=Markup("").join(parts),
    )


def _unit(stages: Sequence[Stage]) -> float:
    most = max((sum(band.tasks for band in stage.bands) for stage in stages), default=1)
    return min(max(_TALL / max(most, 1), _THIN), _THICK)


def _gap(columns: int) -> float:
    room = _WIDE - 2 * _STUB - columns * _BOX
    return min(max(room / max(columns - 1, 1), _NARROW_GAP), _WIDE_GAP)


def _column(stage: Stage, x: float, unit: float) -> dict[str, _Box]:
    y, found = _HEAD, {}
    for band in stage.bands:
        filled = band.tasks * unit
        height = max(filled, _LOWEST)
        found[band.key] = _Box(band=band, x=x, y=y, height=height, filled=filled)
        y += height + _SPACE
    return found


def _passage(
    passage: Passage, olds: dict[str, _Box], news: dict[str, _Box], unit: float, words: Words
) -> list[Markup]:
    """Bands first, what is moved on top of what stays; then what ends and what begins."""
    order_old = {key: place for place, key in enumerate(olds)}
    order_new = {key: place for place, key in enumerate(news)}
    leaving = {key: box.top for key, box in olds.items()}
    coming = {key: box.top for key, box in news.items()}
    streams = [s for s in passage.streams if s.source in olds and s.target in news]
    starts: dict[tuple[str, str], float] = {}
    for stream in sorted(streams, key=lambda s: (order_old[s.source], order_new[s.target])):
        starts[stream.source, stream.target] = leaving[stream.source]
        leaving[stream.source] += len(stream.old) * unit
    drawn: list[tuple[bool, Markup]] = []
    for stream in sorted(streams, key=lambda s: (order_new[s.target], order_old[s.source])):
        old, new = olds[stream.source], news[stream.target]
        count = words.tasks(len(stream.new))
        says = f"{words.name(old.band)} → {words.name(new.band)}: {count}"
        shape = _ribbon(
            (old.x + _BOX, starts[stream.source, stream.target], len(stream.old) * unit),
            (new.x, coming[stream.target], len(stream.new) * unit),
        )
        coming[stream.target] += len(stream.new) * unit
        kind = "moved" if stream.moved else "kept"
        drawn.append((stream.moved, _shape(kind, shape, says)))
    parts = [shape for _, shape in sorted(drawn, key=lambda pair: pair[0])]
    for key, tasks in passage.gone.items():
        if key in olds:
            parts += _stub("gone", olds[key].x + _BOX, leaving[key], tasks, unit,
                           f"{words.name(olds[key].band)}: {words.gone(len(tasks))}")  # fmt: skip
    for key, tasks in passage.new.items():
        if key in news:
            parts += _stub("new", news[key].x - _STUB, coming[key], tasks, unit,
                           f"{words.name(news[key].band)}: {words.new(len(tasks))}")  # fmt: skip
    return parts


def _ribbon(old: tuple[float, float, float], new: tuple[float, float, float]) -> str:
    """A band from (x, y, height) to (x, y, height)."""
    (x0, y0, h0), (x1, y1, h1) = old, new
    bend = (x1 - x0) / 2
    upper = (
        f"M{_n(x0)},{_n(y0)}C{_n(x0 + bend)},{_n(y0)} {_n(x1 - bend)},{_n(y1)} {_n(x1)},{_n(y1)}"
    )
    lower = f"L{_n(x1)},{_n(y1 + h1)}C{_n(x1 - bend)},{_n(y1 + h1)} {_n(x0 + bend)},{_n(y0 + h0)} "
    return f"{upper}{lower}{_n(x0)},{_n(y0 + h0)}Z"


def _stub(
    kind: str, x: float, y: float, tasks: Sequence[str], unit: float, says: str
) -> list[Markup]:
    height = len(tasks) * unit
    shape = f"M{_n(x)},{_n(y)}h{_n(_STUB)}v{_n(height)}h{_n(-_STUB)}Z"
    left = kind == "new"
    sign = Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}{}</text>').format(
        f"sign-{kind}",
        _n(x - _EDGE if left else x + _STUB + _EDGE),
        _n(y + height / 2 + 4),
        "end" if left else "start",
        "+" if left else "−",
        len(tasks),
    )
    return [_shape(kind, shape, says), sign]


def _shape(kind: str, path: str, says: str) -> Markup:
    return Markup('<path class="{}" d="{}"><title>{}</title></path>').format(kind, path, says)


def _box(box: _Box, words: Words) -> Markup:
    name = words.name(box.band)
    lines = _wrapped(name, _BOX - 2 * _PAD - 26, max(1, int((box.height - 6) // _LINE)))
    y = box.y + box.height / 2 - (len(lines) - 1) * _LINE / 2 + 4.5
    text = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(_n(box.x + _PAD), _n(y + n * _LINE), line)
        for n, line in enumerate(lines)
    )
    return Markup(
        '<g class="box"><title>{says}</title><rect x="{x}" y="{y}" width="{w}" height="{h}" rx="3"/>'
        '{text}<text class="count" x="{right}" y="{middle}" text-anchor="end">{count}</text></g>'
    ).format(
        says=f"{name}: {words.tasks(box.band.tasks)}",
        x=_n(box.x),
        y=_n(box.y),
        w=_n(_BOX),
        h=_n(box.height),
        text=text,
        right=_n(box.x + _BOX - _PAD),
        middle=_n(box.y + box.height / 2 + 4.5),
        count=box.band.tasks,
    )


def _wrapped(text: str, room: float, most: int) -> list[str]:
    """The text in at most ``most`` (and never over three) lines of ``room``, cut with a mark."""
    lines, line, used, cut = [], "", 0.0, 0
    for place, letter in enumerate(text):
        wide = 13.0 if ord(letter) > 0x2E7F else 7.2
        if used + wide > room:
            at = line.rfind(" ") if letter.isascii() and letter != " " else -1
            keep, line = (line[:at], line[at + 1 :]) if at > len(line) // 3 else (line, "")
            lines.append(keep.rstrip())
            used = sum(13.0 if ord(one) > 0x2E7F else 7.2 for one in line)
            if len(lines) == min(most, 3):
                cut = len(text) - place
                break
        line, used = line + letter, used + wide
    else:
        lines.append(line)
    if cut or len(lines) > min(most, 3):
        lines = lines[: min(most, 3)]
        lines[-1] = f"{lines[-1][:-1]}…"
    return lines


def _n(value: float) -> str:
    """A length, as short as it may be written."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
