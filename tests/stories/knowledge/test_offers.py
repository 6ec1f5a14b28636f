"""What the desk knows is shown where people ask: beside their ticket or before there is one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown, words

JAM = "# Printer jams\n\nOpen the **tray** of the printer, pull out the paper and close it.\n"
MONITOR = "# Second monitor\n\nChoose *Extend* in the display settings.\n"
SECRET = "---\naudience: team:network\n---\n# Firewall rules\n\nThe firewall blocks port 4711 for scanners.\n"
QUESTION = "The printer jams, how do I pull the paper out of the tray?"
SOLVED, MORE = said("requester.button_solved_it"), said("requester.button_need_help")


def desk_file(tmp_path: Path, *, answers: str, more: str = "") -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, body in (("jam", JAM), ("monitor", MONITOR), ("firewall", SECRET)):
        (articles / f"{name}.md").write_text(body, encoding="utf-8")
    config = tmp_path / "desk.yaml"
    settings = f"knowledge: {{folder: articles, answers: {answers}{more}}}\n"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\n{settings}", encoding="utf-8")
    return config


@pytest.fixture
async def beside(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=desk_file(tmp_path, answers="beside")) as office:
        await office.desk.workers["article_folder"].tick()
        yield office


@pytest.fixture
async def before(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=desk_file(tmp_path, answers="before")) as office:
        await office.desk.workers["article_folder"].tick()
        yield office


@pytest.mark.parametrize("answers", ["beside", "before"])
async def test_what_was_asked_before_the_articles_were_read_is_answered_once_they_are(
    folder: Path, tmp_path: Path, answers: str
) -> None:
    async with open_office(folder, config=desk_file(tmp_path, answers=answers)) as office:
        root = await office.says("ana", "help-it", QUESTION)
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"
        await looks(office)
        assert await offered(office, "ana", "help-it", thread=root) is None
        await office.desk.workers["article_folder"].tick()
        await looks(office)
        assert await offered(office, "ana", "help-it", thread=root) is not None


async def looks(office: Office) -> None:
    await office.desk.workers["article_offers"].tick()
    await office.settle()


async def offered(office: Office, who: str, channel: str, thread: str | None = None) -> dict[str, Any] | None:
    """The newest message there with the two buttons."""
    seen = (
        await office.sees_thread(who, channel, thread)
        if thread is not None
        else await office.sees(who, channel)
    )
    found = [
        each
        for each in seen
        if any(button["label"] == SOLVED for button in (each["content"] or {}).get("buttons", ()))
    ]
    return found[-1] if found else None


def facts(card: dict[str, Any]) -> dict[str, str]:
    return {each["label"]: each["answer"] for each in card["content"]["answers"]}


async def test_beside_an_open_ticket_the_article_is_quoted_in_its_thread(beside: Office) -> None:
    asked = await beside.says("ana", "help-it", QUESTION)
    card = await beside.card("bo", "team-it", "IT-1")
    assert card["content"]["state"] == "new"
    await looks(beside)
    offer = await offered(beside, "ana", "help-it", asked)
    assert offer is not None
    assert "pull out the paper" in words(offer)
    assert "Second monitor" not in words(offer)
    line = facts(await beside.card("bo", "team-it", "IT-1"))[said("team.label_answers")]
    assert line == said("team.answers_unjudged", title="Printer jams")


async def test_this_solved_it_closes_the_ticket_as_its_requesters(beside: Office) -> None:
    asked = await beside.says("ana", "help-it", QUESTION)
    await looks(beside)
    offer = await offered(beside, "ana", "help-it", asked)
    assert offer is not None
    await beside.presses("dan", offer, SOLVED)
    assert (await beside.card("bo", "team-it", "IT-1"))["content"]["state"] == "new"
    await beside.presses("ana", offer, SOLVED)
    card = await beside.card("bo", "team-it", "IT-1")
    assert card["content"]["state"] == "closed"
    assert facts(card)[said("team.label_answers")] == said("team.answers_solved", title="Printer jams")
    assert await offered(beside, "ana", "help-it", asked) is None
    history = await beside.types("bo", "/desk history IT-1", channel="team-it")
    assert said("history.answers_shown", title="Printer jams") in history
    assert said("history.answers_solved", name="Ana Alves") in history
    solved = {"name": "Ana Alves", "reason": said("requester.solved_by", title="Printer jams")}
    assert said("history.solved_by_answer", **solved) in history
    thread = await beside.reads("bo", "team-it", thread=card["id"])
    assert said("team.solved_by_answer", reference="IT-1", **solved) in thread
    figures = await beside.types("lee", "/desk report today", channel="team-it")
    assert said("figures.line_withdrawn") not in figures
    asker = await beside.types("bo", "/desk who @ana", channel="team-it")
    assert said("people.ended_resolved_because", at="*", reason="").split("*")[0] in asker
    read = await beside.reads("ana", "help-it", thread=asked)
    assert said("requester.closed_state", reference="IT-1") in read
    assert said("requester.withdrawn_state", reference="IT-1") not in read


async def test_who_still_needs_help_keeps_the_article_and_the_ticket(beside: Office) -> None:
    asked = await beside.says("ana", "help-it", QUESTION)
    await looks(beside)
    offer = await offered(beside, "ana", "help-it", asked)
    assert offer is not None
    await beside.presses("ana", offer, MORE)
    assert await offered(beside, "ana", "help-it", asked) is None
    thread = " ".join(await beside.reads("ana", "help-it", thread=asked))
    assert "pull out the paper" in thread
    card = await beside.card("bo", "team-it", "IT-1")
    assert card["content"]["state"] == "new"
    assert facts(card)[said("team.label_answers")] == said("team.answers_unsolved", title="Printer jams")
    answer = await beside.types("bo", "/desk show IT-1", channel="team-it")
    assert said("team.answers_unsolved", title="Printer jams") in answer


async def test_the_desk_is_silent_where_it_is_not_sure_or_something_is_urgent(beside: Office) -> None:
    unsure = await beside.says("ana", "help-it", "My chair squeaks when I lean back")
    urgent = await beside.says("dan", "help-it", f"URGENT: {QUESTION}")
    await looks(beside)
    assert await offered(beside, "ana", "help-it", unsure) is None
    assert await offered(beside, "dan", "help-it", urgent) is None


async def test_what_was_shown_is_not_shown_to_the_same_person_again(beside: Office) -> None:
    first = await beside.says("ana", "help-it", QUESTION)
    await looks(beside)
    assert await offered(beside, "ana", "help-it", first) is not None
    await beside.passes(minutes=10)
    second = await beside.says(
        "ana", "help-it", "Now the printer in room 5 jams, is the paper in the tray again?"
    )
    await looks(beside)
    assert await offered(beside, "ana", "help-it", second) is None


async def test_what_only_a_team_may_read_is_shown_to_its_agent_alone(beside: Office) -> None:
    question = "Why does the firewall block port 4711 for my scanners?"
    anas = await beside.says("ana", "help-it", question)
    cleos = await beside.says("cleo", "help-it", question)
    await looks(beside)
    assert await offered(beside, "ana", "help-it", anas) is None
    assert await offered(beside, "cleo", "help-it", cleos) is None
    assert "Firewall rules" not in await beside.everything_seen_by("ana")
    own = await offered(beside, "cleo", "@cleo")
    assert own is not None
    assert "Firewall rules" in words(own)


async def test_before_a_ticket_opens_the_article_is_shown_and_solves_it(before: Office) -> None:
    reply = (await before.types_for_reply("ana", f"/ticket open {QUESTION}"))["reply"]
    assert "pull out the paper" in shown(reply)
    told = await before.presses_private("ana", reply, 0, channel="help-it")
    assert said("answers.solved_before") in shown(told)
    await before.passes(minutes=30)
    await looks(before)
    assert "IT-1" not in await before.everything_seen_by("bo")


async def test_who_asks_the_team_gets_a_ticket_that_says_what_was_shown(before: Office) -> None:
    reply = (await before.types_for_reply("ana", f"/ticket open {QUESTION}"))["reply"]
    told = await before.presses_private("ana", reply, 1, channel="help-it")
    assert "IT-1" in shown(told)
    card = await before.card("bo", "team-it", "IT-1")
    assert card["content"]["excerpt"] == QUESTION
    assert facts(card)[said("team.label_answers")] == said("team.answers_unsolved", title="Printer jams")
    again = await before.presses_private("ana", reply, 1, channel="help-it")
    assert "IT-1" in shown(again)
    assert "IT-2" not in await before.everything_seen_by("bo")


async def test_without_a_button_the_ticket_opens_after_ten_minutes(before: Office) -> None:
    asked = await before.says("ana", "help-it", QUESTION)
    await looks(before)
    assert "IT-1" not in await before.everything_seen_by("bo")
    await before.passes(minutes=11)
    await looks(before)
    card = await before.card("bo", "team-it", "IT-1")
    assert card["content"]["excerpt"] == QUESTION
    assert "IT-1" in " ".join(await before.reads("ana", "help-it", thread=asked))
    await looks(before)
    assert "IT-2" not in await before.everything_seen_by("bo")


async def test_who_writes_on_is_asking_the_team(before: Office) -> None:
    await before.says("ana", "help-it", QUESTION)
    assert "IT-1" not in await before.everything_seen_by("bo")
    await before.says("ana", "help-it", "My chair squeaks when I lean back, too")
    assert "IT-1" in await before.everything_seen_by("bo")


async def test_what_is_written_under_a_request_that_is_held_back_opens_it_and_is_on_it(
    before: Office,
) -> None:
    asked = await before.says("ana", "help-it", QUESTION)
    await before.says("bo", "help-it", "Is it the old one?", thread=asked)
    assert "IT-1" not in await before.everything_seen_by("bo")
    await before.says("ana", "help-it", "It is from 2019", thread=asked)
    card = await before.card("bo", "team-it", "IT-1")
    told = " ".join(await before.reads("bo", "team-it", thread=card["id"]))
    assert told.index("Is it the old one?") < told.index("It is from 2019")


async def test_a_deleted_question_opens_nothing_and_an_edited_one_opens_as_it_reads_now(
    before: Office,
) -> None:
    gone = await before.says("dan", "help-it", QUESTION)
    await before.deletes("dan", gone)
    kept = await before.says("ana", "help-it", QUESTION)
    await before.edits("ana", kept, f"{QUESTION} It is from 2019.")
    await before.passes(minutes=11)
    await looks(before)
    assert (await before.card("bo", "team-it", "IT-1"))["content"][
        "excerpt"
    ] == f"{QUESTION} It is from 2019."
    assert "IT-2" not in await before.everything_seen_by("bo")


async def test_what_is_not_known_opens_at_once(before: Office) -> None:
    await before.says("ana", "help-it", "My chair squeaks when I lean back")
    await before.says("dan", "help-it", f"Emergency! {QUESTION}")
    assert (await before.card("bo", "team-it", "IT-2"))["content"]["state"] == "new"


async def test_leads_read_what_was_answered_and_what_has_no_article(beside: Office) -> None:
    asked = await beside.says("ana", "help-it", QUESTION)
    await looks(beside)
    offer = await offered(beside, "ana", "help-it", asked)
    assert offer is not None
    await beside.presses("ana", offer, SOLVED)
    await beside.says("dan", "help-it", "My chair squeaks when I lean back")
    await looks(beside)
    told = await beside.types("lee", "/desk report answers today", channel="team-it")
    assert said("reports.answers_total", looked_up=2, shown=1, solved=1, unopened=0, asked_on=0) in told
    assert said("reports.answers_missing", count=1) in told
    assert "Printer jams" in told
    assert "Printer jams" not in await beside.types("bo", "/desk report answers today", channel="team-it")


@pytest.fixture
async def with_faq(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    faq = (
        ", faq: [{when: {words: [printer]}, article: monitor},"
        " {when: {words: [guest badge]}, answer: Badges are at the *front desk*., title: Guests}]"
    )
    async with open_office(folder, config=desk_file(tmp_path, answers="beside", more=faq)) as office:
        await office.desk.workers["article_folder"].tick()
        yield office


async def test_what_the_operator_fixed_wins_over_what_is_searched_for(with_faq: Office) -> None:
    printer = await with_faq.says("ana", "help-it", QUESTION)
    badge = await with_faq.says("dan", "help-it", "Where do I get a guest badge for tomorrow?")
    await looks(with_faq)
    offer = await offered(with_faq, "ana", "help-it", printer)
    assert offer is not None
    assert "Second monitor" in words(offer)
    assert "Printer jams" not in words(offer)
    offer = await offered(with_faq, "dan", "help-it", badge)
    assert offer is not None
    assert "Badges are at the front desk." in words(offer)
    assert facts(await with_faq.card("bo", "team-it", "IT-2"))[said("team.label_answers")] == said(
        "team.answers_unjudged", title="Guests"
    )
