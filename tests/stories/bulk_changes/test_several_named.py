"""Several tickets behind a verb for one: all are changed once agreed to, or nothing is, and that is said."""

from tests.said import said
from tests.stories.bulk_changes.test_bulk import presses, three_mice, works
from tests.stories.office import Office, shown


async def test_resolving_two_shows_what_it_would_do_with_both(office: Office) -> None:
    await three_mice(office)
    preview = (await office.types_for_reply("bo", "/desk resolve IT-1, IT-2 new mice", channel="team-it"))[
        "reply"
    ]
    assert said("bulk.will_change", count=2) in shown(preview)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"
    await presses(office, "bo", preview, said("bulk.button_run_resolve", count=2))
    await works(office)
    assert "resolved" in (await office.card("bo", "team-it", "IT-2"))["content"]["status"]
    assert "new mice" in await office.everything_seen_by("ana")
    assert "IT-2 new" not in await office.everything_seen_by("ana")


async def test_what_is_lacking_is_asked_for_and_what_is_unseen_is_named(office: Office) -> None:
    await three_mice(office)
    menu = (await office.types_for_reply("bo", "/desk transfer IT-1 and IT-2 IT-99", channel="team-it"))[
        "reply"
    ]
    assert said("bulk.selected", count=2) in shown(menu)
    assert said("bulk.not_seen", references="IT-99") in shown(menu)
    claim = (await office.types_for_reply("bo", "/desk claim IT-1 IT-3", channel="team-it"))["reply"]
    assert said("bulk.will_change", count=2) in shown(claim)


async def test_what_is_done_with_one_at_a_time_says_so_and_sends_nothing(office: Office) -> None:
    await three_mice(office)
    answer = await office.types("bo", "/desk reply IT-1,IT-2 On my way", channel="team-it")
    typed = {"command": "/desk reply", "references": "IT-1 and IT-2", "example": "IT-1"}
    assert said("commands.one_at_a_time", **typed) in answer
    assert "On my way" not in await office.everything_seen_by("ana")
    await office.types("bo", "/desk note IT-1 IT-2 is the same mouse", channel="team-it")
    card = await office.card("bo", "team-it", "IT-1")
    notes = await office.reads("bo", "team-it", thread=card["id"])
    assert any("IT-2 is the same mouse" in each for each in notes)


async def test_what_several_were_resolved_with_is_changed_on_each_and_after_that_was_undone(
    office: Office,
) -> None:
    await three_mice(office)
    typed = "/desk resolve IT-1, IT-2 new mixe"
    preview = (await office.types_for_reply("bo", typed, channel="team-it"))["reply"]
    await presses(office, "bo", preview, said("bulk.button_run_resolve", count=2))
    await works(office)
    await office.types("bo", "/desk edit IT-1 new mice")
    read = await office.everything_seen_by("ana")
    assert [read.count(each) for each in ("new mixe", "new mice")] == [1, 1]
    result = (await office.sees("bo", "@bo"))[-1]
    await office.presses("bo", result, said("bulk.button_undo"))
    await works(office)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"
    await office.types("bo", "/desk recall IT-2")
    read = await office.everything_seen_by("ana")
    assert [read.count(each) for each in ("new mixe", "new mice")] == [0, 1]
