"""An imported request with an e-mail address is of the person who has it, with all that rules say of them."""

from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.ticket import Priority
from bot.messages.inbound import Location, RequestImported
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.fakes.desk.desk_without_platform import MONDAY_9, DeskWithoutPlatform
from tests.stories.desk_files import DESK

DORA = Person(key="web:dora", name="Dora Diaz", email="Dora@Example.com")
RULE = "  rules:\n    - {name: board, when: {group: board}, team: people, priority: urgent, tags: [vip]}\n"

GROUPS = "people: {groups: {board: [web:dora]}}\n"


@pytest.fixture
async def desk(sqlite_storage: DeskStorage, tmp_path: Path) -> DeskWithoutPlatform:
    config = tmp_path / "vip.yaml"
    text = DESK.read_text(encoding="utf-8").replace("  rules:\n", RULE) + GROUPS
    config.write_text(text, encoding="utf-8")
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    return await DeskWithoutPlatform.opened(sqlite_storage, files, config=config)


def imported(email: str | None) -> RequestImported:
    name = "D. Diaz"
    return RequestImported(
        key="import:old.csv:id:7",
        actor=Person(key=f"import:{email or name}", name=name, email=email),
        location=Location(channel=ChannelRef("web", "help-it")),
        at=MONDAY_9,
        text="My mouse is dead",
    )


async def test_the_rule_for_important_people_finds_them_by_their_address(desk: DeskWithoutPlatform) -> None:
    await desk.intake.meet([DORA])
    await desk.intake.take_import(imported("dora@example.com"))
    ticket = await desk.ticket(1)
    assert (ticket.requester, ticket.team, ticket.priority) == ("web:dora", "people", Priority.URGENT)
    assert ticket.tags == ("vip",)


@pytest.mark.parametrize(
    "others",
    [
        [Person(key="web:d2", name="dora@example.com")],
        [Person(key="web:bot", name="Mailer", email="dora@example.com", is_bot=True)],
        [Person(key="web:old", name="Dora", email="dora@example.com", is_active=False)],
        [Person(key=f"web:d{number}", name="Dora", email="dora@example.com") for number in range(2)],
    ],
    ids=["called so", "a bot", "left", "two people"],
)
async def test_nobody_else_is_taken_for_the_one_who_wrote(
    desk: DeskWithoutPlatform, others: list[Person]
) -> None:
    await desk.intake.meet(others)
    await desk.intake.take_import(imported("dora@example.com"))
    assert (await desk.ticket(1)).requester == "import:dora@example.com"


async def test_of_two_accounts_with_one_address_the_one_where_the_request_is_filed_counts(
    desk: DeskWithoutPlatform,
) -> None:
    await desk.intake.meet([Person(key="slack:U1", name="Dora", email="dora@example.com"), DORA])
    await desk.intake.take_import(imported("dora@example.com"))
    assert (await desk.ticket(1)).requester == "web:dora"


async def test_without_an_address_the_file_alone_says_who_asked(desk: DeskWithoutPlatform) -> None:
    await desk.intake.meet([DORA])
    await desk.intake.take_import(imported(None))
    assert (await desk.ticket(1)).requester == "import:D. Diaz"
