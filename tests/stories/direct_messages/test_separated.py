"""A message that went to the wrong ticket and is taken apart leaves that as if it had not been there."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.directory import Person
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, words

SEPARATE = said("requester.button_separate")


async def joins_wrongly(office: Office, *, claimed: bool = True) -> str:
    """Ana's request waits for her, and what she writes next is about something else."""
    await office.says("ana", "help-it", "My screen is dark")
    if claimed:
        await office.types("cleo", "/desk claim IT-1")
    await office.types("cleo", "/desk wait IT-1 Which screen?")
    await office.passes(minutes=10)
    return await office.says("ana", "@ana", "The coffee machine leaks badly")


async def separates(office: Office, message: str, label: str = SEPARATE) -> None:
    (told,) = [
        each for each in await office.sees_thread("ana", "@ana", message) if each["content"]["buttons"]
    ]
    await office.presses("ana", told, label)


async def the_teams(office: Office) -> list[str]:
    card = await office.card("bo", "team-it", "IT-1")
    return await shown_in(office, "team-it", card["id"], who="bo")


async def shown_in(office: Office, channel: str, root: str, *, who: str) -> list[str]:
    seen: list[dict[str, Any]] = await office.sees_thread(who, channel, root)
    return [words(each) for each in seen if not each["deleted"]]


@pytest.mark.parametrize("claimed", [True, False])
async def test_nobody_reads_any_more_that_it_came(office: Office, *, claimed: bool) -> None:
    message = await joins_wrongly(office, claimed=claimed)
    key = "team.replied" if claimed else "team.replied_unassigned_for"
    told = said(key, name="Ana Alves", reference="IT-1", owner="Cleo Chen")
    assert told in await the_teams(office)
    await separates(office, message)
    assert told not in await the_teams(office)
    assert said("requester.joined", reference="IT-1") not in await shown_in(
        office, "@ana", message, who="ana"
    )


@pytest.fixture
async def prompt(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An office that promises each reply within half an hour."""
    config = tmp_path / "prompt.yaml"
    text = DESK.read_text(encoding="utf-8")
    first = "    first_response: {urgent: 10m, high: 15m, normal: 30m, low: 2h}\n"
    assert first in text
    config.write_text(text.replace(first, f"{first}    next_response: 30m\n"), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


async def clocks(office: Office) -> tuple[Ticket, list[SlaTimer]]:
    def read(uow: UnitOfWork) -> tuple[Ticket, list[SlaTimer]]:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        return ticket, list(uow.sla_timers.of_ticket(ticket.id))

    return await office.desk.storage.read(read)


@pytest.mark.parametrize("hours", [0, 1, 12])
async def test_status_and_clocks_are_as_if_it_had_not_come(prompt: Office, hours: int) -> None:
    office = prompt
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("cleo", "/desk claim IT-1")
    await office.types("cleo", "/desk wait IT-1 Which screen?")
    await office.passes(minutes=10)
    before, timers = await clocks(office)
    assert before.status is Status.PENDING
    message = await office.says("ana", "@ana", "The coffee machine leaks badly")
    assert (await clocks(office))[0].status is Status.OPEN
    await office.passes(hours=hours)
    await separates(office, message)
    after, restored = await clocks(office)
    names = ("status", "awaits_reply_since", "resolved_at", "due_at", "sla_stage", "is_warned", "assignee")
    assert [getattr(after, each) for each in names] == [getattr(before, each) for each in names]
    ended = [each for each in restored if each.id not in {known.id for known in timers}]
    assert [each for each in restored if each not in ended] == timers
    assert all(each.spent == timedelta() and each.breached_at is None for each in ended)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "pending"


async def test_a_resolved_ticket_is_resolved_again(office: Office) -> None:
    await office.says("ana", "@ana", "My screen is dark")
    await office.types("cleo", "/desk resolve IT-1 A new cable")
    before, timers = await clocks(office)
    await office.passes(minutes=10)
    message = await office.says("ana", "@ana", "IT-1 or not, the coffee machine leaks")
    await separates(office, message)
    after, restored = await clocks(office)
    assert (after.status, after.resolved_at, restored) == (Status.RESOLVED, before.resolved_at, timers)
    root, *_ = await office.sees("ana", "@ana")
    *_, resolved = [
        each for each in await office.sees_thread("ana", "@ana", root["id"]) if each["content"]["buttons"]
    ]
    assert said("requester.button_reopen") in [each["label"] for each in resolved["content"]["buttons"]]


async def test_what_an_agent_did_since_stays(office: Office) -> None:
    message = await joins_wrongly(office)
    await office.types("cleo", "/desk reply IT-1 We will look at the coffee machine")
    await separates(office, message)
    assert (await clocks(office))[0].status is Status.OPEN


async def test_the_alert_that_it_caused_ends(office: Office) -> None:
    message = await joins_wrongly(office)
    await office.passes(hours=9)
    assert (await clocks(office))[0].sla_stage > 0
    await separates(office, message)
    assert (await clocks(office))[0].sla_stage == 0
    explained = await office.types("cleo", "/desk sla IT-1")
    assert "2026-03-02T09:00:00.000Z – 2026-03-02T18:10:00.000Z" in explained, "the pause goes on"


async def test_where_it_went_is_told_in_the_language_of_who_wrote_it(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "german.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("name: Ana Alves,", "name: Ana Alves, language: de,"), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        stranger = Person(key="web:ana", name="Ana Alves")
        await office.desk.storage.run(lambda uow: uow.people.remember(stranger))
        await office.types("bo", "/desk on-behalf-of ana Her screen is dark")
        await office.types("bo", "/desk wait IT-1 Which screen?")
        message = await office.says("ana", "@ana", "Der Bildschirm links")
        (told,) = await office.sees_thread("ana", "@ana", message)
        assert words(told) == said("requester.joined", language="de", reference="IT-1")
        assert told["content"]["buttons"][0]["label"] == said("requester.button_separate", language="de")
