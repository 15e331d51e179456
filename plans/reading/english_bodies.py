"""Who an English sentence or bracket names, in which role.

Own example: "The Ministry of Tides, along with the Harbour Office, will survey the coast."
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from plans.model import Role
from plans.reading.actors import Names
from plans.reading.grammar.reading import Named, Reading
from plans.reading.known import pattern_of
from plans.reading.memo import once_per_registry
from plans.registry.model import Registry

_UNKNOWN = (
    r"(?!The )(?:[A-Z][A-Za-z]++ ){0,3}(?:Ministry|Administration|Commission|Office|Bureau|Department|Council|Academy|"
    r"Association|Court|Procuratorate|Agency|Authority|Committee) (?:of|for|on) (?:the )?[A-Z][\w'-]{1,24}"
    r"(?:(?:,)? (?:and |of |for |of the )?[A-Z][\w'-]{1,24}){0,7}"
    r"|(?!The )(?:[A-Z][\w'-]{1,24}+ ){1,5}(?:Ministry|Administration|Commission|Office|Bureau|Department|Academy|Association|"
    r"Agency|Authority|Committee|Society|Federation)(?![\w'-])"
)
#: A name that nobody knows has words; a word that fills its line is none.
_WORD_AHEAD = r"(?=[A-Z][\w'-]{1,24}+ )"
_COLLECTIVE = (
    r"(?:(?:all |the |any )?(?:other |relevant |related |competent |local |provincial |member |concerned ){1,3}"
    r"(?:government |central |regional )?(?:departments|agencies|bodies|ministries|authorities|governments|units|parties|organi[sz]ations|regions|entities)(?: and units)?"
    r"|(?:all |the )?(?:regions|localities|members?(?: units| agencies| bodies)|people's governments)(?: (?:at|of) all (?:levels|provinces)| of (?:the )?(?:relevant )?(?:provinces|regions|localities|municipalities|cities|counties)(?: and (?:autonomous regions|municipalities|cities))?(?: (?:concerned|involved))?)?)"
    r"(?: of the (?:Inter-?Ministerial |inter-agency )?(?:Joint Conference|Leading Group)(?! Office))?"
)
#: With one of these a collective begins; a look at them is cheaper than one at all its forms.
_COLLECTIVE_BEGINS = pattern_of(
    (
        "all ", "the ", "any ", "other ", "relevant ", "related ", "competent ", "local ",
        "provincial ", "member", "concerned ", "regions", "localities", "people's ",
    ),
    any_case=True,
)  # fmt: skip
_ABBREVIATION = r"(?: ?\((?:(?:(?:the|hereinafter|hereafter|also|or)(?: referred to as)?(?: the)? )?[\"“]?[A-Z][A-Za-z&]{1,11}[\"”]?|(?:formerly|previously|including) [^()]{1,60})\))?"
_AND = r"(?:, and |, as well as |; and | and | as well as | & |, |; )(?:the |by the |by )?"
_WITH = (
    r"(?:,? ?(?:along|together|jointly|in (?:cooperation|co-operation|collaboration|coordination|conjunction|consultation))"
    r" with|,? with (?:the )?(?:support|assistance|participation|cooperation|help) (?:of|from)"
    r"|,? (?:supported|assisted|joined) by) (?:the )?"
)
_OPEN = re.compile(
    r"(?:,? (?:among others|amongst others|etc\.?|and so on|and others\b|and other(?! \w)|and other (?:relevant |related )?(?:departments|agencies|bodies|units|ministries)))",
    re.IGNORECASE,
)


#: Together with the Harbour Office, the Ministry of Tides will …: the helpers stand first.
_WITH_FIRST = re.compile(
    r"(?:\b(?:together|along|jointly|in (?:cooperation|co-operation|collaboration|coordination|conjunction|consultation)) with"
    r"|\balongside|\bwith (?:the )?(?:support|assistance|participation|cooperation|help) (?:of|from)"
    r"|\b(?:supported|assisted|joined) by)(?: the)? $",
    re.IGNORECASE,
)
#: The Harbour Office (lead), the Ministry of Tides …
_LEAD_MARK = re.compile(
    r" ?\((?:the )?(?:co-?)?lead(?:ing)?(?: (?:agency|body|department|unit))?\)", re.IGNORECASE
)

#: What every mark and joint of a list begins with; most names end theirs.
_GOES_ON = re.compile(
    r"[,;(]| [(&;]|,? ?(?:and |as well as |along |together |jointly |in c|with |supported by|assisted by|joined by)"
)


class List(NamedTuple):
    """Names [start, end) that stand together, and those that stand with them as support.

    ``leads`` are those of them that a bracket marks as leads.
    """

    start: int
    end: int
    names: tuple[tuple[int, int], ...]
    helpers: tuple[tuple[int, int], ...]
    open_ended: bool
    leads: frozenset[tuple[int, int]] = frozenset()


class English:
    """Finds bodies in English text, for one registry and year."""

    def __init__(self, registry: Registry, year: int | None) -> None:
        self.names = Names(registry, year)
        full = pattern_of((name.lower() for name in self.names.latin if " " in name), any_case=True)
        short = pattern_of(name for name in self.names.latin if " " not in name)
        known = rf"(?:{full}|{short})(?![\w-])"
        self._name = re.compile(
            rf"\b(?=\w)(?:(?P<known>{known})|(?P<collective>(?={_COLLECTIVE_BEGINS})(?i:{_COLLECTIVE}))|(?P<unknown>{_WORD_AHEAD}(?:{_UNKNOWN}))){_ABBREVIATION}"
        )
        self._bare = re.compile(known)
        self._and = re.compile(_AND)
        self._with = re.compile(_WITH)

    def lists(self, text: str, position: int = 0) -> Iterator[List]:
        """The lists of bodies in the text from ``position`` on, one after the other as they are
        asked for (typographic apostrophes may stand in it).
        """
        text = straight(text)
        while (match := self._next(text, position)) is not None:
            names = [self._span(text, match)]
            helpers: list[tuple[int, int]] = []
            leads: set[tuple[int, int]] = set()
            end = match.end()
            target = names
            after_comma = 0
            while _GOES_ON.match(text, end):
                mark = _LEAD_MARK.match(text, end)
                if mark is not None:
                    leads.add(target[-1])
                    end = mark.end()
                joint = self._with.match(text, end)
                if joint is not None:
                    following = self._name.match(text, joint.end())
                    if following is None:
                        break
                    target = helpers
                else:
                    joint = self._and.match(text, end)
                    if joint is None or _OPEN.match(text, end):
                        break
                    following = self._name.match(text, joint.end())
                    if following is None:
                        break
                    if target is names and joint[0].strip() in (",", ", the"):
                        after_comma = len(names)
                target.append(self._span(text, following))
                end = following.end()
            open_ended = _OPEN.match(text, end)
            if open_ended:
                end = open_ended.end()
            if after_comma and not helpers:
                before = text[max(0, match.start() - 60) : match.start()]
                if _WITH_FIRST.search(before):
                    names, helpers = names[after_comma:], names[:after_comma]
            yield List(
                match.start(),
                end,
                tuple(names),
                tuple(helpers),
                open_ended is not None,
                frozenset(leads),
            )
            position = max(end, match.end())

    def begins(self, text: str, position: int) -> bool:
        """Whether a name may begin at ``position``."""
        return self._name.match(straight(text), position) is not None

    def _next(self, text: str, position: int) -> re.Match[str] | None:
        """The next name; a known one inside what looks like an unknown one goes before it."""
        match = self._name.search(text, position)
        if match is not None and match["unknown"] is not None:
            inside = self._bare.search(text, match.start(), match.end())
            if inside is not None:
                return self._name.match(text, inside.start()) or match
        return match

    def _span(self, text: str, match: re.Match[str]) -> tuple[int, int]:
        """The name without the abbreviation behind it."""
        if match["known"] is not None:
            return match.span("known")
        group = "collective" if match["collective"] is not None else "unknown"
        start, end = match.span(group)
        if text[start : start + 4].lower() == "the ":
            start += 4
        return (start, end)

    def sure(self, text: str, span: tuple[int, int]) -> bool:
        """Whether the registry knows this name, or it stands for bodies that nobody names."""
        name = text[span[0] : span[1]].translate(_QUOTES)
        return self.names.actor(name, name).kind in ("agency", "collective")


#: ``english_of(registry, year)``: compiled once per registry and year.
english_of = once_per_registry(English)

_QUOTES = str.maketrans("’‘", "''")


def straight(text: str) -> str:
    """The text with the apostrophes that the registry's names have."""
    return text.translate(_QUOTES) if "’" in text or "‘" in text else text


