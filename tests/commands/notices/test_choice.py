"""`/desk notify`: what one chooses is shown, kept, and can be chosen anew."""

import pytest

from bot.domain.notices.choice import NoticeChoice, NoticeWay, Quiet
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


def shown(*keys: str, **facts: str) -> str:
    """The answer that says these, and how to choose otherwise."""
    change = said(
        "answers.notify_change",
        own="/desk notify quiet 22:00-7:00",
        theirs="/desk notify quiet team",
        never="/desk notify quiet off",
    )
    states = [said(key, **(facts if key.endswith("own") else {})) for key in keys]
    return f"{' '.join(states)}\n{change}"


async def chosen(desk: DeskAtWork) -> NoticeChoice:
    return await desk.desk.storage.read(lambda uow: uow.notice_choices.of(BO.key))


async def test_who_chose_nothing_yet_is_mentioned_within_business_hours(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk notify")
    assert told == shown("answers.notify_thread", "answers.notify_quiet_team")
    assert await chosen(at_work) == NoticeChoice(person=BO.key)


async def test_the_way_is_chosen_by_a_word_or_a_button(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk notify direct")
    assert told == shown("answers.notify_direct", "answers.notify_quiet_team")
    told = await at_work.presses(BO, said("answers.button_notify_nothing"))
    assert told == shown("answers.notify_nothing")
    assert (await chosen(at_work)).way is NoticeWay.NOTHING


async def test_quiet_hours_of_ones_own_are_kept_beside_the_way(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk notify direct quiet 22:00-7:00")
    own = shown("answers.notify_direct", "answers.notify_quiet_own", since="22:00", until="7:00")
    assert told == own
    assert await at_work.types(BO, "/desk notify") == own
    expected = NoticeChoice(person=BO.key, way=NoticeWay.DIRECT, quiet=Quiet.OWN, hours=(1320, 1860))
    assert await chosen(at_work) == expected


@pytest.mark.parametrize(("typed", "quiet"), [("off", Quiet.NEVER), ("team", Quiet.TEAM)])
async def test_quiet_hours_are_given_up_for_none_or_the_teams(
    at_work: DeskAtWork, typed: str, quiet: Quiet
) -> None:
    await at_work.types(BO, "/desk notify quiet 12-13")
    told = await at_work.types(BO, f"/desk notify quiet {typed}")
    assert told == shown("answers.notify_thread", f"answers.notify_quiet_{quiet}")
    assert await chosen(at_work) == NoticeChoice(person=BO.key, quiet=quiet)


@pytest.mark.parametrize("typed", ["loudly", "quiet", "quiet at night", "quiet 9-12, 13-17", "direct please"])
async def test_what_chooses_nothing_is_refused_and_changes_nothing(at_work: DeskAtWork, typed: str) -> None:
    told = await at_work.types(BO, f"/desk notify {typed}")
    command = "/desk notify quiet 22:00-7:00"
    assert told == said("answers.notify_not_understood", text=typed, command=command)
    assert await chosen(at_work) == NoticeChoice(person=BO.key)


async def test_it_is_for_agents(at_work: DeskAtWork) -> None:
    told = await at_work.types(ANA, "/desk notify direct")
    assert told == said("commands.agents_only", command="/desk notify", ask="/ticket open")
