"""What people do with their own requests."""

import pytest

from bot.domain.tickets.ticket import Status
from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_a_request_is_opened_by_command_and_listed(at_work: DeskAtWork) -> None:
    told = await at_work.types(ANA, "/ticket open My VPN drops")
    assert told == said("answers.created_in_thread", reference="IT-1", team="Network")
    assert "IT-1 My VPN drops" in await at_work.types(ANA, "/ticket list")
    nothing = said("answers.list_open_none", command="/ticket open")
    assert await at_work.types(DAN, "/ticket list") == nothing


async def test_finished_requests_are_listed_when_all_are_asked_for(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(ANA, "/ticket close IT-1 it was the cable")
    nothing = said("answers.list_open_none", command="/ticket open")
    assert await at_work.types(ANA, "/ticket list") == nothing
    assert "IT-1" in await at_work.types(ANA, "/ticket list all")


async def test_the_requester_writes_as_such_and_an_agent_answers(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/ticket reply IT-1 which mouse?")
    assert (await at_work.ticket()).first_replied_at is not None
    sent, seen = (
        said("answers.reply_sent", reference="IT-1"),
        said("answers.seen_by_team", text="the blue one"),
    )
    assert await at_work.types(ANA, "/ticket reply IT-1 the blue one") == (f"{sent} {seen}")
    refused = said(
        "commands.others_request", team="Service Desk", reference="IT-1", command="/ticket add IT-1"
    )
    assert await at_work.types(DAN, "/ticket reply IT-1 me too") == refused
    await at_work.types(ANA, "/ticket close IT-1")
    told = await at_work.types(ANA, "/ticket reply IT-1 one more thing")
    assert told == said("answers.closed_reopen", reference="IT-1")


async def test_who_is_thanked_for_closing_is_the_requester_who_was_answered(at_work: DeskAtWork) -> None:
    for text in ("My mouse is dead", "My screen is dark", "My chair squeaks"):
        await at_work.asks(text)
    withdrawn = said("answers.withdrawn_own", reference="IT-3")
    assert await at_work.types(ANA, "/ticket close IT-3") == withdrawn
    await at_work.types(BO, "/desk reply IT-1 Try another one")
    assert await at_work.types(ANA, "/ticket close IT-1") == said("answers.closed_own", reference="IT-1")
    assert await at_work.types(BO, "/ticket close IT-2") == said("answers.closed", reference="IT-2")


async def test_a_request_is_reopened_by_its_requester_or_its_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 new cable")
    assert await at_work.types(ANA, "/ticket reopen IT-1") == said("answers.reopened", reference="IT-1")
    assert (await at_work.ticket()).status is Status.OPEN


async def test_an_agent_of_another_team_may_look_and_is_told_who_may_do_more(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")
    assert (await at_work.types(BO, "/ticket show IT-1")).startswith("IT-1 The vpn drops")
    for verb in ("close", "reopen", "separate"):
        facts = {"team": "Network", "people": "Cleo Chen or Lee Lund", "reference": "IT-1"}
        refused = said("commands.team_only", command=f"/ticket {verb}", **facts)
        assert await at_work.types(BO, f"/ticket {verb} IT-1") == refused


async def test_notes_are_shown_to_the_team_alone(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk note IT-1 the third one this week")
    assert "the third one this week" in await at_work.types(BO, "/ticket show IT-1")
    assert "the third one this week" not in await at_work.types(ANA, "/ticket show IT-1")


async def test_what_begins_like_a_request_is_talk_when_the_desk_is_mentioned(at_work: DeskAtWork) -> None:
    event = at_work.desk.posted(ANA, "open the door please", message="m1", mentions_desk=True)
    await at_work.desk.intake.take(event)
    assert (await at_work.ticket()).subject == "open the door please"


async def test_a_request_is_withdrawn_by_the_name_of_the_button(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(ANA, "/ticket withdraw IT-1")
    assert (await at_work.ticket()).status is Status.CLOSED


async def test_what_was_written_behind_a_mistyped_verb_is_given_back_whole(at_work: DeskAtWork) -> None:
    await at_work.asks()
    long = "It also happens on the other screen, " * 5 + "every morning."
    for group, who in (("ticket", ANA), ("desk", BO)):
        told = await at_work.types(who, f"/{group} repyl IT-1 {long}")
        assert f"/ticket reply IT-1 {long}" in told or f"/{group} reply IT-1 {long}" in told
    assert "/ticket open my mouse is dead" in await at_work.types(ANA, "/ticket opne my mouse is dead")


@pytest.mark.parametrize("words", ["status", "Status", "my tickets", "my requests", "tickets"])
async def test_what_lists_ones_requests_in_direct_messages_lists_them_as_a_command(
    at_work: DeskAtWork, words: str
) -> None:
    await at_work.asks("My mouse is dead")
    assert await at_work.types(ANA, f"/ticket {words}") == await at_work.types(ANA, "/ticket list")


async def test_common_verbs_are_known_in_ones_own_language(at_work: DeskAtWork) -> None:
    await at_work.types(ANA, "/ticket neu Maus kaputt")
    assert "Maus kaputt" in await at_work.types(ANA, "/ticket estado IT-1")
    assert await at_work.types(ANA, "/ticket hilfe") == await at_work.types(ANA, "/ticket help")
    told = await at_work.types(ANA, "/ticket delete IT-1")
    assert said("refusals.did_you_mean", word="/ticket close IT-1") in told


async def test_status_with_more_words_asks_which_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    told = await at_work.types(ANA, "/ticket status of my mouse")
    assert said("commands.not_a_ticket", text="of my mouse") in told
    assert at_work.buttons()["IT-1 · My mouse is dead"].verb == "ticket show"
