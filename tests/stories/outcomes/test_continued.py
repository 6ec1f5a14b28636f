"""A closed ticket that went on as another one stays closed: what is said in its thread belongs to the newer."""

from tests.said import said
from tests.stories.office import Office, plain


async def goes_on(office: Office) -> str:
    root = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk close IT-1 done")
    await office.says("ana", "help-it", "It is dark again", thread=root)
    return root


async def test_its_thread_and_its_command_say_where_it_went_on(office: Office) -> None:
    root = await goes_on(office)
    (acknowledged, *_) = await office.sees_thread("ana", "help-it", root)
    assert said("requester.continued_state", reference="IT-1", other="IT-2") in plain(
        acknowledged["content"]["text"]
    )
    assert acknowledged["content"]["buttons"] == []
    refused = await office.types("ana", "/ticket reopen IT-1")
    assert refused == said("refusals.continued", reference="IT-1", other="IT-2")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "closed"
    await office.says("ana", "help-it", "The left one", thread=root)
    card = await office.card("bo", "team-it", "IT-2")
    assert "Ana Alves: The left one" in await office.reads("bo", "team-it", thread=card["id"])


async def test_the_newest_is_named_and_reopened(office: Office) -> None:
    root = await goes_on(office)
    await office.types("bo", "/desk close IT-2 done")
    await office.says("ana", "help-it", "And again", thread=root)
    await office.types("bo", "/desk close IT-3 done")
    for older in ("IT-1", "IT-2"):
        refused = await office.types("bo", f"/desk reopen {older}")
        assert refused == said("refusals.continued", reference=older, other="IT-3")
    await office.types("bo", "/desk reopen IT-3")
    assert (await office.card("bo", "team-it", "IT-3"))["content"]["status"] == "new"


async def test_one_that_goes_on_privately_is_named_to_nobody_else(office: Office) -> None:
    root = await office.says("ana", "help-it", "My screen is dark")
    await office.types("cleo", "/desk close IT-1 done")
    await office.says("ana", "help-it", "And my payslip is wrong", thread=root)
    assert "IT-2" not in await office.types("cleo", "/desk reopen IT-1")


async def test_a_colleagues_words_under_a_closed_request_are_a_request_of_theirs(office: Office) -> None:
    root = await office.says("ana", "help-it", "My badge is refused at the gate")
    await office.types("bo", "/desk close IT-1 done")
    await office.says("dan", "help-it", "thanks!", thread=root)
    assert "no ticket IT-2" in await office.types("bo", "/desk show IT-2")
    await office.says("dan", "help-it", "My badge is refused at gate seven as well", thread=root)
    card = await office.card("bo", "team-it", "IT-2")
    assert (card["content"]["requester"], card["content"]["status"]) == ("Dan Dietz", "new")
    followed = said("requester.follows", reference="IT-2", before="IT-1")
    assert followed in await office.reads("dan", "help-it", thread=root)
    await office.says("ana", "help-it", "And mine at gate two", thread=root)
    assert "Ana Alves: And mine at gate two" in await office.reads("bo", "team-it", thread=card["id"])
