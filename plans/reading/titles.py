"""Instruments and programmes that a task names, in 《》 or bare, each with its own commitment."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

from plans.model import Instrument, Programme
from plans.reading.characters import CJK, fold
from plans.reading.commitments import (
    commitment,
    english_commitment,
    level_of,
    noun_after,
    verb_before,
)
from plans.reading.known import pattern_of
from plans.reading.memo import once_per_registry
from plans.reading.passage import Passage
from plans.registry.model import Registry, Titled

_STATE = "中华人民共和国"
#: What may not follow a bare title: 商标法 in 商标法律, 商标法院, 商标法新加坡条约, 商标法实施细则.
_NOT_AFTER = "(?![律规治院庭官学典定人]|条约|实施(?:细则|条例|办法|意见|方案|规[定则]))"
_DECORATION = re.compile(
    "（(?:修订|修正|修改|草案|试行|暂行|征求意见稿|送审稿|\\d{4}年?(?:修订|修正)?|修订草案|修正草案)[^（）]{0,12}）$"
)
_BRANCH = re.compile("(?:及其?|和其?)(?P<what>实施条例|实施细则|实施办法|配套实施细则)")
_JOIN = re.compile("^(?:[、和与及《》]|以及|或)*$")
_CLAUSE = re.compile("[，。；：]")
_YEAR = re.compile(r"\d{2,4}年?")
#: 修改、 between two titles ends what is said of the first.
_OWN_END = re.compile("[、和及与并]")

_CAMPAIGN = re.compile(
    f"“[^“”，。]{{1,20}}”(?:(?!和|及|的|与)[{CJK}]){{0,12}}?(?:专项行动|(?<!进)行动(?!态)|工程|计划)(?!方案)"
    "|“[^“”，。]{2,24}(?:行动|工程|计划)”"
)


class Titles:
    """All titles of one registry, compiled once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._instruments = _by_title(registry.instruments.values())
        self._programmes = _by_title(registry.programmes.values())
        # Every alternative begins with a character of its own: the engine then looks for these
        # alone instead of trying all titles at every character of the text.
        rests: dict[str, list[str]] = {}
        for title in self._instruments:
            if not title.isascii() and len(title) >= 2:
                rests.setdefault(title[0], []).append(title[1:])
        bare = [
            f"{re.escape(first)}(?<!《.){pattern_of(rest)}{_NOT_AFTER}"
            for first, rest in rests.items()
        ]
        quoted = "《(?P<quoted>[^《》]{2,160}(?:《[^《》]{1,120}》[^《》]{0,80})?)》"
        self._title = re.compile("|".join([quoted, *bare]))
        known = [title for title in self._programmes if not title.isascii() and len(title) >= 4]
        self._campaign = re.compile(f"{_CAMPAIGN.pattern}|{pattern_of(known)}")
        self._english = _alternation(self._instruments)
        self._english_campaign = _alternation(self._programmes)

    # --- Chinese --------------------------------------------------------------------------------

    def instruments(self, text: Passage) -> tuple[Instrument, ...]:
        """The instruments that a task's text names, in order, each once with its commitment."""
        plain = text.plain
        found: list[tuple[int, int, str, str | None]] = []
        for match in self._title.finditer(plain):
            # Without a group, the match is a bare title.
            start, end = match.span(match.lastgroup or 0)
            title = bare_title(text.text[start:end], plain[start:end])
            found.append((*match.span(), title, self.instrument_id(plain[start:end])))
            branch = _BRANCH.match(plain, match.end())
            if branch:
                whole = plain[start:end].removeprefix(_STATE) + branch["what"].removeprefix("配套")
                found.append((match.end(), branch.end(), whole, self.instrument_id(whole)))
        if not found:
            return ()
        return _committed(plain, found)

    def places(self, text: Passage) -> list[tuple[int, int, str | None]]:
        """Where titles stand in a text, [start, end), and whose they are."""
        found = []
        for match in self._title.finditer(text.plain):
            title = match["quoted"] or match[0]
            found.append((*match.span(), self.instrument_id(title)))
        for match in self._english.finditer(_lower(text.text)) if self._english else ():
            entry = self._instruments.get(match[0])
            found.append((*match.span(), entry.id if entry else None))
        return found

    def instrument_id(self, plain: str) -> str | None:
        """The registry id of a folded title, decorated or not."""
        key = plain.removeprefix(_STATE)
        entry = self._instruments.get(key)
        if entry is None and key.endswith("）"):
            entry = self._instruments.get(_DECORATION.sub("", key))
        return entry.id if entry else None

    def programmes(self, text: Passage) -> tuple[Programme, ...]:
        """The campaigns and projects that a task's text names, each once."""
        plain = text.plain
        found: dict[str, Programme] = {}
        for match in self._campaign.finditer(plain):
            name = text.text[match.start() : match.end()]
            programme = Programme(name=name, id=self._programme_id(match[0]))
            found.setdefault(programme.key, programme)
        return tuple(found.values())

    def _programme_id(self, plain: str) -> str | None:
        bare = plain.replace("“", "").replace("”", "")
        entry = self._programmes.get(plain) or self._programmes.get(bare)
        if entry is None and _YEAR.search(plain):
            entry = self._programmes.get(_YEAR.sub("", plain)) or self._programmes.get(
                _YEAR.sub("", bare)
            )
        return entry.id if entry else None

    # --- English --------------------------------------------------------------------------------

    def english_instruments(self, text: str) -> tuple[Instrument, ...]:
        """The instruments that an English task names, with what its clause commits to."""
        found: dict[str, Instrument] = {}
        for match in self._english.finditer(_lower(text)) if self._english else ():
            entry = self._instruments.get(match[0])
            printed = text[match.start() : match.end()]
            rules = self._rules_of(entry) if _EN_BRANCH.match(text, match.end()) else None
            told = [(entry.id if entry else None, printed)]
            if rules is not None:
                told.append((rules.id, rules.en))
            if all((ident or title) in found for ident, title in told):
                continue
            commits = english_commitment(_around(text, match.start(), match.end()))
            for ident, title in told:
                instrument = Instrument(title=title, id=ident, commitment=commits)
                found.setdefault(instrument.key, instrument)
        return tuple(found.values())

    def _rules_of(self, law: Titled | None) -> Titled | None:
        if law is None:
            return None
        for suffix in ("实施条例", "实施细则"):
            entry = self._instruments.get(law.zh + suffix)
            if entry:
                return entry
        return None

    def english_programmes(self, text: str) -> tuple[Programme, ...]:
        """The campaigns that an English task names."""
        found: dict[str, Programme] = {}
        pattern = self._english_campaign
        for match in pattern.finditer(_lower(text)) if pattern else ():
            entry = self._programmes.get(match[0])
            printed = text[match.start() : match.end()]
            programme = Programme(name=printed, id=entry.id if entry else None)
            found.setdefault(programme.key, programme)
        return tuple(found.values())


