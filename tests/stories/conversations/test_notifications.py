"""Nobody misses a reply in the page: unread and mentions follow the requester, the assignee and those who replied."""

from tests.stories.office import Office


async def unread(office: Office, who: str, channel: str) -> int:
    return int(next(each["unread"] for each in await office.channels(who) if each["id"] == channel))


async def read_all(office: Office, who: str) -> None:
    for channel in await office.channels(who):
        await office.has_read(who, channel["id"])


async def test_a_private_requester_sees_a_badge_when_the_answer_is_there(office: Office) -> None:
    await office.types("ana", "/ticket open My payslip is wrong", channel="@ana")
    await read_all(office, "ana")
    await office.types("bo", "/desk reply IT-1 Which month?", channel="team-people")
    assert await office.mentions("ana", "@ana") == 1
    assert await unread(office, "ana", "@ana") == 1


async def test_the_requester_of_a_public_request_is_mentioned_in_the_answer(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk reply IT-1 Which one?", channel="team-it")
    assert await office.mentions("ana", "help-it") == 1
    assert await office.mentions("dan", "help-it") == 0


async def test_whoever_claimed_by_button_hears_of_the_requesters_next_words(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Claim")
    await read_all(office, "bo")
    await office.says("ana", "help-it", "The left one", thread=request)
    assert await office.mentions("bo", "team-it") == 1
    assert await unread(office, "bo", "team-it") == 1
    assert await office.mentions("cleo", "team-it") == 0


async def test_whoever_replied_by_command_follows_what_comes_next(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Claim")
    await office.types("cleo", "/desk reply IT-1 Try the cable", channel="team-it")
    await read_all(office, "cleo")
    await office.says("ana", "help-it", "It is still dark", thread=request)
    assert await unread(office, "cleo", "team-it") == 1
    assert await office.mentions("cleo", "team-it") == 0, "it is not hers"


async def test_an_agents_own_words_and_notes_are_no_news_to_them(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.presses("bo", await office.card("bo", "team-it", "IT-1"), "Claim")
    await read_all(office, "bo")
    await office.types("bo", "/desk reply IT-1 Which one?", channel="team-it")
    assert await office.mentions("bo", "team-it") == 0


async def test_a_note_never_mentions_the_requester(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await read_all(office, "ana")
    await office.types("bo", "/desk note IT-1 she broke it", channel="team-it")
    assert await office.mentions("ana", "help-it") == 0


async def test_whoever_is_given_a_ticket_is_told(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.settle()
    await office.has_read("bo", "team-it")
    await office.types("cleo", "/desk assign IT-1 bo")
    await office.settle()
    assert await office.mentions("bo", "team-it") == 1


async def test_whoever_loses_a_ticket_to_a_take_over_is_told_by_whom(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("cleo", "/desk claim IT-1")
    await office.settle()
    await office.has_read("cleo", "team-it")
    refused = (await office.types_for_reply("bo", "/desk claim IT-1"))["reply"]
    assert [each["label"] for each in refused["buttons"]] == ["Take over (assigned to Cleo Chen)"]
    await office.presses_private("bo", refused, 0, channel="team-it")
    await office.settle()
    assert await office.mentions("cleo", "team-it") == 1
    card = await office.card("bo", "team-it", "IT-1")
    told = await office.reads("bo", "team-it", thread=card["id"])
    assert any("Bo Berg took over IT-1 from" in each for each in told)
