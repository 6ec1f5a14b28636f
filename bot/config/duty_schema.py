"""What `rotas` and `webhooks` of `desk.yaml` may say: who is on call in turn, and which programs are told."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

from bot.config.hours import weekdays_of
from bot.config.section import Section
from bot.config.values import PersonReference, TimeZone, wrong
from bot.domain.rota import Every, Rota

_HANDOVER = re.compile(r"(?:(?P<day>[a-z]+)\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _handover(value: object) -> object:
    found = _HANDOVER.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise wrong(f"`{value}` is no time to hand over; write `mon 9:00`, or `9:00` for every day")
    if found["day"]:
        weekdays_of(found["day"])
    return value


def _url(value: object) -> object:
    address = urlsplit(value) if isinstance(value, str) else None
    is_near = address is not None and address.hostname in _LOOPBACK
    if (
        address is None
        or not address.hostname
        or address.scheme not in ("https", *(("http",) if is_near else ()))
    ):
        raise wrong(f"`{value}` is no address for a webhook; write one that begins with `https://`")
    return value


class RotaSection(Section):
    """People who are on call in turn."""

    zone: TimeZone = Field(description="Where the clock hangs that they hand over by.")
    handover: Annotated[str, BeforeValidator(_handover)] = Field(
        description="`mon 9:00` for turns of a week, `9:00` for turns of a day."
    )
    people: list[PersonReference] = Field(min_length=1, description="In this order, again and again.")
    starts: date = Field(description="The day of the first one’s first turn; later weeks follow from it.")

    def compiled(self, name: str) -> Rota:
        """The rota; a weekly one begins on its weekday, the first on or after `starts`."""
        day, _, clock = self.handover.strip().lower().rpartition(" ")
        hour, minute = (int(part) for part in clock.split(":"))
        starts = self.starts
        if day:
            (weekday,) = weekdays_of(day)
            starts = date.fromordinal(starts.toordinal() + (weekday - starts.weekday()) % 7)
        return Rota(
            name=name,
            zone=self.zone,
            people=tuple(self.people),
            every=Every.WEEK if day else Every.DAY,
            handover=hour * 60 + minute,
            starts=starts,
        )


class WebhookSection(Section):
    """A program that is told what is said in the channel `webhook:` and its name."""

    url: Annotated[str, BeforeValidator(_url)] = Field(
        description="Where the signed requests go: `https://…`."
    )
