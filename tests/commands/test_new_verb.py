"""What a verb declares is all that is needed: help, menus, manifests, completion and dispatch follow from it."""

from pathlib import Path

import pytest

from adapters.discord.interactions.command_menus import commands
from adapters.slack.manifest import manifest
from bot.commands.catalogue import all_commands
from bot.commands.documentation import command_table
from bot.commands.framework.command import GROUPS, ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.registry import Registry
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import Location, SuggestionsWanted
from bot.messages.outbound import Bold, PrivateReply
from bot.ports.intake import ShortcutOn
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, TEAM, DeskWithoutPlatform, words_of
from tests.said import said
from tests.text.more_words import add_words


def ponder(call: Call, ticket: Ticket) -> PrivateReply:
    return PrivateReply(text=(Bold(ticket.reference), f": {call.option('how')}."))


PONDER = Command(
    name="desk ponder",
    who=Role.AGENT,
    on_ticket=ponder,
    fitting=of_teams,
    options=(Option(name="how", kind=OptionKind.WORD),),
    has_form=True,
    aliases=("muse",),
    menu_group="mind",
    shortcuts=(ShortcutOn.THREAD,),
    replies_privately=True,
)
WORDS = {
    "commands.desk_ponder_summary": "Think about a ticket.",
    "commands.desk_ponder_form": "Ponder",
    "commands.desk_ponder_submit": "Ponder",
    "commands.desk_ponder_how_label": "How",
    "commands.desk_ponder_shortcut_thread": "Ponder the ticket",
    "commands.desk_ponder_shortcut_thread_about": "Think about it",
}
NAMES = {group: group for group in GROUPS}


@pytest.fixture(autouse=True)
def _its_words_are_in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    add_words(monkeypatch, WORDS)


@pytest.fixture
def registry() -> Registry:
    return Registry((*all_commands(), PONDER))


@pytest.fixture
async def at_work(sqlite_storage: DeskStorage, tmp_path: Path, registry: Registry) -> DeskAtWork:
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    return DeskAtWork(await DeskWithoutPlatform.opened(sqlite_storage, files, registry=registry))


async def test_it_is_done_by_each_of_its_names_and_by_its_button(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for line in ("/desk ponder IT-1 long", "/desk muse IT-1 long", "/desk mind ponder IT-1 long"):
        assert await at_work.types(BO, line) == "IT-1: long.", line
    assert await at_work.types(BO, "/ticket ponder IT-1 long") == "IT-1: long."
    assert await at_work.types(BO, "/desk pondr IT-1") == " ".join(
        (
            said("commands.unknown_command", command="pondr"),
            said("refusals.did_you_mean", word="/desk ponder [TICKET] HOW"),
            "Think about a ticket.",
            said("commands.all_commands", command="/desk help"),
        )
    )


async def test_its_answer_is_said_beside_the_card_as_it_declares(at_work: DeskAtWork) -> None:
    await at_work.asks()
    press = at_work.desk.pressed(BO, "desk ponder", "IT-1", how="long")
    assert words_of(await at_work.desk.intake.take(press)) == "IT-1: long."


async def test_its_tickets_are_completed_and_it_is_in_the_help(at_work: DeskAtWork) -> None:
    await at_work.asks()
    wanted = SuggestionsWanted(
        actor=BO, location=Location(channel=TEAM), verb="desk ponder", option="ticket", typed=""
    )
    assert [value for value, _ in await at_work.desk.intake.suggest(wanted)] == ["IT-1"]
    assert "/desk ponder [TICKET] HOW  Think about a ticket." in await at_work.types(BO, "/ticket help")
    assert "ponder" not in await at_work.types(ANA, "/ticket help")


def test_it_is_in_slacks_manifest_in_discords_menus_and_in_the_table(registry: Registry) -> None:
    helps = registry.helps_by_name(NAMES)
    features = manifest(helps, names=NAMES, url=None, by_socket=True)["features"]
    assert {"Ponder the ticket"} <= {each["name"] for each in features["shortcuts"]}
    assert "ponder" in features["slash_commands"][1]["usage_hint"]
    (desk,) = [each for each in commands(helps, language="en") if each["name"] == "desk"]
    (mind,) = [each for each in desk["options"] if each["name"] == "mind"]
    assert [(each["name"], [one["name"] for one in each["options"]]) for each in mind["options"]] == [
        ("ponder", ["ticket", "how"])
    ]
    assert ", ponder |" in command_table(registry.all())


def test_two_commands_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="two commands are called `desk ponder`"):
        Registry((PONDER, PONDER))
    clash = Command(name="desk muse", on_ticket=ponder)
    with pytest.raises(ValueError, match="two commands are called `desk muse`"):
        Registry((PONDER, clash))


@pytest.mark.parametrize(
    ("by_mention", "orders", "talk"),
    [
        (ByMention.NEVER, [], ["wander", "wander off", "wander off to the lake"]),
        (ByMention.ALONE, ["wander"], ["wander off", "wander off to the lake"]),
        (ByMention.BRIEFLY, ["wander", "wander off"], ["wander off to the lake"]),
        (ByMention.ALWAYS, ["wander", "wander off", "wander off to the lake"], []),
    ],
)
async def test_when_a_mention_means_it_is_declared(
    sqlite_storage: DeskStorage,
    tmp_path: Path,
    by_mention: ByMention,
    orders: list[str],
    talk: list[str],
) -> None:
    def wander(call: Call) -> PrivateReply:
        return PrivateReply(text=("Gone.",))

    command = Command(name="ticket wander", handler=wander, by_mention=by_mention)
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    desk = await DeskWithoutPlatform.opened(sqlite_storage, files, registry=Registry((command,)))
    for number, words in enumerate((*orders, *talk)):
        said = desk.posted(ANA, words, message=f"m{number}", mentions_desk=True)
        reply = await desk.intake.take(said)
        assert (reply is not None) is (words in orders), words
    assert await desk.number_of_tickets() == len(talk)
