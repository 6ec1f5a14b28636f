"""An agent who answers or finishes a colleague's ticket hears whose it is, and the colleague what was done."""

import pytest

from tests.said import said
from tests.stories.office import Office

TEAM = "team-it"


async def asks(office: Office) -> None:
    """Ana's request, which Bo has; he has read all that is there."""
    for agent in ("bo", "cleo", "lee"):
        await office.types(agent, "/desk mine", channel=TEAM)
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk claim IT-1", channel=TEAM)
    await office.has_read("bo", TEAM)


@pytest.mark.parametrize(
    "command", ["/desk reply IT-1 On my way", "/desk resolve IT-1 A new cable", "/desk close IT-1 Sold"]
)
async def test_who_acts_on_a_colleagues_ticket_hears_whose_it_is_and_the_colleague_is_told(
    office: Office, command: str
) -> None:
    await asks(office)
    answer = await office.types("cleo", command, channel=TEAM)
    assert said("answers.owner_told", reference="IT-1", name="Bo Berg") in answer
    assert await office.mentions("bo", TEAM) == 1


async def test_on_ones_own_ticket_and_for_a_note_nobody_is_named(office: Office) -> None:
    await asks(office)
    assert "Bo Berg" not in await office.types("bo", "/desk reply IT-1 On my way", channel=TEAM)
    assert "Bo Berg" not in await office.types("cleo", "/desk note IT-1 Third time", channel=TEAM)
    assert await office.mentions("bo", TEAM) == 0


async def test_several_answers_at_once_are_told_once(office: Office) -> None:
    await asks(office)
    for text in ("One", "Two", "Three"):
        await office.types("cleo", f"/desk reply IT-1 {text}", channel=TEAM)
    await office.types("cleo", "/desk resolve IT-1 Done", channel=TEAM)
    assert await office.mentions("bo", TEAM) == 1
    await office.types("cleo", "/desk reopen IT-1", channel=TEAM)
    await office.has_read("bo", TEAM)
    await office.passes(minutes=3)
    await office.types("cleo", "/desk resolve IT-1 Now it is", channel=TEAM)
    assert await office.mentions("bo", TEAM) == 1


async def test_who_chose_direct_messages_reads_there_what_was_answered(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk notify direct", channel=TEAM)
    await office.types("cleo", "/desk reply IT-1 On my way", channel=TEAM)
    facts = {"name": "Cleo Chen", "reference": "IT-1", "subject": "My screen is dark", "text": "On my way"}
    assert await office.reads("bo", "@bo") == [said("team.told_answered_for_words", **facts)]
    assert await office.mentions("bo", TEAM) == 0


async def test_who_wants_no_notices_gets_none_and_the_answer_does_not_claim_it(office: Office) -> None:
    await asks(office)
    await office.types("bo", "/desk notify nothing", channel=TEAM)
    answer = await office.types("cleo", "/desk reply IT-1 On my way", channel=TEAM)
    assert said("answers.owner_is", reference="IT-1", name="Bo Berg") in answer
    assert said("answers.owner_told", reference="IT-1", name="Bo Berg") not in answer
    assert await office.mentions("bo", TEAM) == 0


async def test_whose_words_a_lead_recalls_is_told_as_they_wish_and_the_thread_says_it(office: Office) -> None:
    await asks(office)
    facts = {"name": "Lee Lund", "reference": "IT-1"}
    for way, text in (("thread", "On my way"), ("direct", "In an hour")):
        await office.types("cleo", f"/desk notify {way}", channel=TEAM)
        await office.types("cleo", f"/desk reply IT-1 {text}", channel=TEAM)
        await office.types("lee", "/desk recall IT-1 @cleo", channel=TEAM)
        assert await office.mentions("cleo", TEAM) == 1
    told = said("team.told_recalled", subject="My screen is dark", **facts)
    assert await office.reads("cleo", "@cleo") == [told]
    card = await office.card("bo", TEAM, "IT-1")
    thread = await office.reads("bo", TEAM, thread=card["id"])
    assert [each for each in thread if "Lee Lund" in each and "Cleo Chen" in each] != []
    assert "Cleo Chen" not in await office.types("ana", "/ticket show IT-1")
