"""A list of tickets says how many there are, turns its pages, shows what is due first and leads to each ticket."""

from typing import Any

from bot.text.amounts import length
from bot.text.terms import capitalised
from tests.said import said
from tests.stories.office import Office, shown

NEXT, PREVIOUS = said("commands.next_page"), said("commands.previous_page")
DUE_FIRST = said("lists.order_due")
YOURS_FIRST = said("lists.order_yours")
OTHER_ORDERS = [capitalised(said(f"lists.order_{each}")) for each in ("oldest", "newest", "last_word")]

MANY = 43
QUEUE = said("answers.queue", names="Service Desk")


async def many_requests(office: Office, many: int = MANY) -> None:
    with office.without_waiting():
        for number in range(1, many + 1):
            await office.says("ana", "help-it", f"Mouse {number} is dead")
    await office.settle()


async def queue(office: Office, who: str, words: str = "") -> dict[str, Any]:
    reply = (await office.types_for_reply(who, f"/desk queue {words}".strip(), channel="team-it"))["reply"]
    assert isinstance(reply, dict)
    return reply


def title(reply: dict[str, Any] | None) -> str:
    return shown(reply).splitlines()[0]


def buttons(reply: dict[str, Any]) -> list[str]:
    return [each["label"] for each in reply["buttons"]]


async def test_the_queue_is_read_to_its_end_page_by_page(office: Office) -> None:
    await many_requests(office)
    page = await queue(office, "bo", "it")
    seen, titles = shown(page).splitlines()[1:], [title(page)]
    while NEXT in buttons(page):
        index = buttons(page).index(NEXT)
        following = await office.presses_private("bo", page, index, channel="team-it")
        assert following is not None
        assert following["is_turned"], "a page takes the place of the one before it"
        page = following
        seen += shown(page).splitlines()[1:]
        titles.append(title(page))
    assert titles == [
        f"{QUEUE} · 1–20 of 43 · {DUE_FIRST}",
        f"{QUEUE} · 21–40 of 43 · {DUE_FIRST}",
        f"{QUEUE} · 41–43 of 43 · {DUE_FIRST}",
    ]
    assert sorted(int(line.split()[0].removeprefix("IT-")) for line in seen) == list(range(1, MANY + 1))
    assert buttons(page) == [PREVIOUS, *OTHER_ORDERS, said("bulk.button_several")]
    before = await office.presses_private("bo", page, 0, channel="team-it")
    assert title(before) == titles[1]


async def test_a_page_that_is_no_more_shows_the_last_one(office: Office) -> None:
    await many_requests(office, 21)
    page = await queue(office, "bo", "it")
    for number in (1, 2):
        await office.types("bo", f"/desk resolve IT-{number} all done")
    turned = await office.presses_private("bo", page, buttons(page).index(NEXT), channel="team-it")
    assert title(turned) == f"{QUEUE} · 19 · {DUE_FIRST}"


async def test_what_is_overdue_comes_first_and_what_waits_for_the_requester_last(office: Office) -> None:
    await office.says("ana", "help-it", "I cannot work at all")
    await office.says("dan", "help-it", "My mouse is dead")
    await office.passes(minutes=1)
    await office.says("dan", "help-it", "My screen is dark")
    await office.types("bo", "/desk priority IT-1 urgent")
    await office.types("bo", "/desk wait IT-1 Which office are you in?")
    await office.passes(minutes=29)
    lines = shown(await queue(office, "bo", "it")).splitlines()
    overdue = said("commands.overdue_since", at="2026-03-02T09:30:00.000Z")
    assert [line.split()[0] for line in lines[1:]] == ["IT-2", "IT-3", "IT-1"]
    waits = said("lists.requester_waits", name="Dan Dietz", length=length(30 * 60, "en"))
    assert lines[1].endswith(f"· new · normal · {said('commands.unassigned')} · {waits} · {overdue}")
    titled = said("answers.queue_overdue", names="Service Desk")
    assert title(await queue(office, "bo", "it overdue")) == f"{titled} · 1"
    nothing = said("answers.queue_none_overdue", names="Network")
    assert shown(await queue(office, "cleo", "network overdue")) == nothing


async def test_each_number_leads_to_the_ticket(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    card = (await office.card("bo", "team-it", "IT-1"))["id"]
    link = {"t": "link", "label": "IT-1", "channel": "team-it", "message": card}
    assert link in (await queue(office, "bo"))["text"]
    own = (await office.types_for_reply("ana", "/ticket list"))["reply"]
    assert own["text"][2:4] == ["\n", {"t": "link", "label": "IT-1", "channel": "help-it", "message": root}]
    assert "team-it" not in str(own)


async def test_ones_own_requests_have_pages_too_and_finished_ones_come_last(office: Office) -> None:
    await many_requests(office, 21)
    await office.types("bo", "/desk resolve IT-1 all done")
    first = (await office.types_for_reply("ana", "/ticket list"))["reply"]
    assert title(first) == f"{said('answers.list_open')} · 20 · {YOURS_FIRST}"
    page = (await office.types_for_reply("ana", "/ticket list all"))["reply"]
    assert title(page) == f"{said('answers.list_all')} · 1–20 of 21 · {YOURS_FIRST}"
    last = await office.presses_private("ana", page, buttons(page).index(NEXT), channel="help-it")
    assert shown(last).splitlines()[1].startswith("IT-1 Mouse 1 is dead · resolved")
    for word in ("closed", "done", "CLOSED"):
        heading, *lines = (await office.types("ana", f"/ticket list {word}")).splitlines()
        assert heading == f"{said('answers.list_closed')} · 1"
        assert [each.split(" ")[0] for each in lines] == ["IT-1"]
    assert await office.types("ana", "/ticket list open") == shown(first)
    refused = said("answers.not_all_or_page", text="nonsense", command="/ticket list all 2")
    assert refused in await office.types("ana", "/ticket list nonsense")
