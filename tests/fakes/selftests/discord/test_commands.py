"""Commands: registered by the app within Discord's rules, and shown to whom they are meant for."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.discord import DiscordServer, NotOffered, Person
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.selftests.discord.discord_client import Api, plain_requests


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.running(scale=0.001) as running:
        running.channel("help")
        yield running


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with plain_requests(server) as requests:
        yield requests


@pytest.fixture
def ana(server: DiscordServer) -> Person:
    return server.person("ana")


def everywhere(server: DiscordServer) -> str:
    return f"/applications/{server.world.application.id}/commands"


def in_guild(server: DiscordServer) -> str:
    return f"/applications/{server.world.application.id}/guilds/{server.guild.id}/commands"


def command(name: str = "ticket", **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "Tickets"} | more


def option(name: str = "text", kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": "What it is"} | more


def options(count: int, **more: Any) -> list[dict[str, Any]]:
    return [option(f"option-{number}", **more) for number in range(count)]


def choices(count: int, length: int = 1) -> list[dict[str, Any]]:
    return [{"name": f"{number}".ljust(length, "n"), "value": f"{number}"} for number in range(count)]


def sub(name: str, *inside: dict[str, Any], kind: int = 1) -> dict[str, Any]:
    return {"name": name, "description": "A part", "type": kind, "options": list(inside)}


def wordy(characters: int) -> dict[str, Any]:
    """A command of so many characters in all."""
    made = command("t", description="d", options=[sub(f"s{n:02d}", *options(24)) for n in range(4)])
    texts = [found for part in made["options"] for found in part["options"]]

    def size(found: dict[str, Any]) -> int:
        inside = sum(size(each) for each in found.get("options", []))
        return len(found["name"]) + len(found["description"]) + inside

    for found in texts:
        missing = characters - size(made)
        found["description"] = found["description"].ljust(min(100, len(found["description"]) + missing), "x")
    assert size(made) == characters
    return made


RULES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("a name of 32", command("n" * 32), command("n" * 33), "0.name"),
    ("a lower-case name", command("ticket"), command("Ticket"), "0.name"),
    ("a name without blanks", command("desk-admin"), command("desk admin"), "0.name"),
    ("a name in any script", command("заявка"), command("Заявка"), "0.name"),
    ("a description", command(description="d"), command(description=""), "0.description"),
    ("100 characters of it", command(description="d" * 100), command(description="d" * 101), "0.description"),
    (
        "100 characters of it in another language",
        command(description_localizations={"de": "d" * 100}),
        command(description_localizations={"de": "d" * 101}),
        "0.description_localizations.de",
    ),
    (
        "languages that Discord has",
        command(description_localizations={"pt-BR": "d"}),
        command(description_localizations={"pt": "d"}),
        "0.description_localizations",
    ),
    (
        "8000 characters with the longest of its languages",
        wordy(8_000) | {"description_localizations": {"de": "d", "fr": "f"}},
        wordy(8_000) | {"description_localizations": {"de": "d", "fr": "ff"}},
        "0",
    ),
    ("25 options", command(options=options(25)), command(options=options(26)), "0.options"),
    (
        "25 subcommands",
        command(options=[sub(f"s{n}") for n in range(25)]),
        command(options=[sub(f"s{n}") for n in range(26)]),
        "0.options",
    ),
    (
        "25 choices",
        command(options=[option(choices=choices(25))]),
        command(options=[option(choices=choices(26))]),
        "0.options.0.choices",
    ),
    (
        "a choice's name",
        command(options=[option(choices=choices(1, 100))]),
        command(options=[option(choices=choices(1, 101))]),
        "0.options.0.choices.0.name",
    ),
    (
        "a choice's value",
        command(options=[option(choices=[{"name": "n", "value": "v" * 100}])]),
        command(options=[option(choices=[{"name": "n", "value": "v" * 101}])]),
        "0.options.0.choices.0.value",
    ),
    (
        "choices or completion",
        command(options=[option(autocomplete=True)]),
        command(options=[option(autocomplete=True, choices=choices(1))]),
        "0.options.0.choices",
    ),
    (
        "required options first",
        command(options=[option("a", required=True), option("b")]),
        command(options=[option("a"), option("b", required=True)]),
        "0.options.1",
    ),
    (
        "completion of texts and numbers",
        command(options=[option(kind=4, autocomplete=True)]),
        command(options=[option(kind=6, autocomplete=True)]),
        "0.options.0.autocomplete",
    ),
    (
        "choices of texts and numbers",
        command(options=[option(kind=10, choices=[{"name": "half", "value": 0.5}])]),
        command(options=[option(kind=8, choices=choices(1))]),
        "0.options.0.choices",
    ),
    (
        "texts of 6,000 characters",
        command(options=[option(max_length=6000)]),
        command(options=[option(max_length=6001)]),
        "0.options.0.max_length",
    ),
    (
        "options of different names",
        command(options=[option("a"), option("b")]),
        command(options=[option("a"), option("a")]),
        "0.options.0.name",
    ),
    (
        "subcommands or options",
        command(options=[sub("open"), sub("close")]),
        command(options=[sub("open"), option("text")]),
        "0.options",
    ),
    (
        "groups of subcommands",
        command(options=[sub("tags", sub("add", option()), kind=2)]),
        command(options=[sub("tags", sub("more", sub("add"), kind=2), kind=2)]),
        "0.options.0.options.0.type",
    ),
    (
        "25 subcommands in a group",
        command(options=[sub("tags", *(sub(f"s{n}") for n in range(25)), kind=2)]),
        command(options=[sub("tags", *(sub(f"s{n}") for n in range(26)), kind=2)]),
        "0.options.0.options",
    ),
    (
        "25 groups and subcommands together",
        command(options=[sub("tags", sub("add"), kind=2), *(sub(f"s{n}") for n in range(24))]),
        command(options=[sub("tags", sub("add"), kind=2), *(sub(f"s{n}") for n in range(25))]),
        "0.options",
    ),
    (
        "a group and a subcommand of different names",
        command(options=[sub("tags", sub("add"), kind=2), sub("tag")]),
        command(options=[sub("tags", sub("add"), kind=2), sub("tags")]),
        "0.options.0.name",
    ),
    (
        "subcommands alone in a group",
        command(options=[sub("tags", sub("add"), kind=2)]),
        command(options=[sub("tags", option(), kind=2)]),
        "0.options.0.options.0.type",
    ),
    (
        "no subcommands in a subcommand",
        command(options=[sub("tags", option())]),
        command(options=[sub("tags", sub("add"))]),
        "0.options.0.options.0.type",
    ),
    ("8,000 characters in all", wordy(8000), wordy(8001), "0"),
    (
        "a menu's name",
        {"name": "Make this a ticket", "type": 3},
        {"name": "n" * 33, "type": 3},
        "0.name",
    ),
    ("a menu without description", {"name": "Open", "type": 2}, command("Open", type=2), "0.description"),
    (
        "rights as a number",
        command(default_member_permissions="8192"),
        command(default_member_permissions="all"),
        "0.default_member_permissions",
    ),
]


@pytest.mark.parametrize(
    ("within", "beyond", "path"), [case[1:] for case in RULES], ids=[case[0] for case in RULES]
)
async def test_a_command_keeps_discords_rules(
    server: DiscordServer, api: Api, within: dict[str, Any], beyond: dict[str, Any], path: str
) -> None:
    await api.done("PUT", everywhere(server), [within])
    assert (await api.ask("PUT", everywhere(server), [beyond])).problem(path)
    listed = await api.done("GET", everywhere(server))
    assert [found["name"] for found in listed] == [within["name"]], "what was refused changed nothing"


async def test_an_overwrite_keeps_ids_of_what_stays_and_drops_what_is_left_out(
    server: DiscordServer, api: Api
) -> None:
    first = await api.done("PUT", everywhere(server), [command("ticket"), command("desk")])
    second = await api.done("PUT", everywhere(server), [command("ticket", description="Others")])
    assert second[0]["id"] == first[0]["id"]
    assert second[0]["description"] == "Others"
    assert await api.done("GET", everywhere(server), with_localizations="true") == second


async def test_translations_are_listed_when_they_are_asked_for(server: DiscordServer, api: Api) -> None:
    german = {"de": "Ein Teil"}
    asked = command(description_localizations=german, options=[option(description_localizations=german)])
    await api.done("PUT", everywhere(server), [asked])
    (listed,) = await api.done("GET", everywhere(server))
    assert "description_localizations" not in listed
    assert "description_localizations" not in listed["options"][0]
    (listed,) = await api.done("GET", everywhere(server), with_localizations="true")
    assert listed["description_localizations"] == {"de": "Ein Teil"}
    assert listed["options"][0]["description_localizations"] == {"de": "Ein Teil"}


async def test_a_hundred_slash_commands_and_fifteen_of_each_menu(server: DiscordServer, api: Api) -> None:
    many = [command(f"c{number}") for number in range(101)]
    menus = [{"name": f"Menu {number}", "type": 3} for number in range(16)]
    await api.done("PUT", everywhere(server), many[:100] + menus[:15])
    for beyond in (many, menus):
        assert (await api.ask("PUT", everywhere(server), beyond)).problem("")[0] == "BASE_TYPE_MAX_LENGTH"


async def test_two_hundred_commands_are_made_in_a_day(server: DiscordServer, api: Api) -> None:
    for day in range(2):
        await api.done("PUT", in_guild(server), [command(f"c{day}-{number}") for number in range(100)])
    answer = await api.ask("PUT", in_guild(server), [command("one-more")])
    assert answer.refusal == (400, 30034)
    unchanged = [command(f"c1-{number}", description="Changed") for number in range(100)]
    await api.done("PUT", in_guild(server), unchanged)
    server.move(timedelta(days=1))
    await api.done("PUT", in_guild(server), [command("one-more")])


async def test_one_command_is_made_changed_and_deleted(server: DiscordServer, api: Api) -> None:
    made = await api.done("POST", everywhere(server), command())
    where = f"{everywhere(server)}/{made['id']}"
    await api.done("PATCH", where, {"description": "Changed"})
    assert (await api.done("GET", where))["description"] == "Changed"
    await api.done("DELETE", where)
    assert (await api.ask("GET", where)).refusal == (404, 10063)


async def test_people_see_the_commands_that_their_rights_allow(
    server: DiscordServer, api: Api, ana: Person
) -> None:
    noor, chief = server.person("noor"), server.person("chief")
    server.role("Agents", [noor], permissions=int(Permission.MANAGE_MESSAGES))
    server.role("Admins", [chief], permissions=int(Permission.ADMINISTRATOR))
    agents = command("desk", default_member_permissions=str(int(Permission.MANAGE_MESSAGES)))
    admins = command("desk-admin", default_member_permissions="0")
    await api.done("PUT", everywhere(server), [command(options=[sub("open"), sub("list")]), agents, admins])
    assert ana.sees_commands("help") == ["/ticket open", "/ticket list"]
    assert noor.sees_commands("help") == ["/ticket open", "/ticket list", "/desk"]
    assert "/desk-admin" in chief.sees_commands("help")


async def test_a_server_decides_against_the_apps_default_whom_a_command_is_for(
    server: DiscordServer, api: Api, ana: Person
) -> None:
    noor, chief = server.person("noor"), server.person("chief")
    agents = server.role("Agents", [noor, ana])
    server.role("Chiefs", [chief], permissions=int(Permission.MANAGE_GUILD))
    desk = command("desk", default_member_permissions=str(int(Permission.MANAGE_MESSAGES)))
    made = await api.done("PUT", everywhere(server), [desk, command("ticket")])
    assert noor.sees_commands("help") == ["/ticket"]
    where = f"{in_guild(server)}/{made[0]['id']}/permissions"
    assert (await api.ask("GET", where)).refusal == (404, 10066)
    chief.sets_command("/desk", agents, is_allowed=True)
    assert noor.sees_commands("help") == ["/desk", "/ticket"]
    chief.sets_command("/desk", ana, is_allowed=False)
    assert ana.sees_commands("help") == ["/ticket"]
    chief.sets_command("/ticket", server.channel("lounge"), is_allowed=False)
    assert noor.sees_commands("lounge") == ["/desk"]
    assert (await api.done("GET", where))["permissions"] == [
        {"id": str(agents.id), "type": 1, "permission": True},
        {"id": str(ana.id), "type": 2, "permission": False},
    ]
    assert len(await api.done("GET", f"{in_guild(server)}/permissions")) == 2


async def test_no_bot_and_not_everybody_decides_whom_a_command_is_for(
    server: DiscordServer, api: Api, ana: Person
) -> None:
    made = await api.done("PUT", everywhere(server), [command("desk")])
    where = f"{in_guild(server)}/{made[0]['id']}/permissions"
    assert (await api.ask("PUT", where, {"permissions": []})).refusal == (403, 20001)
    with pytest.raises(NotOffered, match="may not manage"):
        ana.sets_command("/desk", ana, is_allowed=False)


async def test_in_direct_messages_only_commands_for_there_are_shown(
    server: DiscordServer, api: Api, ana: Person
) -> None:
    await api.done(
        "PUT",
        everywhere(server),
        [
            command("both", contexts=[0, 1]),
            command("guild", contexts=[0]),
            command("old", dm_permission=False),
        ],
    )
    await api.done("PUT", in_guild(server), [command("local")])
    assert ana.sees_commands() == ["/both"]
    assert ana.sees_commands("help") == ["/both", "/guild", "/old", "/local"]


async def test_commands_of_another_application_or_guild_are_refused(server: DiscordServer, api: Api) -> None:
    assert (await api.ask("GET", "/applications/1/commands")).refusal == (403, 50001)
    elsewhere = server.add_guild("Strangers", with_bot=False)
    path = f"/applications/{server.world.application.id}/guilds/{elsewhere.id}/commands"
    assert (await api.ask("PUT", path, [])).refusal == (403, 50001)
