"""`follow`, `unfollow`, `add` and `remove`: who may see a ticket by it, which side of it, and nothing else."""

from pathlib import Path

import pytest

from bot.domain.directory import Person
from bot.domain.notices.notice_record import NoticeEvent, NoticeReach
from bot.messages import verbs
from bot.messages.outbound import Button
from storage.store import DeskStorage
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said
from tests.stories.desk_files import DESK

SECRET = "she spilled coffee"
PAYSLIP = "My payslip is wrong"
"""A private request, for the team People: Bo and Lee."""


async def with_note(desk: DeskAtWork) -> DeskAtWork:
    """IT-1 and IT-2 are Ana's private requests, each with a note."""
    for number in (1, 2):
        await desk.asks(PAYSLIP)
        await desk.types(BO, f"/desk note IT-{number} {SECRET}")
    return desk


async def adds(desk: DeskAtWork, person: str) -> str:
    """Bo adds them, and confirms that they are to read a private ticket."""
    asked = await desk.types(BO, f'/desk add IT-1 "{person}"')
    assert asked.startswith("IT-1 is private")
    options = {"person": person, "confirmed": "yes"}
    button = Button(label="Add", verb=verbs.ADD_AGENT, ticket="IT-1", options=options)
    return await desk.presses_button(BO, button)


def unknown(reference: str) -> str:
    return said("commands.unknown_ticket", reference=reference, command="/ticket list")


def unknown_to_agent(reference: str) -> str:
    return said("commands.unknown_ticket", reference=reference, command="/desk queue")


async def told(desk: DeskAtWork, who: Person) -> list[tuple[NoticeEvent, NoticeReach | None]]:
    """What this person was told of IT-1, and how."""
    ticket = await desk.ticket()
    found = await desk.desk.storage.read(lambda uow: uow.notices.of_ticket(ticket.id))
    return [(each.event, each.reach) for each in found if each.recipient == who.key]


async def test_an_agent_of_another_team_sees_the_one_private_ticket_they_were_added_to(
    at_work: DeskAtWork,
) -> None:
    await with_note(at_work)
    assert await at_work.types(CLEO, "/ticket show IT-1") == unknown_to_agent("IT-1")
    added = await adds(at_work, "@cleo")
    assert added == said("answers.agent_added", reference="IT-1", name="Cleo Chen")
    assert SECRET in await at_work.types(CLEO, "/ticket show IT-1")
    assert SECRET in await at_work.types(CLEO, "/desk show IT-1")
    assert await at_work.types(CLEO, "/ticket show IT-2") == unknown_to_agent("IT-2")
    assert await told(at_work, CLEO) == [(NoticeEvent.ADDED, NoticeReach.DIRECT)]

    removed = await at_work.types(BO, "/desk remove IT-1 @cleo")
    assert removed == said("answers.follower_removed", reference="IT-1", name="Cleo Chen")
    assert await at_work.types(CLEO, "/ticket show IT-1") == unknown_to_agent("IT-1")


