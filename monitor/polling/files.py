"""The files of a watched file or folder, and the addresses under which they are kept."""

from __future__ import annotations

from pathlib import Path


def address_of(path: Path) -> str:
    """The address under which a watched file is kept."""
    return path.resolve().as_uri()


def files_of(path: Path) -> tuple[Path, ...]:
    """The file itself, or what lies in the folder, by name; hidden files are left out.

    A path with nothing there is given as it is, so that a look at it says that it is gone.
    """
    if not path.is_dir():
        return (path,)
    return tuple(
        file for file in sorted(path.iterdir()) if file.is_file() and not file.name.startswith(".")
    )
