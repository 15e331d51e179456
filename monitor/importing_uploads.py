"""Brings in a file that somebody sent over the network: everything is read apart, within limits.

A file of one's own is read in this process where that is quicker; one that was sent may be made to
keep a reader busy, and the watch has to go on meanwhile.
"""

from __future__ import annotations

import mimetypes
import pickle
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

import msgspec

from monitor.extracting.extract import extract
from monitor.extracting.limited import run_limited
from monitor.extracting.limits import Limits
from monitor.extracting.sniff import Kind, sniff
from monitor.importing import Imported, Wish, import_served
from monitor.polling.served import Served
from monitor.runtime import Runtime
from plans.model import Extract, Plan, plan_from_json, to_json
from plans.registry.model import Registry

#: What is taken: PDF, Word (also WPS and OFD, which are such containers), pages and plain texts.
KINDS: frozenset[Kind] = frozenset({"pdf", "zip", "ole", "rtf", "html", "text", "markdown"})
#: Of reading one text; a plan of a hundred tasks takes well under a second.
READING = Limits(30.0, 120.0, 1500 * 2**20)
#: More tasks than any plan has: comparing them would take minutes.
MOST_TASKS = 2000
_LONGEST_NAME = 150


class _Unread(Exception):
    """The text exceeded a limit while it was read; the message says which."""


def import_upload(runtime: Runtime, name: str, body: bytes, wish: Wish) -> Imported:
    """Import the bytes of a file called ``name`` by whoever sent it; what they are is an outcome.

    Raises storage's errors, and ChildUnavailableError where the machine cannot start a process.
    """
    name = plain_name(name)
    declared = mimetypes.guess_type(name)[0] or ""
    largest = runtime.config.settings.max_bytes
    if len(body) > largest:
        detail = f"{len(body):,} bytes; settings.max_bytes is {largest:,}"
        return Imported(name=name, outcome="too_large", detail=detail)
    kind = sniff(body, declared, name)
    if kind not in KINDS | {"empty"}:
        detail = f"{kind}: a PDF, Word, HTML or text file is wanted"
        return Imported(name=name, outcome="wrong_type", detail=detail)
    # The archive says what the file was called, not where on a machine it lay.
    address = wish.url or f"file:{quote(name)}"
    served = Served(
        url=address,
        final_url=address,
        body=body,
        fetched_at=runtime.now(),
        media_type=declared,
    )
    tools = msgspec.structs.replace(
        runtime.tools, extract=partial(extract, apart=True), read=read_apart
    )
    try:
        return import_served(msgspec.structs.replace(runtime, tools=tools), name, served, wish)
    except _Unread as reason:
        return Imported(name=name, outcome="unreadable", detail=str(reason))


def read_apart(extract: Extract, registry: Registry) -> Plan:
    """As :func:`plans.reading.read.read`, in a process with limits of time and memory.

    Raises an error of this module's own where the text exceeds them.
    """
    body = pickle.dumps(registry) + to_json(extract)
    answer = run_limited("monitor.importing_child", {"limits": list(READING)}, body, READING)
    if isinstance(answer, str):
        raise _Unread(answer)
    if answer.startswith(b"!"):
        raise _Unread(answer[1:].decode())
    plan = plan_from_json(answer)
    if len(plan.tasks) > MOST_TASKS:
        raise _Unread(f"{len(plan.tasks):,} tasks were read out of it; no plan has so many")
    return plan


def plain_name(name: str) -> str:
    """The last part of a file's name as a browser sent it, without what is no letter or sign."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, suffix = kept[:_LONGEST_NAME], PurePosixPath(kept).suffix
    if not kept.strip("."):
        return "upload"
    return kept if len(kept) <= _LONGEST_NAME else stem + suffix[:10]
