"""Two servers that share a desk: a lead of one reads no number of the other's."""

from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.documents.report_kind import declared_reports
from bot.messages.outbound import PrivateReply
from bot.messages.plain import plain
from tests.said import said
from tests.stories.chat_office import GuildOffice, settle
from tests.stories.desk_files import TWO_SERVERS

LEADS = {"bo": "help", "cleo": "oak-help"}
"""Who leads, and where they ask."""


@pytest.fixture
def office(folder: Path) -> GuildOffice:
    written = TWO_SERVERS.read_text("utf-8")
    for each in LEADS:
        written = written.replace(f"agents: [chat:{each}]", f"agents: [chat:{each}], leads: [chat:{each}]")
    config = folder / "with_leads.yaml"
    config.write_text(written, "utf-8")
    office = GuildOffice(folder, config=config)
    office.chat.servers = {
        "help": "chat:pine", "team-it": "chat:pine", "oak-help": "chat:oak", "oak-team": "chat:oak",
    }  # fmt: skip
    office.chat.is_in = {"ana": ("chat:pine", "chat:oak")}
    return office


async def ask_in_both(desk: DeskProcess, office: GuildOffice) -> None:
    """Once in Pine, where it is answered, and twice in Oak, where it is not."""
    for channel, text in (
        ("help", "The map is old"),
        ("oak-help", "The door"),
        ("oak-help", "The other door"),
    ):
        await office.chat.says("ana", channel, text)
        await settle(desk)
    await office.chat.orders("bo", "ticket reply", "IT-1", text="Here is a new one")
    await office.chat.orders("bo", "ticket resolve", "IT-1")
    await settle(desk)


async def report(office: GuildOffice, who: str, **options: str) -> str:
    reply = await office.chat.orders(who, "desk report", channel=LEADS[who], **options)
    assert isinstance(reply, PrivateReply)
    return plain(reply.text)


async def test_a_leads_figures_are_those_of_their_own_server(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await ask_in_both(desk, office)
        pine, oak = [await report(office, who) for who in LEADS]
    rows = {
        name: [line.split() for line in told.splitlines()] for name, told in (("pine", pine), ("oak", oak))
    }
    assert ["new", "1", "0"] in rows["pine"]
    assert ["resolved", "1", "0"] in rows["pine"]
    assert ["new", "2", "0"] in rows["oak"]
    assert ["answered", "0", "0"] in rows["oak"]
    assert not [row for row in rows["oak"] if row[:1] == ["resolved"] and row[1:2] == ["1"]]


async def test_no_report_names_a_team_or_an_agent_of_the_other_server(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await ask_in_both(desk, office)
        told = {name: await report(office, "cleo", report=name) for name in declared_reports()}
        theirs = await report(office, "bo", report="agents")
    for name, words in told.items():
        assert "Pine" not in words, name
        assert "map" not in words, name
        assert "Bo" not in words.split(), name
    assert "Bo" in theirs


async def test_the_other_servers_team_is_refused_by_name(office: GuildOffice) -> None:
    async with office.desk() as desk:
        await ask_in_both(desk, office)
        refused = await report(office, "cleo", team="pine")
        as_lead = await report(office, "cleo", report="agents", team="pine")
    assert refused == said("refusals.report_of_team", team="Pine helpers")
    assert as_lead == said("figures.leads_of_team", team="Pine helpers")
