"""Words for platforms that show few of them."""

from bot.messages.outbound import Tone

SIGNS = {
    Tone.NEUTRAL: "",
    Tone.GOOD: "✅",
    Tone.ATTENTION: "🟡",
    Tone.WARNING: "🟠",
    Tone.ALERT: "🔴",
    Tone.MUTED: "⚪",
}
"""How a message stands, where it has no colour of its own."""


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, the last one an ellipsis where some are left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def cut_words(text: str, limit: int) -> str:
    """The same at the end of a word, but for a first word that is too long."""
    if len(text) <= limit:
        return text
    whole = text[:limit].rpartition(" ")[0].rstrip(" ·,;:-")
    return f"{whole}…" if whole else cut(text, limit)
