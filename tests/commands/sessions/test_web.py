"""`/ticket web` and `/desk web` give a link that signs in whoever asked."""

from pathlib import Path

import pytest

from bot.domain.directory import Person
from bot.services.sessions.sign_ins import DeskSignIns
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

DESK_URL = "https://desk.example.org"


@pytest.mark.parametrize(("who", "command"), [(ANA, "/ticket web"), (BO, "/desk web")])
async def test_the_link_is_behind_a_button_and_signs_in_who_asked(
    sqlite_storage: DeskStorage, tmp_path: Path, who: Person, command: str
) -> None:
    desk = await DeskAtWork.opened(sqlite_storage, tmp_path, public_url=DESK_URL)
    answer = await desk.types(who, command)
    assert answer == said("sign_in.link", name=who.name, number=10)
    (button,) = desk.buttons().values()
    address, _, secret = button.url.rpartition("/")
    assert address == f"{DESK_URL}/sign-in"
    assert secret not in answer
    sign_ins = DeskSignIns(storage=sqlite_storage, contexts=desk.desk.contexts, is_member=lambda _: True)
    assert (await sign_ins.look_at(secret, address="")).person.key == who.key


async def test_without_an_address_the_answer_says_what_to_set(at_work: DeskAtWork) -> None:
    assert await at_work.types(ANA, "/ticket web") == said(
        "sign_in.no_address", variable="DESKBELL_PUBLIC_URL"
    )


async def test_desk_web_is_for_staff(at_work: DeskAtWork) -> None:
    assert await at_work.types(ANA, "/desk web") == said("commands.staff_only", command="/desk web")
