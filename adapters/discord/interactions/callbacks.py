"""Answers to one interaction: the first within Discord's three seconds, whatever comes later as its follow-up.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
"""

from collections.abc import Sequence
from enum import IntEnum

import structlog

from adapters.discord.api.addresses import Identity, Json
from adapters.discord.api.calls import Calls, DiscordRefused, Upload
from adapters.discord.render.messages import EPHEMERAL, SUPPRESS_EMBEDS
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency

TOO_LATE, ANSWERED_ALREADY = 10062, 40060
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes"""

_ORIGINAL = "/messages/@original"

log = structlog.get_logger(__name__)


class Callback(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8
    MODAL = 9


class Callbacks:
    """For one interaction. Nothing here raises for what Discord answers: nobody repeats an interaction."""

    def __init__(self, calls: Calls, identity: Identity, *, interaction_id: int, token: str) -> None:
        self._calls = calls
        self._application = identity.application
        self._key = (interaction_id, token)
        self.is_answered = False
        self._is_loading = False
        self._said = ""
        """The message that was said last, below the interaction's webhook."""

    async def defer(self, *, is_component: bool) -> None:
        """Say that it goes on: a component's message stays as it is, a command shows that it is being done."""
        if is_component:
            await self._first(Callback.DEFERRED_UPDATE, {})
        else:
            self._is_loading = await self._first(Callback.DEFERRED_MESSAGE, {"flags": EPHEMERAL})

    async def leave_as_it_is(self) -> None:
        """A component did something that shows elsewhere."""
        if not self.is_answered:
            await self._first(Callback.DEFERRED_UPDATE, {})

    async def open(self, modal: Json) -> bool:
        """Only a first answer can be a modal. Whether Discord took it."""
        return await self._first(Callback.MODAL, modal)

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        made = [{"name": (label or value)[:100], "value": value[:100]} for value, label in choices[:25]]
        await self._first(Callback.SUGGESTIONS, {"choices": made})

    async def say(self, bodies: Sequence[Json]) -> None:
        """To this person alone, in as many messages as there are bodies."""
        for body in bodies:
            if not self.is_answered:
                if await self._first(Callback.MESSAGE, body):
                    self._said = _ORIGINAL
            elif self._is_loading:
                self._is_loading = False
                # Whom it is for was said when it was put off; no other flag can be changed.
                flags = int(body["flags"]) & SUPPRESS_EMBEDS
                await self._later("PATCH", _ORIGINAL, body | {"flags": flags})
                self._said = _ORIGINAL
            else:
                said = await self._later("POST", "", body)
                self._said = f"/messages/{said['id']}" if said else ""

    async def show(self, uploads: Sequence[Upload]) -> None:
        """Pictures, below what was said."""
        if self.is_answered:
            await self._later("POST", "", {"flags": EPHEMERAL}, uploads=uploads)

    async def change(self, body: Json) -> None:
        """What was said last now says this, for as long as Discord lets one change it: fifteen minutes."""
        if self._said:
            await self._later("PATCH", self._said, body | {"flags": int(body["flags"]) & SUPPRESS_EMBEDS})

    async def replace(self, bodies: Sequence[Json]) -> None:
        """Let the message whose component was used say the first of these; what has no room follows."""
        first, *rest = bodies
        # It stays for this person alone, or for all, as it was.
        body = first | {"flags": int(first["flags"]) & SUPPRESS_EMBEDS}
        if not self.is_answered:
            await self._first(Callback.UPDATE, body)
        else:
            await self._later("PATCH", _ORIGINAL, body)
        self._said = _ORIGINAL
        await self.say(rest)

    async def _first(self, kind: Callback, data: Json) -> bool:
        self.is_answered = True
        try:
            await self._calls.call(
                "POST",
                "/interactions/{webhook_id}/{webhook_token}/callback",
                webhook=self._key,
                body={"type": int(kind), "data": data},
                urgency=Urgency.NOW,
            )
        except DiscordRefused as refused:
            # It still waits for another answer, unless it had one or has waited for too long.
            self.is_answered = refused.code in (TOO_LATE, ANSWERED_ALREADY)
            log.warning("an interaction could not be answered", answer=kind.name, reason=str(refused))
            return False
        except (Unsure, Busy) as error:
            log.warning("an interaction could not be answered", answer=kind.name, reason=str(error))
            return False
        return True

    async def _later(
        self, method: str, path: str, body: Json, *, uploads: Sequence[Upload] = ()
    ) -> Json | None:
        """The message as it is now. https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages"""
        try:
            said: Json = await self._calls.call(
                method,
                "/webhooks/{webhook_id}/{webhook_token}" + path,
                webhook=(self._application, self._key[1]),
                body=body,
                uploads=uploads,
                urgency=Urgency.NOW,
            )
        except (DiscordRefused, Unsure, Busy) as error:
            log.warning("an answer did not arrive", reason=str(error))
            return None
        return said
