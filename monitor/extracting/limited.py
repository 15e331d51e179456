"""Start the limited process for one file, and put what it answers, or its end, into words."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile

import msgspec

from monitor.extracting.errors import ChildUnavailableError
from monitor.extracting.limits import LONGEST_TEXT, Limits, limits_for
from plans.model import Extract, extract_from_json

_KILLED_BY = {
    signal.SIGPROF: "time",
    signal.SIGXCPU: "time",
    signal.SIGKILL: "time or memory",
    signal.SIGSEGV: "crash",
    signal.SIGABRT: "crash",
    signal.SIGBUS: "crash",
    signal.SIGFPE: "crash",
    signal.SIGILL: "crash",
}


def read_limited(kind: str, body: bytes, *, url: str = "", charset: str | None = None) -> Extract:
    """Read ``body`` as ``kind`` in a process of its own with limits of time and memory.

    A file that exceeds them or breaks its reader gives the state ``unreadable``. Raises
    :class:`ChildUnavailableError` where the process cannot be started or answers nonsense.
    """
    limits = limits_for(kind, len(body))
    task = {"kind": kind, "url": url, "charset": charset, "limits": list(limits)}
    done = run_limited("monitor.extracting.child", task, body, limits)
    if isinstance(done, str):
        return _refused(done)
    try:
        return extract_from_json(done)
    except msgspec.DecodeError as error:
        raise ChildUnavailableError(f"the limited reader answered nonsense: {error}") from error


def run_limited(module: str, task: object, body: bytes, limits: Limits) -> bytes | str:
    """Run ``module`` in a process of its own: ``task`` as JSON on its command line, ``body`` on its
    standard input. Gives what it answered or, where it was ended at a limit, why, in words.

    The module has to bound itself first (:func:`monitor.extracting.child.bound`). Raises
    :class:`ChildUnavailableError` where the process cannot be started or ends with an error.
    """
    with tempfile.TemporaryDirectory(prefix="planwatch-extract-") as folder:
        try:
            # -I: neither the working folder nor the environment decides which code is run.
            process = subprocess.Popen(
                [sys.executable, "-I", "-m", module, json.dumps(task)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                env=_environment(folder),
                start_new_session=True,
            )
        except OSError as error:
            raise ChildUnavailableError(f"cannot start the limited reader: {error}") from error
        try:
            answer, complaint = process.communicate(body, timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            return f"reading it took more than {limits.wall_seconds:g} seconds"
        finally:
            _end(process)
    if process.returncode < 0:
        return _end_in_words(-process.returncode, limits.cpu_seconds, limits.memory)
    if process.returncode:
        tail = complaint.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ChildUnavailableError(f"the limited reader ended with {process.returncode}: {tail}")
    return answer


def _environment(folder: str) -> dict[str, str]:
    """No proxies, no tokens, no settings of ours: only what a program needs to start."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX")
        if name in os.environ
    }
    return {**kept, "HOME": folder, "TMPDIR": folder, "PYTHONUTF8": "1"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started; it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _end_in_words(number: int, seconds: float, memory: int) -> str:
    why = _KILLED_BY.get(signal.Signals(number), "crash")
    if why == "crash":
        return f"its reader crashed on it (signal {number})"
    if why == "time":
        return f"reading it took more than {seconds:g} seconds of processor time"
    return f"reading it took more than {seconds:g} seconds or {memory // 2**20} MB"


def _refused(reason: str) -> Extract:
    return Extract(state="unreadable", text="", reason=reason)


def bounded(made: Extract) -> Extract:
    """``made``, or the outcome ``too_large`` where its text is longer than any document."""
    if len(made.text) <= LONGEST_TEXT:
        return made
    return msgspec.structs.replace(
        made,
        state="too_large",
        text="",
        reason=f"the text has {len(made.text):,} characters, the limit is {LONGEST_TEXT:,}",
    )
