"""Two agents who answer one ticket at once hear of one another, and nobody on the requester’s side does."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.tickets.ticket import Status
from bot.text import terms
from tests.said import said
from tests.stories.office import Office, open_office, plain, shown
from tests.stories.replies.desk_that_holds import holding
from tests.stories.replies.page_in_use import begins_to_type, closes

VERBS = {
    Status.ON_HOLD: "hold",
    Status.RESOLVED: "resolve",
    Status.CLOSED: "close",
    Status.PENDING: "wait",
}
BO_WRITES = said("answers.writes_reply", name="Bo Berg", since="2 min")


@pytest.fixture
async def desk_with_ticket(office: Office) -> Office:
    await office.says("ana", "help-it", "My mouse is dead")
    return office


async def opens(office: Office, who: str, label: str = "Reply", *, reference: str = "IT-1") -> dict[str, Any]:
    form = await office.presses(who, await office.card(who, "team-it", reference), label)
    assert form is not None
    assert form["type"] == "form"
    return form


async def test_the_second_form_says_who_is_answering(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    assert (await opens(office, "bo"))["notice"] == []
    await office.passes(minutes=2)
    assert plain((await opens(office, "cleo"))["notice"]) == BO_WRITES
    assert plain((await opens(office, "cleo", "Resolve"))["notice"]) == BO_WRITES
    typed = await office.types_for_reply("cleo", "/desk reply IT-1", channel="team-it")
    assert plain(typed["reply"]["notice"]) == BO_WRITES
    assert (await opens(office, "bo"))["notice"] != [], "Cleo has one open too"


async def test_a_note_is_told_apart(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    await opens(office, "bo", "Note")
    assert plain((await opens(office, "cleo"))["notice"]) == said("answers.writes_note_now", name="Bo Berg")


async def test_whoever_answers_at_once_is_told_too(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    await opens(office, "bo")
    await office.passes(minutes=2)
    told = await office.types("cleo", "/desk reply IT-1 On my way", channel="team-it")
    assert told.endswith(BO_WRITES)


@pytest.mark.parametrize("ending", ["sent", "closed", "late", "said in the thread"])
async def test_it_ends(desk_with_ticket: Office, ending: str) -> None:
    office = desk_with_ticket
    form = await opens(office, "bo")
    match ending:
        case "sent":
            await office.submits("bo", form, channel="team-it", text="On my way")
        case "closed":
            await closes(office, "bo", form, channel="team-it")
        case "late":
            await office.passes(minutes=10)
        case _:
            (root,) = [each["id"] for each in await office.sees("ana", "help-it")]
            await office.says("bo", "help-it", "On my way", thread=root)
    assert (await opens(office, "cleo"))["notice"] == []


async def test_what_was_said_meanwhile_is_read_before_ones_own_is_sent(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    form = await opens(office, "cleo")
    await office.passes(minutes=1)
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    question = await office.submits_for_reply("cleo", form, channel="team-it", text="Which mouse is it?")
    assert question is not None
    assert question["type"] == "form"
    assert said("answers.answered_meanwhile", name="Bo Berg") in plain(question["notice"])
    assert "A new one is on its way" in plain(question["notice"])
    assert question["fields"][0]["value"] == "Which mouse is it?", "what was typed is kept"
    assert question["submit"] == said("answers.send_anyway")
    assert "Which mouse" not in await office.everything_seen_by("ana")
    await office.submits("cleo", question, channel="team-it", text="Which mouse is it?")
    assert "Which mouse is it?" in await office.everything_seen_by("ana")


@pytest.mark.parametrize("what", [Status.ON_HOLD, Status.RESOLVED, Status.CLOSED, Status.PENDING])
@pytest.mark.parametrize("words", ["A new one is on its way", ""])
async def test_whatever_else_its_requester_was_told_is_read_before(
    desk_with_ticket: Office, what: Status, words: str
) -> None:
    office = desk_with_ticket
    await office.types("bo", "/desk reply IT-1 We look into it", channel="team-it")
    form = await opens(office, "cleo")
    await office.passes(minutes=1)
    await office.types("bo", f"/desk {VERBS[what]} IT-1 {words}".strip(), channel="team-it")
    question = await office.submits_for_reply("cleo", form, channel="team-it", text="Which mouse is it?")
    assert question is not None
    assert question["submit"] == said("answers.send_anyway")
    told = plain(question["notice"])
    assert said("answers.status_meanwhile", name="Bo Berg", status=terms.status(what, "en")) in told
    assert words in told
    assert "We look into it" not in told
    assert "Which mouse" not in await office.everything_seen_by("ana")
    await office.submits("cleo", question, channel="team-it", text="Which mouse is it?")
    assert "Which mouse is it?" in await office.everything_seen_by("ana")


async def test_what_ended_it_refuses_another_end_at_once(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    form = await opens(office, "cleo", "Resolve")
    await office.passes(minutes=1)
    await office.types("bo", "/desk resolve IT-1 A new one is on its way", channel="team-it")
    refused = await office.submits_for_reply("cleo", form, channel="team-it", resolution="Buy one")
    assert refused is not None
    assert refused["type"] == "private"
    assert "Buy one" in shown(refused)


async def test_what_a_colleague_holds_back_counts_as_said(folder: Path, tmp_path: Path) -> None:
    async with open_office(folder, config=holding(tmp_path)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        form = await opens(office, "cleo")
        await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
        question = await office.submits_for_reply("cleo", form, channel="team-it", text="Which?")
        assert question is not None
        assert "A new one is on its way" in plain(question["notice"])


async def test_whoever_took_a_reply_back_is_writing_again(folder: Path, tmp_path: Path) -> None:
    async with open_office(folder, config=holding(tmp_path)) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 Buy one", channel="team-it")
        await office.types("bo", "/desk unsend", channel="team-it")
        form = await opens(office, "cleo")
        assert plain(form["notice"]) == said("answers.writes_reply_now", name="Bo Berg")


async def test_a_note_asks_nothing(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    form = await opens(office, "cleo", "Note")
    await office.passes(minutes=1)
    await office.types("bo", "/desk reply IT-1 A new one is on its way", channel="team-it")
    reply = await office.submits_for_reply("cleo", form, channel="team-it", text="Bo has it")
    assert reply is None or reply["type"] == "private"


async def test_in_the_page_whoever_types_in_a_thread_is_told(desk_with_ticket: Office) -> None:
    office = desk_with_ticket
    (root,) = [each["id"] for each in await office.sees("ana", "help-it")]
    await opens(office, "bo")
    await office.passes(minutes=2)
    assert await begins_to_type(office, "cleo", "help-it", thread=root) == BO_WRITES
    assert await begins_to_type(office, "ana", "help-it", thread=root) == ""
    assert plain((await opens(office, "bo"))["notice"]) == said("answers.writes_reply_now", name="Cleo Chen")


@pytest.fixture
async def private(folder: Path) -> AsyncIterator[Office]:
    async with open_office(folder) as office:
        yield office


async def test_nobody_who_may_not_answer_is_told(private: Office) -> None:
    """A private ticket of another team: its reference alone opens a form, which says nothing."""
    await private.says("ana", "help-hr", "My payslip is wrong")
    await private.types("bo", "/desk reply IT-1", channel="team-people")
    for who in ("cleo", "ana"):
        answer = await private.types_for_reply(who, "/desk reply IT-1", channel="help-it")
        assert "Bo Berg" not in shown(answer["reply"])
        assert answer["reply"].get("notice", []) == []
    lee = await private.types_for_reply("lee", "/desk reply IT-1", channel="team-people")
    assert "Bo Berg" in plain(lee["reply"]["notice"])
