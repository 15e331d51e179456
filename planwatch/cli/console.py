"""The console of results: Rich's, which ends as :mod:`planwatch.cli.output` does."""

from __future__ import annotations

from rich.console import Console

from planwatch.cli.output import nobody_reads


class ResultConsole(Console):
    """Rich would end with 1 where nobody reads, which for ``diff`` means that something differs."""

    def on_broken_pipe(self) -> None:
        """End with the exit code that says so."""
        nobody_reads()
