"""Where results go: standard output, a file, and what happens where nobody takes them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from planwatch.cli.errors import ExitCode, Failure, WrongUse


def write_out(result: str | bytes, to: Path | None) -> None:
    """Write a result to a file, or to standard output where ``to`` is None.

    A file that is there is written over. Raises WrongUse where ``to`` names a folder or lies in
    none, Failure where it cannot be written; ends the program where nobody reads any more.
    """
    if to is not None:
        _write_file(result.encode() if isinstance(result, str) else result, to)
        return
    try:
        if isinstance(result, bytes):
            sys.stdout.buffer.write(result)
        else:
            # A terminal that cannot show a character must not end the command.
            with suppress(AttributeError):
                sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
            sys.stdout.write(result if result.endswith("\n") else result + "\n")
        # Now, not at the interpreter's end, where an error could no longer be told.
        sys.stdout.flush()
    except BrokenPipeError:
        nobody_reads()
    except OSError as error:
        _give_up_stdout()
        raise Failure(f"the output cannot be written: {error.strerror}") from error


def _write_file(data: bytes, to: Path) -> None:
    if to.is_dir():
        raise WrongUse(f"--output {to} is a folder; name a file in it")
    if not to.parent.is_dir():
        raise WrongUse(f"--output {to}: there is no folder {to.parent}; make it first")
    try:
        to.write_bytes(data)
    except OSError as error:
        raise Failure(f"--output {to} cannot be written: {error.strerror}") from error


def nobody_reads() -> NoReturn:
    """End quietly, as a program does whose reader went away (``| head -1``)."""
    _give_up_stdout()
    raise SystemExit(int(ExitCode.NOBODY_READS))


def _give_up_stdout() -> None:
    """Let what is left in the buffer go nowhere, or Python complains at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
