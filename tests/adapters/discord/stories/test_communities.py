"""One desk for two servers, which are kept apart, and a third that is not served."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.adapters.discord.office import Office, running_desk
from tests.fakes.discord import DiscordServer
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.selftests.discord.discord_client import leading_to
from tests.said import said

DESK = """
desk: {{name: Both, ticket_prefix: IT}}
communities:
  pine: {{server: "discord:{pine}", title: Pine, default_team: pines}}
  oak: {{server: "discord:{oak}", title: Oak, default_team: oaks}}
inboxes:
  pine-help: {{channel: "discord:{pine_help}", community: pine}}
  oak-help: {{channel: "discord:{oak_help}", community: oak}}
teams:
  pines: {{title: Pines, channel: "discord:{pine_team}", community: pine, agents: ["discord:@{pine_role}"]}}
  oaks: {{title: Oaks, channel: "discord:{oak_team}", community: oak, agents: ["discord:@{oak_role}"]}}
routing:
  default_team: pines
  rules:
    - {{name: screens, when: {{words: screen}}, team: pines}}
"""


@asynccontextmanager
async def two_servers(folder: Path, template: Path, *, more: str = "") -> AsyncIterator[Office]:
    """Ana is in both; Bo works for Pine, Cleo for Oak; Lee is in the third with Ana. `more` is of desk.yaml."""
    async with DiscordServer.running(scale=0.01) as server:
        pine, oak, elm = server.guild, server.add_guild("Oak"), server.add_guild("Elm")
        ana = server.person("ana", guilds=[pine, oak, elm])
        bo, cleo = server.person("bo", guilds=[pine]), server.person("cleo", guilds=[oak])
        lee = server.person("lee", guilds=[elm])
        may = int(Permission.MANAGE_MESSAGES)
        roles = {
            "pine_role": server.role("pines", [bo], guild=pine, permissions=may),
            "oak_role": server.role("oaks", [cleo], guild=oak, permissions=may),
        }
        server.channel("elm-lounge", guild=elm)
        names = {
            "pine": pine.id,
            "oak": oak.id,
            "pine_help": server.channel("pine-help", guild=pine).id,
            "oak_help": server.channel("oak-help", guild=oak).id,
            "pine_team": server.channel("team", guild=pine, private_to=[roles["pine_role"]]).id,
            "oak_team": server.channel("oak-team", guild=oak, private_to=[roles["oak_role"]]).id,
            **{name: role.id for name, role in roles.items()},
        }
        (folder / "desk.yaml").write_text(DESK.format(**names) + more, encoding="utf-8")
        shutil.copy(template, folder / "deskbell.db")
        with leading_to(server):
            async with running_desk(server, folder, more={}) as (desk, clock):
                yield Office(server, desk, clock, folder, ana, bo, cleo, lee)


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with two_servers(tmp_path, sqlite_template) as office:
        yield office


async def test_a_request_stays_in_its_server_whatever_the_rules_say(office: Office) -> None:
    await office.ana.says("Oak/oak-help", "My screen is black")
    await office.settle()
    (card,) = [each for each in office.cleo.reads("Oak/oak-team") if each.buttons]
    assert "My screen is black" in card.words
    assert office.bo.reads("team") == []


async def test_whoever_is_in_both_is_asked_which_server_a_direct_message_is_for(office: Office) -> None:
    await office.ana.writes_dm("My mouse is gone")
    question = await office.ana.sees_dm(said("requester.which_server"))
    assert question.buttons == ("Pine", "Oak")
    assert office.cleo.reads("Oak/oak-team") == []
    await office.ana.presses(question, "Oak")
    await office.settle()
    (card,) = [each for each in office.cleo.reads("Oak/oak-team") if each.buttons]
    assert "My mouse is gone" in card.words
    await office.ana.writes_dm("The red one")
    await office.settle()
    assert any("The red one" in line for line in office.talk(office.cleo, card))
    assert office.bo.reads("team") == []


async def test_whoever_is_in_one_alone_is_not_asked(office: Office) -> None:
    dana = office.discord.person("dana", guilds=[office.discord.guild])
    await dana.writes_dm("My mouse is gone")
    await office.settle()
    (card,) = [each for each in office.bo.reads("team") if each.buttons]
    assert "My mouse is gone" in card.words


async def test_a_server_that_is_not_served_gets_a_sentence_and_no_ticket(office: Office) -> None:
    await office.lee.says("Elm/elm-lounge", "@Deskbell my mouse is gone")
    shown = await office.lee.types_command("/ticket open", "Elm/elm-lounge", text="My mouse is gone")
    assert said("refusals.server_not_covered") in shown.text
    await office.lee.writes_dm("My mouse is gone")
    told = await office.lee.sees_dm(said("requester.no_server"))
    assert told.is_bot
    await office.settle()
    assert office.bo.reads("team") == []


async def test_a_ticket_cannot_be_moved_into_another_server(office: Office) -> None:
    await office.ana.says("Riverside/pine-help", "My screen is black")
    await office.settle()
    offered = await office.bo.autocompletes("/desk transfer", "team", "", "team", ticket="IT-1")
    assert "Oaks" not in offered
    shown = await office.bo.types_command("/desk transfer", "team", ticket="IT-1", team="oaks")
    assert said("refusals.team_of_another_server", team="Oaks", reference="IT-1", server="Pine") in shown.text
