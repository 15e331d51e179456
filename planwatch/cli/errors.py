"""How a command ends: the exit codes, and one clear line for every expected fault."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum


class ExitCode(IntEnum):
    """What a script can rely on."""

    OK = 0
    DIFFERENCES = 1
    WRONG_USE = 2
    NOT_DONE = 3
    INTERRUPTED = 130
    NOBODY_READS = 141


#: Each exit code with what it means, for help and documentation.
MEANINGS = {
    ExitCode.OK: "done; for `diff`: nothing differs; for `status`: all is well",
    ExitCode.DIFFERENCES: "`diff`: something differs; `registry find`: the name points at nothing",
    ExitCode.WRONG_USE: "wrong use: an unknown option, document, version or body, a file that is "
    "not there, a mistake in the configuration",
    ExitCode.NOT_DONE: "could not be done: a file that holds no document, a source that could not "
    "be seen, an archive that was changed, a disk that is full",
    ExitCode.INTERRUPTED: "ended by ctrl-C",
    ExitCode.NOBODY_READS: "whoever read the output went away first, as in `planwatch … | head -1`",
}


class Failure(Exception):
    """A command cannot go on. The message says what is wrong, and what to do about it."""

    def __init__(self, message: str, code: ExitCode = ExitCode.NOT_DONE) -> None:
        super().__init__(message)
        self.code = code


class WrongUse(Failure):
    """What the user asked for does not exist or makes no sense."""

    def __init__(self, message: str) -> None:
        super().__init__(message, ExitCode.WRONG_USE)


def expected(error: Exception) -> tuple[str, ExitCode] | None:
    """The line and the exit code for an error that a room declares; None for any other."""
    for kind, code in _declared():
        if isinstance(error, kind):
            return str(error), error.code if isinstance(error, Failure) else code
    if isinstance(error, OSError) and error.strerror:
        # The machine's fault, not the program's: a full disk, a folder in a file's place.
        place = f": {error.filename}" if error.filename else ""
        wrong = isinstance(error, FileNotFoundError)
        return f"{error.strerror}{place}", ExitCode.WRONG_USE if wrong else ExitCode.NOT_DONE
    return None


def _declared() -> list[tuple[type[Exception], ExitCode]]:
    # Imported here: an error has happened, and no successful command should pay for these.
    from alerts.secrets import SecretError
    from dashboard.security.tokens import TokenFileError
    from monitor.config.problems import ConfigError
    from plans.registry.load import RegistryError
    from storage.errors import BadRef, NotFound, StorageError

    return [
        (Failure, ExitCode.NOT_DONE),
        (RegistryError, ExitCode.WRONG_USE),
        (ConfigError, ExitCode.WRONG_USE),
        (SecretError, ExitCode.WRONG_USE),
        (TokenFileError, ExitCode.WRONG_USE),
        (BadRef, ExitCode.WRONG_USE),
        (NotFound, ExitCode.WRONG_USE),
        (StorageError, ExitCode.NOT_DONE),
    ]


Reporter = Callable[[str], None]
