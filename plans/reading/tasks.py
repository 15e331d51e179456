"""One item's paragraphs become a task: its text without brackets, its assignments and what they cover."""

from __future__ import annotations

import re

import msgspec

from plans.model import Assignment, Deadline, Diagnostic, Span, Task
from plans.reading.duty import Duty
from plans.reading.grammar.reading import Named, lead_first
from plans.reading.passage import Passage, join
from plans.reading.tongue import Tongue

#: What may stand between a bracket and the end of its sentence.
_POINTS = "。；，、.;, "
#: A bracket that speaks of responsibility; one that is left in a task's words gave no assignment.
_UNREAD = re.compile("（[^（）]{0,200}(?:负责(?!人|同志)|牵头|责任(?:单位|部门))[^（）]{0,100}）")
#: A longer first sentence is no run-in head, nor is one of several clauses.
_LONGEST_HEAD = 30
_IN_SENTENCES = re.compile("[，；：。]")
_LEADING = re.compile("^[。，；、： ]+")
#: A bare name after one of these in the same bracket is a province's or city's too.
_PLACES = frozenset("省市自州")
_LOCAL_FIRST = re.compile("^(?:省|市(?!场|监)|自治区|州)")
_COLLECTIVE_LEAD = ("agency", "local", "unknown")