# --- roles ------------------------------------------------------------------------------------

_LED_BY = re.compile(
    r"(?:\b(?:led|headed|spearheaded|chaired) (?:jointly )?by|\bunder the (?:lead|leadership) of|\blead(?:ing)?(?: (?:agency|agencies|department|departments|unit|units|body))?:|\blead (?:agency|body|department|ministry)[^.;]{0,40} (?:is|will be))(?: the)? $",
    re.IGNORECASE,
)
_HELPED_BY = re.compile(
    r"(?:\b(?:supported|assisted|joined) by|\bwith(?: (?:the )?(?:support|assistance|participation|cooperation|help|input) (?:of|from))?|\bsupport(?:ing)?(?: (?:agency|agencies|departments?|units?))?:|\b(?:participat|cooperat|assist)ing(?: (?:agency|agencies|departments?|units?|bodies|body))?:|\bparticipants?:)(?: the)? $",
    re.IGNORECASE,
)
_GUIDED_BY = re.compile(r"(?:\bguided by|\bunder the guidance of)(?: the)? $", re.IGNORECASE)
_DONE_BY = re.compile(
    r"(?:\b(?:by|responsibility of|responsible[^.;]{0,24}?(?:by|:|are|is)|(?:rests?|lies|lie) with|(?:remit|purview|mandate|competence) of|tasks?|requires?|directs?|instructs?|assigns?|obliges?|urges?|calls (?:on|upon)|assigned to|entrusted to|falls? (?:to|on|upon)|charged to))(?: the)? $",
    re.IGNORECASE,
)
#: Words before a body, a "the" apart, one of which ends whatever the four patterns above match.
_GIVING = (
    "by", "of", "from", ":", "is", "are", "be", "with", "to", "on", "task", "tasks", "require", "requires",
    "direct", "directs", "instruct", "instructs", "assign", "assigns", "oblige", "obliges", "urge",
    "urges",
)  # fmt: skip
_VERBS = (
    "which ", "who ", "whose ", "will", "shall", "should", "must", "would", "to", "is ", "are ",
    "jointly ", "also ", "then ", "further ", "continue", "take", "taking", "has ", "have ", "co-lead",
    "colead", "lead", "spearhead", "head", "be ", "as ", "bear", "plan", "intend", "aim",
)  # fmt: skip
_WILL_LEAD = re.compile(
    r"(?:,? (?:which|who))?,? ?(?:will|shall|should|must|to|is to|are to)? ?(?:jointly |also |then |further |continue to )*"
    r"(?:takes? the lead|taking the lead|(?:has|have) been (?:assigned|given) (?:a|the) lead(?:ing)? role|(?:co-?)?lead(?:s|ing)?\b|spearhead(?:s)?\b|head(?:s)? |be (?:the )?lead|as (?:the )?lead)",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"(?:, (?:which|who|whose) [^,.;]{2,80},)?,? ?(?:(?:will|shall|should|must|would)\b|(?:is|are) (?:(?:also|both|each|jointly|mainly|together|primarily) )?(?:to\b|responsible|tasked|required|charged|expected|in charge)"
    r"|(?:has|have) been (?:tasked|charged|made responsible|asked|assigned|given|instructed|entrusted)"
    r"|(?:is|are) (?:now |also |currently )?(?:drafting|revising|amending|preparing|formulating|developing|working on)\b|continues? to\b|(?:shall )?bears? responsib|plans? to\b|intends? to\b|aims? to\b)",
    re.IGNORECASE,
)
#: What both patterns above begin with: most bodies do nothing, and are asked this alone.
_ACTS = re.compile(
    rf",? ?{pattern_of(_VERBS, any_case=True)}",
)
#: The Ministry of Tides, which oversees the Harbour Office, will …: the office is no subject.
_ASIDE = re.compile(r", (?:which|who|whose) [^,]*$")
_TAKES_PART = re.compile(
    r",? ?(?:will |shall )?(?:participat|takes? part|cooperat|co-operat|collaborat|assist|support(?!ed)|help)",
    re.IGNORECASE,
)
_GUIDES = re.compile(r",? ?(?:will )?(?:provid\w+ guidance|guid(?:e|es|ing)\b)", re.IGNORECASE)

