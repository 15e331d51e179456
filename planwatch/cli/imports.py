"""`planwatch import`: bring in what a person has; `planwatch reread`: read what is kept again."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import Cli, cli_of
from planwatch.cli.errors import ExitCode, Failure, WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json, print_table

if TYPE_CHECKING:
    from monitor.importing import Imported, Wish


#: Of an id that a person typed; no id is longer.
_LONGEST_ID = 200
#: Documents that one line names.
_MOST_NAMED = 20


class NatureChoice(StrEnum):
    """What kind of text it is."""

    OFFICIAL = "official"
    TRANSLATION = "translation"
    SUMMARY = "summary"
    COMMENTARY = "commentary"
    DRAFT = "draft"


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command("import")(import_)
    app.command()(reread)


def import_(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            help="A file, a folder, a web archive (.warc, .warc.gz, .arc), an export or an address."
        ),
    ],
    document: Annotated[
        str | None, typer.Option(help="Id of the document that it is a text of; else by its title.")
    ] = None,
    edition: Annotated[str | None, typer.Option(help="Its edition; else as it says.")] = None,
    nature: Annotated[NatureChoice | None, typer.Option(help="Else as it looks.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published, for a file.")] = None,
    believe: Annotated[
        bool, typer.Option("--believe", help="Keep it also where the checks doubt it.")
    ] = False,
    tell: Annotated[
        bool, typer.Option("--tell", help="Tell subscribers, as a poll would.")
    ] = False,
    history_of: Annotated[
        str | None,
        typer.Option(help="WHAT is a git repository: import every text this file in it has had."),
    ] = None,
    json: Json = False,
) -> None:
    """Keep a text that you have as a version. Nobody is told, unless you say so.

    What is no text of a document is named, and nothing of it is stored; then the exit code is 3.
    What was brought in before is not kept twice: after ctrl-C the same command goes on.
    """
    from monitor.importing import NotAnArchive, Wish

    cli = cli_of(context)
    if document is not None:
        _check_document(cli, document)
    wish = Wish(
        document=document,
        edition=edition,
        nature=nature.value if nature else None,
        url=url,
        believed=believe,
        tell=tell,
    )
    found: list[Imported] = []
    try:
        for one in _each(cli, what, history_of, wish):
            found.append(one)
    except NotAnArchive as error:
        if found or json:
            _print(cli, found, document, json=json)
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        _print(cli, found, document, json=json)
        told = "stopped. What is listed is kept; the same command goes on and knows it."
        cli.errors.print(told, markup=False)
        raise typer.Exit(int(ExitCode.INTERRUPTED)) from None
    _print(cli, found, document, json=json)
    if not all(one.kept for one in found):
        raise typer.Exit(int(ExitCode.NOT_DONE))


def _check_document(cli: Cli, document: str) -> None:
    """A name that is mistyped would make a document of its own, which nobody watches."""
    from storage import documents

    with cli.database.reading() as conn:
        kept = {one.id for one in documents.list_all(conn, removed=True)}
    known = sorted(kept | {one.id for one in cli.config.documents})
    if document in known:
        return
    alike = get_close_matches(document[:_LONGEST_ID], known, n=1)
    told = f"; did you mean {alike[0]}?" if alike else "."
    among = ", ".join(known[:_MOST_NAMED]) + (", …" if len(known) > _MOST_NAMED else "")
    raise WrongUse(
        f"no document {document!r}{told} There are: {among or 'none'}. "
        f"A new one is named under `documents:` in {cli.settings.config} first"
    )


def _each(cli: Cli, what: str, history_of: str | None, wish: Wish) -> Iterator[Imported]:
    """What comes of each file, one after the other, with a bar on standard error."""
    from rich.markup import escape
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
        track,
    )

    from monitor.host_leases import HostBusy
    from monitor.importing import Imported, NotAnArchive, files_below, import_file, import_url
    from monitor.importing_export import archive_beside, facts_beside, import_export
    from monitor.importing_git import import_git_history
    from monitor.importing_warc import import_warc, is_warc

    runtime = cli.program.runtime
    if what.startswith(("http://", "https://")):
        if history_of is not None:
            raise WrongUse(f"--history-of wants a folder; clone {what} and name its folder")
        try:
            yield import_url(runtime, what, wish)
        except HostBusy as busy:
            raise Failure(f"{busy}; try again when it is done, in a minute or so") from busy
        finally:
            runtime.hosts.release(cli.database, runtime.holder)
        return
    path = Path(what)
    if not path.exists():
        raise WrongUse(f"there is no file or folder {path}")
    if history_of is not None:
        each = partial(track, description="importing", console=cli.errors, transient=True)
        yield from import_git_history(runtime, path, history_of, wish, each=each)
        return
    # What is said of every text goes before what an export says of each.
    said = any((wish.document, wish.edition, wish.nature, wish.url))
    files = files_below(path)
    if not said:
        files = tuple(dict.fromkeys(archive_beside(file) or file for file in files))
    if not files:
        raise Failure(f"there is no file in {path}; hidden ones are left out")
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=cli.errors,
        transient=True,
    ) as progress:
        bar = progress.add_task("importing", total=len(files))
        for number, file in enumerate(files):
            progress.update(bar, completed=number, description=escape(file.name))

            def show(share: float, number: int = number) -> None:
                progress.update(bar, completed=number + share)

            facts = None if said else facts_beside(file)
            try:
                if facts is not None:
                    yield from import_export(runtime, file, facts, tell=wish.tell, progress=show)
                elif is_warc(file):
                    yield from import_warc(runtime, file, wish, progress=show)
                else:
                    yield import_file(runtime, file, wish)
            except (NotAnArchive, OSError) as error:
                if len(files) == 1:
                    raise
                # What is wrong with one file of a folder keeps no other out.
                yield Imported(name=str(file), outcome="unreadable", detail=str(error))


def _print(cli: Cli, found: list[Imported], document: str | None, *, json: bool) -> None:
    if json:
        write_out(as_json(found), None)
        return
    print_table(
        cli.console,
        ("outcome", "version", "file", "detail"),
        [(_outcome(one), one.ref, one.name, _told(one, document)) for one in found],
        empty="Nothing to import there.",
    )


def _outcome(one: Imported) -> str:
    from monitor.outcomes import in_words

    # Of a source it is said that the text is published; of a file one only knows that it is there.
    return "cannot be read" if one.outcome == "unreadable" else in_words(one.outcome)


def _told(one: Imported, document: str | None) -> str:
    """The detail, with the option that helps."""
    if one.outcome == "held":
        return f"{one.detail}; import it with --believe if it is right"
    if one.outcome == "not_a_plan" and document is None:
        return f"{one.detail} (--document ID)"
    return one.detail


def reread(
    context: typer.Context,
    document: Annotated[str | None, typer.Argument(help="Only this document.")] = None,
    json: Json = False,
) -> None:
    """Read what is kept again with today's extractor, reader and registry. Tells nobody."""
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from monitor.rereading import reread as reread_all
    from storage import documents
    from storage.records import Version

    cli = cli_of(context)
    if document is not None:
        with cli.database.reading() as conn:
            documents.get(conn, document)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=cli.errors, transient=True
    ) as progress:
        bar = progress.add_task("reading again")

        def show(version: Version) -> None:
            progress.update(bar, description=f"reading {version.ref} again")

        try:
            done = reread_all(cli.program.runtime, document, progress=show)
        except KeyboardInterrupt:
            told = "stopped. What was read again is kept; the same command goes on with the rest."
            cli.errors.print(told, markup=False)
            raise typer.Exit(int(ExitCode.INTERRUPTED)) from None
    if json:
        write_out(as_json(done), None)
    else:
        cli.console.print(
            f"{done.read} versions read again, {done.differ} say something else now, "
            f"{done.kept} stay as they were read."
        )
