"""What is found by `/desk search` and `/ticket search`, how it is shown, and what is said of a search gone wrong."""

from typing import Any

import pytest

from bot.domain.directory import Person
from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Side
from bot.messages.inbound import Location, SuggestionsWanted
from bot.text.amounts import ago
from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, TEAM
from tests.said import said

NEXT = said("commands.next_page")


def titled(text: str, count: str) -> str:
    return f"{said('search.found', text=text)} · {count}"


def references(answer: str) -> list[str]:
    return [line.split()[0] for line in answer.splitlines() if line.startswith("IT-")]


async def test_a_word_finds_a_ticket_and_the_sentence_it_stands_in(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("The printer is jammed")
    await at_work.types(BO, "/desk reply IT-1 Which model is it? Look below the battery, please.")

    title, line, excerpt, *more = (await at_work.types(BO, "/desk search batteries")).splitlines()

    assert title == titled("batteries", "1")
    assert line.startswith("IT-1 My mouse is dead · ")
    assert f" · {said('lists.last_answer', ago=ago(0, 'en'))} · " in line
    quoted = "Which model is it? Look below the battery, please."
    assert excerpt == said("search.in_message", name="Bo Berg", text=quoted)
    assert not more


async def test_an_agent_finds_notes_and_the_requester_never_does(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.types(BO, "/desk note IT-1 She poured coffee over it")
    await at_work.types(BO, "/desk tag IT-1 spilled")

    found = await at_work.types(BO, "/desk search coffee")
    assert said("search.in_note", name="Bo Berg", text="She poured coffee over it") in found
    for word in ("coffee", "spilled"):
        assert await at_work.types(ANA, f"/ticket search {word}") == said("search.nothing_found", text=word)
        assert references(await at_work.types(BO, f"/desk search {word}")) == ["IT-1"]
    mine = await at_work.types(ANA, "/ticket search mouse")
    assert references(mine) == ["IT-1"]
    assert "coffee" not in mine


async def test_who_follows_on_the_teams_side_reads_where_a_note_holds_the_words(at_work: DeskAtWork) -> None:
    await at_work.asks("My payslip is wrong")  # goes to People, in private
    await at_work.types(BO, "/desk note IT-1 She poured coffee over it")
    await at_work.types(BO, "/desk add IT-1 @cleo")
    await at_work.presses(BO, next(iter(at_work.buttons())))

    found = await at_work.types(CLEO, "/desk search coffee")
    assert said("search.in_note", name="Bo Berg", text="She poured coffee over it") in found


async def test_among_ones_own_no_note_is_quoted_even_to_an_agent(at_work: DeskAtWork) -> None:
    """A colleague of the requester's who came to the team later."""
    await at_work.asks("My mouse is dead")
    await at_work.types(ANA, "/ticket reply IT-1 It was the coffee")
    ticket = await at_work.ticket()
    colleague = Follower(
        ticket=ticket.id, person=BO.key, side=Side.REQUESTER, added_by=ANA.key, at=ticket.opened_at
    )
    await at_work.desk.storage.run(lambda uow: uow.followers.put(colleague))
    await at_work.types(BO, "/desk note IT-1 The mouse likes no coffee")

    found = await at_work.types(BO, "/ticket search mouse coffee")
    assert references(found) == ["IT-1"]
    assert "likes" not in found
    assert "likes" in await at_work.types(BO, "/desk search mouse coffee")


async def test_an_agent_who_asked_is_a_requester_of_that_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead", who=BO)
    await at_work.types(CLEO, "/desk note IT-1 He poured coffee over it")

    assert references(await at_work.types(CLEO, "/desk search coffee")) == ["IT-1"]
    assert references(await at_work.types(BO, "/desk search mouse")) == ["IT-1"]
    assert references(await at_work.types(BO, "/desk search coffee")) == []


async def test_others_requests_and_private_ones_are_not_found(at_work: DeskAtWork) -> None:
    await at_work.asks("My payslip is wrong")  # goes to People, in private
    await at_work.asks("My mouse is dead")

    assert references(await at_work.types(BO, "/desk search payslip")) == ["IT-1"]
    assert references(await at_work.types(CLEO, "/desk search payslip")) == []
    assert references(await at_work.types(CLEO, "/desk search -mouse")) == []
    assert references(await at_work.types(DAN, "/ticket search mouse")) == []
    refused = said("commands.agents_only", command="/desk search", ask="/ticket open")
    assert await at_work.types(DAN, "/desk search mouse") == refused


async def test_filters_find_without_words(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    await at_work.asks("The vpn drops")
    await at_work.types(BO, "/desk claim IT-1")

    assert references(await at_work.types(BO, "/desk search assigned:me")) == ["IT-1"]
    assert references(await at_work.types(BO, "/desk search assigned:@bo")) == ["IT-1"]
    assert references(await at_work.types(BO, "/desk search is:unassigned")) == ["IT-2"]
    assert references(await at_work.types(CLEO, "/desk search tag:network")) == ["IT-2"]
    assert references(await at_work.types(BO, "/desk search from:@ana")) == ["IT-2", "IT-1"]
    assert references(await at_work.types(BO, '/desk search from:"Ana Alves" sort:oldest')) == [
        "IT-1",
        "IT-2",
    ]
    assert references(await at_work.types(BO, "/desk search team:it opened:<1d")) == ["IT-1"]
    assert references(await at_work.types(BO, "/desk search opened:>2w")) == []


async def test_many_are_read_page_by_page_with_a_true_count(at_work: DeskAtWork) -> None:
    for number in range(1, 24):
        await at_work.asks(f"Mouse {number} is dead")

    first = await at_work.types(BO, "/desk search mouse status:new")
    assert first.startswith(titled("mouse status:new", "1–10 of 23"))
    second = await at_work.presses(BO, NEXT)
    assert second.startswith(titled("mouse status:new", "11–20 of 23"))
    third = await at_work.presses(BO, NEXT)
    assert third.startswith(titled("mouse status:new", "21–23 of 23"))
    seen = [*references(first), *references(second), *references(third)]
    assert seen == [f"IT-{number}" for number in range(23, 0, -1)]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("is the", [("search.only_common_words", {"text": "is the"})]),
        ('"mouse', [("search.unclosed_quote", {"text": "mouse"})]),
        ("x" * 10_000, [("search.too_long", {"number": 10_000, "most": 500})]),
        ("opened:2026-02-31", [("search.not_a_period", {"filter": "opened:", "text": "2026-02-31"})]),
        ("status:opne", [("search.unknown_value", {"filter": "status:", "text": "opne"})]),
        ("status:opne", [("refusals.did_you_mean", {"word": "status:open"})]),
        ("stauts:open", [("refusals.did_you_mean", {"word": "status:open"})]),
        ("from:@nobody", [("search.unknown_person", {"filter": "from:", "text": "nobody"})]),
    ],
)
async def test_a_search_gone_wrong_is_explained(
    at_work: DeskAtWork, typed: str, keys: list[tuple[str, dict[str, Any]]]
) -> None:
    answer = await at_work.types(BO, f"/desk search {typed}")
    for key, facts in keys:
        assert said(key, **facts) in answer


async def test_a_requester_has_the_filters_that_they_can_read(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    for typed in ("tag:vpn", "assigned:bo", "has:note", "team:it", "is:snoozed", "from:@ana", "sla:overdue"):
        answer = await at_work.types(ANA, f"/ticket search {typed}")
        assert references(answer) == []
        assert said("search.nothing_found", text=typed) not in answer, "it is no filter of theirs"
    assert references(await at_work.types(ANA, "/ticket search is:unfinished")) == ["IT-1"]


async def suggested(at_work: DeskAtWork, who: Person, typed: str, *, verb: str = "desk search") -> list[str]:
    wanted = SuggestionsWanted(
        actor=who, location=Location(channel=TEAM), verb=verb, option="query", typed=typed
    )
    return [value for value, _ in await at_work.desk.intake.suggest(wanted)]


async def test_filters_are_completed_while_one_types(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")  # Network's, who tag it
    await at_work.types(CLEO, "/desk tag IT-1 laptop")

    assert await suggested(at_work, BO, "vpn st") == ["vpn st", "vpn status:"]
    assert "vpn status:open" in await suggested(at_work, BO, "vpn status:o")
    assert await suggested(at_work, BO, "-team:net") == ["-team:net", "-team:network"]
    assert await suggested(at_work, BO, "status:open,cl") == ["status:open,cl", "status:open,closed"]
    assert await suggested(at_work, CLEO, "tag:lap") == ["tag:lap", "tag:laptop"]
    assert await suggested(at_work, BO, "tag:lap") == ["tag:lap"], "it is the other team's tag"
    assert await suggested(at_work, CLEO, "from:@an") == ["from:@an", "from:web:ana"]
    assert await suggested(at_work, CLEO, "assigned:bo") == ["assigned:bo", "assigned:web:bo"]
    assert await suggested(at_work, BO, "colour:r") == ["colour:r"]


async def test_nobody_is_suggested_what_they_may_not_see(at_work: DeskAtWork) -> None:
    await at_work.asks("My payslip is wrong", who=DAN)

    assert await suggested(at_work, CLEO, "from:dan") == ["from:dan"]
    assert await suggested(at_work, BO, "from:dan") == ["from:dan", "from:web:dan"]
    assert await suggested(at_work, ANA, "from:", verb="desk search") == []
    assert await suggested(at_work, ANA, "tag:", verb="ticket search") == ["tag:"]
    assert await suggested(at_work, ANA, "st", verb="ticket search") == ["st", "status:"]


async def test_help_says_which_filters_there_are(at_work: DeskAtWork) -> None:
    agents = await at_work.types(BO, "/ticket help search")
    assert said("search.periods") in agents
    assert "assigned:" in agents


async def test_a_word_that_finds_nothing_is_offered_as_tickets_spell_it(at_work: DeskAtWork) -> None:
    await at_work.asks("The printer on floor 2 is jammed")
    await at_work.asks("My payslip is wrong")  # of People, in private: not for Cleo
    meant = said("refusals.did_you_mean", word="is:open printer")
    assert meant in await at_work.types(CLEO, "/desk search is:open prnter")
    again = said("search.button_meant", text="is:open printer")
    assert references(await at_work.presses(CLEO, again)) == ["IT-1"]
    nothing = {
        "is:finished prnter": "nothing finished is called so",
        "paysllip": "nothing she may see is",
        "zebra": "nothing is like it",
        '"prnter"': "meant to the letter",
    }
    for typed, why in nothing.items():
        found = await at_work.types(CLEO, f"/desk search {typed}")
        assert said("search.nothing_found", text=typed) in found
        assert not at_work.buttons().keys() - {said("lists.save_button")}, why
    assert said("refusals.did_you_mean", word="payslip") in await at_work.types(
        ANA, "/ticket search paysllip"
    )
