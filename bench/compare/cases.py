"""Invented pairs as rows to learn from: the features of a decision, and whether it was right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bench.compare.generate import Pair
from plans.comparing.assign import assign
from plans.comparing.link import LOOSE, SURE_LINK
from plans.comparing.matching import Shared, content_of, context_of, match, sure_of
from plans.comparing.normalise import text_key
from plans.comparing.prepare import Layout, lay_out
from plans.comparing.renaming import renamed, with_names
from plans.comparing.score import SPLIT, Model, Models
from plans.comparing.splits import Finder, Sides
from plans.comparing.witnesses import SILENT, testimonies
from plans.registry.load import shipped_registry

Rows = list[tuple[tuple[float, ...], int]]
Related = Callable[[int, int], bool]
#: What is looked at does not depend on the model.
NO_MODEL = Model(0.0, (0.0,) * len(SPLIT))


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
        self.between: Shared = {}
        self.content = self._content()
        self.raw = dict(self.content)

    def _content(self) -> dict[tuple[int, int], tuple[float, ...]]:
        return content_of(
            self.one, self.other, self.weights, self.pair.old, self.pair.new,
            self.open_old, self.open_new, self.linked, self.between,
        )  # fmt: skip

    def _matched(self, with_models: Models) -> tuple[dict[int, int], dict[tuple[int, int], float]]:
        matched = match(
            self.one, self.other, self.weights, self.pair.old, self.pair.new,
            self.open_old, self.open_new, self.linked, (), with_models,
        )  # fmt: skip
        return matched.found, matched.scored

    def rename(self, with_models: Models) -> None:
        """Look at the pair with the words renamed, as linking does in its second round."""
        found, scored = self._matched(with_models)
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
        sure = sure_of(found, scored, self.linked)
        said = testimonies(self.one, self.other, self.between, found.items(), sure)
        return [
            (
                (
                    scored[pair],
                    *self.content[pair],
                    *context[pair][1:],
                    *said.get(pair, SILENT),
                ),
                int(pair in self.related),
            )
            for pair in found.items()
        ]

    def split_rows(self, with_models: Models) -> Rows:
        """Tasks that are open or loosely linked, each with the links that it might be a part of."""
        found, scored = self._matched(with_models)
        loose = {i: j for i, j in found.items() if scored[i, j] < LOOSE}
        forward = {**self.linked, **found}
        backward = {j: i for i, j in forward.items()}
        open_new = set(range(len(self.pair.new.tasks))).difference(backward)
        open_old = set(range(len(self.pair.old.tasks))).difference(forward)
        return [
            *self._parts(
                self.one,
                self.other,
                forward,
                open_new,
                loose.values(),
                lambda i, j: (i, j) in self.related,
            ),
            *self._parts(
                self.other,
                self.one,
                backward,
                open_old,
                loose,
                lambda j, i: (i, j) in self.related,
            ),
        ]

    def _parts(
        self,
        whole: Layout,
        parts: Layout,
        links: Mapping[int, int],
        still_open: set[int],
        loose: Iterable[int],
        related: Related,
    ) -> Rows:
        """Each open part with the wholes to look at; also beside a further part of a whole."""
        rows: Rows = []
        sides = Sides(whole, parts, self.weights)
        groups = {i: [part] for i, part in links.items()}
        finder = Finder(whole, parts, self.weights, NO_MODEL, groups, (), {})
        for part, wholes in finder.likely(sorted(still_open.union(loose))).items():
            for i in wholes:
                if links[i] == part:
                    continue
                right = related(i, links[i])
                further = [k for k in still_open if right and k != part and related(i, k)]
                for taken in ([links[i]], *([links[i], k] for k in further)):
                    same = any(parts.sections[part] == parts.sections[k] for k in taken)
                    features = sides.features(i, taken, part, same_section=same)
                    rows.append((features, int(right and related(i, part))))
        return rows