async def test_a_follower_may_note_and_read_but_the_work_is_the_teams(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    await adds(at_work, "@cleo")
    noted = await at_work.types(CLEO, "/desk note IT-1 ask payroll")
    assert noted.startswith(said("answers.note_added", reference="IT-1"))
    assert said("history.noted", name="Cleo Chen") in await at_work.types(CLEO, "/desk history IT-1")
    refused = await at_work.types(CLEO, "/desk claim IT-1")
    assert (await at_work.ticket()).assignee is None
    assert "People" in refused


async def test_a_colleague_sees_the_requesters_side_of_one_ticket_and_may_reply(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    assert await at_work.types(DAN, "/ticket show IT-1") == unknown("IT-1")
    added = await at_work.types(ANA, "/ticket add IT-1 @dan")
    assert added == said("answers.colleague_added", reference="IT-1", name="Dan Dietz")
    replied = await at_work.types(DAN, "/ticket reply IT-1 It is wrong for me too")
    assert replied.startswith(said("answers.reply_sent", reference="IT-1"))
    assert "It is wrong for me too" in await at_work.types(ANA, "/ticket show IT-1")
    assert await told(at_work, DAN) == [(NoticeEvent.SHARED, NoticeReach.DIRECT)]


@pytest.mark.parametrize("line", ["/ticket show {}", "/ticket sla {}", "/ticket transcript {}"])
async def test_a_colleague_reads_no_note_and_no_other_ticket(at_work: DeskAtWork, line: str) -> None:
    await with_note(at_work)
    await at_work.types(ANA, "/ticket add IT-1 @dan")
    answer = await at_work.types(DAN, line.format("IT-1"))
    assert SECRET not in answer
    assert answer != unknown("IT-1")
    assert await at_work.types(DAN, line.format("IT-2")) == unknown("IT-2")


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        *((verb, "") for verb in ("show", "history", "sla", "transcript", "follow", "claim")),
        *((verb, " @dan") for verb in ("note", "add", "reply")),
    ],
)
async def test_no_verb_of_the_agents_is_for_a_colleague(at_work: DeskAtWork, verb: str, words: str) -> None:
    await with_note(at_work)
    await at_work.types(ANA, "/ticket add IT-1 @dan")
    refused = await at_work.types(DAN, f"/desk {verb} IT-1{words}")
    assert refused == said("commands.agents_only", command=f"/desk {verb}", ask="/ticket open")


