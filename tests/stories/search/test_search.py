"""Somebody looks for what was said long ago, on the page."""

import pytest

from storage.repositories.search import candidates, common_words, found_tickets
from tests.said import said
from tests.stories.office import Office


async def an_old_ticket(office: Office) -> str:
    """Closed long ago; its third message names the cause."""
    root = await office.says("ana", "help-it", "My laptop is slow")
    await office.says("bo", "help-it", "Which model is it?", thread=root)
    await office.says("ana", "help-it", "It is the Zephyrus with the broken hinge", thread=root)
    await office.types("bo", "/desk note IT-1 Replaced the thermal paste")
    await office.types("bo", "/desk resolve IT-1 It was the dust")
    await office.types("bo", "/desk close IT-1 done")
    await office.passes(minutes=60 * 24 * 40)
    await office.says("dan", "help-it", "My laptop is slow too")
    return root


async def test_an_agent_finds_an_old_closed_ticket_by_a_word_of_its_third_message(office: Office) -> None:
    await an_old_ticket(office)

    title, line, excerpt = (await office.types("bo", "/desk search zephyrus")).splitlines()

    assert title == f"{said('search.found', text='zephyrus')} · 1"
    assert line.startswith("IT-1 My laptop is slow · closed · ")
    text = "It is the Zephyrus with the broken hinge"
    assert excerpt == said("search.in_message", name="Ana Alves", text=text)


async def test_an_agent_finds_an_old_closed_ticket_by_filters(office: Office) -> None:
    await an_old_ticket(office)

    for typed in (
        "status:closed opened:>1m",
        "laptop opened:>1m",
        "laptop -status:new",
        "is:finished from:@ana",
    ):
        found = await office.types("bo", f"/desk search {typed}")
        assert "IT-1" in found, typed
        assert "IT-2" not in found, typed


async def test_the_requester_finds_their_own_and_never_a_note(office: Office) -> None:
    await an_old_ticket(office)

    found = await office.types("ana", "/ticket search laptop")
    assert "IT-1" in found
    assert "IT-2" not in found
    for typed in ("thermal", "paste", '"thermal paste"', "laptop thermal"):
        nothing = said("search.nothing_found", text=typed)
        assert await office.types("ana", f"/ticket search {typed}") == nothing
    assert "thermal" in await office.types("bo", "/desk search thermal")


async def test_what_was_edited_or_deleted_is_not_found_by_what_it_said(office: Office) -> None:
    root = await office.says("ana", "help-it", "My laptop is slow")
    said_again = await office.says("ana", "help-it", "The password is hunter2", thread=root)
    assert "IT-1" in await office.types("bo", "/desk search hunter2")

    await office.edits("ana", said_again, "The password is secret")
    assert await office.types("bo", "/desk search hunter2") == said("search.nothing_found", text="hunter2")
    assert "IT-1" in await office.types("bo", "/desk search secret")

    await office.deletes("ana", said_again)
    assert await office.types("bo", "/desk search secret") == said("search.nothing_found", text="secret")


@pytest.fixture
def few_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word is common, and two tickets are looked through for it."""
    monkeypatch.setattr(common_words, "MOST_TEXTS", 0)
    for each in (candidates, found_tickets):
        monkeypatch.setattr(each, "MOST_LOOKED_AT", 2)


async def three_laptops(office: Office) -> None:
    for person, text in (("ana", "My laptop burns"), ("dan", "My laptop is slow"), ("ana", "Another laptop")):
        await office.says(person, "help-it", text)
        await office.passes(minutes=60)


async def test_a_common_word_is_looked_for_in_the_newest_and_the_list_says_so(
    office: Office, few_are_read: None
) -> None:
    await three_laptops(office)

    found = await office.types("bo", "/desk search laptop")

    assert "IT-3" in found
    assert "IT-2" in found
    assert "IT-1" not in found
    assert said("search.common_in_newest", number=2) in found
    oldest = await office.types("bo", "/desk search laptop sort:oldest")
    assert "IT-1" in oldest
    assert said("search.common_in_first", number=2) in oldest
    assert said("search.common_in_newest", number=2) in await office.types("bo", "/desk search burns")


async def test_a_common_word_with_a_narrow_filter_finds_everything(
    office: Office, few_are_read: None
) -> None:
    await three_laptops(office)

    found = await office.types("bo", "/desk search laptop from:@ana")

    assert "IT-1" in found
    assert "IT-3" in found
    assert said("search.common_in_newest", number=2) not in found


async def test_many_are_not_changed_at_once_without_knowing_that_some_were_left_out(
    office: Office, few_are_read: None
) -> None:
    await three_laptops(office)

    assert said("search.common_in_newest", number=2) in await office.types("bo", "/desk bulk laptop")


async def test_a_view_of_common_words_shows_that_it_holds_more(office: Office, few_are_read: None) -> None:
    await three_laptops(office)
    await office.types("bo", "/desk view save laptops laptop")

    assert "laptops · 2+" in (await office.types("bo", "/desk view")).replace(f" · {said('lists.own')}", "")
