"""Everybody's own page: what they asked, work on and lead, fresh while they look at it."""

from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef
from bot.messages.outbound import Button
from bot.messages.plain import plain
from bot.ports.storage.tickets import TicketFilter
from tests.fakes.chat.chat import Chat
from tests.said import said
from tests.stories.chat_office import ChatOffice, settle
from tests.stories.desk_files import CHAT_DESK

PROMISES = """
sla_policies:
  standard:
    first_response: 30m
    resolution: 4h
"""


@pytest.fixture
def office(folder: Path, tmp_path: Path) -> ChatOffice:
    config = tmp_path / "home.yaml"
    written = CHAT_DESK.read_text(encoding="utf-8").replace("desk:\n", "desk:\n  sla_policy: standard\n")
    config.write_text(written + PROMISES, encoding="utf-8")
    return ChatOffice(folder, config=config)


def page(chat: Chat, who: str) -> dict[str, list[str]]:
    """The lines of each section, without looks; what is said where there are none."""
    return {
        section.title: [plain(line.text) for line in section.lines] or [section.nothing]
        for section in chat.homes[who].sections
    }


async def test_a_requester_sees_their_requests_and_the_answers(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        await chat.opens_home("ana")
        await settle(desk)
        assert page(chat, "ana") == {said("home.requests"): [said("home.no_requests")]}
        await chat.says("ana", "help", "My printer burns")
        await settle(desk)
        assert page(chat, "ana") == {"Your requests": ["IT-1 My printer burns · new · Service Desk"]}
        await chat.chooses("bo", reply("IT-1", "I am on my way"), channel="team-it")
        await settle(desk)
        assert page(chat, "ana")["Recent answers"] == ["IT-1 Bo Berg · 2026-03-02 09:00 UTC\nI am on my way"]
        assert "team-it" not in str(chat.homes["ana"])


async def test_an_agent_sees_their_queue_and_what_nobody_has_due_soonest_first(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        await chat.says("ana", "help", "My printer burns")
        office.passes(minutes=5)
        await chat.says("dan", "help", "My screen is dark")
        await chat.opens_home("bo")
        await settle(desk)
        waiting = page(chat, "bo")[said("home.unassigned")]
        assert [line.partition(" · ")[0] for line in waiting] == [
            "IT-1 My printer burns",
            "IT-2 My screen is dark",
        ]
        claim = chat.homes["bo"].sections[1].lines[0].buttons[0]
        await chat.chooses("bo", claim, channel="home@bo")
        await settle(desk)
        assert page(chat, "bo")[said("home.assigned")][0].startswith(
            "IT-1 My printer burns · open · normal · Bo Berg · due"
        )
        assert len(page(chat, "bo")[said("home.unassigned")]) == 1


async def test_a_lead_sees_the_load_what_is_at_risk_and_what_is_breached(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        for text in ("My printer burns", "My screen is dark"):
            await chat.says("ana", "help", text)
        await chat.opens_home("lee")
        await chat.chooses("bo", Button(label="", verb="desk claim", ticket="IT-2"), channel="team-it")
        office.passes(minutes=25)
        await desk.workers["sla_clock"].tick()
        await settle(desk)
        assert page(chat, "lee")[said("home.load")] == ["Service Desk  1 unassigned · Bo Berg 1"]
        assert len(page(chat, "lee")[said("team.at_risk_title")]) == 2
        office.passes(minutes=6)
        await desk.workers["sla_clock"].tick()
        await settle(desk)
        assert len(page(chat, "lee")["Breached"]) == 2


async def test_pages_that_nobody_looks_at_are_not_drawn(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        await chat.opens_home("bo")
        await settle(desk)
        drawn = chat.drawn
        for number in range(10):
            await chat.says("ana", "help", f"Printer {number} burns")
        await settle(desk)
        assert 1 <= chat.drawn - drawn <= 10
        office.passes(hours=2)
        drawn = chat.drawn
        await chat.says("ana", "help", "One more burns")
        await settle(desk)
        assert chat.drawn == drawn
        await chat.opens_home("bo", time=2)
        await settle(desk)
        assert chat.drawn == drawn + 1
        assert "dan" not in chat.homes


async def test_help_asked_for_on_the_page_is_answered_in_direct_messages(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        ask = Button(label="", verb="ticket open", options={"text": "My salary is wrong"})
        await chat.chooses("ana", ask, channel="home@ana")
        await settle(desk)
        (ticket,) = await desk.storage.read(lambda uow: uow.tickets.search(TicketFilter()))
        assert (ticket.origin, ticket.is_private) == (ChannelRef("chat", "@ana"), True)
        assert chat.reads_channel("@ana")[0].startswith("You asked:")


def reply(ticket: str, text: str) -> Button:
    return Button(label="", verb="desk reply", ticket=ticket, options={"text": text})
