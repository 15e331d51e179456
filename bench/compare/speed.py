"""Speed and memory of comparing: ``python -m bench.compare.speed [--sizes 110 1000 10000]``.

Each size runs in a process of its own: once cold (nothing of the texts known), then warm (the
median of further runs), with the peak of resident memory. ``--plot FILE.svg`` draws the growth.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.compare.generate import Difficulty, generate
from plans.comparing.compare import compare
from plans.comparing.segments import segments
from plans.registry.load import shipped_registry


def once(size: int, difficulty: Difficulty, rounds: int) -> dict[str, float]:
    """Figures of one size, measured in this process."""
    registry = shipped_registry()
    # Tables that every process reads once are no part of a comparison.
    warming = generate("next_year", 1, 12)
    compare(warming.old, warming.new, registry)
    pair = generate(difficulty, 7, size)
    times: list[float] = []
    for _ in range(rounds + 1):
        start = time.process_time()
        found = compare(pair.old, pair.new, registry)
        times.append(time.process_time() - start)
    reworded = [change for change in found.changes if change.kind == "task_reworded"]
    inline: list[float] = []
    for change in reworded[:500]:
        segments(change.before, change.after, registry)
        start = time.perf_counter()
        segments(change.before, change.after, registry)
        inline.append(time.perf_counter() - start)
    return {
        "size": size,
        "cold_ms": times[0] * 1000,
        "warm_ms": statistics.median(times[1:]) * 1000 if rounds else math.nan,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "inline_us": statistics.median(inline) * 1e6 if inline else math.nan,
    }


def plot(figures: list[dict[str, float]], path: Path) -> None:
    """Time against size on logarithmic axes, as a small SVG; the dashed line grows linearly."""
    width, height, margin = 480, 320, 50
    xs = [math.log10(f["size"]) for f in figures]
    ys = [math.log10(f["cold_ms"]) for f in figures]

    def x(value: float) -> float:
        return margin + (value - min(xs)) / (max(xs) - min(xs) or 1) * (width - 2 * margin)

    def y(value: float) -> float:
        low, high = min(ys), max(*ys, min(ys) + max(xs) - min(xs))
        return height - margin - (value - low) / (high - low or 1) * (height - 2 * margin)

    line = " ".join(f"{x(a):.0f},{y(b):.0f}" for a, b in zip(xs, ys, strict=True))
    labels = "".join(
        f'<text x="{x(a):.0f}" y="{y(b) - 8:.0f}">{f["size"]:.0f}: {f["cold_ms"]:.0f} ms</text>'
        for a, b, f in zip(xs, ys, figures, strict=True)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
        f'<polyline points="{line}" fill="none" stroke="#06c" stroke-width="2"/>'
        f'<line x1="{x(xs[0]):.0f}" y1="{y(ys[0]):.0f}" x2="{x(xs[-1]):.0f}" '
        f'y2="{y(ys[0] + xs[-1] - xs[0]):.0f}" stroke="#999" stroke-dasharray="4"/>'
        f'{labels}<text x="{margin}" y="{height - 12}">tasks a side (log)</text></svg>\n',
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[110, 1000, 10_000])
    parser.add_argument("--difficulty", default="amended")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(once(options.one, options.difficulty, options.rounds)))
        return
    figures = []
    print("| tasks a side | cold ms | warm ms | peak MB | inline µs a pair |")
    print("|---|---|---|---|---|")
    for size in options.sizes:
        rounds = options.rounds if size <= 1000 else 1
        command = [sys.executable, "-m", "bench.compare.speed", "--one", str(size)]
        command += ["--difficulty", options.difficulty, "--rounds", str(rounds)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        figures.append(found)
        print(
            f"| {size} | {found['cold_ms']:.0f} | {found['warm_ms']:.0f} "
            f"| {found['peak_mb']:.0f} | {found['inline_us']:.0f} |",
            flush=True,
        )
    if options.plot:
        plot(figures, options.plot)


if __name__ == "__main__":
    main()
