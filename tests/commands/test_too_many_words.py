"""Words that a command does not take are refused by every command, and then nothing is done."""

import pytest

from bot.commands.catalogue import all_commands
from bot.commands.framework.command import TAKES_ALL, Command, OptionKind
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import words_of
from tests.said import said

VALUES = {
    OptionKind.PERSON: "Cleo Chen",
    OptionKind.AGENT: "Cleo Chen",
    OptionKind.TEAM: "Service Desk",
    OptionKind.PRIORITY: "high",
    OptionKind.MACRO: "macro",
    OptionKind.OWN_MACRO: "macro",
    OptionKind.FLAG: "now",
    OptionKind.CATEGORY: "Hardware",
    OptionKind.VERB: "claim",
    OptionKind.WORD: "2",
    OptionKind.ORDER: "oldest",
    OptionKind.OWN_REQUESTS: "closed",
    OptionKind.SAVED_VIEW: "vpn",
}
EXTRA = "he knows IT-2"


def takes_all(command: Command) -> bool:
    return any(each.kind in TAKES_ALL and not each.is_form_only for each in command.options)


LIMITED = [each for each in all_commands() if not takes_all(each) and each.is_there is None]
"""Those that every desk has."""


def typed_with_more(command: Command) -> str:
    """The command with everything that it takes, and then more."""
    ticket = ["IT-1"] if command.on_ticket is not None else []
    values = [VALUES[each.kind] for each in command.options if not each.is_form_only]
    return " ".join([f"/{command.name}", *ticket, *values, EXTRA])


@pytest.mark.parametrize("command", LIMITED, ids=lambda each: str(each.name))
async def test_no_command_drops_a_word(command: Command, at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.asks("My screen is dark")
    before = await at_work.ticket(), await at_work.ticket(2)
    told = await at_work.types(LEE, typed_with_more(command))
    assert said("commands.not_understood", text=EXTRA) in told
    assert (await at_work.ticket(), await at_work.ticket(2)) == before


async def test_in_a_tickets_thread_they_are_refused_too(at_work: DeskAtWork) -> None:
    await at_work.asks()
    desk = at_work.desk
    mention = desk.posted(LEE, "claim it please", message="m2", thread="m1", mentions_desk=True)
    told = words_of(await desk.intake.take(mention))
    assert said("commands.not_understood", text="it please") in told
    assert (await at_work.ticket()).assignee is None
