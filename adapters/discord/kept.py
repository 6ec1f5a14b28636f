"""Forms that are open on somebody's screen, and what they have typed so far: kept for a quarter of an hour.

That is as long as Discord lets an interaction be answered:
https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages.outbound import Form

KEPT_S = 900.0
MOST = 2_000
MARK = "k"


@dataclass(slots=True, kw_only=True)
class KeptForm:
    """`values` are by field name, of all pages so far; `page` is the one that is shown."""

    form: Form
    user: int
    values: dict[str, str] = field(default_factory=dict)
    files: tuple[object, ...] = ()
    page: int = 0
    kept_at: float = field(default_factory=time.monotonic)


class KeptForms:
    def __init__(self) -> None:
        self._forms: OrderedDict[str, KeptForm] = OrderedDict()

    def keep(self, token: str, form: Form, *, user: int, values: Mapping[str, str] | None = None) -> KeptForm:
        kept = KeptForm(form=form, user=user, values=dict(values or {}))
        self._forms[token] = kept
        while len(self._forms) > MOST:
            self._forms.popitem(last=False)
        return kept

    def find(self, token: str, *, user: int) -> KeptForm | None:
        """None for one that is too old, or another's."""
        kept = self._forms.get(token)
        if kept is None or kept.user != user or time.monotonic() - kept.kept_at > KEPT_S:
            return None
        return kept

    def drop(self, token: str) -> None:
        self._forms.pop(token, None)


def mark_of(kind: str, token: str, page: int = 0) -> str:
    """A `custom_id` of the desk's own machinery: `m` a modal, `g` go on with it, `s` its first choice."""
    return f"{MARK}{kind}|{token}|{page}"


def read_mark(custom_id: str) -> tuple[str, str, int] | None:
    """Kind, token and page; None for anything else."""
    head, *rest = custom_id.split("|")
    if len(head) != 2 or head[0] != MARK or len(rest) < 2 or not rest[1].isdecimal():
        return None
    return head[1], rest[0], int(rest[1])
