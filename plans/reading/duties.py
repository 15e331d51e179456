"""Responsibility in running paragraphs: brackets, labelled lines and sentences, and what they cover."""

from __future__ import annotations

import re

import msgspec

from plans.reading.actors import is_institution
from plans.reading.duty import Duty
from plans.reading.grammar.parser import parse
from plans.reading.grammar.reading import Named, Reading
from plans.reading.grammar.tokens import Kind, Lexer
from plans.reading.passage import Passage

_MARKS = re.compile("[。；，：]")
_PAREN = re.compile("[（）]")
#: 〔A负责〕 at the end; 〔2031〕 stands in the number of a document.
_SQUARE = re.compile("〔[^〔〕]{4,1500}〕(?=。?$)")
_HINT = re.compile(
    "负责|负总责|提供|牵头|参与|配合|会同|指导|责任|落实|起草|推进|完成|实施|[承协主]办|协助|支持|长期|持续|下同|坚持|参加|时限"
    "|[部委局署院会办厅社门位府行）关协联司][^，。]{0,3}$|(?:大学|集团|中心|交易所|实验室|高校)$|[前底内]$"
)
_LABELLED = re.compile(
    "(?:(?:主要|第一|具体|共同)?(?:责任|负责|牵头|配合|参与|协助|协办|主办|承办|指导|实施|主责|落实)"
    "(?:落实|牵头)?(?:部门|单位|机构|主体|司局|处室|科室|股室|部委)|责任分工|责任|牵头|配合|(?:完成|办结|落实)?(?:时限|时间|期限)(?:要求)?|时间进度|进度安排)(?:及分工)?："
)
#: A bracket that points at the one above it.
_AS_ABOVE = re.compile(
    "(?:(?:责任|负责|牵头|配合)?(?:部门|单位|分工)?[：，]?)(?:同上|(?:同|与)上(?:一)?[条项款]?(?:相同)?)(?:负责)?"
)
_LABEL_INSIDE = re.compile(f"(?<=[。；）])(?:{_LABELLED.pattern})")


def duties_of(paragraph: Passage, lexer: Lexer) -> list[Duty]:
    """All brackets and labels of responsibility in a paragraph, in order."""
    plain = paragraph.plain
    labels = "：" in plain
    if labels and _LABELLED.match(plain):
        reading = parse(plain.rstrip("。"), lexer)
        if reading is not None:
            return [Duty(0, len(plain), 0, reading)]
    found = []
    for start, end in _brackets(plain):
        content = plain[start + 1 : end - 1 if plain[end - 1] in "）〕" else end]
        if is_as_above(content):
            found.append(Duty(start, end, start + 1, Reading(as_above=True)))
            continue
        if "负责" not in content and not _HINT.search(content):
            continue
        reading = parse(content, lexer)
        if reading is None:
            continue
        if _is_aside(plain, start, end, reading) and not _ends_head(plain, start, end, lexer):
            continue
        if _is_explanation(plain, end, content, reading, lexer):
            continue
        found.append(Duty(start, end, start + 1, reading))
    label = _LABEL_INSIDE.search(plain, found[-1].end if found else 0) if labels else None
    if label is not None:
        reading = parse(plain[label.start() :].rstrip("。"), lexer)
        if reading is not None and (reading.named or reading.terms):
            found.append(Duty(label.start(), len(plain), label.start(), reading))
    return found


def is_as_above(content: str) -> bool:
    """Whether a folded bracket or cell says 同上, 责任单位同上 and nothing else."""
    return "上" in content and _AS_ABOVE.fullmatch(content) is not None


def _brackets(plain: str) -> list[tuple[int, int]]:
    """The outermost brackets; one that never closes ends with the paragraph."""
    square = _SQUARE.search(plain) if plain.endswith(("〕", "〕。")) else None
    if square is not None:
        return [*_brackets(plain[: square.start()]), (square.start(), square.end())]
    opening = plain.count("（")
    if opening == 0:
        return []
    if opening == 1 == plain.count("）"):
        start, end = plain.find("（"), plain.find("）")
        return [(start, end + 1)] if start < end else [(start, len(plain))]
    found = []
    depth = opened = 0
    for match in _PAREN.finditer(plain):
        if match[0] == "（":
            if depth == 0:
                opened = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((opened, match.end()))
    if depth and plain.find("（", opened + 1) < 0:
        found.append((opened, len(plain)))
    elif depth:
        found.extend(_recovered(plain, opened))
    return found


def _recovered(plain: str, opened: int) -> list[tuple[int, int]]:
    """After a bracket that never closes: the pairs that are left (bounded by one pass)."""
    found = []
    start = -1
    for match in _PAREN.finditer(plain, opened + 1):
        if match[0] == "（":
            start = match.start()
        elif start >= 0:
            found.append((start, match.end()))
            start = -1
    return found


def _is_aside(plain: str, start: int, end: int, reading: Reading) -> bool:
    """A bracket that only explains a word inside a sentence: 制定办法（甲部、乙部）的通知."""
    certain = reading.doubt is None
    at_end = not plain[end:].strip("。；，、 ")
    closes_sentence = (start > 0 and plain[start - 1] in "。；！？）”：") or at_end
    if certain and (reading.named or reading.nobody):
        return False
    if reading.first_leads:
        return False
    if reading.named:
        return not closes_sentence or ((reading.doubt or "").startswith("a list") and not at_end)
    return not closes_sentence


#: A longer first sentence is no run-in head.
_LONGEST_HEAD = 40


