"""`/ticket rate`: what may be typed for a rating, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.workers.tickets.surveys import SurveyWorker
from storage.store import DeskStorage
from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said
from tests.services.tickets.one_desk import FixedClock
from tests.stories.desk_files import DESK


async def at_asking_desk(storage: DeskStorage, folder: Path, *, scale: str) -> DeskAtWork:
    """Ana was just asked how it went with IT-1."""
    config = folder / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(f"{text}\nsatisfaction: {{scale: {scale}}}\n", encoding="utf-8")
    at_work = await DeskAtWork.opened(storage, folder, config=config)
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 a new battery")
    contexts = at_work.desk.contexts
    later = FixedClock(contexts.clock.now() + timedelta(hours=2))
    await SurveyWorker(storage=storage, contexts=replace(contexts, clock=later)).tick()
    return at_work


@pytest.mark.parametrize(
    ("typed", "rating"), [("👍", "👍"), ("good", "👍"), ("5", "👍"), ("bad", "👎"), ("1", "👎"), ("-1", "👎")]
)
async def test_two_steps_are_typed_as_signs_or_words(
    sqlite_storage: DeskStorage, tmp_path: Path, typed: str, rating: str
) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="thumbs")
    answer = await at_work.types(ANA, f"/ticket rate IT-1 {typed}")
    facts = {"reference": "IT-1", "rating": rating, "team": "Service Desk"}
    assert answer == said("answers.rated_named", **facts)


async def test_five_steps_are_numbers_and_nothing_else(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="five")
    for typed in ("👍", "0", "6", "great"):
        refused = await at_work.types(ANA, f"/ticket rate IT-1 {typed}")
        assert refused == said("refusals.not_a_rating_of_five", text=typed)
    assert "4/5" in await at_work.types(ANA, "/ticket rate IT-1 4/5")
    assert "2/5" in await at_work.types(ANA, "/ticket rate IT-1 2 slow")


async def test_what_was_said_with_it_stays_until_something_else_is(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="thumbs")
    await at_work.types(ANA, "/ticket rate IT-1 bad slow")
    assert "“slow”" in await at_work.types(ANA, "/ticket rate IT-1 good")
    label = said("answers.button_change_comment")
    assert "“kind”" in await at_work.presses(ANA, label, comment="kind")
    assert "slow" not in await at_work.types(BO, "/desk show IT-1")


async def test_a_comment_has_an_end(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="thumbs")
    answer = await at_work.types(ANA, f"/ticket rate IT-1 good {'x' * 2001}")
    assert answer == said("refusals.comment_too_long", limit=2000)


async def test_only_what_can_be_rated_is_offered(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="thumbs")
    await at_work.asks("The door does not open")
    await at_work.types(BO, "/desk resolve IT-2 opened it")
    assert await at_work.types(ANA, "/ticket rate good") == said("commands.which_ticket")
    assert [each.ticket for each in at_work.buttons().values()] == ["IT-1"]


async def test_a_rating_that_may_still_be_changed_is_offered_and_no_other(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="thumbs")
    await at_work.types(ANA, "/ticket rate IT-1 good")
    await at_work.types(ANA, "/ticket rate bad")
    assert [each.ticket for each in at_work.buttons().values()] == ["IT-1"]
    await at_work.types(ANA, "/ticket reopen IT-1")
    assert await at_work.types(ANA, "/ticket rate bad") == said("commands.nothing_to_rate")


async def test_where_nobody_was_asked_there_is_nothing_to_rate(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 a new battery")
    assert await at_work.types(ANA, "/ticket rate good") == said("commands.nothing_to_rate")
    assert await at_work.types(ANA, "/ticket rate") == said("commands.nothing_to_rate")


async def test_others_rate_nothing(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await at_asking_desk(sqlite_storage, tmp_path, scale="thumbs")
    assert await at_work.types(BO, "/ticket rate IT-1 good") == said(
        "refusals.only_requester_rates", reference="IT-1"
    )
    assert "👍" not in await at_work.types(DAN, "/ticket rate IT-1 good")
