"""Writes the pages of docs/ that come from the code: configuration.md and commands.md.

``python docs/make.py`` writes them; with ``--check`` it only says which are out of date, and exits
with 1 where any is.
"""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Any

from typer.main import get_command

from monitor.config.load import config_schema
from planwatch.cli.app import app
from planwatch.cli.errors import MEANINGS

DOCS = Path(__file__).parent
NOTE = "<!-- Made by docs/make.py from the code; change the descriptions there. -->\n\n"


def configuration() -> str:
    """The reference of sources.yaml, from the JSON Schema of its models."""
    schema = config_schema()
    definitions: dict[str, Any] = schema.get("$defs", {})
    out = [
        "# sources.yaml\n\n",
        NOTE,
        "What is watched, how, and who is told. `planwatch sources check` reads the file without "
        "starting anything and\nshows every mistake with its line; `planwatch sources schema` "
        "prints the JSON Schema for editors. Secrets never\nstand in it: write `${NAME}` and set "
        "the environment variable `NAME`, or `NAME_FILE` to a file that holds the value.\n"
        "Durations are written `30m`, `6h`, `2d`; clock times are of Asia/Shanghai.\n\n"
        "## The file\n\n",
        _table(schema, definitions),
    ]
    for name, part in sorted(definitions.items()):
        if "properties" not in part:
            continue
        out.append(f"\n## {_heading(name)}\n\n")
        if part.get("description"):
            out.append(f"{' '.join(part['description'].split())}\n\n")
        out.append(_table(part, definitions))
    return "".join(out)


def _table(part: dict[str, Any], definitions: dict[str, Any]) -> str:
    needed = set(part.get("required", ()))
    rows = ["| key | value | default | meaning |\n|---|---|---|---|\n"]
    for key, field in part.get("properties", {}).items():
        default = "**needed**" if key in needed else _value(field.get("default"))
        words = " ".join(str(field.get("description", "")).split())
        rows.append(f"| `{key}` | {_type(field, definitions)} | {default} | {_cell(words)} |\n")
    return "".join(rows)


def _type(field: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[1]
        if "properties" in definitions.get(name, {}):
            return f"[{_heading(name)}](#{_anchor(name)})"
        return _type(definitions.get(name, {}), definitions)
    if "enum" in field:
        return " ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in field:
            return " or ".join(dict.fromkeys(_type(one, definitions) for one in field[several]))
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}), definitions)}"
    return str(field.get("type", "any"))


def _heading(name: str) -> str:
    return name.removesuffix("Config").removesuffix("Options")


def _anchor(name: str) -> str:
    return _heading(name).lower()


def _value(value: object) -> str:
    if value is None or value in ([], {}):
        return "–"
    if isinstance(value, dict):
        return "as there"
    return f"`{_cell(str(value))}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def commands() -> str:
    """The reference of the command line, from the help of every command."""
    out = [
        "# Commands\n\n",
        NOTE,
        "Options that come before the command: `--data`, `--database`, `--config`, `--debug`. "
        "Results go to standard\noutput, errors and progress to standard error. `--json` gives "
        "nothing but JSON. A long result is paged on a\nterminal (`PAGER` chooses the program); "
        "`NO_COLOR` turns colours off; `-o` writes over a file that is there.\n\n"
        "## Exit codes\n\n| code | meaning |\n|---|---|\n",
        *(f"| {int(code)} | {_cell(meaning)} |\n" for code, meaning in MEANINGS.items()),
    ]
    _describe(get_command(app), ["planwatch"], out)
    return "".join(out)


def _describe(command: Any, path: list[str], out: list[str]) -> None:
    children = getattr(command, "commands", None)
    if children:
        for name in sorted(children):
            _describe(children[name], [*path, name], out)
        return
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(path + [_argument(p) for p in arguments])
    out.append(f"\n## {' '.join(path[1:])}\n\n    {usage}\n\n{_paragraphs(command.help)}\n")
    if arguments or options:
        out.append("\n| | |\n|---|---|\n")
    for parameter in arguments:
        out.append(f"| `{_argument(parameter)}` | {_cell(parameter.help or '')} |\n")
    for parameter in options:
        names = ", ".join(f"`{name}`" for name in parameter.opts)
        annotation = parameter.type_descriptor.annotation
        choices = list(annotation) if issubclass(annotation, Enum) else []
        values = f" ({', '.join(str(choice.value) for choice in choices)})" if choices else ""
        if "--help" not in parameter.opts:
            out.append(f"| {names} | {_cell(parameter.help or '')}{_cell(values)} |\n")


def _argument(parameter: Any) -> str:
    name = parameter.name.upper()
    if parameter.nargs == -1:
        name += "…"
    return name if parameter.required else f"[{name}]"


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").strip().split("\n\n"))


PAGES = {"configuration.md": configuration, "commands.md": commands}


def main() -> int:
    """Write or check; gives the exit code."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"out of date: {', '.join(stale)}; run: python docs/make.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
