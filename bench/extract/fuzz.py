"""Ten thousand broken inputs: each must be an outcome, none an exception.

    python -m bench.extract.fuzz [CASES] [SEED]

Pages of every system and barrier, and files of every format, with bytes flipped, cut, doubled
and mixed with one another, and noise behind the marks that files begin with. The limited process is started for one file case in forty inputs, for
it costs tenths of a second. Prints how many gave which state; stops at the first exception and
keeps the input in ``fuzz-failure.bin``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

from monitor.extracting.extract import extract
from tests.monitor.extracting import files
from tests.monitor.extracting.article import Article
from tests.monitor.extracting.barriers import BARRIERS
from tests.monitor.extracting.pages import PAGES

_FILES_EVERY = 40
#: What files begin with; what follows here is noise.
MAGIC = (
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1 ",
    b"\x1f\x8b\x08\x00",
    b"\x89PNG\r\n\x1a\n",
    b"<?xml ",
    b"\xff\xfe<",
)


def seeds() -> tuple[list[bytes], list[bytes]]:
    """Texts, which are read here, and files, which the limited process reads."""
    article = Article()
    texts = [build(article).body.encode() for build in PAGES.values()]
    texts += [text.decode().encode("gb18030") for text in texts[:5]]
    texts += [barrier.body.encode() for barrier in BARRIERS.values() if barrier.body]
    binary = [
        files.pdf(files.set_in_lines(article.paragraphs)),
        files.scanned_pdf(),
        files.word(lambda document: [document.add_paragraph(text) for text in article.paragraphs]),
        files.ofd([[(30, 30 + 8 * at, text) for at, text in enumerate(article.paragraphs)]]),
    ]
    return texts, binary


def broken(dice: random.Random, body: bytes, other: bytes) -> bytes:
    """``body`` after some accidents, at times with a piece of ``other`` in it."""
    out = bytearray(body)
    for _ in range(dice.randrange(1, 15)):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(5):
            case 0:
                out[at : at + 1] = dice.randbytes(1)
            case 1:
                del out[at : at + dice.randrange(200)]
            case 2:
                out[at:at] = out[at : at + dice.randrange(400)]
            case 3:
                start = dice.randrange(len(other) + 1)
                out[at:at] = other[start : start + dice.randrange(200)]
            case _:
                out[at:at] = dice.randbytes(dice.randrange(20))
    return bytes(out[:200_000])


def main() -> int:
    """Run the cases; 1 where one raised."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    dice = random.Random(seed)
    texts, binary = seeds()
    states: Counter[str] = Counter()
    slowest = 0.0
    for case in range(cases):
        kind = binary if case % _FILES_EVERY == 0 else texts
        body = broken(dice, dice.choice(kind), dice.choice(texts))
        if case % _FILES_EVERY == 1:
            body = dice.choice(MAGIC) + dice.randbytes(dice.randrange(600))
        start = time.process_time()
        try:
            made = extract(body, url=dice.choice(["", "https://www.cnipa.gov.cn/a.html"]))
        except Exception:
            Path("fuzz-failure.bin").write_bytes(body)
            print(f"case {case} of seed {seed} raised; its input is in fuzz-failure.bin")
            raise
        slowest = max(slowest, time.process_time() - start)
        states[made.state] += 1
    print(f"{cases} cases, seed {seed}: no exception; slowest here {slowest * 1000:.0f} ms of CPU")
    print("| state | cases |\n|---|---|")
    for state, count in states.most_common():
        print(f"| {state} | {count} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
