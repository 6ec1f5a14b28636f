"""How a condition quotes what it found or missed, short enough for one line."""

from collections.abc import Iterable, Sequence


def listed(entries: Sequence[str], *, limit: int = 5) -> str:
    """`“vpn”, “wifi” and 3 more`."""
    quoted = ", ".join(f"“{entry}”" for entry in entries[:limit])
    return f"{quoted} and {len(entries) - limit} more" if len(entries) > limit else quoted


def named(names: Iterable[str]) -> str:
    """`help-hr` or `help-it`, each in backticks and sorted."""
    return " or ".join(f"`{name}`" for name in sorted(names))


def shortened(text: str, *, limit: int = 60) -> str:
    """The text as one line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def unmarked(found: str) -> str:
    """What a condition found, without the backticks around names: no sentence shows them."""
    return found.replace("`", "")
