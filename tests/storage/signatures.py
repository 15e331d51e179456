"""Lists what storage offers, for docs/storage.md: ``python -m tests.storage.signatures`` writes it.

A test holds the document to the code.
"""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import storage

DOCUMENT = Path(__file__).parents[2] / "docs" / "storage.md"
BEGIN, END = "<!-- signatures -->\n", "<!-- end of signatures -->\n"
#: Parts of storage that no other room calls.
INNER = {
    "bigrams",
    "bulk",
    "dictionary",
    "packing",
    "payloads",
    "relative",
    "prepared",
    "rows",
    "task_index",
    "task_rows",
    "blobs",
    "errors",
    "records",
}


def listed() -> str:
    """Every module with its public functions: signature and the first sentence of what it says."""
    lines = []
    for name in sorted(module.name for module in pkgutil.iter_modules(storage.__path__)):
        if name in INNER or name in ("migrations", "tables"):
            continue
        module = importlib.import_module(f"storage.{name}")
        lines += [f"### storage/{name}.py", "", _first_sentence(module), ""]
        functions = [
            value
            for label, value in vars(module).items()
            if inspect.isfunction(value)
            and value.__module__ == module.__name__
            and not label.startswith("_")
        ]
        for function in functions:
            signature = str(inspect.signature(function)).replace("'", "")
            signature = re.sub(r"conn: Connection(, )?", r"conn\1", signature)
            lines.append(f"- `{function.__name__}{signature}`: {_first_sentence(function)}")
        lines.append("")
    return "\n".join(lines)


def _first_sentence(thing: object) -> str:
    text = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
    return re.split(r"(?<=[.:])\s(?=[A-Z])", text)[0]


def written(document: str) -> str:
    """The document with the list put between its marks."""
    before, rest = document.split(BEGIN)
    return before + BEGIN + "\n" + listed() + "\n" + END + rest.split(END)[1]


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
