"""The app's answers to interactions, and what it says after them.

https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
"""

from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum
from typing import Any

from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rest.drafts import Draft, read_changes, read_draft
from tests.fakes.discord.rules.modals import check_modal
from tests.fakes.discord.rules.rates import FOLLOW_UP
from tests.fakes.discord.rules.refusals import Json, Problems, Refusal, invalid
from tests.fakes.discord.world.interactions import Interaction, Interactions, Kind
from tests.fakes.discord.world.message_payloads import MessagePayloads
from tests.fakes.discord.world.records import Message, MessageFlag, MessageType, Place, Reference
from tests.fakes.discord.world.world import World

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
ORIGINAL = f"{FOLLOW_UP}/messages/@original"
POSTED = f"{FOLLOW_UP}/messages/{{message_id}}"
CHOICES = 25
CHOICE_TEXT = 100


class Callback(IntEnum):
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class InteractionRoutes:
    def __init__(
        self, world: World, interactions: Interactions, messages: MessagePayloads, talk: Talk
    ) -> None:
        self._world = world
        self._interactions = interactions
        self._messages = messages
        self._talk = talk

    def endpoints(self) -> list[Endpoint]:
        def route(method: str, path: str, handler: Callable[[Call], Answer]) -> Endpoint:
            is_ours = self._is_ours if path != CALLBACK else None
            return Endpoint(
                method, path, handler, needs_token=False, is_counted_globally=False, applies=is_ours
            )

        return [
            route("POST", CALLBACK, self.answer),
            route("POST", FOLLOW_UP, self.follow_up),
            route("GET", ORIGINAL, self.fetch),
            route("PATCH", ORIGINAL, self.edit),
            route("DELETE", ORIGINAL, self.delete),
            route("GET", POSTED, self.fetch),
            route("PATCH", POSTED, self.edit),
            route("DELETE", POSTED, self.delete),
        ]

    # --- the first answer ---

    def answer(self, call: Call) -> Answer:
        """One, within three seconds, of a kind that the interaction takes."""
        interaction = self._interactions.to_answer(
            call.ids["interaction_id"], call.texts["interaction_token"]
        )
        kind = _allowed(interaction, call.body.get("type"))
        data: Json = call.body.get("data") or {}
        match kind:
            case Callback.MESSAGE:
                draft = self._draft(interaction, data, call)
                interaction.original = self._say(interaction, draft, is_first=True)
            case Callback.DEFERRED_MESSAGE:
                flags = MessageFlag.LOADING | (MessageFlag(data.get("flags") or 0) & MessageFlag.EPHEMERAL)
                interaction.original = self._say(interaction, Draft(flags=flags), is_first=True)
            case Callback.DEFERRED_UPDATE:
                interaction.original = interaction.message
            case Callback.UPDATE:
                interaction.original = interaction.message
                self._change(interaction, self._original(interaction), data, call)
            case Callback.CHOICES:
                interaction.choices = _choices(data)
            case Callback.MODAL:
                problems = Problems()
                check_modal(problems, data)
                problems.raise_if_any()
                interaction.modal = data
        interaction.callback = kind
        interaction.answered.set()
        if kind is not Callback.DEFERRED_MESSAGE:
            interaction.shown.set()
        return self._told(interaction) if call.query.get("with_response") in ("true", "1", "True") else None

    # --- afterwards ---

    def follow_up(self, call: Call) -> Answer:
        """Right after a deferral it fills in what is loading, whatever it says of being ephemeral."""
        interaction = self._interactions.to_follow_up(call.texts["interaction_token"])
        original = interaction.original
        if original is not None and MessageFlag.LOADING in original.flags:
            self._change(interaction, original, call.body, call)
            return self._messages.message(original)
        draft = self._draft(interaction, call.body, call)
        message = self._say(interaction, draft, is_first=False)
        interaction.follow_ups.append(message)
        return self._messages.message(message)

    def fetch(self, call: Call) -> Answer:
        return self._messages.message(self._message(call)[1])

    def edit(self, call: Call) -> Answer:
        interaction, message = self._message(call)
        self._change(interaction, message, call.body, call)
        return self._messages.message(message)

    def delete(self, call: Call) -> Answer:
        interaction, message = self._message(call)
        self._talk.delete(message)
        interaction.shown.set()
        return None

    def _is_ours(self, call: Call) -> bool:
        """Otherwise it is a webhook's address, which has the same form."""
        return call.ids["application_id"] == self._world.application.id

    def _message(self, call: Call) -> tuple[Interaction, Message]:
        """Raises 10008 for what was never said by this interaction, or is gone."""
        interaction = self._interactions.to_follow_up(call.texts["interaction_token"])
        asked = call.ids.get("message_id")
        if asked is None:
            return interaction, self._original(interaction)
        said = [interaction.original, *interaction.follow_ups]
        found = next((message for message in said if message is not None and message.id == asked), None)
        return interaction, self._still_there(found)

    def _original(self, interaction: Interaction) -> Message:
        return self._still_there(interaction.original)

    def _still_there(self, message: Message | None) -> Message:
        if message is None or not self._interactions.is_kept(message):
            raise Refusal(10008)
        return message

    def _draft(self, interaction: Interaction, data: Json, call: Call) -> Draft:
        is_ephemeral = bool((data.get("flags") or 0) & MessageFlag.EPHEMERAL)
        guild_id = self._place(interaction).guild_id
        return read_draft(self._world, data, call.uploads, guild_id=guild_id, is_ephemeral=is_ephemeral)

    def _say(self, interaction: Interaction, draft: Draft, *, is_first: bool) -> Message:
        more: dict[str, Any] = {
            "application_id": self._world.application.id,
            "webhook_id": self._world.application.id,
            "interaction": interaction.metadata,
            "type": MessageType.DEFAULT,
        }
        place, answered = self._place(interaction), interaction.message
        if MessageFlag.EPHEMERAL in draft.flags:
            more["only_for"] = interaction.user_id
        if is_first and interaction.kind is Kind.COMMAND:
            is_slash = interaction.data["type"] == 1
            more["type"] = MessageType.CHAT_INPUT_COMMAND if is_slash else MessageType.CONTEXT_MENU_COMMAND
        elif is_first and answered is not None:
            more["type"] = MessageType.REPLY
            reference = Reference(place.id, answered.id, place.guild_id)
            draft = replace(draft, reference=reference)
        return self._talk.post(place, draft, author_id=self._world.bot.id, **more)

    def _change(self, interaction: Interaction, message: Message, data: Json, call: Call) -> None:
        guild_id = self._place(interaction).guild_id
        draft = read_changes(self._world, message, data, call.uploads, guild_id=guild_id)
        was_loading = MessageFlag.LOADING in draft.flags
        # What was loading is said now for the first time, not edited.
        self._talk.edit(
            message, replace(draft, flags=draft.flags & ~MessageFlag.LOADING), is_marked=not was_loading
        )
        interaction.shown.set()

    def _place(self, interaction: Interaction) -> Place:
        return self._world.place(interaction.place_id)

    def _told(self, interaction: Interaction) -> Json:
        """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback."""
        original = interaction.original
        about: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
        resource: Json = {"type": interaction.callback}
        if original is not None:
            about |= {
                "response_message_id": str(original.id),
                "response_message_loading": MessageFlag.LOADING in original.flags,
                "response_message_ephemeral": original.only_for is not None,
            }
            if interaction.callback in (Callback.MESSAGE, Callback.UPDATE):
                resource["message"] = self._messages.message(original)
        return {"interaction": about, "resource": resource}


