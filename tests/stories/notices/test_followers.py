"""Followers on the page: an agent of another team, and a colleague of the requester who never reads a note."""

from tests.said import said
from tests.stories.office import Office

SECRET = "she spilled coffee"


async def test_a_colleague_hears_of_replies_and_writes_and_never_reads_a_note(office: Office) -> None:
    await office.types("ana", "/ticket open My payslip is wrong", channel="hr-private")
    added = await office.types("ana", "/ticket add IT-1 @dan")
    assert added == said("answers.colleague_added", reference="IT-1", name="Dan Dietz")
    told = said("team.colleague_added", name="Ana Alves", person="Dan Dietz", reference="IT-1")
    card = await office.card("bo", "team-people", "IT-1")
    assert told in await office.reads("bo", "team-people", thread=card["id"])
    await office.types("bo", f"/desk note IT-1 {SECRET}", channel="team-people")
    answer = await office.types("bo", "/desk reply IT-1 We look into it", channel="team-people")
    assert said("answers.also_sent", people="Dan Dietz") in answer
    facts = {"name": "Bo Berg", "reference": "IT-1", "subject": "My payslip is wrong"}
    told = said("requester.told_replied_words", text="We look into it", **facts)
    assert (await office.reads("dan", "@dan"))[-1] == told
    await office.types("dan", "/ticket reply IT-1 Mine is right now")
    assert "Mine is right now" in await office.types("ana", "/ticket show IT-1")
    assert SECRET not in await office.everything_seen_by("dan")
    assert SECRET not in await office.types("dan", "/ticket show IT-1")


async def test_a_follower_of_the_team_has_a_badge_when_the_requester_writes(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.types("cleo", "/desk follow IT-1", channel="team-it")
    await office.has_read("cleo", "team-it")
    await office.says("ana", "help-it", "It smokes", thread=request)
    assert await office.mentions("cleo", "team-it") == 1


async def test_a_name_in_a_note_reaches_an_agent_and_says_why_it_does_not_reach_others(
    office: Office,
) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk claim IT-1", channel="team-it")
    await office.has_read("cleo", "team-it")
    answer = await office.types("bo", "/desk note IT-1 ask @dan, or @cleo", channel="team-it")
    assert said("team.mention_of_no_agent", name="Dan Dietz") in answer
    assert await office.mentions("cleo", "team-it") == 1