def bare_title(printed: str, folded: str) -> str:
    """A title as printed, without the state's name in either script."""
    return printed[len(_STATE) :] if folded.startswith(_STATE) else printed


#: ``titles_of(registry, None)``: compiled once per registry.
titles_of = once_per_registry(lambda registry, _year: Titles(registry))

_EN_BRANCH = re.compile(
    r" and (?:its|their) (?:implement\w+ |detailed )+(?:regulations?|rules)", re.IGNORECASE
)


def _by_title(entries: object) -> dict[str, Titled]:
    index: dict[str, Titled] = {}
    for entry in entries:  # type: ignore[attr-defined]
        for title in (entry.zh, *entry.zh_names):
            if title:
                key = re.sub("^《|》$", "", fold(title)).removeprefix(_STATE)
                index.setdefault(key, entry)
        for title in (entry.en, *entry.en_names):
            if title:
                index.setdefault(title.lower(), entry)
    return index


_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def _lower(text: str) -> str:
    """The text with Latin letters in lower case, every character in its place."""
    return text.translate(_LOWER)


def _alternation(index: dict[str, Titled]) -> re.Pattern[str] | None:
    # They are in lower case already.
    titles = [title for title in index if title.isascii()]
    if not titles:
        return None
    # A text is put in lower case as well: a pattern without regard to case tries every branch.
    return re.compile(rf"\b{pattern_of(titles)}(?![\w-])")


