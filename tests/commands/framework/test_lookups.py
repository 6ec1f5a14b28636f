"""Names of several words, as every command that takes one reads them."""

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command, Option, OptionKind
from bot.commands.framework.lookups import names_of_desk
from bot.commands.framework.parsing import NameAtStart, parse
from bot.config import load_desk
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.said import said
from tests.stories.desk_files import DESK

IN_DESK = names_of_desk(load_desk(DESK, KNOWN_PLATFORMS))
PEOPLE = (OptionKind.PERSON, OptionKind.AGENT)
NAMED = (OptionKind.TEAM, *PEOPLE)


def names_of(*people: str) -> NameAtStart:
    """The teams of the tests' desk, and these people."""

    def name_at_start(kind: OptionKind, text: str) -> str:
        return next((each for each in people if text.startswith(each)), "")

    return lambda kind, text: name_at_start(kind, text) if kind in PEOPLE else IN_DESK(kind, text)


def options_named(command: Command) -> list[Option]:
    return [each for each in command.options if each.kind in NAMED and not each.is_form_only]


TAKING_NAMES = [each for each in all_commands() if options_named(each)]


@pytest.mark.parametrize("command", TAKING_NAMES, ids=lambda each: str(each.name))
@pytest.mark.parametrize("quotes", ["{}", '"{}"', "“{}”", "„{}“", "« {} »", "{},"])
def test_every_command_reads_a_name_of_two_words_whole(command: Command, quotes: str) -> None:
    names = {
        each.name: "Service Desk" if each.kind is OptionKind.TEAM else "Dora Diaz"
        for each in options_named(command)
    }
    ticket = "IT-1 " if command.on_ticket is not None else ""
    line = f"{ticket}{' '.join(map(quotes.format, names.values()))} until Friday"
    parsed = parse(
        command, line, prefix="IT", in_ticket_thread=False, name_at_start=names_of("Dora Diaz", "Dora")
    )
    assert parsed.options.items() >= names.items()
    assert "until Friday" in (parsed.unread, *parsed.options.values()) or command.verb in ("queue", "on-call")


async def test_a_transfer_finds_a_team_by_its_title(at_work: DeskAtWork) -> None:
    await at_work.asks("the vpn is down")
    told = await at_work.types(CLEO, "/desk transfer IT-1 service  desk: it is the cable")
    assert said("answers.transferred", reference="IT-1", team="Service Desk") in told
    assert said("answers.seen_by_note", text="it is the cable") in told
    assert (await at_work.ticket()).team == "it"


@pytest.mark.parametrize("team", ["desk", "Serv", "SERVICE"])
async def test_a_team_is_found_by_what_only_it_is_called(at_work: DeskAtWork, team: str) -> None:
    await at_work.asks("the vpn is down")
    told = await at_work.types(CLEO, f"/desk transfer IT-1 {team}")
    assert said("answers.transferred", reference="IT-1", team="Service Desk") in told
    unknown = await at_work.types(CLEO, "/desk transfer IT-1 e")
    assert said("commands.unknown_team", text="e") in unknown


async def test_a_ticket_on_behalf_of_a_full_name_leaves_the_name_out_of_the_request(
    at_work: DeskAtWork,
) -> None:
    told = await at_work.types(BO, "/desk on-behalf-of Dan Dietz Monitor flackert")
    assert told == said("answers.created_for", reference="IT-1", name=DAN.name)
    assert (await at_work.ticket()).subject == "Monitor flackert"


async def test_a_ticket_is_assigned_to_a_full_name(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = await at_work.types(BO, "/desk assign IT-1 lee lund")
    assert told == said("answers.assigned", reference="IT-1", name=LEE.name)
