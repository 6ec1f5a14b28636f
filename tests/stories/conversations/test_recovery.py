"""What was said while the desk was away is found when it is back, once, and reported in one line."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import StorageUnavailable
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from tests.fakes.chat.chat import Chat
from tests.said import recovered, said
from tests.stories.chat_office import ChatOffice, settle


@pytest.fixture
def office(folder: Path) -> ChatOffice:
    return ChatOffice(folder)


async def test_fifty_requests_and_twenty_replies_are_recovered_once_and_told_in_one_line(
    office: ChatOffice,
) -> None:
    chat = office.chat
    async with office.desk() as desk:
        known = [await chat.says("ana", "help", f"Printer {number} is broken") for number in range(10)]
        await settle(desk)
    office.passes(minutes=1)
    for number in range(50):
        root = await chat.says("dan", "help", f"Laptop {number} is broken")
        if number % 5 == 0:
            await chat.says("dan", "help", f"It is laptop {number}, really", thread=root)
    for number, root in enumerate(known):
        await chat.says("ana", "help", f"Printer {number} still is", thread=root)
    office.passes(minutes=27)
    for _ in range(2):
        async with office.desk():
            cards = chat.reads_channel("team-it")
            assert sorted(cards[10:]) == sorted(f"Laptop {number} is broken" for number in range(50))
            replies = [reply for card in chat.posted("team-it") for reply in copies(chat, card.id)]
            assert len(replies) == 20
            assert len(set(replies)) == 20
            assert chat.reads_channel("operators") == [
                (
                    said(
                        "team.was_away",
                        platform="Chat",
                        since="2026-03-02 09:00 UTC",
                        until="2026-03-02 09:28 UTC",
                        found=recovered(requests=50, replies=20),
                    )
                )
            ]
    assert all(len(chat.reads_channel("help", thread=root)) == 1 for root in known)


async def test_what_was_edited_and_deleted_meanwhile_is_so_at_the_team(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        root = await chat.says("ana", "help", "My printer burns")
        edited = await chat.says("ana", "help", "It is the one on floor 2", thread=root)
        deleted = await chat.says("ana", "help", "Bo is slow", thread=root)
        withdrawn = await chat.says("dan", "help", "Never mind me")
        await settle(desk)
    office.passes(minutes=10)
    await chat.edits(root, "My printer is on fire")
    await chat.edits(edited, "It is the one on floor 3")
    await chat.deletes(deleted)
    await chat.deletes(withdrawn)
    async with office.desk():
        burning, gone = chat.posted("team-it")
        assert chat.reads_channel("team-it")[0] == "My printer is on fire"
        there = chat.reads_channel("team-it", thread=burning.id)
        assert "It is the one on floor 3" in there
        assert "Bo is slow" not in there
        assert "withdrew" in chat.reads_channel("team-it", thread=gone.id)[-1]
        said, changed = chat.reads_channel("operators")
        assert said.endswith(f"{recovered(requests=0, replies=0, changes=3)}.")
        assert changed.endswith(f"{recovered(requests=0, replies=0, changes=1)}.")


async def test_whose_words_were_deleted_meanwhile_keeps_all_that_is_known_of_them(office: ChatOffice) -> None:
    async with office.desk() as desk:
        root = await office.chat.says("ana", "help", "My printer burns")
        await office.chat.says("dan", "help", "Mine too", thread=root)
        deleted = await office.chat.says("ana", "help", "Bo is slow", thread=root)
        await settle(desk)
        before = await desk.storage.read(lambda uow: uow.people.find("chat:ana"))
    office.passes(minutes=10)
    await office.chat.deletes(deleted)
    async with office.desk() as desk:
        (card,) = office.chat.posted("team-it")
        assert office.chat.reads_channel("team-it", thread=card.id) == ["Mine too"]
        assert await desk.storage.read(lambda uow: uow.people.find("chat:ana")) == before


async def test_what_was_edited_before_it_was_read_is_opened_as_it_reads_now(office: ChatOffice) -> None:
    async with office.desk():
        pass
    office.passes(minutes=1)
    asked = await office.chat.says("ana", "help", "Teh prniter")
    await office.chat.edits(asked, "The printer")
    async with office.desk():
        assert office.chat.reads_channel("team-it") == ["The printer"]
        assert office.chat.reads_channel("operators")[0].endswith(f"{recovered(requests=1, replies=0)}.")


async def test_an_older_edit_that_comes_late_does_not_undo_what_was_read(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk():
        pass
    office.passes(minutes=1)
    asked = await chat.says("ana", "help", "one")
    await chat.edits(asked, "two")
    late = chat.edited_event(asked)
    await chat.edits(asked, "three")
    async with office.desk() as desk:
        await desk.intake.take(late)
        await settle(desk)
        assert chat.reads_channel("team-it") == ["three"]


async def test_at_the_very_first_start_nothing_said_before_is_a_request(office: ChatOffice) -> None:
    await office.chat.says("ana", "help", "An old story")
    office.passes(minutes=1)
    async with office.desk():
        assert office.chat.reads_channel("team-it") == []
        assert office.chat.reads_channel("operators") == []


async def test_a_short_absence_in_which_nothing_was_missed_is_no_news(office: ChatOffice) -> None:
    async with office.desk():
        pass
    office.passes(minutes=1)
    async with office.desk():
        pass
    assert office.chat.reads_channel("operators") == []
    office.passes(minutes=30)
    async with office.desk():
        assert office.chat.reads_channel("operators")[0].endswith(f"{recovered()}.")


async def test_a_platform_that_is_slow_to_connect_is_read_once_it_is_there(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk():
        pass
    await chat.says("ana", "help", "Is anybody there?")
    office.passes(minutes=1)
    chat.is_cut = True
    asyncio.get_running_loop().call_later(0.3, setattr, chat, "is_cut", False)
    async with office.desk():
        assert chat.reads_channel("team-it") == ["Is anybody there?"]
        assert "could not be read" not in chat.reads_channel("operators")[0]


async def test_a_gap_in_the_connection_is_read_when_the_platform_is_back(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        chat.is_cut = True
        cut_at = office.clock.now()
        office.passes(minutes=2)
        await chat.says("ana", "help", "Is anybody there?")
        chat.is_cut = False
        await desk.intake.was_away("chat", since=cut_at, until=office.clock.now())
        await settle(desk)
        assert chat.reads_channel("team-it") == ["Is anybody there?"]


async def test_an_answer_heard_before_its_request_was_read_is_not_lost(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        chat.is_cut = True
        cut_at = office.clock.now()
        office.passes(minutes=2)
        root = await chat.says("ana", "help", "Is anybody there?")
        chat.is_cut = False
        await chat.says("ana", "help", "Hello?", thread=root)
        await desk.intake.was_away("chat", since=cut_at, until=office.clock.now())
        await settle(desk)
        (card,) = chat.posted("team-it")
        assert chat.reads_channel("team-it", thread=card.id) == ["Hello?"]


async def test_what_the_database_could_not_take_is_read_again(
    office: ChatOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = office.chat
    async with office.desk() as desk:
        works = desk.storage.run

        async def is_gone(work: Callable[[UnitOfWork], Any]) -> Any:
            raise StorageUnavailable

        monkeypatch.setattr(desk.storage, "run", is_gone)
        root = await chat.says("ana", "help", "Is anybody there?")
        await chat.says("ana", "help", "Hello?", thread=root)
        office.passes(minutes=5)
        with pytest.raises(StorageUnavailable):
            await desk.backfills[0].tick()
        monkeypatch.setattr(desk.storage, "run", works)
        await desk.backfills[0].tick()
        await settle(desk)
        (card,) = chat.posted("team-it")
        assert chat.reads_channel("team-it", thread=card.id) == ["Hello?"]
        assert chat.reads_channel("operators") == [
            said("team.looked_through", platform="Chat", found=recovered(requests=1, replies=1))
        ]


async def test_the_watermark_never_passes_what_failed(
    office: ChatOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.desk() as desk:
        works = desk.intake.offer

        async def fails(event: object) -> None:
            raise StorageUnavailable

        monkeypatch.setattr(desk.intake, "offer", fails)
        failed_at = office.clock.now()
        await office.chat.says("ana", "help", "Is anybody there?")
        office.passes(minutes=5)
        await desk.backfills[0].tick()
        marks = await desk.storage.read(lambda uow: uow.watermarks.all())
        assert marks["chat"] == failed_at
        monkeypatch.setattr(desk.intake, "offer", works)
        await settle(desk)


async def test_a_sweep_finds_what_the_platform_forgot_to_say(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        chat.is_cut = True
        await chat.says("ana", "help", "Is anybody there?")
        chat.is_cut = False
        office.passes(minutes=5)
        desk.backfills[0].sweep()
        await settle(desk)
        assert chat.reads_channel("team-it") == ["Is anybody there?"]
        desk.backfills[0].sweep()
        await settle(desk)
        assert len(chat.reads_channel("operators")) == 1


async def test_a_channel_that_may_not_be_read_is_named_and_read_when_it_may(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk():
        pass
    office.passes(minutes=1)
    await chat.says("ana", "help", "Is anybody there?")
    chat.locked.add("help")
    async with office.desk() as desk:
        (told,) = chat.reads_channel("operators")
        unread = said(
            "team.found_and_unread",
            found=said("team.nothing_missed"),
            channels="chat:help",
            reasons="the desk may not read #help",
        )
        assert told.endswith(f"{unread}.")
        office.passes(hours=5)
        chat.locked.clear()
        desk.backfills[0].sweep()
        await settle(desk)
        assert chat.reads_channel("team-it") == ["Is anybody there?"]


async def test_a_direct_message_written_meanwhile_is_a_request(office: ChatOffice) -> None:
    async with office.desk():
        pass
    office.passes(minutes=1)
    await office.chat.says("ana", "@ana", "My salary is wrong")
    async with office.desk() as desk:
        (ticket,) = await desk.storage.read(lambda uow: uow.tickets.search(TicketFilter()))
        assert ticket.is_private


async def test_one_message_that_cannot_be_taken_does_not_hold_up_the_others(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk():
        pass
    office.passes(minutes=1)
    chat.with_broken_file.add(await chat.says("ana", "help", "Look at this"))
    await chat.says("ana", "help", "My printer burns")
    async with office.desk():
        assert chat.reads_channel("team-it") == ["My printer burns"]
        (told,) = chat.reads_channel("operators")
        assert told.endswith(f"{recovered(requests=1, failed=1)}.")


async def test_a_reply_on_a_resolved_ticket_opens_it_again(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        root = await chat.says("ana", "help", "My printer burns")
        await settle(desk)
        (card,) = chat.posted("team-it")
        await chat.presses("bo", card, "Resolve")
        await settle(desk)
    office.passes(hours=1)
    await chat.says("ana", "help", "It burns again", thread=root)
    async with office.desk():
        assert "It burns again" in chat.reads_channel("team-it", thread=card.id)


def copies(chat: Chat, card: str) -> list[str]:
    return chat.reads_channel("team-it", thread=card)


async def test_however_many_tickets_are_open_what_was_said_on_each_is_found(
    office: ChatOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workers.history.unfinished_tickets.AT_ONCE", 3)
    chat = office.chat
    async with office.desk() as desk:
        roots = [await chat.says("ana", "help", f"Printer {number} is broken") for number in range(8)]
        await settle(desk)
    for root in roots:
        await chat.says("ana", "help", "It still is", thread=root)
    office.passes(minutes=10)
    async with office.desk():
        assert [copies(chat, card.id) for card in chat.posted("team-it")] == [["It still is"]] * 8