#: Words farther from a title commit to nothing on it.
_LONGEST_CLAUSE = 1000


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _LONGEST_CLAUSE), min(len(text), end + _LONGEST_CLAUSE)
    begin = max(first, text.rfind(";", first, start) + 1, text.rfind(". ", first, start) + 1)
    stops = [i for i in (text.find(";", end, last), text.find(". ", end, last)) if i >= 0]
    # The title itself may hold a verb (Implementing Regulations).
    return text[begin:start] + " … " + text[end : min(stops, default=last)]


def _committed(plain: str, found: list[tuple[int, int, str, str | None]]) -> tuple[Instrument, ...]:
    """Give every title the words that govern it: one verb may govern several titles."""
    groups = _groups(plain, found)
    kept: dict[str, Instrument] = {}
    verb = ""
    last_end = 0
    for index, group in enumerate(groups):
        start, end = group[0][0], group[-1][1]
        clause = last_end
        for mark in _CLAUSE.finditer(plain, last_end, start):
            clause = mark.end()
        before = plain[clause:start]
        if clause == last_end and index > 0:
            # What is left of the words after the title before: 修改、 in 《甲法》修改、《乙法》制定.
            before = before[len(before) - len(_OWN_END.split(before)[-1]) :]
        own = verb_before(before)
        carried = verb if not own and (clause in (last_end, start)) else ""
        stop = groups[index + 1][0][0] if index + 1 < len(groups) else len(plain)
        edge = _CLAUSE.search(plain, end, stop)
        noun = noun_after(plain[end : edge.start() if edge else stop])
        if own or clause not in (last_end, start):
            verb = own
        commit = commitment(own or (carried if noun or own else ""), noun)
        if commit is None and carried:
            commit = commitment(carried, noun)
        for _, _, title, ident in group:
            instrument = Instrument(title=title, id=ident, commitment=commit)
            earlier = kept.get(instrument.key)
            if earlier is None or (earlier.commitment is None and commit is not None):
                kept[instrument.key] = instrument
        last_end = end
    return tuple(kept.values())


def _groups(
    plain: str, found: list[tuple[int, int, str, str | None]]
) -> list[list[tuple[int, int, str, str | None]]]:
    groups = [[found[0]]]
    for item in found[1:]:
        if _JOIN.match(plain[groups[-1][-1][1] : item[0]]):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def draft_instrument(text: Passage, titles: Titles) -> tuple[Instrument, ...]:
    """The instrument of an item of a legislative plan, which is its whole text: 甲条例（修订）.

    Seen in legislative plans with （A起草）. Own example: 湿地修复条例（制定）（国家林草局起草）.
    """
    plain = text.plain.strip("。；")
    action = re.search("（(制定|修订|修改|修正)）$|(修订|修正|修改)?草案$", plain)
    stop = action.start() if action else len(plain)
    title = bare_title(text.text[:stop], plain[:stop])
    if not re.search("(?:法|条例|规定|办法|细则|决定|规则|规程)$", title) or len(title) > 60:
        return ()
    words = (action[1] or action[2] or "") if action else ""
    level = level_of(words) if words else None
    return (
        Instrument(
            title=title,
            id=titles.instrument_id(fold(title)),
            commitment=commitment(words, "") if level is not None else None,
        ),
    )
