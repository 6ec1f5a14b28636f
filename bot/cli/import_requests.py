"""`import`: requests from a file into the desk, whether it is running or not; resumable."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def import_requests(
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file.")],
    inbox: Annotated[
        str,
        typer.Option(
            help="The inbox that the requests are filed under; without, the only one.", show_default=False
        ),
    ] = "",
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="FIELD=COLUMN; fields: text, subject, id, requester, email, category, created; category= for none.",
        ),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="THEIRS=OURS: the file’s category and the desk’s; without OURS, none. Repeatable."),
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out",
            help="solved: rows finished by their status; 2025-01-31, 90d, 12w or 2y: rows made before. Repeatable.",
        ),
    ] = None,
    *,
    announce: Annotated[
        bool,
        typer.Option("--announce", help="Treat them as new: acknowledgements, cards, pings and SLA timers."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check the file and say what it would do.")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Into the demo's desk.")] = False,
) -> None:
    """Import requests from a file. Run it again after an interruption: nothing comes in twice.

    Nobody is notified and no SLA clock starts, unless you say --announce. A column "created" or "opened" keeps the
    date of a request: 2024-03-05, or 2024-03-05T10:30+01:00; without an offset, in the time zone of the default team.

    A column "email" gives the requester's e-mail address; a column "requester" their name, or an id of desk.yaml
    written web:ana. Who is known by a name alone can't be answered.

    Columns as Zendesk, Freshdesk, Jira Service Management and ServiceNow export them are recognized, such as
    "Ticket ID", "Summary" or "Created at"; what was taken for what is said. --map says otherwise.

    Exit code 3: some rows were rejected, and the others came in.
    """
    from bot.cli.actions.import_requests import ImportOptions, import_file

    with said_plainly():
        way = ImportOptions(
            is_announced=announce,
            is_dry_run=dry_run,
            is_demo=demo,
            leave_out=tuple(leave_out or ()),
            categories=tuple(category or ()),
        )
        import_file(file, inbox=inbox, mapping=tuple(mapping or ()), way=way)
