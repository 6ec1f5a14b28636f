"""Messages that could not be delivered, for the person who mends the cause."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.cli.actions.database import opened_storage
from bot.cli.actions.environment import load_settings
from bot.cli.terminal import say
from bot.domain.directory import DESK
from bot.domain.errors import UsageError
from bot.domain.sentence import sentence
from bot.messages.plain import in_backticks
from bot.ports.storage.outbox import RowState
from bot.ports.unit_of_work import UnitOfWork
from bot.services.outbox.row_text import describe_row
from bot.services.outbox.undelivered import drop_delivery, retry_delivery
from bot.settings import Settings
from bot.text.catalogue import FALLBACK
from bot.text.error_text import english

T = TypeVar("T")

FAILED = (RowState.DEAD, RowState.PARKED)


def mend_outbox(action: str, number: int | None, *, is_demo: bool) -> None:
    """`list` all, or `retry` or `drop` the one of this number."""
    settings = load_settings(is_demo=is_demo)
    say(asyncio.run(_in_storage(settings, _job(action, number))))


def _job(action: str, number: int | None) -> Callable[[UnitOfWork], str]:
    match action, number:
        case "list", _:
            return _list
        case (("retry" | "drop"), int(row)):
            return lambda uow: _mend(uow, action, row)
        case (("retry" | "drop"), None):
            raise UsageError(sentence("terminal.outbox_number_needed", action=action))
        case _:
            raise UsageError(sentence("terminal.outbox_unknown_action", action=action))


def _list(uow: UnitOfWork) -> str:
    counts = uow.outbox.count_by_state()
    lines = [f"{counts.get(state, 0)} {state}" for state in RowState if counts.get(state)]
    failed = [in_backticks(describe_row(row, FALLBACK)) for row in uow.outbox.listing(FAILED, limit=200)]
    counts_told = ", ".join(lines) or english(sentence("terminal.outbox_empty"))
    return "\n".join([counts_told, *(failed or [english(sentence("terminal.outbox_none_failed"))])])


def _mend(uow: UnitOfWork, action: str, number: int) -> str:
    mend = retry_delivery if action == "retry" else drop_delivery
    if not mend(uow, number, actor=DESK, now=datetime.now(UTC)):
        raise UsageError(sentence("terminal.outbox_no_message", number=str(number)))
    key = "commands.outbox_retried" if action == "retry" else "commands.outbox_dropped"
    return english(sentence(key, number=str(number)))


async def _in_storage(settings: Settings, job: Callable[[UnitOfWork], T]) -> T:
    async with opened_storage(settings) as storage:
        return await storage.run(job)
