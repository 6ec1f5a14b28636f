"""Messages that the desk shows, for tests of what becomes of them."""

from datetime import UTC, datetime

from bot.messages.outbound import Button, Card, Copy, Notice

SAID_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RUDE = "@everyone @here <!channel> <b onmouseover=alert(1)>bold</b> **stars** &amp; <@U1> [x](https://example.org)"


def notice(text: str, **more: object) -> Notice:
    return Notice(text=(text,), **more)  # type: ignore[arg-type]


def copy(text: str) -> Copy:
    return Copy(author="Ana Lima", text=text, said_at=SAID_AT)


def card(subject: str) -> Card:
    return Card(
        reference="IT-1",
        subject=subject,
        excerpt=subject,
        requester="Ana Lima",
        status="new",
        state="new",
        priority="normal",
        level="normal",
        assignee=None,
        team="Network",
        opened_at=SAID_AT,
        buttons=(Button(label="Claim", verb="desk claim", ticket="IT-1"),),
    )


def long_text(length: int) -> str:
    """Lines that are all different, so that a lost or doubled one shows."""
    lines: list[str] = []
    while sum(map(len, lines)) < length:
        lines.append(f"line {len(lines)} of a long story\n")
    return "".join(lines)