#: No sentence names bodies in as many places.
MOST_LISTS = 100


def roles_in(text: str, english: English, *, bracket: bool) -> tuple[Named, ...]:
    """Every body that the words give a duty, with its role; one that is only spoken of is none.

    In a bracket every list of bodies has one, 'responsible' where nothing else is said. Of a text
    of more than :data:`MOST_LISTS` lists the first are read.
    """
    named: list[Named] = []
    for one in itertools.islice(english.lists(text), MOST_LISTS):
        role = role_of(text, one, english, bracket=bracket, follows=bool(named))
        if role is None:
            continue
        named.extend(
            Named(a, b, "lead" if (a, b) in one.leads else role, one.open_ended)
            for a, b in one.names
        )
        named.extend(Named(a, b, "support", one.open_ended) for a, b in one.helpers)
    return tuple(named)


def role_of(
    text: str,
    one: List,
    english: English,
    *,
    bracket: bool,
    follows: bool,
    start: int = 0,
    end: int | None = None,
) -> Role | None:
    """The role that the words around a list of bodies give it; None where they give none.

    ``bracket`` as for :func:`roles_in`; ``follows`` where a body before it was given one. Only the
    words text[start:end] count.
    """
    stop = min(one.end + 140, len(text) if end is None else end)
    before, after = text[max(start, one.start - 60) : one.start], text[one.end : stop]
    if not before.endswith(" ") and before:
        before += " "
    # Most bodies stand behind words that give no duty: those are not searched.
    asked = before.lower().removesuffix(" ").removesuffix(" the").endswith(_GIVING)
    acts = _ACTS.match(after) is not None
    if (asked and _LED_BY.search(before)) or (acts and _WILL_LEAD.match(after)):
        return "lead"
    if (asked and _GUIDED_BY.search(before)) or (bracket and _GUIDES.match(after)):
        return "guide"
    if bracket and _TAKES_PART.match(after):
        return "support"
    if (asked and _DONE_BY.search(before)) or (one.start - start <= 4 and after.startswith(":")):
        # Harbour Office: survey the coast.
        return "responsible"
    if after.startswith(",") and _ASIDE.search(before):
        return None
    if acts and _WILL.match(after):
        return "responsible"
    if follows and re.match(r" (?:support|assist|cooperate|participate|help)s?\b", after):
        return "support"
    if asked and (helped := _HELPED_BY.search(before)) and (bracket or follows):
        # The Harbour Office will deepen its exchanges with a foreign office: that helps nobody here.
        with_whom = not bracket and helped[0].split()[0] == "with" and len(helped[0].split()) < 3
        known = any(english.sure(text, name) for name in one.names)
        return "support" if known or not with_whom else None
    return "responsible" if bracket else None


