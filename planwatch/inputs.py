"""Turns what a user names, a file or a stored version, into a Plan that can be shown or compared."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from monitor.extracting.extract import extract
from plans.model import Extract, Nature, Plan, Side, plan_from_json
from plans.reading.read import read
from plans.registry.model import Registry
from planwatch.cli.errors import Failure, WrongUse

if TYPE_CHECKING:
    from storage.database import Database

STDIN = "-"


class InputError(Failure):
    """A file or reference that gives no plan; the message says why and what would."""


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A plan, how it was named, and the extract it was read from where there is one."""

    plan: Plan
    side: Side
    extract: Extract | None = None


def is_file(name: str) -> bool:
    """Whether a name means a file (or standard input) rather than a stored version."""
    return name == STDIN or Path(name).is_file()


def no_input(name: str) -> WrongUse:
    """The error for a name that is neither a file nor written as a stored version is."""
    if Path(name).is_dir():
        return WrongUse(f"{name} is a folder; name one file (`planwatch import` takes folders)")
    document = name if re.fullmatch(r"[\w-]+", name) else "DOC"
    return WrongUse(
        f"{name}: no such file; a stored version is named {document}#7, {document}@2024, "
        f"{document}@latest, {document}@baseline or {document}@as-of:2025-05-07"
    )


def read_input(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``.

    Raises :class:`WrongUse` where there is no such file and :class:`InputError` where it cannot be
    read.
    """
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise WrongUse(f"{name}: no such file") from error
    except IsADirectoryError as error:
        raise no_input(name) from error
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from error


def load(
    name: str, registry: Registry, database: Callable[[], Database], *, nature: Nature | None = None
) -> Loaded:
    """The plan that ``name`` means: an existing file, or a REF such as ``ip-power-plan@2024``.

    ``database`` is called only for a REF. Raises :class:`InputError`, or storage's own errors.
    """
    if is_file(name):
        return load_file(name, registry, nature=nature)
    if "#" not in name and "@" not in name:
        raise no_input(name)
    from monitor.polling.considering import side_of
    from storage import readings, refs

    with database().reading() as conn:
        version = refs.resolve(conn, name)
        plan = readings.plan_of(conn, version.id)
        if plan is None:
            raise InputError(f"{name}: this version has not been read yet; run: planwatch reread")
        side = msgspec.structs.replace(side_of(conn, version, plan), ref=name)
        return Loaded(plan=plan, side=side)


def load_file(name: str, registry: Registry, *, nature: Nature | None = None) -> Loaded:
    """The plan in a file: a published page or paper in any form, or a plan as contract JSON."""
    body = read_input(name)
    shown = "standard input" if name == STDIN else name
    found: Extract | None = None
    if body.lstrip()[:1] == b"{" and b'"planwatch/plan/1"' in body[:4096]:
        try:
            plan = plan_from_json(body)
        except msgspec.ValidationError as error:
            raise InputError(
                f"{shown}: not a plan of the contract planwatch/plan/1: {error}"
            ) from error
    else:
        found = extract_file(name, body)
        if found.state != "document":
            raise InputError(f"{shown}: no document in it: {found.state}, {found.reason}")
        plan = read(found, registry)
    if nature is not None:
        plan = msgspec.structs.replace(plan, nature=nature)
    return Loaded(
        plan=plan,
        extract=found,
        side=Side(
            ref=name,
            title=plan.title,
            language=plan.language,
            nature=plan.nature,
            edition=plan.edition,
            sha256=hashlib.sha256(body).hexdigest(),
        ),
    )


def extract_file(name: str, body: bytes | None = None) -> Extract:
    """The extract of a file's bytes; the file is read where ``body`` is None."""
    if body is None:
        body = read_input(name)
    url = "" if name == STDIN else Path(name).resolve().as_uri()
    return extract(body, url=url)
