"""The words of a responsibility bracket, cut into tokens.

A token is a name, a separator, a role word, a label (责任单位：), an opening word (等部门), a time or
a rule for what follows. Names of the registry are taken whole, longest first, so that 和 inside
工业和信息化部 or 、 inside 中央宣传部（国家新闻出版署、国家版权局） part nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from plans.reading.actors import BODY_END, Names, is_collective, is_local, looks_like_body
from plans.reading.grammar.reading import Reading
from plans.reading.grammar.shapes import Shapes
from plans.reading.grammar.token import Kind, Token
from plans.reading.known import pattern_of

_KINDS = {kind.value: kind for kind in Kind}
#: Marks that are a token by themselves, whatever stands around them.
_MARKS = {"，": Kind.COMMA, "；": Kind.STOP, "。": Kind.STOP, "、": Kind.AND}
#: 、 goes on through these.
_SEPARATORS = frozenset("、/／ ")
#: Characters after which a name is whole for certain (a part of what ``follow`` allows).
_AFTER_NAME = "、，；。：（/／ 和及与等由"
#: How a label or 各省、自治区政府 may begin: such a text is not taken for a name without a look.
_NOT_YET_A_NAME = re.compile(
    "各|有关|自治区|直辖市|计划单列市|[省市州县区旗](?:[（、和]|$)|[主承协][要责办助同]|第一|具体|共同|责任|负责|牵头|落实|配合|"
    "参[与加]|支持|[指督]导|实施|起草|完成|分工|适用|推[广进]|试点|办结|进度|计划|时[限间]|期限|节点"
)


_HOW = (
    "(?:(?:按照|按|根据|依据|依|结合)(?:各自|相关|有关)?(?:的)?(?:职责|职能|分工|任务)(?:和)?(?:分工|职责|任务)?)?"
    "(?:要求)?(?:(?:分别|分头|共同|联合|分工|具体|各自|统筹|协同|集体|直接|主要|组织)(?=[负牵实落推分协主承指]))*"
)
_LEAD = "(?:负责)?总?牵头(?:负责|落实|组织实施|组织落实|组织|实施|推进|抓好落实|会同|起草|制定|完成|办理|协调)*(?:单位|部门)?"
_DUTY = (
    "负责(?:落实|组织实施|组织落实|组织|实施|推进|指导|起草|制定|完成|办理|协调|配合)*|"
    "研究制定|研究起草|研究提出|统筹推进|统筹协调|协调推进|推进落实|负总责|承担|起草|组织起草|组织实施|组织落实|组织推进|落实|实施|承办|完成|推进|推动|执行|办理|(?<=分工)协作|主抓|(?:狠)?抓(?:好)?落实"
)
_SUPPORT = "提供(?:保障|支持|支撑|协助|配合)|(?:积极|密切|予以|给予)?(?:参与|参加|配合|协助|协同|协办|支持)(?:落实|实施|负责|单位|部门|推进|配合|工作)?"
_GUIDE = "(?:负责)?(?:指导|督导|督促指导|业务指导)"
_LEAD_OFFICE = "主办|主责|牵总"
_AS = "(?:作)?为(?:牵头|配合|责任|参与|主办|协办|指导)(?:单位|部门)"
# One name that holds the list's own separator: 各省、自治区、直辖市人民政府.
_PLACE = "(?:省|市|州|县|区|旗|自治区|自治县|直辖市|县级市|地级市|计划单列市)(?:（[^（）]{1,12}）)?"
_GOVERNMENTS = (
    f"(?:各有关|有关|各)?{_PLACE}(?:[、和]{_PLACE}){{1,3}}(?:级)?(?:人民)?政府"
    f"|各(?:有关)?{_PLACE}(?:[、和]{_PLACE}){{1,3}}[^、，；。：（）和及等由负牵]{{2,10}}?(?:局|厅|委|办|法院|检察院|管委会)"
    "|各(?:有关)?盟(?:行政公署|行署)[、和]市(?:人民)?政府"
    f"|各(?:有关)?{_PLACE}(?:、{_PLACE}){{1,3}}"
)
# 各项目牵头单位: the bodies that lead the other items, as one name.
_UNITS = "各[^，、；。：（）]{0,8}?(?:牵头|责任|配合)(?:单位|部门)"
#: Where a role word may end: it closes its clause.
_EDGE = "(?=$|[，、；。）]|由|会同|年内|[0-9]|等)"
_ACT = (
    f"{_AS}{_EDGE}|{_HOW}(?:{_LEAD}|{_SUPPORT}|{_GUIDE}|{_LEAD_OFFICE}|{_DUTY}){_EDGE}"
    f"|(?:按照|按|根据|依据|依)(?:各自)?(?:职责|职能)?(?:分工|职责){_EDGE}"
)
# A role word straight before a name, without a comma: A牵头B、C配合.
_ACT_BEFORE_NAME = "牵头(?:负责)?(?=@NAMES@)"
_OPEN = (
    "等(?:(?:中央|国务院)?(?:有关|相关|各|其他|多个|\\d{1,2}个?|[一二三四五六七八九十两]{1,2}个?)?"
    "(?:成员单位|部门和单位|部门及单位|部门、单位|部门单位|单位和部门|部门|单位|部委|方面|机构|高等院校|高校院所|高校|院校|科研院所|金融机构|银行|行业协会|协会"
    "|(?:中央|国有|重点|有关)?企业|地区|省份|城市)?"
    "(?:和地方)?)(?=$|[、，；。）]|和|及|与|以及|会同|@ACT@)"
)
_WHOSE = "(?:部门|单位|机构|主体|方|司局|处室|科室|股室|部委|地区|责任单位|牵头单位|领导)"
_LABEL = (
    f"(?:(?:主要|第一|具体|共同)?(?:责任|负责|牵头|主责|落实)(?:落实|牵头|实施)?{_WHOSE}|"
    f"(?:配合|参与|参加|协助|协同|协办|支持|指导|督导|主办|承办|实施|起草|完成){_WHOSE}|责任分工|分工|责任|牵头|配合|指导|主办|协办"
    "|(?:责任|负责|联系|联络|经办)人|(?:分管|包保)领导)"
    "(?:及分工)?(?:为)?："
)
#: 牵头部门水利部: the label without its colon, before a name that is known.
_BARE_LABEL = (
    "(?:(?:主要|第一)?(?:责任|负责|牵头|主责|配合|参与|参加|协助|协办|支持|指导|主办|承办)"
    "(?:部门|单位|司局)为?(?=(?:@NAMES@)(?:$|[、，；和及（])))"
)
_SCOPE = "(?:适用|实施|推广|试点)(?:范围|地区|区域)："
_TIME = "(?:(?:完成|办结|落实|实施|推进|进度|计划)?(?:时限|时间|期限|节点)(?:要求|安排|进度|节点)?|进度安排|时间进度)："


class Lexer:
    """Cuts the content of brackets, for one registry and year."""

    def __init__(self, names: Names) -> None:
        self.names = names
        #: What the parser made of contents read before; brackets repeat a great deal.
        self.readings: dict[str, Reading | None] = {}
        certain = [name for name in names.chinese_names if name and not _NOT_YET_A_NAME.match(name)]
        self.shapes = Shapes(certain)
        #: A known name that is whole for certain. The token pattern would find the same: this
        #: spares it the greatest part of its work.
        self._whole = re.compile(f"(?>{pattern_of(certain)})(?=$|[{re.escape(_AFTER_NAME)}])")
        #: Short ends of brackets (等负责) and what the first token of each is.
        self._ends: dict[str, tuple[Kind, int]] = {}
        known = names.chinese or "(?!)"
        label = f"{_LABEL}|{_BARE_LABEL.replace('@NAMES@', known)}"
        labels = f"{_LABEL}|{_SCOPE}|{_TIME}"
        follow = f"(?=$|[、，；。：（/／ ]|和|及|与|以及|等|会同|由|{_AS}|{_ACT}|牵头(?:{known})|{labels})"
        open_words = _OPEN.replace("@ACT@", _ACT)
        before_name = _ACT_BEFORE_NAME.replace("@NAMES@", known)
        self._token = re.compile(
            f"(?P<label>{label})|(?P<scope>{_SCOPE})|(?P<time>{_TIME})"
            f"|(?P<name>(?:{_GOVERNMENTS}|{_UNITS}|{known}){follow})"
            f"|(?P<open>{open_words})"
            f"|(?P<act>{_ACT}|{before_name})"
            "|(?P<with>会同|协同(?=[^，。；]{2,30}(?:负责|实施|落实))|联合(?=[^，。；]{2,30}(?:负责|实施|落实|开展)))"
            "|(?P<and>以及|[、/／ ]+|[和及与](?=[^，。；]))"
            "|(?P<comma>，)|(?P<stop>[；。])|(?P<by>由)"
        )
        # An unknown name runs to the next word that can end a name.
        self._free = re.compile(
            f"(?:（[^（）]{{0,80}}）|[^、，；。（）/／ ])+?(?=$|[、，；。/／ ]|{open_words}|会同|{_ACT}|{before_name}|{labels})"
        )

    @lru_cache(maxsize=8192)  # noqa: B019 - lexers live as long as their registry is in use
    def tokens(self, plain: str) -> tuple[Token, ...]:
        """All tokens of the folded content; what is no word of the grammar is OTHER."""
        found: list[Token] = []
        position, length = 0, len(plain)
        while position < length:
            mark = _MARKS.get(plain[position])
            if mark is not None and plain[position + 1 : position + 2] not in _SEPARATORS:
                found.append(Token(mark, position, position + 1, plain[position]))
                position += 1
                continue
            whole = self._whole.match(plain, position)
            if whole is not None:
                end = self._with_alias(plain, whole.end())
                found.append(Token(Kind.NAME, position, end, plain[position:end]))
                position = end
                continue
            rest = plain[position:] if length - position <= _LONGEST_END else ""
            if rest in self._ends:
                kind, width = self._ends[rest]
                found.append(Token(kind, position, position + width, rest[:width]))
                position += width
                continue
            match = self._token.match(plain, position)
            if match is not None and match.end() > position:
                kind = _KINDS[match.lastgroup or ""]
                if kind is Kind.NAME:
                    end = self._with_alias(plain, match.end())
                    found.append(Token(kind, position, end, plain[position:end]))
                    position = end
                    continue
                found.append(Token(kind, position, match.end(), match[0]))
                # 协作 looks back at what stands before it.
                if rest and kind in (Kind.ACT, Kind.OPEN) and rest[0] != "协":
                    if len(self._ends) > 5_000:
                        self._ends.clear()
                    self._ends[rest] = (kind, match.end() - position)
                position = match.end()
                continue
            free = self._free.match(plain, position)
            if free is None:
                found.append(Token(Kind.OTHER, position, position + 1, plain[position]))
                position += 1
                continue
            found.extend(self._names_in(plain, position, free.end()))
            position = free.end()
        return tuple(found)

    def _with_alias(self, plain: str, end: int) -> int:
        """A bracket after a name belongs to it: 商务部（某领导小组办公室）, but not （牵头）."""
        if end < len(plain) and plain[end] == "（":
            close = plain.find("）", end)
            inside = plain[end + 1 : close]
            if close > 0 and not is_role_mark(inside):
                return close + 1
        return end

    def _names_in(self, plain: str, start: int, end: int) -> list[Token]:
        """An unknown name, or two that 和 joins where one of them is a body of its own."""
        text = plain[start:end]
        if text[0] == "（" and is_role_mark(text[1:-1]):
            return [Token(Kind.OTHER, start, end, text)]
        run = self.names.known_only(text)
        if len(run) > 1:
            # Names that a blank parted in print, which reprints drop.
            return [Token(Kind.NAME, start + a, start + b, text[a:b]) for a, b in run]
        apart = _places_apart(text)
        if apart:
            return [
                Token(Kind.NAME, start, start + apart, text[:apart]),
                *self._names_in(plain, start + apart, end),
            ]
        for match in _CONSULTING.finditer(text):
            left, right = text[: match.start()], text[match.end() :]
            if self.names.agency(left) and self.names.agency(right):
                middle, after = start + match.start(), start + match.end()
                return [
                    Token(Kind.NAME, start, middle, left),
                    Token(Kind.WITH, middle, after, match[0]),
                    Token(Kind.NAME, after, end, right),
                ]
        if not is_collective(text) or text.startswith("地方") or _parts_collectives(text):
            for match in _JOINT.finditer(text):
                left, right = text[: match.start()], text[match.end() :]
                if self._is_whole(left) and self._is_whole(right):
                    middle = start + match.start()
                    return [
                        Token(Kind.NAME, start, middle, left),
                        Token(Kind.AND, middle, start + match.end(), match[0]),
                        *self._names_in(plain, start + match.end(), end),
                    ]
        if text.endswith("）"):
            opened = text.rfind("（")
            if opened > 0 and is_role_mark(text[opened + 1 : -1]):
                return [
                    *self._names_in(plain, start, start + opened),
                    Token(Kind.OTHER, start + opened, end, text[opened:]),
                ]
        return [Token(Kind.NAME, start, end, text)]

    def _is_whole(self, text: str) -> bool:
        return (
            self.names.agency(text) is not None
            or is_collective(text)
            or (len(text) > 2 and looks_like_body(text))
        )


#: 市甲局市乙局: the second name of a place begins where the first ends.
_SECOND_PLACE = re.compile(
    "(?P<place>省|市|区|县|州|自治区)(?!委(?P=place))[^、（）]{2,20}?[局厅委办院会行关](?=(?P=place)(?!场|监)[^、（）]{2,20}$)"
)


def _places_apart(text: str) -> int:
    """Where the second of two local names begins that a line break in a cell parted; 0 for one name."""
    match = _SECOND_PLACE.match(text)
    if match is None or not (is_local(text[: match.end()]) and is_local(text[match.end() :])):
        return 0
    return match.end()


#: Longer ends are not remembered.
_LONGEST_END = 8
_JOINT = re.compile("以及|[和及与.·]")
#: 市级各有关部门及各县市区政府 are two; 各有关部门和单位 are one.
_TWO_COLLECTIVES = re.compile(
    "[^和及与]{2,30}(?:以及|[和及与])(?:各(?!单位|部门)|地方(?:各级)?(?:人民)?政府|(?:省|市|州|区|县)(?:直|级|委)|(?:有关|相关)(?!单位|地方|方面))[^和及与]+"
)


def _parts_collectives(text: str) -> bool:
    return _TWO_COLLECTIVES.fullmatch(text) is not None


#: 甲部商乙部, 甲部会商乙部: only between two known names, since 商务部 begins alike.
_CONSULTING = re.compile("会商|商|协商")
_ROLE_MARK = re.compile(
    "按(?:照)?职责(?:分工)?(?:分别)?负责$|"
    "(?:牵头|主办|主责|配合|参与|协助|指导|负责|牵头单位|配合单位|牵头部门|责任单位)$"
)


def is_role_mark(inside: str) -> bool:
    """Whether a bracket inside a name gives its role: 国家知识产权局（牵头）."""
    return bool(_ROLE_MARK.match(inside))


__all__ = ["BODY_END", "Kind", "Lexer", "Token", "is_role_mark"]
