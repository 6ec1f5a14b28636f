"""On the page somebody clears up before they leave: many tickets at once, and back again."""

from typing import Any

from tests.said import said
from tests.stories.office import Office, shown

DIRECT = "@bo"
"""Where the desk writes to Bo alone."""


async def three_mice(office: Office) -> None:
    for name in ("first", "second", "third"):
        await office.says("ana", "help-it", f"My {name} mouse is dead")


def place(reply: dict[str, Any], label: str) -> int:
    return [each["label"] for each in reply["buttons"]].index(label)


async def presses(office: Office, who: str, reply: dict[str, Any], label: str) -> dict[str, Any]:
    answered = await office.presses_private(who, reply, place(reply, label), channel="team-it")
    assert answered is not None
    return answered


async def works(office: Office) -> None:
    await office.desk.workers["bulk_changes"].tick()
    await office.settle()


async def test_several_are_resolved_with_words_and_opened_again(office: Office) -> None:
    await three_mice(office)
    listed = (await office.types_for_reply("bo", "/desk queue", channel="team-it"))["reply"]
    menu = await presses(office, "bo", listed, said("bulk.button_several"))
    form = await presses(office, "bo", menu, said("bulk.do_resolve"))
    preview = await office.submits_for_reply(
        "bo", form, channel="team-it", resolution="New mice are in the post"
    )
    assert preview is not None
    assert said("bulk.will_change", count=3) in shown(preview)
    await presses(office, "bo", preview, said("bulk.button_run_resolve", count=3))
    await works(office)

    assert "resolved" in (await office.card("bo", "team-it", "IT-2"))["content"]["status"]
    assert "New mice are in the post" in await office.everything_seen_by("ana")
    result = (await office.sees("bo", DIRECT))[-1]
    await office.presses("bo", result, said("bulk.button_undo"))
    await works(office)

    assert (await office.card("bo", "team-it", "IT-2"))["content"]["status"] == "new"
    (told,) = [each for each in await office.reads("bo", DIRECT) if said("bulk.undone", count=3) in each]
    assert said("bulk.words_stay") in told


async def test_a_transfer_of_many_is_undone_and_their_threads_go_on(office: Office) -> None:
    await three_mice(office)
    before = await office.card("bo", "team-it", "IT-1")
    menu = (await office.types_for_reply("bo", "/desk bulk mouse", channel="team-it"))["reply"]
    form = await presses(office, "bo", menu, said("bulk.do_transfer"))
    preview = await office.submits_for_reply("bo", form, channel="team-it", team="network")
    assert preview is not None
    await presses(office, "bo", preview, said("bulk.button_run_transfer", count=3))
    await works(office)
    assert (await office.card("cleo", "team-network", "IT-1"))["content"]["team"] == "Network"

    await office.types("bo", "/desk bulk-undo")
    await works(office)
    after = await office.card("bo", "team-it", "IT-1")
    assert after["id"] == before["id"], "the card and its thread are the ones from before"
    assert after["content"]["buttons"] == before["content"]["buttons"]
    await office.says("bo", "team-it", "Look below the desk", thread=after["id"])
    history = await office.types("bo", "/ticket show IT-1", channel="team-it")
    assert "Look below the desk" in history


async def test_the_preview_shows_what_is_changed_and_can_be_cancelled(office: Office) -> None:
    for number in range(12):
        await office.says("ana", "help-it", f"Mouse {number} is dead")
    menu = (await office.types_for_reply("bo", "/desk bulk mouse", channel="team-it"))["reply"]
    preview = await presses(office, "bo", menu, said("bulk.do_claim"))
    lines = shown(preview).splitlines()
    assert sum("is dead · Ana Alves" in each for each in lines) == 10
    assert said("bulk.and_more", count=2) in lines
    cancelled = await presses(office, "bo", preview, said("bulk.button_cancel"))
    assert shown(cancelled) == said("bulk.cancelled")
    assert await presses(office, "bo", preview, said("bulk.button_run", count=12)) is not None
    await works(office)
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"


async def test_private_requests_without_an_answer_are_left_out_until_somebody_includes_them(
    office: Office,
) -> None:
    await office.types("ana", "/ticket open private: the mouse of my boss is dead")
    await office.says("dan", "help-it", "My mouse is dead")
    menu = (await office.types_for_reply("bo", "/desk bulk mouse", channel="team-it"))["reply"]
    form = await presses(office, "bo", menu, said("bulk.do_resolve"))
    preview = await office.submits_for_reply("bo", form, channel="team-it", resolution="All mice are new")
    assert preview is not None
    assert said("bulk.will_change", count=1) in shown(preview)
    left = said("bulk.left", why=said("bulk.left_unanswered"), number=1, references="IT-1")
    assert left in shown(preview)
    both = await presses(office, "bo", preview, said("bulk.button_with_unanswered", count=1))
    assert said("bulk.will_change", count=2) in shown(both)
    await presses(office, "bo", both, both["buttons"][0]["label"])
    await works(office)
    assert "resolved" in (await office.card("bo", "team-it", "IT-1"))["content"]["status"]
