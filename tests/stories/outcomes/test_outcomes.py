"""Nobody misses how a request ended, and nothing that ends one or shows it to others happens by accident."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

MACROS = """
macros:
  restart: {title: Restart, text: Turn it off and on, status: resolved}
  to-people: {title: To People, text: People will help, team: people}
"""


@pytest.fixture
async def with_macros(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    config = tmp_path / "macros.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + MACROS, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        yield office


@pytest.fixture
async def on_call(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """Cleo is on call for the service desk."""
    config = tmp_path / "rota.yaml"
    rota = '\nrotas:\n  service: {zone: UTC, handover: "9:00", people: [web:cleo], starts: 2024-01-01}\n'
    text = DESK.read_text(encoding="utf-8")
    config.write_text(text.replace("Service Desk\n", "Service Desk\n    rota: service\n", 1) + rota)
    async with open_office(folder, config=config) as office:
        yield office


async def listed(office: Office, who: str, channel: str) -> dict[str, Any]:
    return next(each for each in await office.channels(who) if each["id"] == channel)


@pytest.mark.parametrize(
    "order",
    [
        "resolve IT-1 new battery",
        "close IT-1 not ours",
        "hold IT-1 the supplier",
        "wait IT-1 Which one?",
        "macro IT-1 restart now",
    ],
)
async def test_who_asked_by_form_is_notified_once_of_what_came_of_it(with_macros: Office, order: str) -> None:
    office = with_macros
    await office.types("ana", "/ticket open my mouse is dead")
    await office.has_read("ana", "help-it")
    await office.types("bo", f"/desk {order}")
    assert await office.mentions("ana", "help-it") == 1
    (root,) = await office.sees("ana", "help-it")
    assert (await listed(office, "ana", "help-it"))["unread_threads"] == [root["id"]]


async def test_who_asked_on_behalf_of_somebody_has_them_notified(office: Office) -> None:
    await office.types("bo", "/desk on-behalf-of ana her laptop does not start")
    await office.has_read("ana", "@ana")
    await office.types("bo", "/desk resolve IT-1 new battery")
    assert await office.mentions("ana", "@ana") == 1
    assert (await listed(office, "ana", "@ana"))["unread"] == 1


async def test_nobody_is_notified_of_what_they_did_themselves(office: Office) -> None:
    await office.types("ana", "/ticket open my mouse is dead")
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.has_read("ana", "help-it")
    await office.types("ana", "/ticket reopen IT-1")
    assert await office.mentions("ana", "help-it") == 0


async def test_whoever_answered_last_is_asked_to_take_what_comes_back_unassigned(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("cleo", "/desk reply IT-1 Which one?")
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.says("ana", "help-it", "It is still dead", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == said(
        "team.reopened_unassigned_for", name="Ana Alves", reference="IT-1", owner="Bo Berg"
    )
    assert (await office.mentions("bo", "team-it"), await office.mentions("cleo", "team-it")) == (1, 0)
    assert (await listed(office, "bo", "team-it"))["unread_threads"] == [card["id"]]


async def test_who_is_away_is_not_asked_but_who_is_on_call(on_call: Office) -> None:
    root = await on_call.says("ana", "help-it", "My mouse is dead")
    await on_call.types("bo", "/desk wait IT-1 Which one?")
    await on_call.types("bo", "/desk away 2d")
    await on_call.says("ana", "help-it", "The red one", thread=root)
    card = await on_call.card("cleo", "team-it", "IT-1")
    assert (await on_call.reads("cleo", "team-it", thread=card["id"]))[-1] == said(
        "team.replied_unassigned_for", name="Ana Alves", reference="IT-1", owner="Cleo Chen"
    )


async def test_where_nobody_worked_on_it_nobody_is_asked(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("lee", "/desk wait IT-1 Which one?")
    await office.types("lee", "/desk away 2d")
    await office.says("ana", "help-it", "The red one", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == said(
        "team.replied_unassigned", name="Ana Alves", reference="IT-1"
    )


@pytest.mark.parametrize("order", ["transfer IT-1 it wrong team", "transfer IT-1 it"])
async def test_a_private_ticket_is_shown_to_another_team_only_when_that_is_confirmed(
    office: Office, order: str
) -> None:
    await office.says("ana", "@ana", "My payslip is wrong again")
    asked = (await office.types_for_reply("bo", f"/desk {order}", channel="team-people"))["reply"]
    question = said("answers.transfer_private", reference="IT-1", team="Service Desk")
    assert "".join(each if isinstance(each, str) else each["text"] for each in asked["text"]) == question
    assert await office.sees("cleo", "team-it") == []
    await office.presses_private("bo", asked, 0, channel="team-people")
    assert await office.card("cleo", "team-it", "IT-1")
    root = (await office.sees("ana", "@ana"))[0]["id"]
    told = await office.reads("ana", "@ana", thread=root)
    assert told[-1] == said("requester.moved", reference="IT-1", team="Service Desk")
    assert await office.mentions("ana", "@ana") == 1


async def test_a_ticket_that_is_not_private_is_transferred_at_once(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    answer = await office.types("bo", "/desk transfer IT-1 network")
    assert answer.startswith(said("answers.transferred", reference="IT-1", team="Network"))


async def test_a_macro_that_transfers_asks_too(with_macros: Office) -> None:
    office = with_macros
    await office.types("bo", "/desk on-behalf-of ana her laptop does not start")
    answer = await office.types("bo", "/desk macro IT-1 to-people")
    assert answer.endswith(said("answers.transfer_private", reference="IT-1", team="People"))
    assert await office.sees("bo", "team-people") == []


@pytest.mark.parametrize(
    ("who", "order", "question"),
    [
        ("bo", "/desk close", "commands.desk_close_confirm"),
        ("bo", "/desk resolve new battery", "commands.desk_resolve_confirm"),
        ("ana", "/ticket close", "commands.ticket_close_confirm"),
    ],
)
async def test_what_ends_a_ticket_chosen_from_a_list_is_asked_about_first(
    office: Office, who: str, order: str, question: str
) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    offered = (await office.types_for_reply(who, order, channel="team-it" if who == "bo" else "help-it"))[
        "reply"
    ]
    assert [each["confirm"] for each in offered["buttons"]] == [
        said(question, reference="IT-1", subject="My mouse is dead")
    ]
    agreed = said(question.removesuffix("_confirm") + "_submit")
    assert [each["agree"] for each in offered["buttons"]] == [agreed], "what is done, and not which ticket"


async def test_what_changes_little_is_done_at_once(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    offered = (await office.types_for_reply("bo", "/desk claim", channel="team-it"))["reply"]
    assert [each["confirm"] for each in offered["buttons"]] == [""]


async def test_nothing_is_resolved_without_a_word_to_who_waits_for_one(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    needed = said("refusals.resolution_needed", reference="IT-1")
    card = await office.card("bo", "team-it", "IT-1")
    opened = await office.presses("bo", card, "Resolve")
    assert opened is not None
    refused = await office.submits_for_reply("bo", opened, channel="team-it", resolution="")
    assert refused is not None
    assert refused["fields"] == {"resolution": needed}
    await office.types("bo", "/desk reply IT-1 A new one is on your desk")
    done = await office.types("bo", "/desk resolve IT-1")
    assert done.startswith(said("answers.resolved", reference="IT-1"))
    assert done.endswith(
        said("answers.ends_with", text="A new one is on your desk", command="/desk reply IT-1")
    )


async def test_chosen_from_a_list_its_form_asks_how_it_was_solved(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    offered = (await office.types_for_reply("bo", "/desk resolve", channel="team-it"))["reply"]
    assert [each["opens_form"] for each in offered["buttons"]] == [True]
    await office.types("bo", "/desk reply IT-1 A new one is on your desk")
    offered = (await office.types_for_reply("bo", "/desk resolve", channel="team-it"))["reply"]
    assert [each["opens_form"] for each in offered["buttons"]] == [False]


async def test_words_for_the_requester_that_were_not_sent_are_said_to_be_unsent(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 new battery")
    at = "2026-03-02T09:00:00.000Z"
    already = said("refusals.already_resolved_by", name="Bo Berg", reference="IT-1", at=at)
    unsent = said("refusals.words_not_sent", text="it is under your keyboard")
    answer = await office.types("cleo", "/desk resolve IT-1 it is under your keyboard")
    assert answer == f"{already} {unsent}"
    assert await office.types("cleo", "/desk resolve IT-1") == already


async def test_a_closed_ticket_no_longer_offers_to_reopen_by_a_reply(office: Office) -> None:
    request = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 new battery")
    facts = {"name": "Bo Berg", "reference": "IT-1", "reason": "new battery"}
    last = (await office.reads("ana", "help-it", thread=request))[-1]
    assert last == said("requester.resolved_because", **facts)
    await office.passes(days=8)
    last = (await office.reads("ana", "help-it", thread=request))[-1]
    assert last == f"{said('requester.resolved_because_then', **facts)} {said('requester.closed_since')}"
    await office.says("ana", "help-it", "It is dead again", thread=request)
    assert (await office.card("bo", "team-it", "IT-2"))["content"]["subject"] == "It is dead again"


async def test_a_reopened_ticket_no_longer_offers_to_reopen(office: Office) -> None:
    request = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.says("ana", "help-it", "It is dead again", thread=request)
    read = await office.reads("ana", "help-it", thread=request)
    facts = {"name": "Bo Berg", "reference": "IT-1", "reason": "new battery"}
    assert said("requester.resolved_because_then", **facts) in read
    assert said("requester.resolved_because", **facts) not in read


async def test_what_is_closed_already_says_by_whom_and_when(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("ana", "/ticket close IT-1")
    closed = said(
        "refusals.already_closed_by", name="Ana Alves", reference="IT-1", at="2026-03-02T09:00:00.000Z"
    )
    await office.passes(hours=1)
    assert await office.types("ana", "/ticket close IT-1") == closed
    assert await office.types("bo", "/desk close IT-1") == closed


async def test_what_the_desk_closed_by_itself_names_nobody(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 new battery")
    await office.passes(days=8)
    already = said("refusals.already_status", reference="IT-1", status="closed")
    assert await office.types("bo", "/desk close IT-1") == already
