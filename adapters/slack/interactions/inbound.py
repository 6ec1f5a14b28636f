"""Commands, buttons, menus, forms and shortcuts, as inbound events. Pure.

https://docs.slack.dev/reference/interaction-payloads. Their keys are the trigger's id, a form's its view and
version: nobody repeats them, and a form that was refused may be sent again.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from adapters.slack.api.addresses import Json, channel_ref, is_direct_id
from adapters.slack.capabilities import PLATFORM
from adapters.slack.render.action_ids import Press, press_of
from adapters.slack.render.forms import Purpose, filled_in
from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import CommandGiven, IncomingFile, Location, MessagePosted, VerbChosen
from bot.ports.intake import CommandHelp, ShortcutOn

_ON_MESSAGE = " from message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """Who does it, where and when. `channel` is Slack's id, empty on a home page; `trigger` opens a form."""

    person: Person
    channel: str
    thread: str | None
    trigger: str
    at: datetime

    @property
    def location(self) -> Location:
        if not self.channel:
            return Location(channel=ChannelRef.direct(self.person.key))
        user = self.person.key.removeprefix(f"{PLATFORM}:")
        where = channel_ref(self.channel, user=user, is_direct=is_direct_id(self.channel))
        return Location(channel=where, thread=self.thread)

    def key(self, kind: str) -> str:
        return f"{PLATFORM}:{kind}:{self.trigger}"


def callback_id(command: CommandHelp, on: ShortcutOn) -> str:
    """What a shortcut is known by: the verb it stands for, marked where the verb is about the message."""
    return f"{command.name}{_ON_MESSAGE}" if on is ShortcutOn.MESSAGE else command.name


def verb_of_shortcut(callback: str) -> tuple[str, bool]:
    """The verb that a shortcut stands for, and whether it is about the message it was used on."""
    return callback.removesuffix(_ON_MESSAGE), callback.endswith(_ON_MESSAGE)


def doing(payload: Json, person: Person, *, at: datetime) -> Interaction:
    """Of any interaction: where it happened is said in as many ways as there are kinds of them."""
    container = payload.get("container") or {}
    message = payload.get("message") or {}
    channel = payload.get("channel") or {}
    thread = message.get("thread_ts") or container.get("thread_ts")
    if payload.get("type") == "message_action":
        thread = thread or message.get("ts")
    elif thread == container.get("message_ts"):
        thread = None  # a thread's first message stands in the channel, and so do answers to its buttons
    return Interaction(
        person=person,
        channel=str(payload.get("channel_id") or channel.get("id") or container.get("channel_id") or ""),
        thread=str(thread) if thread else None,
        trigger=str(payload.get("trigger_id") or ""),
        at=at,
    )


def command_given(by: Interaction, payload: Json) -> CommandGiven:
    return CommandGiven(
        key=by.key("command"),
        actor=by.person,
        location=by.location,
        at=by.at,
        group=str(payload.get("command") or "").removeprefix("/"),
        words=str(payload.get("text") or "").strip(),
    )


def press_in(payload: Json) -> Press | None:
    """What the pressed button or the chosen entry does; None for one that is not ours."""
    for action in payload.get("actions") or ():
        value = (action.get("selected_option") or {}).get("value") or action.get("value")
        return press_of(str(value or ""))
    return None


def pressed(by: Interaction, press: Press, payload: Json) -> VerbChosen:
    is_private = bool((payload.get("container") or {}).get("is_ephemeral"))
    return VerbChosen(
        key=by.key("press"),
        actor=by.person,
        location=by.location,
        at=by.at,
        verb=press.verb,
        ticket=press.ticket,
        options=press.options,
        is_on_private_reply=is_private or (payload.get("view") or {}).get("type") == "home",
    )


def submitted(
    by: Interaction, purpose: Purpose, view: Json, *, files: tuple[IncomingFile, ...] = ()
) -> VerbChosen:
    """A form that was sent: where it was opened is where it counts."""
    placed = replace(by, channel=purpose.channel, thread=purpose.thread)
    return VerbChosen(
        key=f"{PLATFORM}:form:{view.get('id')}:{view.get('hash')}",
        actor=by.person,
        location=placed.location,
        at=by.at,
        verb=purpose.verb,
        ticket=purpose.ticket,
        options={**purpose.fixed, **filled_in(view)},
        files=files,
        is_form=True,
        is_on_private_reply=purpose.is_asked_privately,
    )


def shortcut_used(by: Interaction, verb: str, *, about: MessagePosted | None = None) -> VerbChosen:
    """A global shortcut, or one on a message: of a message a ticket is made, other verbs mean its thread."""
    location = by.location if about is None else about.location
    return VerbChosen(
        key=by.key("shortcut"),
        actor=by.person,
        location=location,
        at=by.at,
        verb=verb,
        about=about,
    )
