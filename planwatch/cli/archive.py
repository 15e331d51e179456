"""`planwatch documents`, `versions` and `show`: what is kept."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.options import Json, Output, one_form
from planwatch.cli.output import write_out
from planwatch.cli.shown import Lang, LangOption, NoPager, report_options
from planwatch.cli.shown import show as show_report
from planwatch.cli.tables import as_json, local_day, print_table

if TYPE_CHECKING:
    from storage.records import Version


class ShowFormat(StrEnum):
    """What of a stored version is shown."""

    TREE = "tree"
    JSON = "json"
    HTML = "html"
    TEXT = "text"
    BYTES = "bytes"


def add_to(app: typer.Typer) -> None:
    """Add this file's commands to the program."""
    app.command("documents")(list_documents)
    app.command("versions")(list_versions)
    app.command("show")(show)


def list_documents(context: typer.Context, json: Json = False) -> None:
    """The documents that are followed, each with its newest version and its baseline."""
    from storage import baselines, documents, refs, versions

    cli = cli_of(context)
    rows = []
    with cli.database.reading() as conn:
        for document in documents.list_all(conn):
            kept = versions.list_all(conn, document.id)
            newest = refs.resolve(conn, f"{document.id}@latest") if kept else None
            held = baselines.current(conn, document.id)
            against = versions.get(conn, held.version_id).ref if held and held.version_id else None
            rows.append(
                {
                    "id": document.id,
                    "title_en": document.title_en,
                    "title_zh": document.title_zh,
                    "versions": len(kept),
                    "latest": newest.ref if newest else None,
                    "edition": newest.edition if newest else None,
                    "baseline": against,
                }
            )
    if json:
        write_out(as_json(rows), None)
        return
    print_table(
        cli.console,
        ("document", "versions", "latest", "edition", "baseline", "title"),
        [
            (r["id"], r["versions"], r["latest"], r["edition"], r["baseline"], r["title_en"])
            for r in rows
        ],
        empty="No documents yet: `planwatch run` takes those of sources.yaml.",
    )


def list_versions(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id of a document, as `documents` lists it.")],
    json: Json = False,
) -> None:
    """All versions of a document, newest first, with where they were published."""
    from storage import baselines, documents, versions

    cli = cli_of(context)
    with cli.database.reading() as conn:
        documents.get(conn, document)
        found = versions.list_all(conn, document)
        held = baselines.current(conn, document)
        witnesses = {v.id: len(versions.witnesses_of(conn, v.id)) for v in found}
    if json:
        write_out(as_json([_as_row(v, witnesses[v.id]) for v in found]), None)
        return
    print_table(
        cli.console,
        ("ref", "edition", "nature", "issued", "kept", "title"),
        [
            (
                v.ref + (" *" if held and held.version_id == v.id else ""),
                v.edition,
                f"{v.nature} {v.language}" + (", variant" if v.status == "variant" else ""),
                v.issued_on,
                local_day(v.recorded_at),
                v.title,
            )
            for v in found
        ],
        empty=f"No version of {document} yet.",
        note="* the baseline" if held and held.version_id else None,
    )


def _as_row(version: Version, witnesses: int) -> dict[str, object]:
    return {
        "ref": version.ref,
        "number": version.number,
        "edition": version.edition,
        "nature": version.nature,
        "language": version.language,
        "status": version.status,
        "title": version.title,
        "document_number": version.document_number,
        "issued_on": version.issued_on,
        "published_on": version.published_on,
        "recorded_at": version.recorded_at,
        "url": version.url,
        "witnesses": witnesses,
    }


def show(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(help="DOC#7, DOC@2024, DOC@latest, DOC@baseline, a file.")],
    format: Annotated[
        ShowFormat | None,
        typer.Option("--format", "-f", help="What to show of it; default: tree."),
    ] = None,
    json: Json = False,
    output: Output = None,
    lang: LangOption = Lang.EN,
    no_pager: NoPager = False,
) -> None:
    """Show a stored version (or a file): as a tree, as JSON, its text, or the bytes as served."""
    from plans.model import to_json
    from planwatch.inputs import load

    cli = cli_of(context)
    chosen = one_form(ShowFormat.JSON, json=json, form=format) or ShowFormat.TREE
    if chosen in (ShowFormat.TEXT, ShowFormat.BYTES):
        _show_original(context, ref, chosen, output)
        return
    loaded = load(ref, cli.registry, lambda: cli.database)
    options = report_options(cli, lang, output)
    if chosen is ShowFormat.JSON:
        write_out(to_json(loaded.plan), output)
    elif chosen is ShowFormat.HTML:
        from reports.plan_html import render

        show_report(cli, render(loaded.plan, cli.registry, options), output, paged=False)
    else:
        from reports.plan_tree import render

        show_report(cli, render(loaded.plan, cli.registry, options), output, paged=not no_pager)


def _show_original(context: typer.Context, ref: str, form: ShowFormat, output: Output) -> None:
    from planwatch.inputs import extract_file, is_file, no_input, read_input
    from storage import readings, refs, snapshots, versions

    if is_file(ref):
        result: str | bytes = (
            read_input(ref) if form is ShowFormat.BYTES else extract_file(ref).text
        )
        write_out(result, output)
        return
    if "#" not in ref and "@" not in ref:
        raise no_input(ref)
    with cli_of(context).database.reading() as conn:
        version = refs.resolve(conn, ref)
        parts = versions.parts_of(conn, version.id)
        if form is ShowFormat.BYTES:
            write_out(snapshots.body(conn, parts[0].snapshot_id), output)
            return
        texts = [readings.extract_of(conn, part.snapshot_id) for part in parts]
    if any(texts):
        write_out("\n".join(text.text for text in texts if text), output)
    else:
        with cli_of(context).database.reading() as conn:
            write_out(snapshots.body(conn, parts[0].snapshot_id), output)
