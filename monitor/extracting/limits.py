"""How much time and memory a file may cost before it is given up."""

from __future__ import annotations

from typing import NamedTuple

#: A fetched body above this is refused without a look.
LARGEST_BODY = 64 * 2**20
#: A page above this is no page.
LARGEST_PAGE = 12 * 2**20
#: What a compressed body or archive may become, and by which factor it may grow.
LARGEST_INFLATED = 128 * 2**20
LARGEST_RATIO = 200
MOST_MEMBERS = 4000
MOST_GZIP_PARTS = 64
#: A text above this is no document that anybody reads.
LONGEST_TEXT = 8_000_000


class Limits(NamedTuple):
    """Bounds of one process: processor seconds, seconds by the clock, bytes of address space."""

    cpu_seconds: float
    wall_seconds: float
    memory: int


def limits_for(kind: str, size: int) -> Limits:
    """The bounds for a file of ``size`` bytes.

    1.5 s of processor and 500 MB for up to 1 MB, more time for more. LibreOffice starts slowly
    and maps a lot of memory, and recognising characters takes seconds a page.
    """
    megabytes = max(1.0, size / 2**20)
    if kind in ("ole", "rtf"):
        return Limits(60.0, 120.0, 4096 * 2**20)
    if kind == "ocr":
        return Limits(300.0, 600.0, 2048 * 2**20)
    cpu = min(1.5 * megabytes, 40.0)
    # Other work may share the processor: the clock is there for a process that hangs.
    memory = min(500 + int(16 * (megabytes - 1)), 1500) * 2**20
    return Limits(cpu, 10.0 * cpu, memory)
