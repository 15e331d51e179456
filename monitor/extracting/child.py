"""The limited process: one file in on standard input, one Extract out as JSON.

Started by :mod:`monitor.extracting.limited` as ``python -I -m monitor.extracting.child TASK``. It
bounds itself before it reads a byte; what it imports is loaded only for the kind at hand.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from typing import Any

from monitor.extracting.limits import Limits
from plans.model import Extract, to_json


def main() -> None:
    """Read the task from the command line, the file from standard input; write the answer."""
    task: dict[str, Any] = json.loads(sys.argv[1])
    limits = Limits(*task["limits"])
    # A library that prints must not spoil the answer: it goes to standard error instead.
    answer = os.dup(1)
    os.dup2(2, 1)
    body = sys.stdin.buffer.read()
    bound(limits, writes=task["kind"] in ("ole", "rtf", "ocr"))
    try:
        made = read(task["kind"], body, task["url"], task["charset"])
    except MemoryError:
        made = _unreadable(f"reading it took more than {limits.memory // 2**20} MB")
    except RecursionError:
        made = _unreadable("its parts are nested too deeply")
    except Exception as error:
        # Whatever a reader's library raises on a broken file is the file's fault, and is told.
        made = _unreadable(f"its reader failed on it: {type(error).__name__}: {str(error)[:200]}")
    with os.fdopen(answer, "wb") as out:
        out.write(to_json(made))


def read(kind: str, body: bytes, url: str, charset: str | None) -> Extract:
    """Read ``body`` as ``kind``; whatever its reader raises goes through."""
    if kind == "html":
        from monitor.extracting.charset import decode
        from monitor.extracting.html.page import read_page

        made = read_page(decode(body, charset)[0], url, limited=True)
        return made or _unreadable("the page could not be read")
    if kind == "json":
        from monitor.extracting.answers import read_json
        from monitor.extracting.charset import decode

        made = read_json(decode(body, charset)[0], url, limited=True)
        return made or _unreadable("the answer could not be read")
    if kind == "markdown":
        from monitor.extracting.charset import decode
        from monitor.extracting.plain import read_markdown

        return read_markdown(decode(body, charset)[0], url)
    if kind == "pdf":
        from monitor.extracting.files.pdf import read_pdf

        return read_pdf(body)
    if kind == "zip":
        from monitor.extracting.files.archive import read_zip

        return read_zip(body)
    if kind in ("ole", "rtf"):
        from monitor.extracting.files.office import read_office

        return read_office(body, kind)
    if kind == "ocr":
        from monitor.extracting.files.ocr import recognise

        return recognise(body)
    raise ValueError(f"no reader for {kind}")


def bound(limits: Limits, *, writes: bool) -> None:
    """Bound this process and all that it starts. Past a bound the system ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    seconds = int(limits.cpu_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    largest = 512 * 2**20 if writes else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    # The limit above counts whole seconds only; this clock stops on time, inside a library, too.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)


def _unreadable(reason: str) -> Extract:
    return Extract(state="unreadable", text="", reason=reason)


if __name__ == "__main__":
    main()
