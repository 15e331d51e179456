"""What others would do with the same two plans: three ways of linking lines, for comparison.

Each returns pairs (old position, new position). They get the task texts without numbers and
brackets, which is more than a page-watching tool would see.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Sequence

from fast_diff_match_patch import diff  # type: ignore[import-not-found]

from plans.comparing.assign import assign

Links = set[tuple[int, int]]


def by_difflib(old: Sequence[str], new: Sequence[str]) -> Links:
    """Lines that difflib calls equal."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {(b.a + k, b.b + k) for b in blocks for k in range(b.size)}


def by_diff_match_patch(old: Sequence[str], new: Sequence[str]) -> Links:
    """Lines that diff-match-patch calls equal, each line mapped to one code point."""
    codes: dict[str, str] = {}

    def spell(lines: Sequence[str]) -> str:
        return "".join(codes.setdefault(line, chr(0x4E00 + len(codes))) for line in lines)

    links: Links = set()
    i = j = 0
    for op, length in diff(spell(old), spell(new), timelimit=0, checklines=False, cleanup="No"):
        if op == "=":
            links.update((i + k, j + k) for k in range(length))
        i += length if op != "+" else 0
        j += length if op != "-" else 0
    return links


def by_tfidf(old: Sequence[str], new: Sequence[str], threshold: float) -> Links:
    """Cosine of character 1- to 3-gram TF-IDF, optimal assignment, nothing below ``threshold``."""
    counts = [_grams(text) for text in (*old, *new)]
    df = Counter(gram for count in counts for gram in count)
    idf = {gram: math.log((1 + len(counts)) / (1 + n)) + 1 for gram, n in df.items()}
    vectors = []
    for count in counts:
        vector = {gram: n * idf[gram] for gram, n in count.items()}
        norm = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        vectors.append({gram: v / norm for gram, v in vector.items()})
    left, right = vectors[: len(old)], vectors[len(old) :]
    postings: dict[str, list[tuple[int, float]]] = {}
    for i, vector in enumerate(left):
        for gram, value in vector.items():
            postings.setdefault(gram, []).append((i, value))
    gains: dict[tuple[int, int], float] = {}
    for j, vector in enumerate(right):
        sums: dict[int, float] = {}
        for gram, value in vector.items():
            for i, other in postings.get(gram, ()):
                sums[i] = sums.get(i, 0.0) + value * other
        gains.update({(i, j): s - threshold for i, s in sums.items() if s > threshold})
    return set(assign(gains).items())


def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1))
