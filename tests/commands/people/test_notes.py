"""Notes on people: agents write, read and remove them, and whom they are about reads none."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

WORDS = "works from Porto on Fridays"


async def test_a_note_is_read_by_every_agent_until_one_removes_it(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, f"/desk person-note @ana {WORDS}")
    assert told == said("people.note_added", name=ANA.name)
    page = await at_work.types(CLEO, "/desk who @ana")
    assert said("people.notes") in page
    assert f"1. {WORDS} ({BO.name}" in page
    removed = await at_work.presses(CLEO, said("people.button_remove_note", number=1))
    assert removed == said("people.note_removed", name=ANA.name)
    assert WORDS not in await at_work.types(CLEO, "/desk who @ana")


async def test_it_is_written_down_that_there_was_one_but_not_what_it_said(at_work: DeskAtWork) -> None:
    await at_work.types(BO, f"/desk person-note @ana {WORDS}")
    log = await at_work.types(LEE, "/desk-admin audit")
    assert said("history.person_note_added", name=BO.name, person=ANA.name) in log
    assert WORDS not in log


async def test_whom_it_is_about_reads_it_nowhere_even_as_an_agent(at_work: DeskAtWork) -> None:
    await at_work.asks("My screen is dark", who=CLEO)
    await at_work.types(BO, f"/desk person-note @cleo {WORDS}")
    own = await at_work.types(CLEO, "/desk who me")
    assert "IT-1" in own
    assert WORDS not in own
    assert said("people.notes") not in own
    assert said("people.button_note") not in at_work.buttons()
    for typed in ("/ticket show IT-1", "/ticket list", "/desk search porto", "/ticket search porto"):
        assert WORDS not in await at_work.types(CLEO, typed), typed
    refused = await at_work.types(CLEO, f"/desk person-note @cleo {WORDS}")
    assert refused == said("people.note_on_oneself")


async def test_a_note_that_is_not_for_the_actor_cannot_be_removed_by_its_number(at_work: DeskAtWork) -> None:
    await at_work.types(BO, f"/desk person-note @cleo {WORDS}")
    await at_work.types(BO, "/desk who @cleo")
    button = at_work.buttons()[said("people.button_remove_note", number=1)]
    assert await at_work.presses_button(CLEO, button) == said("people.no_such_note")
    assert WORDS in await at_work.types(BO, "/desk who @cleo")
    await at_work.presses_button(BO, button)
    assert await at_work.presses_button(BO, button) == said("people.no_such_note")


async def test_a_note_is_short(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, f"/desk person-note @ana {'x' * 1_001}")
    assert told == said("people.note_too_long", number=1_001, most=1_000)
