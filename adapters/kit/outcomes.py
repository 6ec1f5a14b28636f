"""What a failed call means for the message that was to be delivered, where all platforms agree."""

from adapters.kit.rate_limits import Busy
from bot.messages.delivery import Postponed, RefusedByPlatform
from bot.messages.outbound import Home, ThreadHeader


class Unsure(Exception):
    """No clear answer: it may have been done, or not. Whoever called asks the platform before calling again."""


def come_again(busy: Busy, *, is_counted: bool = False) -> Postponed:
    """A rate limit is nobody's failure; `is_counted` where part of the message may be there already."""
    return Postponed(busy.after_s, str(busy), is_counted=is_counted)


def unclear(error: Unsure, *, platform: str) -> Postponed:
    """The next attempt comes after the usual back-off, and looks first."""
    return Postponed(0, f"{platform} did not answer clearly: {error}")


def not_yet(platform: str, *, after_s: float) -> Postponed:
    """The desk is still signing in."""
    return Postponed(after_s, f"{platform} has not said yet who the desk is", is_counted=False)


def shows_no(content: Home | ThreadHeader, *, platform: str) -> RefusedByPlatform:
    """The desk sends these only where the platform's capabilities name them."""
    what = "home pages" if isinstance(content, Home) else "thread headers"
    return RefusedByPlatform(f"{platform} has no {what}.")
