"""What a failed call means for the message that was to be delivered, where all platforms agree."""

import math
from datetime import timedelta

from adapters.kit.rate_limits import Busy
from bot.domain.sentence import sentence
from bot.messages.delivery import Postponed, RefusedByPlatform
from bot.messages.outbound import Home, ThreadHeader


class Unsure(Exception):
    """No clear answer: it may have been done, or not. Whoever called asks the platform before calling again.

    Its text is for engineers and the same in every language: the call and what went wrong, `chat.update: HTTP 502`.
    """


def come_again(busy: Busy, *, is_counted: bool = False) -> Postponed:
    """A rate limit is nobody's failure; `is_counted` where part of the message may be there already."""
    wait = timedelta(seconds=math.ceil(busy.after_s))
    reason = sentence("deliveries.rate_limited", platform=busy.platform, wait=wait)
    return Postponed(busy.after_s, reason, is_counted=is_counted)


def unclear(error: Unsure, *, platform: str) -> Postponed:
    """The next attempt comes after the usual back-off, and looks first."""
    return Postponed(0, sentence("deliveries.unclear", platform=platform, error=str(error)))


def not_yet(platform: str, *, after_s: float) -> Postponed:
    """The desk is still signing in."""
    return Postponed(after_s, sentence("deliveries.not_signed_in", platform=platform), is_counted=False)


def shows_no(content: Home | ThreadHeader, *, platform: str) -> RefusedByPlatform:
    """The desk sends these only where the platform's capabilities name them."""
    key = "deliveries.no_home_pages" if isinstance(content, Home) else "deliveries.no_thread_headers"
    return RefusedByPlatform(sentence(key, platform=platform))
