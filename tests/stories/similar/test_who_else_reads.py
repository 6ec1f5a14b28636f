"""What an agent writes on a ticket with duplicates goes to several people, and the agent is told so beforehand."""

from pathlib import Path

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.macros.test_macros import MACROS
from tests.stories.office import Office, open_office, plain
from tests.stories.similar.merges import merges


async def merged(office: Office, *, by: str = "dan") -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    await office.says(by, "help-it", "Lab door is stuck")
    if by == "ana":
        await office.types("bo", "/desk merge IT-2 IT-1", channel="team-it")
    else:
        await merges(office, "bo", "/desk merge IT-2 IT-1")


async def test_the_answer_to_a_reply_names_everybody_it_went_to(office: Office) -> None:
    await merged(office)
    also = said("answers.also_sent", people="Dan Dietz (IT-2)")
    assert also in await office.types("bo", "/desk reply IT-1 Ana, we oil it", channel="team-it")
    assert also in await office.types("bo", "/desk wait IT-1 Which door is it?", channel="team-it")
    assert also not in await office.types("bo", "/desk note IT-1 oil is in the cellar", channel="team-it")
    assert also not in await office.types("bo", "/desk hold IT-1 until the oil is here", channel="team-it")
    assert "IT-2" not in await office.types("ana", "/ticket reply IT-1 It is the left one")
    assert also in await office.types("bo", "/desk resolve IT-1 Oiled", channel="team-it")


async def test_nobody_else_is_named_where_both_are_one_persons_or_they_are_apart_again(
    office: Office,
) -> None:
    await merged(office, by="ana")
    assert "IT-2" not in await office.types("bo", "/desk reply IT-1 We oil it", channel="team-it")
    await office.says("dan", "help-it", "The lab door does not move")
    await merges(office, "bo", "/desk merge IT-3 IT-1")
    assert "(IT-3)" in await office.types("bo", "/desk reply IT-1 We oil it today", channel="team-it")
    await office.types("bo", "/desk unmerge IT-3", channel="team-it")
    assert "IT-3" not in await office.types("bo", "/desk reply IT-1 We oil it now", channel="team-it")


async def test_the_forms_say_so_before_anything_is_sent(office: Office) -> None:
    await merged(office)
    also = said("answers.also_sent", people="Dan Dietz (IT-2)")
    for label in ("Reply", "Resolve"):
        form = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), label)
        assert form is not None
        assert plain(form["notice"]) == also
    noted = await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Note")
    assert noted is not None
    assert noted["notice"] == []


async def test_a_macros_preview_says_so(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "macros.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + MACROS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await merged(office)
        also = said("answers.also_sent", people="Dan Dietz (IT-2)")
        assert also in await office.types("bo", "/desk macro IT-1 restart", channel="team-it")
        assert also in await office.types("bo", "/desk macro IT-1 restart now", channel="team-it")
