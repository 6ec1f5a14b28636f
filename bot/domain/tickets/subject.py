"""What a ticket is called, made from what was asked."""

from bot.domain.credentials import hide_credentials


def subject_of(text: str, *, limit: int = 80) -> str:
    """A one-line subject from the first words of a message, cut at a word; at most `limit` characters.

    Empty for a message without words. No password, key or token stands in it.
    """
    line = " ".join(hide_credentials(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return head.rstrip(" ,;:.-") + "…"
