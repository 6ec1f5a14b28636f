"""People whom the configuration names are known to the desk before they do anything."""

from adapters.discord.events.directory_sync import DirectorySync
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use, started_anew
from tests.fakes.discord.world.records import ApplicationFlag


def directory_sync(in_use: DiscordInUse) -> DirectorySync:
    session = in_use.platform._session
    assert session is not None
    return session._directory_sync


async def introduce(in_use: DiscordInUse, *named: str) -> dict[str, frozenset[str]]:
    """Who is made known, with their roles."""
    in_use.intake.met.clear()
    await directory_sync(in_use)._introduce(named, in_use.intake)
    return {person.name: person.groups for person in in_use.intake.met}


async def test_named_people_are_introduced_by_id_and_by_role(in_use: DiscordInUse) -> None:
    cleo, role = in_use.server.person("cleo"), in_use.server.role("helpers")
    nobody = in_use.server.world.ids.new()
    met = await introduce(
        in_use,
        f"discord:{cleo.id}",
        f"discord:{nobody}",
        f"discord:@{role.id}",
        "lee@example.org",
        "slack:U1",
        "slack:@netops",
        "discord:ana",
    )
    assert met == {"Cleo": frozenset(), "Bo": frozenset({f"discord:@{role.id}"})}


async def test_a_role_of_more_people_than_discord_lists_at_once(in_use: DiscordInUse) -> None:
    role = in_use.server.role("helpers")
    for number in range(1_100):
        person = in_use.server.person(f"helper{number}")
        in_use.server.communities.give(in_use.server.guild, person.id, role)
    assert len(await introduce(in_use, f"discord:@{role.id}")) == 1_101


async def test_whoever_lost_the_role_is_introduced_without_it(in_use: DiscordInUse) -> None:
    role = in_use.server.role("helpers")
    await introduce(in_use, f"discord:@{role.id}")
    in_use.server.communities.take(in_use.server.guild, in_use.bo.id, role)
    assert await introduce(in_use, f"discord:@{role.id}") == {"Bo": frozenset()}


async def test_a_server_that_tells_nothing_stops_nobody_else(in_use: DiscordInUse) -> None:
    role = in_use.server.role("helpers")
    in_use.server.plan_failures("GET /guilds/{guild_id}/members", drop=True)
    met = await introduce(in_use, f"discord:{in_use.ana.id}", f"discord:@{role.id}")
    assert met == {"Ana": frozenset()}


async def test_without_the_members_intent_discord_is_not_asked_for_lists() -> None:
    async with discord_in_use(flags=ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED) as in_use:
        role = in_use.server.role("helpers")
        met = await introduce(in_use, f"discord:{in_use.bo.id}", f"discord:@{role.id}")
        assert met == {"Bo": frozenset({f"discord:@{role.id}"})}
        assert in_use.server.calls_to("GET /guilds/{guild_id}/members") == []


async def test_a_running_desk_introduces_them_by_itself(in_use: DiscordInUse) -> None:
    in_use.intake.named = frozenset({f"discord:{in_use.ana.id}"})
    async with started_anew(in_use):
        await in_use.server.until(lambda: bool(in_use.intake.met), "she is made known")
    assert [person.name for person in in_use.intake.met] == ["Ana"]
