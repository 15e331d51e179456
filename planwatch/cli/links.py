"""`planwatch links`: which task continues which, and a person's word on the doubtful ones."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planwatch.cli.context import cli_of
from planwatch.cli.errors import WrongUse
from planwatch.cli.options import Json
from planwatch.cli.output import write_out
from planwatch.cli.tables import as_json

if TYPE_CHECKING:
    from plans.model import Plan, Task

app = typer.Typer(no_args_is_help=True, help="Which task continues which; doubtful ones decided.")

#: Links below this are for a person to look at; above it they were right in 99 of 100 cases
#: (docs/accuracy.md).
DOUBTFUL = 0.9

Ref = Annotated[str, typer.Argument(help="REF or file.")]
OldTask = Annotated[str, typer.Argument(help="Id of the old task, as `links show` prints it.")]
NewTask = Annotated[str, typer.Argument(help="Id of the new task.")]


def add_to(program: typer.Typer) -> None:
    """Add this file's commands to the program."""
    program.add_typer(app, name="links")


@app.command()
def show(
    context: typer.Context,
    old: Ref,
    new: Ref,
    below: Annotated[
        float, typer.Option(min=0, max=1, help="Only links less certain than this.")
    ] = DOUBTFUL,
    json: Json = False,
) -> None:
    """List the doubtful links between two plans, least certain first."""
    from planwatch.cli.diff import comparison
    from planwatch.inputs import load

    cli = cli_of(context)
    before = load(old, cli.registry, lambda: cli.database)
    after = load(new, cli.registry, lambda: cli.database)
    links = sorted(
        (link for link in comparison(cli, before, after).links if link.confidence < below),
        key=lambda link: (link.confidence, link.old),
    )
    if json:
        write_out(as_json(links), None)
        return
    if not links:
        cli.console.print(f"No link is less certain than {below:g}.")
    olds = {task.id: task for task in before.plan.tasks}
    news = {task.id: task for task in after.plan.tasks}
    for link in links:
        cli.console.print(
            f"{', '.join(link.old)} → {', '.join(link.new)}  {link.confidence:.2f}",
            style="bold",
            markup=False,
        )
        for identity in link.old:
            cli.console.print(f"  - {olds[identity].text}", style="red", markup=False)
        for identity in link.new:
            cli.console.print(f"  + {news[identity].text}", style="green", markup=False)


@app.command()
def confirm(
    context: typer.Context, old: Ref, new: Ref, old_task: OldTask, new_task: NewTask
) -> None:
    """Say that the new task continues the old one; kept for these texts, whatever reads them."""
    _give(context, old, new, old_task, new_task, "confirmed")


@app.command()
def reject(
    context: typer.Context, old: Ref, new: Ref, old_task: OldTask, new_task: NewTask
) -> None:
    """Say that the new task does not continue the old one."""
    _give(context, old, new, old_task, new_task, "rejected")


def _give(
    context: typer.Context,
    old: str,
    new: str,
    old_task: str,
    new_task: str,
    verdict: Literal["confirmed", "rejected"],
) -> None:
    from plans.comparing.verdicts import task_key
    from planwatch.inputs import load
    from storage import verdicts

    cli = cli_of(context)
    before = _task(load(old, cli.registry, lambda: cli.database).plan, old_task, old)
    after = _task(load(new, cli.registry, lambda: cli.database).plan, new_task, new)
    with cli.database.writing() as conn:
        verdicts.give(
            conn,
            task_key(before),
            task_key(after),
            verdict,
            by=getpass.getuser(),
            now=cli.now(),
        )
    cli.console.print(f"{verdict}: {old_task} → {new_task}", markup=False)


def _task(plan: Plan, identity: str, ref: str) -> Task:
    for task in plan.tasks:
        if task.id == identity:
            return task
    raise WrongUse(f"{ref} has no task {identity}; its tasks are {_range(plan)}")


def _range(plan: Plan) -> str:
    ids = [task.id for task in plan.tasks]
    return f"{ids[0]} … {ids[-1]}" if ids else "none"
