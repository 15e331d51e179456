"""Ten thousand broken files: each must end as an outcome, in a process with the limits of reading.

    python -m bench.extract.fuzz_files [CASES] [SEED]

For every mark that a format begins with, noise behind it; and whole files with bytes flipped, cut
and doubled. Each case is read in a process of its own, bounded as the limited one is, forked from
this one that has loaded the readers: what a case costs is reading, not starting an interpreter. Old
Word files go to LibreOffice, which takes seconds: they are one case in five hundred, through
extract(). Prints the outcomes of each mark, and of whole files what their readers raised.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from pathlib import Path

from bench.extract.fuzz import MAGIC, broken, seeds
from monitor.extracting import child
from monitor.extracting.extract import extract
from monitor.extracting.files import archive, docx, ofd, pdf
from monitor.extracting.limits import limits_for
from monitor.extracting.sniff import sniff
from plans.model import Extract, extract_from_json, to_json

#: Loaded here, so that a fork does not load them again.
READERS = (archive, docx, ofd, pdf)
MARKS = (
    *MAGIC,
    b"PK\x07\x08",
    b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<",
    b"\x1f\x8b\x08\x08",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xef\xbb\xbf<html>",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf'\x1c",
    b"\xff\xd8\xff",
    b"GIF89a",
    b"II*\x00",
    b"{",
    b"",
)
_OFFICE_EVERY = 500


def bounded(body: bytes) -> Extract | str:
    """What the limited process would say of the body; a text where it ended otherwise."""
    kind = sniff(body)
    if kind not in ("pdf", "zip"):
        return extract(body)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _answer(kind, body, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code < 0:
        # At a limit: extract() gives `unreadable`, with the reason.
        return Extract(state="unreadable", text="", reason=f"ended by signal {-code}")
    return extract_from_json(answer) if code == 0 else f"exit code {code}"


def _answer(kind: str, body: bytes, reading: int, writing: int) -> None:
    """The forked process: as the limited one does, and without a way back."""
    code = 1
    try:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        child.bound(limits_for(kind, len(body)), writes=False)
        try:
            made = child.read(kind, body, "", None)
        except MemoryError:
            made = Extract(state="unreadable", text="", reason="memory")
        except Exception as error:
            # The limited process tells it as this state too; here its type is of interest.
            made = Extract(state="unreadable", text="", reason=f"raised {type(error).__name__}")
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(to_json(made))
        code = 0
    finally:
        os._exit(code)


def main() -> int:
    """Run the cases; 1 where one ended as no outcome."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    dice = random.Random(seed)
    texts, binary = seeds()
    found: dict[str, Counter[str]] = {}
    for case in range(cases):
        mark = MARKS[case % len(MARKS)]
        if case % 3 == 0:
            body = broken(dice, dice.choice(binary), dice.choice(texts))
            name = "whole files"
        else:
            body = mark + dice.randbytes(dice.randrange(2_000))
            name = repr(mark)[1:]
        if sniff(body) in ("ole", "rtf") and case % _OFFICE_EVERY:
            # The same noise behind another mark.
            body, name = MARKS[2] + body[8:], repr(MARKS[2])[1:]
        made = bounded(body)
        if isinstance(made, str):
            Path("fuzz-failure.bin").write_bytes(body)
            print(f"case {case} of seed {seed}: {made}; its input is in fuzz-failure.bin")
            return 1
        reason = made.reason or ""
        raised = reason if reason.startswith(("raised", "ended")) else ""
        found.setdefault(name, Counter())[f"{made.state} {raised}".strip()] += 1
    print(
        f"{cases} cases, seed {seed}: every one an outcome\n\n| begins with | outcomes |\n|---|---|"
    )
    for name, counts in sorted(found.items()):
        print(f"| `{name}` | {', '.join(f'{n} {what}' for what, n in counts.most_common())} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
