"""Who people are to the desk: what they are called, what they look like, and in which roles they act."""

from dataclasses import dataclass

import discord
import pytest

from adapters.discord.api.people import People
from bot.messages.inbound import MessagePosted
from tests.adapters.discord.discord_in_use import DiscordInUse


@dataclass
class Looked:
    """What is known after each look, and how often Discord was asked."""

    in_use: DiscordInUse

    @property
    def people(self) -> People:
        session = self.in_use.platform._session
        assert session is not None
        return session._people

    @property
    def questions(self) -> int:
        return len(self.in_use.server.calls_to("GET /guilds/{guild_id}/members/{user_id}"))


@pytest.fixture
def looked(in_use: DiscordInUse) -> Looked:
    return Looked(in_use)


async def heard(in_use: DiscordInUse, count: int = 1) -> MessagePosted:
    await in_use.server.until(in_use.intake.has(count), f"{count} events are heard")
    event = in_use.intake.events[-1]
    assert isinstance(event, MessagePosted)
    return event


async def test_in_a_server_people_go_by_what_they_are_called_there(in_use: DiscordInUse) -> None:
    in_use.server.communities.rename_member(in_use.server.guild, in_use.ana.id, "Ana (QA)")
    await in_use.ana.says("help", "Hello")
    actor = (await heard(in_use)).actor
    assert (actor.key, actor.name, actor.is_bot) == (f"discord:{in_use.ana.id}", "Ana (QA)", False)
    assert actor.picture.startswith(in_use.server.cdn_url)


async def test_in_direct_messages_an_agent_is_one_still_and_discord_is_asked_once(looked: Looked) -> None:
    in_use = looked.in_use
    await in_use.bo.writes_dm("Hello")
    actor = (await heard(in_use)).actor
    assert actor.name == "Bo"
    assert actor.groups == {f"discord:@{in_use.server.role('helpers').id}"}
    await in_use.bo.writes_dm("Are you there?")
    await heard(in_use, 2)
    assert looked.questions == 1


async def test_a_role_given_and_taken_counts_from_the_next_word(in_use: DiscordInUse) -> None:
    guild, role = in_use.server.guild, in_use.server.role("helpers")
    in_use.server.communities.give(guild, in_use.ana.id, role)
    await in_use.ana.says("help", "I am one of you now")
    assert (await heard(in_use)).actor.groups == {f"discord:@{role.id}"}
    in_use.server.communities.take(guild, in_use.ana.id, role)
    await in_use.ana.says("help", "I was")
    assert (await heard(in_use, 2)).actor.groups == frozenset()


async def test_roles_of_all_the_servers_somebody_is_in_count_together(in_use: DiscordInUse) -> None:
    oak = in_use.server.add_guild("Oak")
    in_use.server.communities.join(oak, in_use.bo.id)
    keepers = in_use.server.role("keepers", [in_use.bo], guild=oak)
    await in_use.server.settled()
    await in_use.bo.writes_dm("Hello")
    helpers = in_use.server.role("helpers")
    assert (await heard(in_use)).actor.groups == {f"discord:@{helpers.id}", f"discord:@{keepers.id}"}


async def test_whoever_left_a_server_has_no_roles_of_it_any_more(in_use: DiscordInUse) -> None:
    oak = in_use.server.add_guild("Oak")
    in_use.server.communities.join(oak, in_use.bo.id)
    in_use.server.channel("oak-help", guild=oak)
    await in_use.bo.says("help", "Hello")
    assert (await heard(in_use)).actor.groups
    await in_use.bo.leaves(in_use.server.guild)
    await in_use.server.until(in_use.intake.has(2), "that is noticed")
    assert in_use.intake.events[-1].actor.groups == frozenset()
    await in_use.bo.says("Oak/oak-help", "Hello")
    assert (await heard(in_use, 3)).actor.groups == frozenset()


async def test_roles_that_discord_does_not_tell_hold_nobody_up(in_use: DiscordInUse) -> None:
    in_use.server.plan_failures("GET /guilds/{guild_id}/members/{user_id}", drop=True)
    await in_use.bo.writes_dm("Hello")
    event = await heard(in_use)
    assert (event.text, event.actor.name, event.actor.groups) == ("Hello", "Bo", frozenset())


async def test_roles_last_heard_of_long_ago_count_no_more(
    looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = looked.in_use
    await in_use.bo.says("help", "Hello")
    assert (await heard(in_use)).actor.groups
    monkeypatch.setattr("adapters.discord.api.people.ROLES_TRUSTED_S", -1.0)
    assert looked.people.known(in_use.bo.id).groups == frozenset()


async def test_people_read_what_their_server_reads(in_use: DiscordInUse) -> None:
    """Discord does not tell a person's own language, but with what they press."""
    session = in_use.platform._session
    assert session is not None
    guild = session.client.get_guild(in_use.server.guild.id)
    assert guild is not None
    guild.preferred_locale = discord.Locale.german
    await in_use.ana.says("help", "Hallo")
    assert (await heard(in_use)).actor.language == "de"
    await in_use.ana.writes_dm("Noch da?")
    assert (await heard(in_use, 2)).actor.language == "de"
