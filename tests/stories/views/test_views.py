"""Somebody works by views on the page."""

from tests.said import said
from tests.stories.office import Office


async def test_an_agent_keeps_a_search_for_the_team_and_a_colleague_opens_it(office: Office) -> None:
    await office.says("ana", "help-it", "The printer on floor 2 is jammed")
    await office.says("ana", "help-it", "My mouse is dead")
    reply = (await office.types_for_reply("bo", "/desk search printer is:open", channel="team-it"))["reply"]
    assert isinstance(reply, dict)
    index = [each["label"] for each in reply["buttons"]].index(said("lists.save_button"))
    form = await office.presses_private("bo", reply, index, channel="team-it")
    assert form is not None
    answer = await office.submits(
        "bo", form, channel="team-it", name="Printers", query="printer is:open", team="it"
    )
    assert answer == said(
        "lists.saved_for_team", name="Printers", team="Service Desk", command="/desk view Printers"
    )

    seen = await office.types("cleo", "/desk view printers")
    assert [line.split()[0] for line in seen.splitlines()[2::2]] == ["IT-1"]
    taken = await office.types("cleo", "/desk view save it/PRINTERS paper")
    assert taken == said("lists.name_taken", text="PRINTERS")


async def test_the_page_completes_names_of_views(office: Office) -> None:
    await office.types("bo", '/desk view save "Old mice" mouse opened:>1m')
    found = await office.asks_page("bo", "/api/suggestions?group=desk&verb=view&typed=old")
    assert [each["value"] for each in found] == ['"Old mice"']
    assert await office.asks_page("cleo", "/api/suggestions?group=desk&verb=view&typed=old") == []


async def test_what_waits_says_for_whom_and_since_when(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk wait IT-1 Which one?")
    await office.passes(minutes=90)
    await office.says("dan", "help-it", "My screen is dark")
    await office.passes(minutes=30)
    pending = await office.types("bo", "/desk view waiting-on-requester")
    assert said("lists.awaits_requester", name="Ana Alves", length="2 h") in pending
    owed = await office.types("bo", "/desk view waiting-on-us")
    assert said("lists.requester_waits", name="Dan Dietz", length="30 min") in owed
    own = await office.types("ana", "/ticket list")
    assert said("lists.awaits_you", length="2 h") in own