def _ends_head(plain: str, start: int, end: int, lexer: Lexer) -> bool:
    """A list of known bodies that closes a task's run-in head: 修建码头（甲部、乙部）。先修三座。"""
    if start > _LONGEST_HEAD or not plain.startswith("。", end) or _MARKS.search(plain, 0, start):
        return False
    names = [one for one in re.split("[、；，]", plain[start + 1 : end - 1]) if one]
    return all(lexer.names.known_as(one)[0] in ("agency", "collective") for one in names)


def _is_explanation(plain: str, end: int, content: str, reading: Reading, lexer: Lexer) -> bool:
    """A bracket inside a clause that names only bodies of the text's own making.

    Own example: 考核由主管部门负责（民办机构由所在学区的机构负责），结果上报.
    """
    if not reading.named or plain[end : end + 1] in ("", "。", "；"):
        return False
    names = (content[one.start : one.end] for one in reading.named)
    return all(lexer.names.actor(name, name).kind == "unknown" for name in names)


# --- sentences -------------------------------------------------------------------------------

_SENTENCE_VERB = re.compile("(?:牵头负责|牵头(?!单位|部门|人)|负责(?!人|同志|的|部门|单位|任))")
_SUBJECT_START = re.compile("[。；：，]")


def sentence_duties(paragraph: Passage, lexer: Lexer) -> list[Duty]:
    """A sentence that gives a duty without a bracket: 省甲局牵头负责…；省乙局牵头负责….

    Seen in 甘政办发〔2018〕43号. Only bodies that the registry or their own name vouches for are
    taken, and only as the subject: 主要负责人, 对…负责 and bodies named as objects are none.
    Own example: 省水利厅牵头负责河道整治；省林草局牵头负责护岸造林。
    """
    plain = paragraph.plain
    found: list[Duty] = _bare_sentences(plain, lexer)
    if found:
        return found
    for verb in _SENTENCE_VERB.finditer(plain):
        start = 0
        for mark in _SUBJECT_START.finditer(plain, max(0, verb.start() - 80), verb.start()):
            start = mark.end()
        if start < max(0, verb.start() - 80):
            continue
        begin = start + 1 if plain.startswith("由", start) else start
        subject = plain[begin : verb.start()]
        named = _subject(subject, begin, "牵头" in verb[0], lexer)
        if named:
            stop = plain.find("。", verb.end())
            semicolon = plain.find("；", verb.end())
            ends = [index + 1 for index in (stop, semicolon) if index >= 0]
            end = min(ends, default=len(plain))
            if "牵头" in verb[0]:
                named += _helpers(plain, verb.end(), end, lexer)
            found.append(Duty(start, end, 0, Reading(named=named), in_text=True))
    return found


_ROLE_WORD = re.compile("负责|牵头")
_LONGEST_BARE = 300


def _bare_sentences(plain: str, lexer: Lexer) -> list[Duty]:
    """Sentences that hold what a bracket would, for the sentences before them.

    Seen as 省A牵头负责；省B、省C配合。 behind the words of a task (甘政办发〔2018〕43号). Own example:
    加固河堤。省水利厅牵头负责；省林草局、各市州政府配合。
    """
    found: list[Duty] = []
    run = start = 0
    for stop in [*re.finditer("。", plain), None]:
        end = stop.start() if stop else len(plain)
        sentence = plain[start:end]
        if _ROLE_WORD.search(sentence) and len(sentence) <= _LONGEST_BARE:
            reading = parse(sentence, lexer)
            if reading is not None and _vouched(sentence, reading, lexer):
                moved = msgspec.structs.replace(
                    reading,
                    named=tuple(one.moved(start) for one in reading.named),
                    terms=(),
                    scope=None,
                )
                found.append(Duty(run, min(end + 1, len(plain)), 0, moved, in_text=True))
                run = end + 1
        start = end + 1
    return found


def _vouched(sentence: str, reading: Reading, lexer: Lexer) -> bool:
    """Whether every name is certainly a body's, and nothing but names and roles was said."""
    if not reading.named or reading.doubt or reading.carried or reading.first_leads:
        return False
    names = [sentence[one.start : one.end] for one in reading.named]
    kinds = [lexer.names.known_as(name)[0] for name in names]
    return kinds[0] != "unknown" and all(
        kind != "unknown" or is_institution(name) for kind, name in zip(kinds, names, strict=True)
    )


_HELPING = re.compile("[，、](?P<who>[^，。；]{2,80}?)(?:等)?(?:参与|配合|协助)(?=[，。；]|$)")


def _helpers(plain: str, start: int, end: int, lexer: Lexer) -> tuple[Named, ...]:
    """省甲局牵头，省乙局、省丙局配合，开展…: those who help the lead of the same sentence."""
    match = _HELPING.search(plain, start, end)
    if match is None:
        return ()
    named = _subject(match["who"], match.start("who"), False, lexer)
    return tuple(msgspec.structs.replace(one, role="support") for one in named)


def _subject(text: str, offset: int, leads: bool, lexer: Lexer) -> tuple[Named, ...]:
    if not 2 < len(text) <= 80:
        return ()
    named: list[Named] = []
    for token in lexer.tokens(text):
        if token.kind in (Kind.AND, Kind.OPEN):
            continue
        if token.kind is not Kind.NAME:
            return ()
        kind = lexer.names.actor(token.text, token.text).kind
        if kind not in ("agency", "local"):
            return ()
        named.append(
            Named(offset + token.start, offset + token.end, "lead" if leads else "responsible")
        )
    return tuple(named)
