"""A ticket at a glance: from the facts always, and in words where a language model may read it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.language_model.endpoint import Endpoint, answers
from tests.said import said
from tests.stories.assistant.desk_with_model import is_answered, last_told, office_with_model, told_directly
from tests.stories.office import Office


@pytest.fixture
async def asked(folder: Path) -> AsyncIterator[tuple[Office, Endpoint]]:
    async with office_with_model(folder) as opened:
        yield opened


async def _ticket(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead, the password: hunter2")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk reply IT-1 Is it plugged in?")
    await office.types("bo", "/desk note IT-1 Third mouse this month")
    await office.types("bo", "/desk wait IT-1")


async def test_without_a_model_the_facts_are_shown(office: Office) -> None:
    await _ticket(office)
    shown = await office.types("bo", "/desk summary IT-1")
    assert "IT-1" in shown
    assert "My mouse is dead" in shown
    assert "Is it plugged in?" in shown
    assert "Third mouse this month" in shown
    assert said("terms.status_pending") in shown
    assert "Resolution" in shown
    assert await told_directly(office, "bo") == []


async def test_a_requester_gets_no_summary(office: Office) -> None:
    await _ticket(office)
    assert "Third mouse" not in await office.types("ana", "/desk summary IT-1")


async def test_the_card_offers_it(office: Office) -> None:
    await _ticket(office)
    card = await office.card("bo", "team-it", "IT-1")
    reply = await office.presses("bo", card, said("team.button_summary"))
    assert reply is not None
    assert "My mouse is dead" in str(reply["text"])


async def test_with_a_model_the_words_follow_directly(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    await _ticket(office)
    assert said("assistant.summary_follows") in await office.types("bo", "/desk summary IT-1")
    await is_answered(office)
    told = await last_told(office, "bo")
    assert "It is the cable." in told
    assert said("assistant.made_by", model="tiny") in told
    assert "Third mouse this month" in endpoint.heard, "agents alone read a summary, so notes belong to it"
    assert "hunter2" not in endpoint.heard
    assert "It is the cable." not in await office.everything_seen_by("ana")


async def test_a_team_that_keeps_its_text_is_asked_of_nobody(folder: Path) -> None:
    async with office_with_model(folder, teams="[network]") as (office, endpoint):
        await _ticket(office)
        assert "My mouse is dead" in await office.types("bo", "/desk summary IT-1")
        await is_answered(office)
        assert endpoint.asked == []


async def test_a_ticket_that_moves_to_such_a_team_meanwhile_is_not_told(folder: Path) -> None:
    async with office_with_model(folder, teams="[it]") as (office, endpoint):
        await _ticket(office)
        await office.types("cleo", "/desk summary IT-1")
        await office.types("cleo", "/desk transfer IT-1 network")
        if not endpoint.asked:  # the desk's own tick may have been faster
            await is_answered(office)
            assert said("assistant.failed_kept_back") in await last_told(office, "cleo")


@pytest.mark.parametrize(
    ("status", "key"),
    [(401, "key"), (404, "model"), (429, "busy"), (500, "broken"), (200, "broken")],
)
async def test_whoever_asks_is_told_when_the_model_fails_and_the_desk_goes_on(
    asked: tuple[Office, Endpoint], status: int, key: str
) -> None:
    office, endpoint = asked
    await _ticket(office)
    endpoint.answering = answers("no answer", status=status, **{"Retry-After": "0"})
    await office.types("bo", "/desk summary IT-1")
    await is_answered(office)
    assert said(f"assistant.failed_{key}") in await last_told(office, "bo")
    assert "IT-1" in await office.types("bo", "/desk resolve IT-1 new mouse")


async def test_the_budget_of_a_day_is_kept_and_renewed(folder: Path) -> None:
    async with office_with_model(folder, more="  budget: {requests: 1}\n") as (office, endpoint):
        await _ticket(office)
        await office.types("bo", "/desk summary IT-1")
        await is_answered(office)
        await office.types("bo", "/desk summary IT-1")
        await is_answered(office)
        assert said("assistant.failed_budget") in await last_told(office, "bo")
        assert len(endpoint.asked) == 1
        await office.passes(days=1)
        await office.types("bo", "/desk summary IT-1")
        await is_answered(office)
        assert len(endpoint.asked) == 2
