"""Slack calls for a ticket's whole life: opened, claimed, three replies each way, raised, resolved.

Counted, not timed, and with people the desk has met: a stranger costs a `users.info` an hour. Opening shows
two messages, an acknowledgement and a card, so it costs two calls; after that each word costs one copy, and
each change that people see one edit.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.adapters.slack.office import Office
from tests.bench.figures import Figure
from tests.bench.platforms.slack_office import new_office
from tests.fakes.slack import Seen

REPLIES = 3


def measure(folder: Path) -> Iterator[Figure]:
    for by_form in (False, True):
        place = folder / ("form" if by_form else "thread")
        place.mkdir()
        steps = asyncio.run(_measure(place, by_form=by_form))
        way = "by form" if by_form else "in the requester's thread"
        for step, calls in steps.items():
            yield _figure(f"a ticket {step}" if step in ("opened", "claimed") else step, calls, way)
        yield _figure("a ticket's whole life", sum(steps.values(), Counter()), way)


def _figure(what: str, calls: Counter[str], way: str) -> Figure:
    told = ", ".join(f"{count} {method}" for method, count in sorted(calls.items())) or "nothing"
    goal = 2 if what == "a ticket opened" else None
    return Figure(
        what=what, value=calls.total(), unit="", goal=goal, settings=f"{told}; the agent replies {way}"
    )


async def _measure(folder: Path, *, by_form: bool) -> dict[str, Counter[str]]:
    async with new_office(folder, scale=0.01) as office:
        return await calls_of_a_life(office, by_form=by_form)


async def calls_of_a_life(office: Office, *, by_form: bool) -> dict[str, Counter[str]]:
    """The calls of each step, by method."""
    await _meet(office)
    request = await office.ana.says("help-it", "My VPN is dead")
    counted = {"opened": await _calls(office)}
    await office.bo.presses(await office.card("IT-1"), "Claim")
    counted["claimed"] = await _calls(office)
    said: Counter[str] = Counter()
    for number in range(REPLIES):
        await office.ana.says("help-it", f"It is still dead, attempt {number}", thread=request)
        said += await _calls(office)
    counted["three replies of the requester"] = said
    counted["three replies of the agent"] = await _replies(office, request, by_form=by_form)
    await office.bo.types("/desk priority IT-1 high", "team-it")
    counted["raised"] = await _calls(office)
    await office.bo.types("/desk resolve IT-1 The cable was loose", "team-it")
    counted["resolved"] = await _calls(office)
    return counted


async def _meet(office: Office) -> None:
    """Everybody says something that is none of the desk's business."""
    people = (office.ana, office.bo)
    office.slack.channel("lounge", people)
    for person in people:
        await person.says("lounge", "Good morning")
    await _calls(office)


async def _replies(office: Office, request: Seen, *, by_form: bool) -> Counter[str]:
    calls: Counter[str] = Counter()
    for number in range(REPLIES):
        text = f"Please try again, number {number}"
        if by_form:
            await office.bo.presses(await office.card("IT-1"), "Reply")
            form = await office.bo.sees_modal()
            await office.bo.submits(form, {form.fields[0]: text})
        else:
            await office.bo.says("help-it", text, thread=request)
        calls += await _calls(office)
    return calls


async def _calls(office: Office) -> Counter[str]:
    """What was called since the last time, once the desk has nothing more to show."""
    await office.settle()
    calls = Counter(call.method for call in office.slack.calls)
    office.slack.calls.clear()
    return calls
