"""What platforms list by name is asked once a minute, by however many, and nobody waits for a silent one."""

import asyncio
from dataclasses import dataclass, field

from bot.caches.platform_choices import KEPT_S, RETRY_S, PlatformChoices
from bot.ports.first_look import Choice, FirstLook

FOUND = FirstLook(places=["Pine"], channels=[Choice(reference="slack:C1", name="#help")])


@dataclass
class Listing:
    """Answers once it may."""

    answer: FirstLook | None = FOUND
    may: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0

    async def look(self) -> FirstLook:
        self.asked += 1
        await self.may.wait()
        if self.answer is None:
            raise TypeError
        return self.answer


async def test_many_who_ask_at_once_ask_a_platform_once_and_again_after_a_minute() -> None:
    listing, now = Listing(), 0.0
    choices = PlatformChoices(lambda: {"slack": listing}, clock=lambda: now)
    listing.may.set()
    found = await asyncio.gather(*(choices.looks(within_s=5) for _ in range(3)))
    assert [each["slack"] for each in found] == [FOUND] * 3
    now += KEPT_S - 1
    await choices.looks(within_s=5)
    assert listing.asked == 1
    now += 1
    await choices.looks(within_s=5)
    assert listing.asked == 2


async def test_a_platform_that_takes_long_is_waited_for_no_longer_than_said_and_heard_later() -> None:
    slow, quick = Listing(), Listing()
    quick.may.set()
    choices = PlatformChoices(lambda: {"slack": slow, "discord": quick})
    assert await choices.looks(within_s=0.01) == {"slack": None, "discord": FOUND}
    slow.may.set()
    assert await choices.looks(within_s=5) == {"slack": FOUND, "discord": FOUND}
    assert slow.asked == 1


async def test_one_that_fails_or_says_nothing_is_asked_again_soon() -> None:
    now = 0.0
    listing = Listing(answer=None)
    listing.may.set()
    choices = PlatformChoices(lambda: {"slack": listing}, clock=lambda: now)
    found = (await choices.looks(within_s=5))["slack"]
    assert found is not None
    assert found.is_refused
    listing.answer = FOUND
    now += RETRY_S
    assert (await choices.looks(within_s=5))["slack"] == FOUND


async def test_a_desk_that_stops_waits_for_no_list() -> None:
    listing = Listing()
    choices = PlatformChoices(lambda: {"slack": listing})
    await choices.looks(within_s=0)
    await choices.close()
