"""Names in a user's template that no page has: told at start, and not when somebody opens the page."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, meta, nodes


def names_of(environment: Environment, text: str) -> frozenset[str]:
    """The names that a template uses, those that it makes itself among them."""
    tree = environment.parse(text)
    return frozenset(meta.find_undeclared_variables(tree)) | _made(tree)


def check_names(environment: Environment, name: str, text: str, known: frozenset[str]) -> None:
    """Raises TemplateSyntaxError with the line of the first name that is not ``known``.

    A name that the template makes, or asks for with ``is defined`` or ``default``, is fine.
    """
    tree = environment.parse(text)
    fine = known | environment.globals.keys() | _made(tree) | _asked(tree)
    strange = meta.find_undeclared_variables(tree) - fine
    for used in tree.find_all(nodes.Name):
        if used.name in strange:
            raise TemplateSyntaxError(f"no page has the name {used.name!r}", used.lineno, name)


def _made(tree: nodes.Template) -> frozenset[str]:
    made = {used.name for used in tree.find_all(nodes.Name) if used.ctx in ("store", "param")}
    made |= {macro.name for macro in tree.find_all(nodes.Macro)}
    made |= {imported.target for imported in tree.find_all(nodes.Import)}
    for imported in tree.find_all(nodes.FromImport):
        made |= {name if isinstance(name, str) else name[1] for name in imported.names}
    # What a macro and a call find in it, and what a block is given.
    return frozenset(made | {"varargs", "kwargs", "caller", "self", "super", "loop"})


def _asked(tree: nodes.Template) -> frozenset[str]:
    asked: set[str] = set()
    for one in tree.find_all((nodes.Test, nodes.Filter)):
        soft = one.name in ("defined", "undefined", "default", "d")
        if soft and isinstance(one.node, nodes.Name):
            asked.add(one.node.name)
    return frozenset(asked)
