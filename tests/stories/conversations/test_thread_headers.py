"""The heads of threads, where they have some: what a ticket is called, how it stands, and whether it is over."""

from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.messages.outbound import ThreadHeader
from tests.stories.chat_office import GuildOffice, settle
from tests.stories.desk_files import CHAT_DESK


@pytest.fixture
def office(folder: Path) -> GuildOffice:
    return GuildOffice(folder)


async def ask(desk: DeskProcess, office: GuildOffice, text: str) -> str:
    request = await office.chat.says("ana", "help", text)
    await settle(desk)
    return request


async def order(desk: DeskProcess, office: GuildOffice, verb: str, **options: str) -> None:
    await office.chat.orders("bo", verb, "IT-1", **options)
    await settle(desk)


def teams_thread(office: GuildOffice) -> str:
    return office.chat.posted("team-it")[0].id


async def test_both_threads_are_called_by_the_tickets_number_and_subject(office: GuildOffice) -> None:
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
    for thread in (request, teams_thread(office)):
        assert office.chat.heads[thread] == ThreadHeader(
            title="IT-1 · My screen is dark", tags=("Service Desk", "normal", "new")
        )


async def test_the_head_follows_status_priority_and_an_edited_subject(office: GuildOffice) -> None:
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
        await order(desk, office, "desk claim")
        await order(desk, office, "desk priority", priority="urgent")
        assert office.chat.heads[request].tags == ("Service Desk", "urgent", "open")
        await office.chat.edits(request, "Both my screens are dark")
        await settle(desk)
        for thread in (request, teams_thread(office)):
            assert office.chat.heads[thread].title == "IT-1 · Both my screens are dark"


async def test_it_is_over_when_the_ticket_is_closed_and_goes_on_when_it_is_reopened(
    office: GuildOffice,
) -> None:
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
        threads = (request, teams_thread(office))
        await order(desk, office, "desk resolve", resolution="All done")
        assert [office.chat.heads[each].is_finished for each in threads] == [False, False]
        await order(desk, office, "desk close", reason="done")
        assert [office.chat.heads[each].is_finished for each in threads] == [True, True]
        await order(desk, office, "desk reopen")
        assert [office.chat.heads[each].is_finished for each in threads] == [False, False]


async def test_a_thread_that_is_put_out_of_the_way_comes_back_while_its_ticket_is_open(
    office: GuildOffice,
) -> None:
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
        await office.chat.archives("help", request)
        await settle(desk)
        assert not office.chat.heads[request].is_finished
        await order(desk, office, "desk close", reason="done")
        await office.chat.archives("help", request, time=2)
        await settle(desk)
        assert office.chat.heads[request].is_finished


async def test_it_comes_back_too_when_that_happened_while_the_desk_was_away(office: GuildOffice) -> None:
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
    office.passes(days=8)
    await office.chat.archives("help", request)
    assert office.chat.heads[request].is_finished
    async with office.desk():
        assert not office.chat.heads[request].is_finished


async def test_talk_and_notes_leave_the_head_as_it_is(office: GuildOffice) -> None:
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
        await order(desk, office, "desk claim")
        del office.chat.heads[request]
        await order(desk, office, "desk note", text="She has two")
        await order(desk, office, "desk tag", tags="screen")
        await office.chat.says("ana", "help", "The left one", thread=request)
        await settle(desk)
        assert request not in office.chat.heads


async def test_a_private_requests_subject_stands_in_no_head_that_others_read(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "desk.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    private = "\n  rules: [{name: pay, when: {words: [payslip]}, private: true}]\n"
    config.write_text(text.rstrip() + private)
    office = GuildOffice(folder, config=config)
    async with office.desk() as desk:
        request = await ask(desk, office, "My payslip is wrong")
        await office.chat.edits(request, "My payslip is very wrong")
        await settle(desk)
        assert request not in office.chat.heads


async def test_after_a_transfer_the_new_teams_thread_has_a_head(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    text = CHAT_DESK.read_text(encoding="utf-8")
    second = "  oak:\n    title: Oak\n    channel: chat:oak-team\n    agents: [chat:dan]\n\nrouting:"
    config.write_text(text.replace("\nrouting:", second))
    office = GuildOffice(folder, config=config)
    async with office.desk() as desk:
        request = await ask(desk, office, "My screen is dark")
        await order(desk, office, "desk transfer", team="oak")
        (card,) = office.chat.posted("oak-team")
        assert office.chat.heads[card.id].tags == ("Oak", "normal", "new")
        assert office.chat.heads[request].tags == ("Oak", "normal", "new")
