"""Who asks when, and was promised nothing, is told what is true."""

from tests.said import said
from tests.stories.office import Office


async def asks(office: Office, who: str, thread: str) -> str:
    async with office.page_of(who) as told:
        await office.says(who, "help-it", "When will somebody finally look at it?", thread=thread)
    return told[-1]


async def test_who_was_promised_no_time_is_told_so_and_that_it_is_late(office: Office) -> None:
    anas = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk resolve IT-1 new cable", channel="team-it")
    await office.types("ana", "/ticket reopen IT-1 still dark", channel="help-it")
    dans = await office.says("dan", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-2 Which one?", channel="team-it")
    assert said("requester.no_time_yet") in await asks(office, "ana", anas)
    await office.passes(days=2)
    assert said("requester.is_late") in await asks(office, "dan", dans)
