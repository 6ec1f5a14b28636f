"""Teams made of a platform's user groups, and people who are away or guests."""

from pathlib import Path

import pytest

from bot.bootstrap.process import DeskProcess
from bot.ports.storage.tickets import TicketFilter
from tests.stories.chat_office import ChatOffice, settle
from tests.stories.desk_files import CHAT_DESK


@pytest.fixture
def office(folder: Path, tmp_path: Path) -> ChatOffice:
    config = tmp_path / "groups.yaml"
    written = CHAT_DESK.read_text(encoding="utf-8").replace(
        "[chat:bo, chat:cleo]", "[chat:@NetOps]\n    assignment: least_busy"
    )
    config.write_text(written, encoding="utf-8")
    office = ChatOffice(folder, config=config)
    office.chat.groups |= {"bo": frozenset({"chat:@netops"}), "cleo": frozenset({"chat:@netops"})}
    return office


async def assignees(desk: DeskProcess) -> list[str | None]:
    tickets = await desk.storage.read(lambda uow: uow.tickets.search(TicketFilter()))
    return [ticket.assignee for ticket in tickets]


async def test_a_member_of_the_group_works_the_teams_tickets_and_nobody_else(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        await chat.says("ana", "help", "My printer burns")
        await settle(desk)
        (card,) = chat.posted("team-it")
        refused = await chat.presses("dan", card, "Claim")
        assert refused is not None
        await chat.presses("bo", card, "Claim")
        assert await assignees(desk) == ["chat:bo"]


async def test_tickets_are_given_to_members_who_are_not_away(office: ChatOffice) -> None:
    chat = office.chat
    chat.inactive.add("bo")
    async with office.desk() as desk:
        await desk.intake.meet([chat.person("bo"), chat.person("cleo")])
        await chat.says("ana", "help", "My printer burns")
        assert await assignees(desk) == ["chat:cleo"]
        chat.inactive.add("cleo")
        await desk.intake.meet([chat.person("cleo")])
        await chat.says("dan", "help", "My printer burns")
        assert None in await assignees(desk)


async def test_a_guest_is_shown_as_one(office: ChatOffice) -> None:
    chat = office.chat
    chat.guests.add("ana")
    async with office.desk() as desk:
        await chat.says("ana", "help", "My printer burns")
        await settle(desk)
        (card,) = chat.posted("team-it")
        assert "Ana Alves (guest)" in str(card.content)
