"""Learn the weights of linking from invented pairs: ``python -m bench.compare.train``.

Writes plans/comparing/data/weights.json. Only lexicon_train.txt is used; the benchmark's wording is
never seen. Logistic regression by Newton's method, with a penalty that keeps the weights small.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from bench.compare.generate import Difficulty, Pair, generate
from plans.comparing.assign import assign
from plans.comparing.link import SURE_LINK, link
from plans.comparing.matching import content_of, context_of, match
from plans.comparing.normalise import text_key
from plans.comparing.prepare import lay_out
from plans.comparing.renaming import renamed, with_names
from plans.comparing.score import CONTENT, CONTEXT, KEEP, SPLIT, Model, Models, models, models_from
from plans.comparing.splits import split_features
from plans.registry.load import shipped_registry

BY_HAND = Path(__file__).parent / "weights_by_hand.json"
WEIGHTS = Path(__file__).parents[2] / "plans" / "comparing" / "data" / "weights.json"
RUNS: tuple[tuple[Difficulty, range], ...] = (
    ("next_year", range(100, 110)),
    ("amended", range(100, 110)),
    ("corrigendum", range(100, 102)),
)
#: Invented pairs are poor in these: their weights stay as set by hand.
FIRM = ("same_title", "other_title", "same_name", "other_name", "numbers")
Rows = list[tuple[tuple[float, ...], int]]


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


class Case:
    """One pair laid out, with what linking would still have open after the equal texts."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.related = {
            (int(i) - 1, int(j) - 1) for old, new in pair.links for i in old for j in new
        }
        self.one, self.other, self.weights = lay_out(pair.old, pair.new, shipped_registry())
        keys: dict[str, int] = {}
        for i, task in enumerate(pair.old.tasks):
            keys.setdefault(text_key(task.text), i)
        self.linked = {}
        for j, task in enumerate(pair.new.tasks):
            i = keys.pop(text_key(task.text), -1)
            if i >= 0:
                self.linked[i] = j
        done = set(self.linked.values())
        self.open_old = [i for i in range(len(pair.old.tasks)) if i not in self.linked]
        self.open_new = [j for j in range(len(pair.new.tasks)) if j not in done]
        self.content = self._content()
        self.raw = dict(self.content)

    def _content(self) -> dict[tuple[int, int], tuple[float, ...]]:
        return content_of(
            self.one, self.other, self.weights, self.pair.old, self.pair.new,
            self.open_old, self.open_new, self.linked,
        )  # fmt: skip

    def rename(self, with_models: Models) -> None:
        """Look at the pair with the words renamed, as linking does in its second round."""
        found, scored, _, _ = match(
            self.one, self.other, self.weights, self.pair.old, self.pair.new,
            self.open_old, self.open_new, self.linked, (), with_models,
        )  # fmt: skip
        sure = {i: j for i, j in found.items() if scored[i, j] >= SURE_LINK}
        names = renamed(self.one, self.other, self.weights, sure)
        self.other = with_names(self.other, names, self.weights)
        self.content = self._content()

    def content_rows(self) -> Rows:
        """All candidate pairs, before and after words were renamed."""
        rows = (*self.raw.items(), *self.content.items())
        return [(f, int(pair in self.related)) for pair, f in rows]

    def context_rows(self, model: Model) -> Rows:
        """All candidate pairs with what stands around them."""
        logits = {pair: model.logit(f) for pair, f in self.content.items()}
        found = context_of(self.one, self.other, self.pair.old, self.pair.new, logits, self.linked)
        return [(f, int(pair in self.related)) for pair, f in found.items()]

    def keep_rows(self, with_models: Models) -> Rows:
        """The pairs that are matched, with all that is known of them."""
        logits = {pair: with_models.content.logit(f) for pair, f in self.content.items()}
        context = context_of(
            self.one, self.other, self.pair.old, self.pair.new, logits, self.linked
        )
        scored = {pair: with_models.context.logit(f) for pair, f in context.items()}
        found = assign({pair: value - with_models.link_from for pair, value in scored.items()})
        return [
            ((scored[pair], *self.content[pair], *context[pair][1:]), int(pair in self.related))
            for pair in found.items()
        ]

    def split_rows(self, with_models: Models) -> Rows:
        """Tasks left open, each with the links that it might be a part of."""
        found, _, _, _ = match(
            self.one, self.other, self.weights, self.pair.old, self.pair.new,
            self.open_old, self.open_new, self.linked, (), with_models,
        )  # fmt: skip
        forward = {**self.linked, **found}
        backward = {j: i for i, j in forward.items()}
        rows: Rows = []
        for j in range(len(self.pair.new.tasks)):
            if j not in backward:
                rows += self._extra(self.one, self.other, forward, j, lambda i, j: (i, j))
        for i in range(len(self.pair.old.tasks)):
            if i not in forward:
                rows += self._extra(self.other, self.one, backward, i, lambda j, i: (i, j))
        return rows

    def _extra(self, whole, parts, links, extra, order):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        grams = parts.traits[extra].grams
        near = sorted(
            links,
            key=lambda i: -sum(self.weights[g] for g in grams & whole.traits[i].grams),
        )[:4]
        rows = []
        for i in near:
            taken = links[i]
            same = parts.sections[extra] == parts.sections[taken]
            label = order(i, extra) in self.related and order(i, taken) in self.related
            rows.append(
                (
                    split_features(whole, parts, self.weights, i, [taken], extra, same),
                    int(label),
                )
            )
        return rows


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
    split = fit([row for case in cases for row in case.split_rows(started)], by_hand.split)
    learned = started._replace(split=Model(split[0], tuple(split[1])), split_from=0.0)
    tuned = max(
        (
            learned._replace(keep_from=keep_from, split_from=split_from)
            for keep_from in (-0.5, 0.0, 0.5)
            for split_from in (-0.5, 0.0, 0.5)
        ),
        key=lambda candidate: score(candidate, pairs[5:15]),
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