class Rules(msgspec.Struct):
    """What earlier brackets laid down for later ones; goes through the document once, in order."""

    first_leads: bool = False
    carried: tuple[Assignment, ...] = ()
    same_below: tuple[Assignment, ...] = ()
    #: What the bracket before gave, for one that says 同上.
    above: tuple[Assignment, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What reading a task needs to know beside its own words."""

    tongue: Tongue
    rules: Rules
    #: For dates without a year; None where the plan names none.
    year: int | None
    #: The document is a province's or city's own.
    local: bool
    notes: list[Diagnostic]


class Body(msgspec.Struct, frozen=True):
    """The paragraphs of one task with the duties found in each."""

    paragraphs: tuple[Passage, ...]
    duties: tuple[tuple[Duty, ...], ...]


def ends_in_duty(paragraph: Passage, duties: list[Duty]) -> bool:
    """Whether a bracket (or labelled line) of responsibility closes the paragraph."""
    return bool(duties) and _closes(paragraph, duties[-1])


def _closes(paragraph: Passage, duty: Duty) -> bool:
    return not paragraph.plain[duty.end :].strip(_POINTS) and not duty.in_text


def is_only_duty(paragraph: Passage, duties: list[Duty]) -> bool:
    """Whether the paragraph is a bracket or labels and nothing else."""
    at = 0
    for duty in duties:
        if paragraph.plain[at : duty.start].strip(_POINTS):
            return False
        at = duty.end
    return bool(duties) and _closes(paragraph, duties[-1])


class Made(msgspec.Struct, frozen=True):
    """A task without its place in the plan."""

    text: Passage
    assignments: tuple[Assignment, ...]
    deadline: Deadline | None
    uncertain: str | None


def make(body: Body, context: Context) -> Made:
    """Text, assignments and deadline of one task; rules of its brackets are laid down for the next."""
    pieces: list[Passage] = []
    runs: list[tuple[int, int, Duty, Passage]] = []
    length = run_start = 0
    for paragraph, duties in zip(body.paragraphs, body.duties, strict=True):
        # Latin words of two paragraphs are parted by a blank, once the second one has any.
        gap = bool(pieces) and _gap(pieces[-1], paragraph)
        position = 0
        for duty in duties:
            piece = paragraph.cut(position, duty.start)
            if piece.text:
                length += _part_words(pieces) if gap else 0
                gap = False
                pieces.append(piece)
                length += len(piece)
            if duty.reading.named or duty.reading.carried or duty.reading.as_above:
                # Two brackets side by side cover the same words.
                if length > run_start or not runs:
                    runs.append((run_start, length, duty, paragraph))
                    run_start = length
                else:
                    runs.append((runs[-1][0], runs[-1][1], duty, paragraph))
            position = duty.end
        if position >= len(paragraph.text):
            continue
        rest = paragraph.cut(position)
        if rest.plain.strip(_POINTS):
            length += _part_words(pieces) if gap else 0
            pieces.append(rest)
            length += len(rest)
        elif pieces and pieces[-1].plain[-1] not in "。；！？，、：.;!?,:":
            # （A负责）。: the full stop behind the bracket closes the text.
            pieces.append(rest.cut(0, 1))
            length += 1
    text = _joined(pieces)
    if "（" in text.plain:
        _tell_unread(text, context)
    runs = _trimmed(runs, text.plain)
    sentences = [] if any(body.duties) else context.tongue.sentences(text)
    assignments = _assignments(runs, text, context) or told_by(sentences, text, context)
    if not assignments and not any(body.duties):
        assignments = context.rules.same_below
    return Made(
        text=text,
        assignments=assignments,
        deadline=_deadline(body, text, context),
        uncertain=_doubt(body, text, known=bool(assignments)),
    )


def _tell_unread(text: Passage, context: Context) -> None:
    """A diagnostic for each bracket of the task that speaks of a duty and gave nobody one."""
    for match in _UNREAD.finditer(text.plain):
        context.notes.append(
            Diagnostic(
                kind="bracket_unread",
                message=f"no body was read from {text.text[slice(*match.span())]}: see the page",
                at=text.span(*match.span()),
            )
        )


def _gap(before: Passage, after: Passage) -> bool:
    return before.plain[-1:].isascii() and after.plain[:1].isascii() and bool(before.text)


def _part_words(pieces: list[Passage]) -> int:
    """Put a blank behind the pieces; gives its length."""
    pieces.append(Passage(" ", " ", pieces[-1].span()[1] - 1))
    return 1


def _joined(pieces: list[Passage]) -> Passage:
    parts: list[Passage] = []
    for piece in pieces:
        parts.append(piece)
    return join(parts) if parts else Passage("", "", 0)


def _trimmed(
    runs: list[tuple[int, int, Duty, Passage]], plain: str
) -> list[tuple[int, int, Duty, Passage]]:
    """Punctuation behind a bracket belongs to the words before it."""
    out = []
    for start, end, duty, paragraph in runs:
        lead = _LEADING.match(plain[start:end])
        begin = start + (lead.end() if lead and lead.end() < end - start else 0)
        stop = end
        while stop < len(plain) and plain[stop] in "。；，、" and stop > 0:
            stop += 1
        out.append((begin, min(stop, len(plain)), duty, paragraph))
    return out


def _assignments(
    runs: list[tuple[int, int, Duty, Passage]], text: Passage, context: Context
) -> tuple[Assignment, ...]:
    if not runs:
        return ()
    one_run = len(runs) == 1 or len({(start, end) for start, end, _, _ in runs}) == 1
    whole = one_run and (not text.plain[runs[-1][1] :].strip(_POINTS) or _closes_head(*runs[0]))
    out: list[Assignment] = []
    for start, end, duty, paragraph in runs:
        covers = None if whole else (start, end)
        if duty.reading.as_above:
            out.extend(
                msgspec.structs.replace(one, covers=covers, inherited=True)
                for one in context.rules.above
            )
            continue
        printed = _printed(duty, paragraph, covers, context)
        keys = {one.key for one in printed} if context.rules.carried else set()
        carried = [
            msgspec.structs.replace(one, covers=covers)
            for one in context.rules.carried
            if one.key not in keys
        ]
        _lay_down(duty, paragraph, printed, context)
        out.extend(printed)
        out.extend(carried)
        context.rules.above = tuple(printed)
    return _distinct(out)


def _closes_head(start: int, end: int, duty: Duty, paragraph: Passage) -> bool:
    """Whether a task's only bracket closes its run-in head: then it is said of the whole task.

    Own example: 修建码头（水利部负责）。先修三座，再修五座。 Behind a full stop (修建码头。（水利部负责）
    先修三座。) it is said of the sentence before it.
    """
    plain = paragraph.plain
    return (
        start == 0
        and 0 < duty.start <= _LONGEST_HEAD
        and plain.startswith("。", duty.end)
        and not _IN_SENTENCES.search(plain, 0, duty.start)
    )


def _printed(
    duty: Duty, paragraph: Passage, covers: Span | None, context: Context
) -> list[Assignment]:
    reading, inside = duty.reading, duty.inside
    named = list(reading.named)
    if context.rules.first_leads and _may_lead(named, duty, paragraph, context):
        named = lead_first(named)
    text, plain = paragraph.text, paragraph.plain
    scope = None
    if reading.scope:
        scope = text[inside + reading.scope[0] : inside + reading.scope[1]]
    folded = [plain[inside + one.start : inside + one.end] for one in named]
    like_places = [name for name in folded if name[:1] in _PLACES]
    local = context.local or (
        bool(like_places) and any(_names_place(name, context) for name in like_places)
    )
    # Mostly a text is published as it is folded.
    printed = (
        folded if text == plain else [text[inside + one.start : inside + one.end] for one in named]
    )
    return [
        _assignment(one, name, key, local, context, covers, scope)
        for one, name, key in zip(named, printed, folded, strict=True)
    ]


def _names_place(plain: str, context: Context) -> bool:
    """省知识产权局 does; 市场监管总局, which only begins with the same character, does not."""
    return _LOCAL_FIRST.match(plain) is not None and context.tongue.names.agency(plain) is None


def _assignment(
    named: Named,
    text: str,
    plain: str,
    local: bool,
    context: Context,
    covers: Span | None,
    scope: str | None,
) -> Assignment:
    """The assignment of a name printed as ``text``, folded ``plain``."""
    kind, agency = context.tongue.names.known_as(plain, local=local)
    return Assignment(
        name=text,
        kind=kind,
        agency=agency,
        role=named.role,
        open_ended=named.open_ended,
        covers=covers,
        scope=scope,
    )


def _may_lead(named: list[Named], duty: Duty, paragraph: Passage, context: Context) -> bool:
    """The rule that the first leads is for bodies: 各省级人民政府 alone leads nobody."""
    if not named:
        return False
    name = paragraph.plain[duty.inside + named[0].start : duty.inside + named[0].end]
    return context.tongue.names.actor(name, name).kind in _COLLECTIVE_LEAD


def _lay_down(duty: Duty, paragraph: Passage, printed: list[Assignment], context: Context) -> None:
    rules, reading = context.rules, duty.reading
    if reading.sticky and reading.first_leads:
        rules.first_leads = True
    if reading.carried:
        rules.carried = tuple(
            msgspec.structs.replace(
                _assignment(one, name.text, name.plain, False, context, None, None),
                inherited=True,
            )
            for one in reading.carried
            for name in (paragraph.cut(duty.inside + one.start, duty.inside + one.end),)
        )
    if reading.same_below:
        rules.same_below = tuple(
            msgspec.structs.replace(one, inherited=True, covers=None) for one in printed
        )


def told_by(duties: list[Duty], text: Passage, context: Context) -> tuple[Assignment, ...]:
    """The assignments that sentences of a task give, which stay in its text."""
    out: list[Assignment] = []
    for duty in duties:
        covers = None if len(duties) == 1 and duty.start == 0 else (duty.start, duty.end)
        out.extend(_printed(duty, text, covers, context))
    return _distinct(out)


def _distinct(assignments: list[Assignment]) -> tuple[Assignment, ...]:
    if len(assignments) < 2:
        return tuple(assignments)
    seen: dict[tuple[str, str, Span | None], Assignment] = {}
    for one in assignments:
        seen.setdefault((one.key, one.role, one.covers), one)
    return tuple(seen.values())


def _deadline(body: Body, text: Passage, context: Context) -> Deadline | None:
    """What the brackets set; else what the words set."""
    found: Deadline | None = None
    for paragraph, duties in zip(body.paragraphs, body.duties, strict=True):
        for duty in duties:
            for start, end in duty.reading.terms:
                a, b = duty.inside + start, duty.inside + end
                one = context.tongue.term(paragraph.cut(a, b), context.year)
                if one is not None:
                    found = one if found is None else _both(found, one)
    return found or context.tongue.deadline(text, context.year)


def _both(one: Deadline, other: Deadline) -> Deadline:
    """6月底前出台办法，年内持续推进: a day and a duty that goes on."""
    days = [term.date for term in (one, other) if term.date]
    return Deadline(
        text=f"{one.text}，{other.text}",
        date=max(days, default=None),
        ongoing=one.ongoing or other.ongoing,
    )


def _doubt(body: Body, text: Passage, *, known: bool) -> str | None:
    for duties in body.duties:
        for duty in duties:
            if duty.reading.as_above and not known:
                return "the bracket says 'as above', and none above it names a body"
            if duty.reading.doubt:
                return duty.reading.doubt
    for paragraph, duties in zip(body.paragraphs, body.duties, strict=True):
        plain = paragraph.plain
        for duty in duties:
            if plain.count("（", duty.start, duty.end) > plain.count("）", duty.start, duty.end):
                return "the bracket of responsibility never closes"
    plain = text.plain
    if plain.strip("（）。 ") in ("略", "从略", "此略"):
        return "the words of this task were left out in print"
    if plain.count("（") != plain.count("）"):
        return "a bracket of this task never closes"
    if plain.count("《") != plain.count("》"):
        return "a title of this task never closes"
    return None


def task_of(
    made: Made,
    *,
    ident: str,
    number: str | None,
    section: str | None,
    at: Span,
    context: Context,
    drafted: bool = False,
) -> Task:
    """The task, with its instruments and programmes."""
    instruments = context.tongue.instruments(made.text)
    if drafted and not instruments:
        instruments = context.tongue.drafted(made.text)
    return Task(
        id=ident,
        number=number,
        section=section,
        text=made.text.text,
        assignments=made.assignments,
        instruments=instruments,
        programmes=context.tongue.programmes(made.text),
        deadline=made.deadline,
        uncertain=made.uncertain,
        at=at,
    )
