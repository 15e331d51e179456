"""Learn the weights of linking from invented pairs: ``python -m bench.compare.train``.

Writes plans/comparing/data/weights.json. Only lexicon_train.txt is used; the benchmark's wording is
never seen. Logistic regression by Newton's method, with a penalty that keeps the weights small.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from bench.compare.cases import Case, Rows
from bench.compare.generate import Difficulty, Pair, generate
from plans.comparing.link import link
from plans.comparing.score import CONTENT, CONTEXT, KEEP, SPLIT, Model, Models, models, models_from
from plans.registry.load import shipped_registry

BY_HAND = Path(__file__).parent / "weights_by_hand.json"
WEIGHTS = Path(__file__).parents[2] / "plans" / "comparing" / "data" / "weights.json"
RUNS: tuple[tuple[Difficulty, range], ...] = (
    ("next_year", range(100, 130)),
    ("amended", range(100, 130)),
    ("corrigendum", range(100, 102)),
)
#: Invented pairs are poor in these: their weights stay as set by hand.
FIRM = ("same_title", "other_title", "same_name", "other_name", "numbers")
#: A title or its absence decides on a part as it does on a link.
FIRM_SPLIT = ("title", "other_title")


def fit(
    rows: Rows, prior: Model, penalty: float = 15.0, steps: int = 12, firm: Sequence[int] = ()
) -> tuple[float, list[float]]:
    """Logistic regression; returns the bias and the weights.

    The penalty pulls towards ``prior``, the weights set by hand from what people would say: where
    invented pairs say little (titles, names, numbers), those hold.
    """
    start = [prior.bias, *prior.weights]
    size = len(start)
    beta = list(start)
    # A weight in ``firm`` keeps its value by hand.
    pull = [0.0, *(1e9 if k in firm else penalty for k in range(size - 1))]
    for _ in range(steps):
        gradient = [-p * (b - s) for p, b, s in zip(pull, beta, start, strict=True)]
        hessian = [[pull[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for features, label in rows:
            x = (1.0, *features)
            logit = sum(b * v for b, v in zip(beta, x, strict=True))
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
            w, error = p * (1 - p), label - p
            for i, v in enumerate(x):
                if v:
                    gradient[i] += error * v
                    if w > 1e-7:
                        row, scaled = hessian[i], w * v
                        for j in range(i + 1):
                            row[j] += scaled * x[j]
        for i in range(size):
            for j in range(i):
                hessian[j][i] = hessian[i][j]
            hessian[i][i] += 1e-6
        step = _solve(hessian, gradient)
        beta = [b + s for b, s in zip(beta, step, strict=True)]
    return beta[0], beta[1:]


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(size):
            if r != i:
                factor = rows[r][i] / rows[i][i]
                if factor:
                    rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[size] / row[i] for i, row in enumerate(rows)]


def _named(bias: float, weights: Sequence[float], names: Sequence[str]) -> dict[str, float]:
    return {"bias": round(bias, 4)} | {
        name: round(w, 4) for name, w in zip(names, weights, strict=True)
    }


def score(with_models: Models, pairs: Sequence[Pair]) -> float:
    """Mean link F1 over pairs."""
    total = 0.0
    for pair in pairs:
        linking = link(pair.old, pair.new, shipped_registry(), chosen=with_models)
        got = {
            (
                frozenset(pair.old.tasks[i].id for i in group.old),
                frozenset(pair.new.tasks[j].id for j in group.new),
            )
            for group in linking.groups
        }
        total += 2 * len(got & pair.links) / (len(got) + len(pair.links))
    return total / len(pairs)


def main() -> None:
    pairs = [
        generate(difficulty, seed, words="train") for difficulty, seeds in RUNS for seed in seeds
    ]
    cases = [Case(pair) for pair in pairs]
    by_hand = models_from(json.loads(BY_HAND.read_text("utf-8")))
    for case in cases:
        case.rename(by_hand)
    content = fit(
        [row for case in cases for row in case.content_rows()],
        by_hand.content,
        firm=[CONTENT.index(name) for name in FIRM],
    )
    model = Model(content[0], tuple(content[1]))
    context = fit(
        [row for case in cases for row in case.context_rows(model)], by_hand.context, firm=(0,)
    )
    started = models()._replace(
        content=model, context=Model(context[0], tuple(context[1])), link_from=-1.0, keep_from=-9.0
    )
    keep = fit(
        [row for case in cases for row in case.keep_rows(started)],
        by_hand.keep,
        penalty=2.0,
        firm=[KEEP.index(name) for name in FIRM],
    )
    started = started._replace(keep=Model(keep[0], tuple(keep[1])), keep_from=0.0)
    split = fit(
        [row for case in cases for row in case.split_rows(started)],
        by_hand.split,
        penalty=4.0,
        firm=[SPLIT.index(name) for name in FIRM_SPLIT],
    )
    learned = started._replace(split=Model(split[0], tuple(split[1])), split_from=0.0)
    tuned = max(
        (
            learned._replace(keep_from=keep_from, split_from=split_from)
            for keep_from in (-0.5, 0.0, 0.5)
            for split_from in (-1.0, -0.5, 0.0, 0.5)
        ),
        key=lambda candidate: score(candidate, pairs[15:45]),
    )
    data = {
        "content": _named(*content, CONTENT),
        "context": _named(*context, CONTEXT),
        "split": _named(*split, SPLIT),
        "keep": _named(*keep, KEEP),
        "thresholds": {
            "link": tuned.link_from,
            "keep": tuned.keep_from,
            "split": tuned.split_from,
        },
    }
    WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(data, indent=1))
    print("link F1 on the training pairs:", round(score(tuned, pairs), 4))


if __name__ == "__main__":
    main()
