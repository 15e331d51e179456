"""The grammar of responsibility: from the content of a bracket to who does what.

Recursive descent over the tokens of :mod:`plans.reading.grammar.tokens`::

    content   := part (("；" | "。" | "，") part)*
    part      := rule | scope | term | labelled | duty
    labelled  := LABEL names (("，" | "；") LABEL names)*
    duty      := BY? names (WITH names)? ACT (WITH names ACT?)?
    names     := name ((AND | OPEN AND | ",") name)* OPEN?
    name      := NAME role-mark?

What a rule says is named beside the function that reads it, with the text in which the form was
seen (china-ip-plans.md, 1) and an example of our own. A content that does not fit is no bracket of
responsibility: explanations, quotas and 主要负责人 fail on their words, not on a list of traps.
"""

from __future__ import annotations

import re
from contextlib import suppress

from plans.model import Role
from plans.reading.actors import Names, is_institution
from plans.reading.characters import number_of
from plans.reading.grammar.reading import Named, Reading, lead_first
from plans.reading.grammar.roles import CAN_NAME, NO_NAME, Item, certain_body, role_of
from plans.reading.grammar.tokens import Kind, Lexer, Token, is_role_mark
from plans.reading.memo import once_per_registry
from plans.registry.model import Registry

#: No list of bodies is longer; longer content is not looked at.
MOST_CHARACTERS = 1500


class NotResponsibility(Exception):
    """The content is not about who does what (not an error: an outcome inside this module)."""


def parse(plain: str, names_lexer: Lexer) -> Reading | None:
    """Read the folded content of one bracket; None where it names no duty, time or rule."""
    if len(plain) > MOST_CHARACTERS:
        return None
    known = names_lexer.readings
    if plain not in known:
        if len(known) > 20_000:
            known.clear()
        known[plain] = _parsed(plain, names_lexer)
    return known[plain]


def _parsed(plain: str, lexer: Lexer) -> Reading | None:
    """Read a content that was not read before; one of a known shape without the grammar."""
    shape = lexer.shapes.shape(plain)
    reading = lexer.shapes.reading(shape) if shape else None
    if reading is not None:
        return reading
    with suppress(NotResponsibility):
        reading = _Parser(plain, lexer).content()
    if shape:
        lexer.shapes.learn(shape, reading, lambda: lexer.tokens(plain))
    return reading


#: ``lexer_of(registry, year)``: compiled once per registry and year.
def _lexer(registry: Registry, year: int | None) -> Lexer:
    return Lexer(Names(registry, year))


lexer_of = once_per_registry(_lexer)

#: What is done to a text, before who drafts it: （修订，甲司起草）.
_ACTS_ON_TEXTS = frozenset(("修订", "修改", "制定", "新制定", "制订", "废止"))
#: Labels of those who answer for a task in person.
_OF_PERSONS = re.compile("(?:责任|牵头|主责|分管|配合|包保)领导|(?:责任|负责|联系|联络|经办)人")
_FIRST = re.compile("第一|首位|首个|首家|排在前|排首|列首|位列第1|最前|居首")
_LEADS = re.compile("牵头|主办|主责|总负责")
_CARRY = re.compile(
    "以下(?:各项|任务|措施|工作|内容|各条)?(?:均|都|皆|同)?(?:需|须|应|由|要)*(?P<who>[^，。；]{2,60}?)"
    "(?P<act>负责落实|组织实施|参与|配合|指导|落实|负责|实施|牵头)(?:[^，。；]{0,10})?"
    "(?:[，；](?:不再|不)(?:一一|逐一|另行|重复)?(?:列出|列示|列明|注明|标注))"
)
_RULE = re.compile("下同|以下|其他|其余|不再(?:一一)?列|为牵头|为主办|为责任|简称|不另行")
_TERM = re.compile(
    r"20\d\d ?年|\d{1,2} ?月|年底|年内|年末|[上下]半年|季度|持续|长期|常态|全年|每年|常年|定期|适时|"
    r"日前|节前|启动|限时"
)
#: Each alternative of _TERM holds one of these.
_IN_TERMS = re.compile("[年月季持长常每定适日节启限]")
_TERM_ONLY = re.compile("^[^、：]{2,60}$")
_TERM_WHOLE = re.compile(
    "^(?!.*\\d(?:%|件|个|家|项|万|亿))(?:.{0,20}(?:前|底|末|内)(?:[^\\d]{0,12})"
    "|.{0,12}(?:推进|坚持|实施|落实|开展|完成|印发|出台|发布|建成|长期|持续|启动)(?:到位|见效)?)$"
)
_PART_END = re.compile("[；。]")


