"""What ended a resolved request helps the next person with the same trouble and names nobody; agents read which."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.knowledge.test_offers import facts, looks, offered
from tests.stories.office import Office, open_office, shown, words

FIRST = "Hi all, the label printer in the warehouse prints only blank labels since this morning"
SECOND = "Our label printer in the warehouse prints nothing but blank labels today, what can I do?"
ANSWER = "Turn the roll of labels round so that the shiny side faces the print head, then press Feed twice"
SOLVED = said("requester.button_solved_it")
HEADING = said("requester.from_earlier_answer")


async def open_with(folder: Path, tmp_path: Path, settings: str) -> AsyncIterator[Office]:
    config = tmp_path / "desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\nknowledge: {{{settings}}}\n", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async for office in open_with(folder, tmp_path, "from_replies: [it]"):
        yield office


async def answered(office: Office, *, text: str = FIRST, who: str = "ana") -> str:
    """A request that Bo resolved with the answer, and that was looked at since."""
    asked = await office.says(who, "help-it", text)
    await office.says("bo", "help-it", f"Hi Ana, {ANSWER}. Cheers, Bo", thread=asked)
    await office.types("bo", "/desk resolve IT-1", channel="team-it")
    await office.desk.workers["earlier_answers"].tick()
    await office.desk.workers["passage_vectors"].tick()
    return asked


async def test_who_asks_the_same_is_shown_the_answer_alone_and_the_team_its_ticket(office: Office) -> None:
    await answered(office)
    asked = await office.says("dan", "help-it", SECOND)
    await looks(office)
    assert await offered(office, "dan", "help-it", asked) is None
    offer = await offered(office, "dan", "@dan")
    assert offer is not None
    told = words(offer)
    assert ANSWER in told
    assert HEADING in told
    assert not any(each in told for each in ("Ana", "Bo", "Cheers", "IT-1", "Hi"))
    card = facts(await office.card("bo", "team-it", "IT-2"))
    named = said("team.earlier_answer", reference="IT-1")
    assert card[said("team.label_answers")] == said("team.answers_unjudged", title=named)
    history = await office.types("bo", "/desk history IT-2", channel="team-it")
    assert said("history.answers_shown_earlier") in history

    await office.presses("dan", offer, SOLVED)
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["state"] == "closed"
    closed = said("requester.answers_closed", title=said("requester.earlier_answer"), reference="IT-2")
    assert closed in " ".join(await office.reads("dan", "@dan"))
    report = await office.types("lee", "/desk report answers today", channel="team-it")
    assert said("reports.earlier_answers") in report
    assert said("reports.answers_total", looked_up=2, shown=1, solved=1, unopened=0, asked_on=0) in report


async def test_an_agent_puts_it_into_a_reply_and_says_that_it_is_not_to_be_used(office: Office) -> None:
    await answered(office)
    await office.says("dan", "help-it", SECOND)
    found = (await office.types_for_reply("bo", "/desk kb IT-2", channel="team-it"))["reply"]
    assert ANSWER in shown(found)
    assert "IT-1" in shown(found)
    form = await office.presses_private("bo", found, 0, channel="team-it")
    assert form is not None
    assert form["fields"][0]["value"] == f"{ANSWER}."

    used = said("team.answer_used")
    assert used in await office.types("bo", "/desk show IT-1", channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    await office.presses("bo", card, said("team.button_answer_exclude"))
    assert said("team.answer_left_out") in await office.types("bo", "/desk show IT-1", channel="team-it")
    asked = await office.says("ana", "help-it", SECOND)
    await looks(office)
    assert await offered(office, "ana", "@ana") is None
    assert await offered(office, "ana", "help-it", asked) is None
    listed = await office.types("lee", "/kb replies", channel="team-it")
    assert said("knowledge.answers_left_out", references="IT-1") in listed
    assert said("knowledge.answers_for_leads", command="/desk show") in await office.types(
        "bo", "/kb replies", channel="team-it"
    )
    assert said("history.answer_excluded", name="Bo Berg") in await office.types(
        "bo", "/desk history IT-1", channel="team-it"
    )
    await office.types("bo", "/kb include IT-1", channel="team-it")
    await office.desk.workers["earlier_answers"].tick()
    assert ANSWER in await office.types("lee", "/kb replies", channel="team-it")


async def test_a_resolution_that_changes_is_the_answer_as_it_is_now_and_none_once_it_is_taken_back(
    office: Office,
) -> None:
    await office.says("ana", "help-it", FIRST)
    await office.types("bo", f"/desk resolve IT-1 {ANSWER} thrice", channel="team-it")
    for change, is_kept in ((f"edit IT-1 {ANSWER}", True), ("recall IT-1", False)):
        await office.desk.workers["earlier_answers"].tick()
        await office.types("bo", f"/desk {change}", channel="team-it")
        await office.desk.workers["earlier_answers"].tick()
        listed = await office.types("lee", "/kb replies", channel="team-it")
        assert (ANSWER in listed) is is_kept
        assert "thrice" not in listed


async def test_a_search_finds_it_only_where_the_team_is_asked(office: Office) -> None:
    await answered(office)
    search = "/kb search label printer in the warehouse prints blank labels"
    there = await office.types("dan", search, channel="help-it")
    assert ANSWER in there
    assert HEADING in there
    assert "IT-1" not in there
    for channel in ("@dan", "help-hr", "lounge"):
        elsewhere = await office.types("dan", search, channel=channel)
        is_asked_there = channel == "lounge"  # another inbox of the same team
        assert (ANSWER in elsewhere) is is_asked_there, channel
    assert ANSWER not in await office.types("dan", f"{search} vpn", channel="help-it")
    assert "IT-1" in await office.types("bo", search, channel="team-it")


async def test_once_the_request_is_reopened_nobody_is_shown_its_answer(office: Office) -> None:
    first = await answered(office)
    await office.says("ana", "help-it", "It is still broken, the labels are blank", thread=first)
    asked = await office.says("dan", "help-it", SECOND)
    await looks(office)
    assert await offered(office, "dan", "@dan") is None
    assert await offered(office, "dan", "help-it", asked) is None
    assert ANSWER not in await office.types("dan", f"/kb search {SECOND}", channel="help-it")


@pytest.fixture
async def before(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async for office in open_with(folder, tmp_path, "answers: before, from_replies: [it]"):
        yield office


async def test_before_a_ticket_opens_the_earlier_answer_is_shown_in_its_place(before: Office) -> None:
    await answered(before)
    reply = (await before.types_for_reply("dan", f"/ticket open {SECOND}"))["reply"]
    assert ANSWER in shown(reply)
    assert "IT-1" not in shown(reply)
    told = await before.presses_private("dan", reply, 0, channel="help-it")
    assert said("answers.solved_before") in shown(told)
    assert "IT-2" not in await before.everything_seen_by("bo")
