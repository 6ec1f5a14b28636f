"""An answer that is taken back: the target that it met stays met, and another answer is owed."""

from pathlib import Path

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

RESOLUTION = "    resolution:"


async def dues(office: Office) -> dict[str, str]:
    shown = (await office.card("bo", "team-it", "IT-1"))["content"]["dues"]
    return {due["label"]: due["at"] for due in shown}


async def test_whether_it_was_recalled_or_deleted_where_it_was_written(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8").replace(RESOLUTION, f"    next_response: 1h\n{RESOLUTION}")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 On my way")
        await office.passes(minutes=5)
        assert [*await dues(office)] == ["Resolution"]
        await office.types("bo", "/desk recall IT-1")
        assert (await dues(office))["Next response"] == "2026-03-02T10:05:00.000Z"
        explained = await office.types("bo", "/desk sla IT-1")
        assert said("sla.untold", elapsed="", target="|").partition("|")[2] not in explained
        assert said("sla.answer_gone", at="|").partition("|")[2] in explained
        answer = await office.says("cleo", "help-it", "I am on my way", thread=root)
        assert [*await dues(office)] == ["Resolution"]
        await office.passes(minutes=5)
        await office.deletes("cleo", answer)
        assert (await dues(office))["Next response"] == "2026-03-02T10:10:00.000Z"


async def test_what_a_hold_reason_had_answered_is_owed_again_and_sla_says_that_it_is_gone(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8").replace(RESOLUTION, f"    next_response: 1h\n{RESOLUTION}")
    config.write_text(text, encoding="utf-8")
    gone = said("sla.answer_gone", at="|").partition("|")[2]
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 On my way")
        await office.passes(minutes=5)
        await office.says("ana", "help-it", "and now?", thread=root)
        await office.passes(minutes=5)
        await office.types("bo", "/desk hold IT-1 wait for Joe")
        assert gone not in await office.types("bo", "/desk sla IT-1")
        await office.passes(minutes=5)
        await office.types("bo", "/desk recall IT-1")
        explained = await office.types("bo", "/desk sla IT-1")
        assert gone in explained
        assert said("sla.untold", elapsed="", target="|").partition("|")[2] not in explained
        await office.types("bo", "/desk reopen IT-1")
        assert (await dues(office))["Next response"].startswith("2026-03-02T")


async def test_a_first_response_by_a_resolution_stays_met_and_sla_says_that_it_is_gone(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 It was unplugged")
    await office.passes(minutes=5)
    await office.types("bo", "/desk recall IT-1")
    explained = await office.types("bo", "/desk sla IT-1")
    assert said("sla.answer_gone", at="|").partition("|")[2] in explained
