"""The command line, called as a user calls it, in this process."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import structlog

from planwatch.cli.app import main


class Answer(msgspec.Struct, frozen=True):
    """What a command answered: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self):
        return msgspec.json.decode(self.out)


class Planwatch:
    """Calls commands with data, and a configuration, of the test's own."""

    def __init__(self, folder: Path, monkeypatch, capfd) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capfd = capfd
        monkeypatch.setenv("PLANWATCH_DATA", str(folder / "data"))
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.delenv("PLANWATCH_DATABASE", raising=False)
        monkeypatch.delenv("PLANWATCH_CONFIG", raising=False)
        monkeypatch.chdir(folder)

    def configure(self, text: str) -> Path:
        path = self.folder / "sources.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def __call__(self, *arguments: object) -> Answer:
        self._monkeypatch.setattr(sys, "argv", ["planwatch", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code
        out, err = self._capfd.readouterr()
        return Answer(code if isinstance(code, int) else 0, out, err)


@pytest.fixture
def planwatch(tmp_path, monkeypatch, capfd) -> Iterator[Planwatch]:
    before = logging.getLogger().handlers[:]
    yield Planwatch(tmp_path, monkeypatch, capfd)
    # `run` sends the log to this test's standard error, which ends with it.
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()
