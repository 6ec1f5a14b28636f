"""Image blocks of Slack's own files: pictures that the desk may see and that Slack is done with.

https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
"""

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.world.records import File
from tests.fakes.slack.world.workspace import Workspace

SHOWN = ("image/png", "image/jpeg", "image/gif")


def check_slack_files(blocks: list[Json], workspace: Workspace) -> None:
    """Raises `Refusal`."""
    for at, named in enumerate(_named_in(blocks)):
        file = workspace.files.get(str(named.get("id")))
        if set(named) != {"id"} or file is None or not _is_shown(file, workspace):
            told = [f"invalid slack file [json-pointer:/blocks/{at}/slack_file]"]
            raise Refusal("invalid_blocks", messages=told, errors=told)


def _is_shown(file: File, workspace: Workspace) -> bool:
    is_there = file.is_completed and file.is_scanned and not file.is_deleted
    return is_there and file.owner == workspace.app.user and file.mimetype in SHOWN


def _named_in(part: Any) -> Iterator[Json]:
    if isinstance(part, list):
        for item in part:
            yield from _named_in(item)
    elif isinstance(part, dict):
        if isinstance(part.get("slack_file"), dict):
            yield part["slack_file"]
        for value in part.values():
            yield from _named_in(value)
