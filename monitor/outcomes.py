"""What a look at one address came to, by name: the fetch's outcomes and those that come after it."""

from __future__ import annotations

from typing import Literal, get_args

from monitor.fetching.values import FetchOutcome
from plans.model import ExtractState

ContentOutcome = Literal[
    # A text of a document.
    "same_text",
    "new_version",
    "variant",
    "witnessed",
    "confirmed",
    "reverted",
    # A list.
    "listed",
    "list_not_understood",
    # Something else than a text.
    "challenge",
    "shell",
    "list_page",
    "empty",
    "not_a_plan",
    # A person decides.
    "held",
    "unreadable",
    # Our own fault; the log has the traceback.
    "program_fault",
]
Outcome = FetchOutcome | ContentOutcome

OUTCOMES: tuple[str, ...] = (*get_args(FetchOutcome), *get_args(ContentOutcome))

#: The publisher did its part: what is published was seen.
SEEN: frozenset[str] = frozenset(
    {
        "not_modified",
        "same_text",
        "new_version",
        "variant",
        "witnessed",
        "confirmed",
        "reverted",
        "listed",
        "held",
        "unreadable",
        "not_a_plan",
    }
)

#: Somebody does not want programs here; nothing that we do again will change it.
WALLED: frozenset[str] = frozenset({"challenge", "forbidden_by_robots"})

#: The address has nothing any more.
ABSENT: frozenset[str] = frozenset({"gone", "moved_home"})

#: What a file's state means for the look at its address; a document and a file that may be one
#: are decided elsewhere.
OF_STATE: dict[ExtractState, Outcome] = {
    "challenge": "challenge",
    "shell": "shell",
    "list": "list_page",
    "empty": "empty",
}

_WORDS: dict[str, str] = {
    "ok": "fetched",
    "not_modified": "not modified",
    "forbidden_by_robots": "forbidden by robots.txt",
    "forbidden_address": "address not allowed",
    "gone": "gone",
    "moved_home": "moved to a home page",
    "list_page": "a list, not a text",
    "list_not_understood": "list not understood",
    "shell": "empty shell",
    "held": "held for review",
    "dns_error": "name not found",
    "tls_error": "TLS fault",
    "not_a_plan": "not a plan",
    "program_fault": "fault of the program, see the log",
    "unreadable": "published, not yet readable",
}


def in_words(outcome: str) -> str:
    """The outcome as people read it: ``list not understood``."""
    return _WORDS.get(outcome, outcome.replace("_", " "))
