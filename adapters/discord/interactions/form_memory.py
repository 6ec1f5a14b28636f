"""What is kept of forms on people's screens, and of buttons that carry more than Discord lets them.

For a quarter of an hour since it was last used, as long as an interaction can be answered:
https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

import time
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import discord

from adapters.discord.render.action_ids import LIMIT, Press, decode
from adapters.kit.recent import Recent
from bot.messages.outbound import Form

KEPT_S = 900.0
MOST = 2_000
MARK = "k"

Kept = TypeVar("Kept")


@dataclass(slots=True, kw_only=True)
class OpenForm:
    """`values` are by field name, of all pages so far. `is_sent`: the desk took it. `language` is its reader's."""

    form: Form
    language: str
    values: dict[str, str] = field(default_factory=dict)
    files: tuple[discord.Attachment, ...] = ()
    is_sent: bool = False


class FormMemory(Generic[Kept]):
    """Of what is one person's, by a token; the oldest is forgotten where there is too much."""

    def __init__(self) -> None:
        self._kept: Recent[str, tuple[int, float, Kept]] = Recent(most=MOST)

    def keep(self, token: str, kept: Kept, *, user: int) -> Kept:
        self._kept[token] = (user, time.monotonic(), kept)
        self._kept.move_to_end(token)
        return kept

    def find(self, token: str, *, user: int) -> Kept | None:
        """None for what is too old, or another's; what is asked for is kept on."""
        owner, kept_at, kept = self._kept.get(token, (0, 0.0, None))
        if kept is None or owner != user or time.monotonic() - kept_at > KEPT_S:
            return None
        return self.keep(token, kept, user=user)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMark:
    """What a `custom_id` of the desk's own machinery says: `kind`, what it belongs to, and the page of a form.

    `purpose` is what a form is for, where it fits, so that one that was open while the desk started anew is taken.
    """

    kind: str
    token: str
    page: int = 0
    purpose: Press | None = None

    def written(self) -> str:
        mark = f"{MARK}{self.kind}|{self.token}|{self.page}"
        if self.purpose is None:
            return mark
        try:
            whole = f"{mark}|{self.purpose.written()}"
        except ValueError:
            return mark
        return whole if len(whole) <= LIMIT else mark


MODAL, GO_ON, STEP = "m", "g", "s"


def read_mark(custom_id: str) -> FormMark | None:
    """None for anything else."""
    head, *rest = custom_id.split("|", 3)
    if len(head) != 2 or head[0] != MARK or len(rest) < 2 or not rest[1].isdecimal():
        return None
    return FormMark(
        kind=head[1], token=rest[0], page=int(rest[1]), purpose=decode(rest[2]) if len(rest) > 2 else None
    )
