"""The words for waiting: who goes first where a platform limits its callers, and "come again later"."""

from enum import IntEnum

from bot.messages.outbound import Board, Card, Notice, OutboundMessage, Tone


class Urgency(IntEnum):
    """Who goes first: what cannot wait, what should not, what people read once, and what is only renewed."""

    NOW = 0
    SOON = 1
    NEW = 2
    REFRESH = 3

    @classmethod
    def of(cls, message: OutboundMessage) -> "Urgency":
        """Alerts before acknowledgements, both before other news; what is only brought up to date goes last."""
        content = message.content
        if message.is_urgent:
            is_alert = isinstance(content, Notice) and content.tone in (Tone.WARNING, Tone.ALERT)
            return cls.NOW if is_alert else cls.SOON
        is_renewed = isinstance(content, Card | Board) or (isinstance(content, Notice) and content.is_passing)
        return cls.REFRESH if message.shown and is_renewed else cls.NEW


class Busy(Exception):
    """The rate limit of `platform` is used up, or others go first: come again `after_s` real seconds later."""

    def __init__(self, after_s: float, *, platform: str) -> None:
        super().__init__(f"{platform}: rate limit, {after_s:.1f} s")
        self.after_s = after_s
        self.platform = platform
