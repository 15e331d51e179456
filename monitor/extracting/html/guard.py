"""Whether a page may be parsed in this process, or only where time and memory are limited.

An HTML parser needs time that grows with the square of some things: elements within elements,
attributes of one tag, formatting tags left open. A page of 1 MB can keep it busy for minutes.
These checks take time in proportion to the page's length, and real pages pass them.
"""

from __future__ import annotations

import re

_MOST_TAGS = 40_000
_DEEPEST = 256
#: Formatting left open is opened again in every block that follows: this many copies at most.
_MOST_COPIES = 20_000
_LONGEST_GAP = 8_000
_MOST_WORDS_IN_A_TAG = 1_500

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,11})")
#: Tags that have no end, or whose end is left out in good pages.
_NOT_NESTING = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rt",
        "rp",
        "body",
        "html",
        "head",
    ]
)
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)


def is_laborious(html: str) -> bool:
    """True where parsing ``html`` could take more than a moment."""
    if html.count("<") > _MOST_TAGS:
        return True
    # So few elements can neither be nested too deeply nor be copied too often.
    if html.count("<") - html.count("</") > _DEEPEST:
        depth, copies = _nesting(html)
        if depth > _DEEPEST or copies > _MOST_COPIES:
            return True
    return len(html) > _LONGEST_GAP and _wide_tag(html)


def _nesting(html: str) -> tuple[int, int]:
    """The deepest nesting, and how many elements open formatting is copied into.

    By plain counting; ends that belong to no start are ignored.
    """
    open_of: dict[str, int] = {}
    depth = deepest = formatting = copies = 0
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _NOT_NESTING:
            if not closing:
                copies += formatting
            continue
        step = 0
        if not closing:
            open_of[tag] = open_of.get(tag, 0) + 1
            step = 1
        elif open_of.get(tag, 0):
            open_of[tag] -= 1
            step = -1
        depth += step
        deepest = max(deepest, depth)
        if tag in _FORMATTING:
            formatting += step
        elif step > 0:
            copies += formatting
    return deepest, copies


def _wide_tag(html: str) -> bool:
    """True where one tag could hold thousands of attributes.

    Attributes hardly ever hold ``<``; those that do are bounded by the number of tags.
    """
    for part in html.split("<"):
        if len(part) <= _LONGEST_GAP:
            continue
        # Long values (pictures as data:) are one attribute each; what is left separates them.
        bare = re.sub(r"""=\s*(?:"[^"]*"|'[^']*')""", "= ", part)
        if part[:6].lower() in ("script", "style>", "style "):
            inside = bare.partition(">")[0]
        else:
            # Up to the LAST end of a tag: an earlier one may stand within a quoted value.
            inside = bare.rpartition(">")[0] if ">" in bare else bare
        if len(re.findall(r"[\s/]+|=", inside)) > _MOST_WORDS_IN_A_TAG:
            return True
    return False
