"""Amounts for what is only ever English: the terminal's tables and what operators read."""

from bot.text.amounts import length


def duration(seconds: float) -> str:
    """A length of time in its two largest units: `2 d 3 h`, `45 min`, `30 s`."""
    return length(seconds, "en")


def counted(many: int, what: str, several: str = "") -> str:
    """`1 ticket`, `1,200 tickets`; `several` where the plural has not just an s."""
    return f"{many:,} {what if many == 1 else several or f'{what}s'}"