async def test_a_colleague_adds_and_removes_nobody_but_may_leave(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    await at_work.types(ANA, "/ticket add IT-1 @dan")
    refusal = said("refusals.only_requester_adds", reference="IT-1")
    assert await at_work.types(DAN, "/ticket add IT-1 @cleo") == refusal
    await at_work.types(DAN, "/ticket remove IT-1 me")
    assert await at_work.types(DAN, "/ticket show IT-1") == unknown("IT-1")


@pytest.mark.parametrize("oneself", ["me", "Ich", "moi"])
async def test_one_leaves_by_naming_oneself_in_any_language(at_work: DeskAtWork, oneself: str) -> None:
    await with_note(at_work)
    await at_work.types(ANA, "/ticket add IT-1 @dan")
    removed = await at_work.types(DAN, f"/ticket remove IT-1 {oneself}")
    assert removed == said("answers.follower_removed", reference="IT-1", name="Dan Dietz")


async def test_an_agent_of_another_platform_is_removed_by_the_name_they_were_added_by(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    config = tmp_path / "desk.yaml"
    config.write_text(DESK.read_text().replace("agents: [web:cleo]", "agents: [web:cleo, slack:U7]"))
    at_work = await with_note(await DeskAtWork.opened(sqlite_storage, tmp_path, config=config))
    await at_work.desk.intake.meet([Person(key="slack:U7", name="Max Lind")])
    added = await adds(at_work, "Max Lind")
    assert added == said("answers.agent_added", reference="IT-1", name="Max Lind")
    removed = await at_work.types(BO, '/desk remove IT-1 "Max Lind"')
    assert removed == said("answers.follower_removed", reference="IT-1", name="Max Lind")


async def test_who_follows_is_shown_and_the_requester_reads_who_else_reads_a_private_ticket(
    at_work: DeskAtWork,
) -> None:
    await with_note(at_work)
    await adds(at_work, "@cleo")
    await at_work.types(ANA, "/ticket add IT-1 @dan")
    team = said("commands.followers_team", names="Cleo Chen")
    requester = said("commands.followers_requester", names="Dan Dietz")
    both = said("commands.followers_requester", names="Dan Dietz and Cleo Chen")
    for_agents = await at_work.types(BO, "/desk show IT-1")
    assert team in for_agents
    assert requester in for_agents
    for_ana = await at_work.types(ANA, "/ticket show IT-1")
    assert both in for_ana


async def test_the_requester_is_told_that_the_team_added_them_and_may_add_them_too(
    at_work: DeskAtWork,
) -> None:
    await with_note(at_work)
    await adds(at_work, "@cleo")
    expected = said("refusals.added_by_team", name="Cleo Chen", reference="IT-1", team="People")
    assert await at_work.types(ANA, "/ticket remove IT-1 @cleo") == expected
    added = await at_work.types(ANA, "/ticket add IT-1 @cleo")
    assert added == said("answers.colleague_added", reference="IT-1", name="Cleo Chen")
    assert SECRET in await at_work.types(CLEO, "/ticket show IT-1")


async def test_one_follows_and_unfollows(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    assert await at_work.types(LEE, "/desk follow IT-1") == said("answers.follows", reference="IT-1")
    again = await at_work.types(LEE, "/desk follow IT-1")
    assert again == said("refusals.you_hear_already", reference="IT-1")
    await at_work.types(ANA, "/ticket reply IT-1 Any news?")
    assert await told(at_work, LEE) == [(NoticeEvent.WROTE, NoticeReach.THREAD)]
    left = await at_work.types(LEE, "/desk unfollow IT-1")
    assert left == said("answers.follows_no_more", reference="IT-1")


async def test_nobody_lets_themselves_in_by_following(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    assert await at_work.types(CLEO, "/desk follow IT-1") == unknown_to_agent("IT-1")


async def test_who_is_no_agent_is_not_added_to_the_teams_side(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    refused = await at_work.types(BO, "/desk add IT-1 @dan")
    facts = {"name": "Dan Dietz", "reference": "IT-1", "command": "/ticket add"}
    assert refused == said("refusals.follower_no_agent", **facts)
    assert await at_work.types(DAN, "/ticket show IT-1") == unknown("IT-1")


async def test_an_agent_named_in_a_note_follows_and_is_told(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    await at_work.types(BO, "/desk note IT-1 What do you think, @Lee Lund?")
    assert await told(at_work, LEE) == [(NoticeEvent.MENTIONED, NoticeReach.THREAD)]
    team = said("commands.followers_team", names="Lee Lund")
    assert team in await at_work.types(BO, "/desk show IT-1")


async def test_who_may_not_read_the_note_is_not_told_and_its_author_is(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    answer = await at_work.types(BO, "/desk note IT-1 @cleo and @dan know why")
    command = "/desk add IT-1 Cleo Chen"
    assert said("team.mention_of_other_team", name="Cleo Chen", command=command) in answer
    assert said("team.mention_of_no_agent", name="Dan Dietz") in answer
    assert await told(at_work, CLEO) == []
    assert await at_work.types(CLEO, "/ticket show IT-1") == unknown_to_agent("IT-1")


async def test_the_author_of_a_note_reads_who_was_told_and_whom_nobody_is(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    answer = await at_work.types(BO, "/desk note IT-1 @lee and (@lea): call @here at @5pm, please")
    assert said("team.mentions_told", people="Lee Lund") in answer
    assert said("team.mention_of_nobody", name="lea") in answer
    assert said("refusals.did_you_mean", word="@Lee Lund") in answer
    assert [each in answer for each in ("@here", "@5pm")] == [True, True]
    assert [f"“@{each}”" in answer for each in ("here", "5pm", "lee")] == [False] * 3
    assert await told(at_work, LEE) == [(NoticeEvent.MENTIONED, NoticeReach.THREAD)]


async def test_an_agent_ends_what_the_requester_began(at_work: DeskAtWork) -> None:
    await with_note(at_work)
    await at_work.types(ANA, "/ticket add IT-1 @dan")
    await at_work.types(ANA, "/ticket add IT-1 @cleo")
    await adds(at_work, "@cleo")
    for name in ("dan", "cleo"):
        await at_work.types(BO, f"/desk remove IT-1 @{name}")
    assert await at_work.types(DAN, "/ticket show IT-1") == unknown("IT-1")
    assert await at_work.types(CLEO, "/ticket show IT-1") == unknown_to_agent("IT-1")
