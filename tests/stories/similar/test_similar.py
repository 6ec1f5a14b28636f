"""Duplicates before they are worked on twice: the card names them, and the requester is asked once, alone."""

from pathlib import Path
from typing import Any

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

MOUSE = "Docking station flickers and both monitors stay black"
SAME = "Both monitors stay black, the docking station flickers"
OTHERS = (
    "My badge does not open the garage",
    "Please order toner for printer 4",
    "Excel crashes with large sheets",
    "The projector in room Berlin has no lamp",
    "I need a license for Photoshop",
    "Headset without sound in calls",
)


async def compared(office: Office) -> None:
    await office.desk.workers["similar_requests"].tick()
    await office.settle()


async def other_requests(office: Office) -> None:
    """What else people ask, so that words tell something."""
    for text in OTHERS:
        await office.says("lee", "help-it", text)


async def question(office: Office, who: str) -> dict[str, Any] | None:
    """The last thing in this person's direct messages that has buttons."""
    asked = [each for each in await office.sees(who, f"@{who}") if (each["content"] or {}).get("buttons")]
    return asked[-1] if asked else None


def facts(card: dict[str, Any]) -> dict[str, str]:
    return {each["label"]: each["answer"] for each in card["content"]["answers"]}


async def test_the_card_names_an_open_ticket_that_says_the_same_and_why(office: Office) -> None:
    await other_requests(office)
    await office.says("ana", "help-it", MOUSE)
    await compared(office)
    await office.says("dan", "help-it", SAME)
    await compared(office)
    card = await office.card("bo", "team-it", "IT-8")
    line = facts(card)[said("team.label_similar_open")]
    assert line.startswith("IT-7 Ana Alves")
    assert MOUSE in line
    assert "flickers" in line
    assert "docking" in line
    earlier = facts(await office.card("bo", "team-it", "IT-7"))
    assert said("team.label_similar_open") not in earlier


async def test_the_card_says_how_a_resolved_one_ended(office: Office) -> None:
    await other_requests(office)
    await office.says("ana", "help-it", MOUSE)
    await office.types("bo", "/desk claim IT-7", channel="team-it")
    await office.types("bo", "/desk resolve IT-7 Reinstalled the dock firmware", channel="team-it")
    await office.says("dan", "help-it", SAME)
    await compared(office)
    line = facts(await office.card("bo", "team-it", "IT-8"))[said("team.label_similar_resolved")]
    assert line.startswith("IT-7 by Bo Berg")
    assert "Reinstalled the dock firmware" in line
    assert "Reinstalled the dock firmware" in await office.types(
        "bo", "/desk similar IT-8", channel="team-it"
    )
    assert await question(office, "dan") is None


async def test_what_shares_a_word_or_two_is_not_the_same(office: Office) -> None:
    await other_requests(office)
    await office.says("ana", "help-it", "The printer on floor 3 prints stripes")
    await office.says("dan", "help-it", "The printer on floor 1 wants a password from me")
    await compared(office)
    assert said("team.label_similar_open") not in facts(await office.card("bo", "team-it", "IT-8"))
    answer = await office.types("bo", "/desk similar IT-8", channel="team-it")
    assert answer == said("answers.nothing_similar", reference="IT-8")


async def test_a_requester_is_asked_alone_and_adds_theirs_to_the_open_one(office: Office) -> None:
    await other_requests(office)
    first = await office.says("ana", "help-it", MOUSE)
    await compared(office)
    second = await office.says("dan", "help-it", SAME)
    await compared(office)
    asked = await question(office, "dan")
    assert asked is not None
    assert (
        "IT-8 looks like IT-7" in asked["content"]["text_plain"] if "text_plain" in asked["content"] else True
    )
    await office.presses("dan", asked, said("requester.button_similar_add", other="IT-7"))
    assert (await question(office, "dan")) is None
    await office.types("bo", "/desk claim IT-7", channel="team-it")
    await office.types("bo", "/desk reply IT-7 New firmware is coming", channel="team-it")
    assert "New firmware is coming" in " ".join(await office.reads("dan", "help-it", thread=second))
    assert "New firmware is coming" in " ".join(await office.reads("ana", "help-it", thread=first))
    assert (
        facts(await office.card("bo", "team-it", "IT-7"))[said("team.label_duplicates")] == "IT-8 Dan Dietz"
    )


async def test_something_else_stays_a_request_and_is_asked_no_more(office: Office) -> None:
    await other_requests(office)
    await office.says("ana", "help-it", MOUSE)
    await office.says("dan", "help-it", SAME)
    await compared(office)
    asked = await question(office, "dan")
    assert asked is not None
    await office.presses("dan", asked, said("requester.button_similar_keep"))
    await compared(office)
    assert await question(office, "dan") is None
    assert (await office.card("bo", "team-it", "IT-8"))["content"]["state"] == "new"


async def test_ones_own_open_ticket_takes_up_what_was_asked_twice(office: Office) -> None:
    await other_requests(office)
    first = await office.types("ana", f"/ticket open {MOUSE}")
    assert "IT-7" in first
    await office.types("ana", f"/ticket open {SAME}")
    await compared(office)
    asked = await question(office, "ana")
    assert asked is not None
    await office.presses("ana", asked, said("requester.button_own_add", other="IT-7"))
    assert SAME in await office.types("bo", "/desk show IT-7", channel="team-it")
    assert (await office.card("bo", "team-it", "IT-8"))["content"]["state"] == "closed"


async def test_the_same_words_are_the_same_whatever_language_their_authors_chats_speak(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "spanish.yaml"
    spanish = "language: es, email: dan@example.com"
    config.write_text(DESK.read_text(encoding="utf-8").replace("email: dan@example.com", spanish))
    words = "The espresso grinder on floor seven squeaks terribly"
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", words)
        await compared(office)
        await office.says("dan", "help-it", words)
        await compared(office)
        assert facts(await office.card("bo", "team-it", "IT-2"))[said("team.label_similar_open")].startswith(
            "IT-1"
        )
        asked = await question(office, "dan")
        assert asked is not None
        assert "IT-1" in " ".join(each["label"] for each in asked["content"]["buttons"])
