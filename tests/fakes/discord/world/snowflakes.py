"""Ids that rise with time: https://discord.com/developers/docs/reference#snowflakes."""

from datetime import UTC, datetime

from tests.fakes.discord.rules.pace import Pace

DISCORD_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._last = 0

    def new(self) -> int:
        """The next id: unique, rising, of the server's present time."""
        self._last = max(self._last + 1, _first_of(self._pace.wall()))
        return self._last


def instant_of(snowflake: int) -> datetime:
    return datetime.fromtimestamp(((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000, UTC)


def _first_of(epoch_s: float) -> int:
    return (int(epoch_s * 1000) - DISCORD_EPOCH_MS) << 22
