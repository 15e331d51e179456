"""The templates of pages: the built-in files, and a user's own of the same names in their place.

A user's template runs in a sandbox, everything escaped, as those of messages do. One that is broken
is named with its line when it is loaded, or in the log when it fails on a page; then the built-in
one is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog
from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    DictLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
)
from jinja2.bccache import Bucket

from alerts.own_templates import TemplateProblem, problem_of, sandbox
from dashboard.own_names import check_names, names_of

log = structlog.get_logger(__name__)

#: A page that grows beyond this is broken.
LONGEST_PAGE = 32_000_000
#: No page has so long a template.
_LONGEST_TEMPLATE = 1_000_000


class _Held(BytecodeCache):
    """The built-in templates as compiled, for all applications of one process."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was held of a template of this very text."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Hold it."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Held()


class PageTemplates:
    """Makes pages. ``problems`` tells of a user's files that are broken.

    A user's file may extend and include the built-in ones, and further own ones whose names begin
    with an underscore.
    """

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        names: Mapping[str, Any],
        own_folder: Path | None = None,
        *,
        values: frozenset[str] = frozenset(),
    ) -> None:
        """``filters`` and ``names`` are what every template knows; ``values`` are the names of what
        every page is made with, beside those that the built-in templates use.
        """
        shipped = PackageLoader("dashboard", "templates")
        self._built_in = Environment(
            loader=shipped,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        self._own: Environment | None = None
        self._folder = own_folder
        self.problems: tuple[TemplateProblem, ...] = ()
        environments = [self._built_in]
        if own_folder is not None and own_folder.is_dir():
            self._own = sandbox(autoescape=True)
            environments.append(self._own)
        for environment in environments:
            environment.filters |= filters
            environment.globals |= names
        # Compiling takes longer than a page: nobody's first look shall wait for it.
        for name in shipped.list_templates():
            self._built_in.get_template(name)
        if self._own is not None and own_folder is not None:
            texts, self.problems = _load(
                own_folder, self._own, _known(self._built_in, shipped), values
            )
            self._own.loader = ChoiceLoader([DictLoader(texts), shipped])
            if not texts:
                self._own = None

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """The page of a template; the built-in one where the user's own fails on it."""
        if self._own is not None:
            try:
                return _rendered(self._own, name, values)
            except Exception as error:
                # A fault of ours shows itself again below; one of theirs must not take the page away.
                own = self._built_in.get_template(name).render(values)
                log.warning("template failed", problem=str(problem_of(f"{self._folder}", error)))
                return own
        return self._built_in.get_template(name).render(values)


def _rendered(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    pieces: list[str] = []
    size = 0
    for piece in environment.get_template(name).generate(values):
        size += len(piece)
        if size > LONGEST_PAGE:
            raise ValueError(f"{name} gives more than {LONGEST_PAGE} characters")
        pieces.append(piece)
    return "".join(pieces)


def _known(environment: Environment, shipped: PackageLoader) -> dict[str, frozenset[str]]:
    """The names that each built-in page uses, by the name of its file."""
    return {
        name: names_of(environment, shipped.get_source(environment, name)[0])
        for name in shipped.list_templates()
    }


def _load(
    folder: Path,
    environment: Environment,
    shipped: Mapping[str, frozenset[str]],
    values: frozenset[str],
) -> tuple[dict[str, str], tuple[TemplateProblem, ...]]:
    """The texts of the files that can be used, by name, and what is wrong with the others."""
    texts: dict[str, str] = {}
    problems: list[TemplateProblem] = []
    known = values.union(*shipped.values())
    for path in sorted(folder.glob("*.html")):
        try:
            if path.name not in shipped and not path.name.startswith("_"):
                raise TemplateNotFound(path.name, "no page has a template of this name")
            if path.stat().st_size > _LONGEST_TEMPLATE:
                raise ValueError(f"more than {_LONGEST_TEMPLATE} bytes")
            text = path.read_text(encoding="utf-8")
            environment.compile(text, path.name, str(path))
            if path.name in shipped:
                # The names in a part may be made by the page that includes it.
                check_names(environment, path.name, text, known)
        except Exception as error:
            # Whatever is wrong with a user's file, the pages have to be shown.
            problems.append(problem_of(str(path), error))
        else:
            texts[path.name] = text
    return texts, tuple(problems)