_SPEAKS_OF_DUTY = re.compile(
    r"\b(?:responsib|led by|lead\b|leads\b|leading|draft(?:ed|ing)? by|in charge|undertak|takes? the lead|guided by|carried out by|implemented by|to be completed|by (?:the end of|end of|\d{1,2} |[A-Z][a-z]+ 20\d\d))",
    re.IGNORECASE,
)
#: (including the relevant departments) tells what a word takes in.
_EXPLAINS = re.compile(r"(?:including|such as|e\.g\.|i\.e\.|except|formerly|or )", re.IGNORECASE)
_TERM = re.compile(
    r"(?:(?:to be )?(?:completed|finished|issued|finali[sz]ed|done) )?(?:before|by|no later than|until)(?: the)?(?: end of)? [^,;()]{0,24}20\d\d|(?:on an )?ongoing(?: basis)?|long[- ]term|continuous(?:ly)?",
    re.IGNORECASE,
)


def parse_english(content: str, english: English) -> Reading | None:
    """Read the content of an English bracket; None where it names no duty or time.

    "(Responsible by A, B and C)", "(The A is responsible)", "(Drafted by A)". Own examples:
    (Led by the Office of Tides, with the Harbour Office participating), (Responsible: A; support: B).
    """
    if not 2 < len(content) <= 1500:
        return None
    named = roles_in(content, english, bracket=True)
    terms = tuple(match.span() for match in _TERM.finditer(content))
    says = _SPEAKS_OF_DUTY.search(content) is not None
    if not named:
        return Reading(terms=terms) if terms and (says or terms[0][0] == 0) else None
    if not says:
        rest = len(content) - sum(one.end - one.start for one in named)
        some_known = _EXPLAINS.match(content) is None and any(
            english.sure(content, (one.start, one.end)) for one in named
        )
        labelled = re.match(r"\W*(?:lead|support|respons)", content, re.IGNORECASE)
        if not labelled and (not some_known or rest > 12 + 8 * len(named)):
            return None
        # (CNIPA) behind a name explains it; a list of bodies at the end assigns.
        doubt = None if labelled else "a list of bodies without a role word"
        return Reading(named=named, terms=terms, doubt=doubt)
    return Reading(named=named, terms=terms)
