"""Files from the page's forms, and words that are edited or recalled: the other side, the notices, the transcript."""

from typing import Any

import pytest

from adapters.web.visitor import VisitorRefused
from tests.said import said
from tests.stories.office import Office

GUIDE = b"first, restart"


async def asked(office: Office) -> tuple[str, dict[str, Any]]:
    """The request, and the card."""
    request = await office.says("ana", "help-it", "My screen is dark")
    return request, await office.card("bo", "team-it", "IT-1")


async def test_a_form_of_the_page_brings_its_file_to_the_requester_once(office: Office) -> None:
    request, card = await asked(office)
    form = await office.presses("bo", card, said("team.button_reply"))
    assert form is not None
    assert form["takes_files"]
    file = await office.uploads("bo", name="guide.txt", content=GUIDE)
    words = {"text": "Here is the guide"}
    await office.sends_form("bo", form, channel="team-it", values=words, files=[file])
    answers = await office.sees_thread("ana", "help-it", request)
    (with_file,) = [each for each in answers if (each["content"] or {}).get("files")]
    assert with_file["content"]["text"] == "Here is the guide"


async def test_a_form_takes_no_file_of_somebody_elses(office: Office) -> None:
    _, card = await asked(office)
    file = await office.uploads("ana", name="mine.txt", content=b"secret")
    form = await office.presses("bo", card, said("team.button_reply"))
    assert form is not None
    with pytest.raises(VisitorRefused, match=said("refusals.file_gone")):
        await office.sends_form("bo", form, channel="team-it", values={"text": "Look"}, files=[file])
    assert "mine.txt" not in await office.everything_seen_by("bo")


async def test_a_question_and_a_request_for_somebody_take_files_along(office: Office) -> None:
    request, _ = await asked(office)
    wait, ask = "/desk wait IT-1 Does this help?", "/desk on-behalf-of @ana Her laptop is dead"
    await office.types_with_file("bo", wait, name="guide.txt", content=GUIDE)
    answers = str(await office.sees_thread("ana", "help-it", request))
    assert "Does this help?" in answers
    assert "guide.txt" in answers
    await office.types_with_file("bo", ask, name="guide.txt", content=GUIDE)
    card = await office.card("bo", "team-it", "IT-2")
    assert "guide.txt" in str(await office.sees_thread("bo", "team-it", card["id"]))


async def test_what_a_colleague_was_told_goes_with_a_recalled_reply(office: Office) -> None:
    await asked(office)
    await office.types("ana", "/ticket add IT-1 @dan")
    await office.types("bo", "/desk reply IT-1 The password is tulip")
    assert "tulip" in await office.everything_seen_by("dan")
    await office.types("bo", "/desk recall IT-1")
    for who in ("ana", "dan"):
        assert "tulip" not in await office.everything_seen_by(who)


async def test_an_edited_reply_reads_so_for_a_colleague_too(office: Office) -> None:
    await asked(office)
    await office.types("ana", "/ticket add IT-1 @dan")
    await office.types("bo", "/desk reply IT-1 Use gateway three")
    await office.types("bo", "/desk edit IT-1 Use gateway two")
    for who in ("ana", "dan"):
        seen = await office.everything_seen_by(who)
        assert "gateway two" in seen
        assert "gateway three" not in seen


async def test_a_request_opened_by_command_is_changed_and_taken_back_everywhere(office: Office) -> None:
    await office.types("ana", "/ticket open My screen shows tulip3")
    await office.types("ana", "/ticket edit IT-1 My screen shows nothing")
    for who in ("ana", "bo", "dan"):
        assert "tulip3" not in await office.everything_seen_by(who)
    assert "shows nothing" in await office.everything_seen_by("bo")
    await office.types("bo", "/desk reply IT-1 On my way")
    await office.types("ana", "/ticket recall IT-1")
    for who in ("ana", "bo", "dan"):
        assert "shows nothing" not in await office.everything_seen_by(who)