class _Parser:
    def __init__(self, plain: str, lexer: Lexer) -> None:
        self.plain = plain
        self.lexer = lexer
        self.names = lexer.names
        self.named: list[Named] = []
        self.terms: list[tuple[int, int]] = []
        self.carried: list[Named] = []
        self.scope: tuple[int, int] | None = None
        self.first_leads = self.sticky = self.same_below = self.nobody = False
        self.doubt: str | None = None
        #: Whether a role word or a label was read: the list is certainly one of duties.
        self.said = False
        #: Most brackets hold nothing that sounds like a term: then no part of them does.
        self._may_have_term = _IN_TERMS.search(plain) is not None

    # --- content and its sentences ------------------------------------------------------------

    def content(self) -> Reading:
        start = 0
        for stop in [*_PART_END.finditer(self.plain), None]:
            end = stop.start() if stop else len(self.plain)
            if self._depth(start, end) != 0:
                continue
            self._sentence(start, end)
            start = stop.end() if stop else end
        if not (self.named or self.terms or self.carried or self.first_leads or self.nobody):
            raise NotResponsibility
        if not self.said and not self.named and not self.carried and not self._only_terms():
            raise NotResponsibility
        return Reading(
            named=tuple(self._led()),
            terms=tuple(self.terms),
            scope=self.scope,
            first_leads=self.first_leads,
            sticky=self.sticky,
            carried=tuple(self.carried),
            same_below=self.same_below,
            doubt=self.doubt,
            nobody=self.nobody,
        )

    def _only_terms(self) -> bool:
        """Whether a bracket without names is a term, not a date (2月2日) or a quota (到2025年达到12件)."""
        return self.first_leads or all(
            _TERM_WHOLE.search(self.plain[start:end]) for start, end in self.terms
        )

    def _depth(self, start: int, end: int) -> int:
        return self.plain.count("（", start, end) - self.plain.count("）", start, end)

    def _sentence(self, start: int, end: int) -> None:
        text = self.plain[start:end]
        if not text:
            return
        rest = self._rules(text, start)
        if rest is None:
            return
        self._clauses(start, start + rest)

    def _rules(self, text: str, start: int) -> int | None:
        """Rules for what follows; gives how many characters before them are still to be read.

        首位: "列第一位者为牵头单位，下同" (国发〔2018〕42号), "排在第一位的部门为牵头部门"
        (国发〔2019〕3号). Own example: （甲部、乙局负责，列首位的牵头，下同）.
        以下均需: "以下均需…，不再列出" (国办发〔2018〕128号). Own example:
        （甲部指导，示范县政府负责落实。以下均需示范县政府落实，不再列出）.
        """
        if "下同" not in text and "以下" not in text and not _FIRST.search(text):
            return len(text)
        carry = _CARRY.search(text)
        if carry:
            role = role_of(carry["act"])
            offset = start + carry.start("who")
            for token in self.lexer.tokens(carry["who"]):
                if token.kind is Kind.NAME:
                    self.carried.append(Named(offset + token.start, offset + token.end, role))
            return carry.start() if carry.start() > 0 else None
        begin = 0
        for clause in [*re.finditer("，", text), None]:
            end = clause.start() if clause else len(text)
            piece = text[begin:end]
            if _FIRST.search(piece) and _LEADS.search(piece):
                self.first_leads = True
                self.sticky = self.sticky or "下同" in text or "以下" in text or "各" in piece
                return begin - 1 if begin > 0 else None
            if piece.startswith("下同") or piece == "以下同":
                self.same_below = not self.first_leads
                self.sticky = self.sticky or self.first_leads
                return begin - 1 if begin > 0 else None
            if begin > 0 and piece.startswith("以下") and _RULE.match(piece):
                return begin - 1
            begin = end + 1
        return len(text)

    # --- the clauses of one sentence ----------------------------------------------------------

    def _clauses(self, start: int, end: int) -> None:
        tokens = self.lexer.tokens(self.plain[start:end])
        position = 0
        while position < len(tokens):
            kind = tokens[position].kind
            if kind in (Kind.COMMA, Kind.STOP) or tokens[position].text in _ACTS_ON_TEXTS:
                position += 1
            elif kind is Kind.SCOPE:
                position = self._to_scope(tokens, position, start)
            elif kind is Kind.TIME:
                self.said = self.said or "限" in tokens[position].text
                position = self._to_time(tokens, position, start)
            elif kind is Kind.LABEL:
                position = self._labelled(tokens, position, start)
            elif self._is_term(tokens, position, start):
                position = self._to_time(tokens, position - 1, start)
            else:
                position = self._duty(tokens, position, start)

    def _clause_end(self, tokens: tuple[Token, ...], position: int) -> int:
        while position < len(tokens) and tokens[position].kind is not Kind.COMMA:
            position += 1
        return position

    def _to_scope(self, tokens: tuple[Token, ...], position: int, start: int) -> int:
        """适用范围：… "（负责部门：A，适用范围：X）" (国发〔2018〕38号). Own: （责任部门：甲局，推广范围：沿海省份）."""
        stop = len(tokens)
        for index in range(position + 1, len(tokens)):
            label = tokens[index].kind in (Kind.LABEL, Kind.TIME)
            if label or (
                tokens[index].kind is Kind.COMMA
                and self.plain.startswith("以下", start + tokens[index].end)
            ):
                stop = index
                break
        if stop > position + 1:
            end = tokens[stop - 1].end
            self.scope = (start + tokens[position].end, start + end)
        # What follows 以下 limits the scope rule itself and names nobody.
        return len(tokens) if stop < len(tokens) and tokens[stop].kind is Kind.COMMA else stop

    def _to_time(self, tokens: tuple[Token, ...], position: int, start: int) -> int:
        """（2020年10月底前完成） or 完成时限：… (2020-2021 plan). Own example: （甲局负责，6月底前完成）."""
        stop = self._clause_end(tokens, position + 1)
        if stop > position + 1:
            self.terms.append((start + tokens[position + 1].start, start + tokens[stop - 1].end))
        return stop

    def _is_term(self, tokens: tuple[Token, ...], position: int, start: int) -> bool:
        if not self._may_have_term:
            return False
        stop = self._clause_end(tokens, position)
        begin, end = start + tokens[position].start, start + tokens[stop - 1].end
        text = self.plain[begin:end]
        match = _TERM.search(text)
        if match is None or not _TERM_ONLY.match(text):
            return False
        if any(self.names.agency(token.text) for token in tokens[position:stop]):
            return False
        return match.start() <= 8 or text.endswith(("完成", "前", "推进"))

    def _labelled(self, tokens: tuple[Token, ...], position: int, start: int) -> int:
        """责任单位：A、B; 牵头单位：A；配合单位：B. Own example: （牵头部门：甲部，参与部门：乙局）."""
        role = role_of(tokens[position].text)
        of_persons = _OF_PERSONS.match(tokens[position].text) is not None
        names, position = self._names(tokens, position + 1, start, across_commas=True)
        self.said = True
        if of_persons:
            # 责任领导：某某某 names a person, unless a body is named there.
            names = [one for one in names if certain_body(one, self.names)]
            self.nobody = self.nobody or not names
        # 负责部门：A、B负责 says its role twice.
        if position < len(tokens) and tokens[position].kind is Kind.ACT:
            role = role_of(tokens[position].text)
            position += 1
        self._add(names, role, start)
        if position < len(tokens) and tokens[position].kind not in (
            Kind.COMMA,
            Kind.STOP,
            Kind.LABEL,
            Kind.SCOPE,
            Kind.TIME,
        ):
            raise NotResponsibility
        return position

    def _duty(self, tokens: tuple[Token, ...], position: int, start: int) -> int:
        """A、B负责; A牵头，B、C参与; A会同B负责; A、B，C按职责分工负责; A等和B负责.

        Seen in every plan. Own example: （甲部会同乙局负责，丙省政府配合）.
        """
        if tokens[position].kind is Kind.BY:
            position += 1
        names, position = self._names(tokens, position, start, across_commas=True)
        helpers: list[Item] = []
        if position < len(tokens) and tokens[position].kind is Kind.WITH:
            helpers, position = self._names(tokens, position + 1, start, across_commas=False)
        if position >= len(tokens) or self._term_follows(tokens, position, start):
            self._bare(names, helpers, start)
            return position
        token = tokens[position]
        if token.kind is not Kind.ACT:
            raise NotResponsibility
        role = role_of(token.text)
        position += 1
        self.said = True
        if not names and not helpers:
            self.nobody = True
        if position < len(tokens) and tokens[position].kind is Kind.WITH:
            # A牵头会同B、C负责: the second list helps.
            more, position = self._names(tokens, position + 1, start, across_commas=False)
            helpers += more
            if position < len(tokens) and tokens[position].kind is Kind.ACT:
                position += 1
        if role == "support" and not self.named and names and names[-1].group:
            # 甲部、乙部，丙局配合: those before the last comma are helped.
            helped = [one for one in names if one.group < names[-1].group]
            self._add(helped, "responsible", start)
            names = names[len(helped) :]
        self._add(names, role, start)
        self._add(helpers, "support", start)
        if position < len(tokens) and tokens[position].kind is Kind.OPEN:
            position += 1
        return position

    def _term_follows(self, tokens: tuple[Token, ...], position: int, start: int) -> bool:
        """甲部，2025年底前完成: names without a role word before a term."""
        return (
            tokens[position].kind is Kind.COMMA
            and position + 1 < len(tokens)
            and self._is_term(tokens, position + 1, start)
        )

    def _bare(self, named: list[Item], helpers: list[Item], start: int) -> None:
        """A list without a role word: after 牵头 the others, else only where all are known bodies.

        The helpers are those behind 会同: （省甲厅会同省乙厅）.
        """
        names = named + helpers
        if not names:
            raise NotResponsibility
        kinds = [self.names.actor(one.token.text, one.token.text).kind for one in names]
        # One strange name among bodies that are known does not undo the list, and universities and
        # companies behind such a body do not either: 省甲厅、江北大学、江北港口集团.
        strange = [one for one, kind in zip(names, kinds, strict=True) if kind == "unknown"]
        known = set(kinds) != {"collective"} and (
            not strange
            or (
                2 * len(strange) < len(names)
                and all(certain_body(one, self.names) for one in strange)
            )
            or (
                kinds[0] in ("agency", "local")
                and all(is_institution(one.token.text) for one in strange)
            )
        )
        if self.named and self.said:
            self.doubt = "names without a role word after a lead"
        elif not known and not any(item.mark for item in names):
            raise NotResponsibility
        elif any(item.mark for item in names):
            self.said = True
        else:
            self.doubt = "a list of bodies without a role word"
        self._add(named, "responsible", start)
        self._add(helpers, "support", start)

    # --- lists --------------------------------------------------------------------------------

    def _names(
        self, tokens: tuple[Token, ...], position: int, start: int, *, across_commas: bool
    ) -> tuple[list[Item], int]:
        items: list[Item] = []
        group = 0
        while position < len(tokens):
            token = tokens[position]
            if token.kind is Kind.NAME:
                items.append(Item(token))
                items[-1].group = group
            elif token.kind is Kind.OTHER and items and is_role_mark(token.text[1:-1]):
                items[-1].mark = token.text[1:-1]
            elif token.kind is Kind.OPEN and items:
                for item in items:
                    item.open_ended = not _counts(token.text, items)
            elif token.kind is Kind.COMMA and across_commas and items:
                if not self._list_goes_on(tokens, position + 1, start):
                    break
                group += 1
            elif token.kind is not Kind.AND:
                break
            position += 1
        return items, position

    def _list_goes_on(self, tokens: tuple[Token, ...], position: int, start: int) -> bool:
        """Whether the names after a comma share the role word that is still to come.

        "A、B，各省级人民政府按职责分工负责" (国发〔2018〕39号).
        """
        if position >= len(tokens) or tokens[position].kind is not Kind.NAME:
            return False
        return not self._is_term(tokens, position, start) or bool(
            self.names.agency(tokens[position].text)
        )

    def _add(self, items: list[Item], role: Role, start: int) -> None:
        for item in items:
            self._check(item)
            marked = role_of(item.mark) if item.mark else role
            self.named.append(
                Named(start + item.token.start, start + item.token.end, marked, item.open_ended)
            )

    def _check(self, item: Item) -> None:
        """A name that neither the registry nor the form of its words vouches for ends the reading."""
        text = item.token.text
        if certain_body(item, self.names):
            return
        if len(text) > 30 or NO_NAME.search(text) or not CAN_NAME.search(text):
            raise NotResponsibility
        self.doubt = self.doubt or f"{text} is not formed as a body's name is"

    def _led(self) -> list[Named]:
        """First in the list leads, where this bracket says so and nobody else is named as lead."""
        if not self.first_leads:
            return self.named
        return lead_first(self.named)


_COUNT = re.compile("等(?:中央|国务院)?([0-9]{1,2}|[一二三四五六七八九十]{1,2})个?(?![0-9])")


def _counts(opening: str, items: list[Item]) -> bool:
    """Whether a list only says how many it names: 甲部、乙部等两部门 goes on with nobody."""
    count = _COUNT.match(opening.replace("两", "二"))
    return count is not None and number_of(count[1]) == len(items)
