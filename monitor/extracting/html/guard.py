"""Whether a page may be parsed in this process, or only where time and memory are limited.

An HTML parser needs time that grows with the square of some things: elements within elements,
attributes of one tag, formatting tags left open. A page of 1 MB can keep it busy for minutes.
These checks take time in proportion to the page's length, and real pages pass them.
"""

from __future__ import annotations

import re

#: Below this many tags the worst page costs some tens of milliseconds.
_FEW_TAGS = 1_000
_DEEPEST = 300
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


def is_laborious(html: str) -> bool:
    """True where parsing ``html`` could take more than a moment."""
    tags = html.count("<")
    if tags > _FEW_TAGS and _depth(html) > _DEEPEST:
        return True
    return len(html) > _LONGEST_GAP and _wide_tag(html)


def _depth(html: str) -> int:
    """The deepest nesting by plain counting, ends that belong to no start ignored."""
    open_of: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _NOT_NESTING:
            continue
        if not closing:
            open_of[tag] = open_of.get(tag, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_of.get(tag, 0):
            open_of[tag] -= 1
            depth -= 1
    return deepest


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