def _allowed(interaction: Interaction, asked: Any) -> Callback:
    """Raises 50035 for an answer that this kind of interaction does not take."""
    on_message = {Callback.DEFERRED_UPDATE, Callback.UPDATE} if interaction.message is not None else set()
    taken = {
        Kind.COMMAND: {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL},
        Kind.COMPONENT: {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL} | on_message,
        Kind.AUTOCOMPLETE: {Callback.CHOICES},
        Kind.MODAL_SUBMIT: {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE}
        | on_message,
    }[interaction.kind]
    if asked not in {int(kind) for kind in taken}:
        names = tuple(sorted(int(kind) for kind in taken))
        raise invalid("type", "BASE_TYPE_CHOICES", f"Value must be one of {names}.")
    return Callback(asked)


def _choices(data: Json) -> list[Json]:
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete."""
    choices: list[Json] = data.get("choices") or []
    problems = Problems()
    problems.too_long("data.choices", len(choices), CHOICES)
    for number, choice in enumerate(choices):
        problems.length(f"data.choices.{number}.name", str(choice.get("name") or ""), 1, CHOICE_TEXT)
        if isinstance(choice.get("value"), str):
            problems.length(f"data.choices.{number}.value", choice["value"], 1, CHOICE_TEXT)
    problems.raise_if_any()
    return choices
