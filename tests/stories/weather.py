"""Weather between the desk and its platform: what the desk shows may be refused, put off, lost or doubled."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform
from bot.messages.outbound import OutboundMessage
from bot.ports.platform import Platform, Sender
from tests.said import because

SOON_S = 0.005


class Weather:
    """Stands in for a platform. `spoil` says what becomes of a message; None lets it through."""

    def __init__(self, spoil: Callable[[OutboundMessage], Delivery | Exception | None]) -> None:
        self.spoil = spoil
        self.delivered: list[OutboundMessage] = []
        self.attempts = 0
        self.is_slow_for: Callable[[OutboundMessage], bool] = lambda _: False
        self._clear = asyncio.Event()
        self._through: Sender | None = None

    def clears(self) -> None:
        """The sun comes out: nothing is spoilt any more, and what was slow arrives."""
        self.spoil = sunny
        self._clear.set()

    def over(self, platform: Platform) -> Platform:
        self._through = platform.sender
        return replace(platform, sender=self)

    @property
    def name(self) -> str:
        return self._sender.name

    async def close(self) -> None:
        await self._sender.close()

    @property
    def _sender(self) -> Sender:
        assert self._through is not None, "the weather is over no platform yet"
        return self._through

    async def deliver(self, message: OutboundMessage) -> Delivery:
        self.attempts += 1
        if self.is_slow_for(message):
            await self._clear.wait()
        spoilt = self.spoil(message)
        if isinstance(spoilt, Exception):
            raise spoilt
        if spoilt is not None:
            return spoilt
        delivery = await self._sender.deliver(message)
        if isinstance(delivery, Delivered):
            self.delivered.append(message)
        return delivery


class DyingWeather(Weather):
    """Delivers some messages, and then the desk dies before it can write down that it did."""

    def __init__(self, *, after: int) -> None:
        super().__init__(lambda _: None)
        self.is_dead = asyncio.Event()
        self._left = after

    async def deliver(self, message: OutboundMessage) -> Delivery:
        delivery = await super().deliver(message)
        self._left -= 1
        if self._left <= 0:
            self.is_dead.set()
            raise asyncio.CancelledError
        return delivery


def sunny(_: OutboundMessage) -> None:
    return None


def raining(_: OutboundMessage) -> Postponed:
    return Postponed(SOON_S, because("it rains"), is_counted=False)


def refused(reason: str) -> RefusedByPlatform:
    return RefusedByPlatform(because(reason))
