"""Trigger ids: proof that a person just did something. Good once, for 3 s.

https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
"""

import itertools
import time
from dataclasses import dataclass

from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.rules.refusals import Refusal

TRIGGER_LIFE_S = 3


@dataclass(slots=True)
class _Trigger:
    user: str
    view: str | None
    expires: float
    is_used: bool = False


class Triggers:
    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._issued: dict[str, _Trigger] = {}
        self._numbers = itertools.count(1)

    def issue(self, user: str, *, view: str | None = None) -> str:
        """`view` is the one the person was in, if any."""
        number = next(self._numbers)
        trigger_id = f"{number}.1379717998065.{number:032x}"
        expires = time.monotonic() + self._pace.deadline(TRIGGER_LIFE_S)
        self._issued[trigger_id] = _Trigger(user, view, expires)
        return trigger_id

    def exchange(self, trigger_id: str) -> tuple[str, str | None]:
        """The person and the view it was in. Raises `Refusal`."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.is_used:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise Refusal("expired_trigger_id")
        trigger.is_used = True
        return trigger.user, trigger.view
