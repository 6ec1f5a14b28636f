"""The alert of an escalation channel: which targets are about to be missed or were, who has them, what to press.

A channel has one at a time, the newest, and it shows all that is active there: what it was sent for, then what was
alerted before and still is not over. What changes later is edited into it. The one before it is deleted once the
newer one is shown; a line of it remains while it is the only message that names somebody who was called and whom
nobody has relieved yet.

Each is sent once. It is rendered when it is sent, and only while something that it was to tell is still true.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.directory import ChannelRef
from bot.messages import verbs
from bot.messages.outbound import Bold, Code, Mention, Notice, RichText, Tone
from bot.ports.storage.outbox import CurrentAlert, OutboxRow
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert
from bot.services.escalations.recipients import Recipients
from bot.text.sentences import say
from bot.views.alert_buttons import alert_buttons, alert_menu, buttons_for_program
from bot.views.alert_line import AlertState, line
from bot.views.alert_states import active_before, states_of

LISTED = 10
"""Targets that an alert names one by one; of the others the tickets are counted."""
MOST_MENTIONS = 20
_TITLES = (
    "team.breached_title",
    "team.step_title",
    "team.awake_title",
    "team.at_risk_title",
    "team.before_title",
    "team.over_title",
)
"""In this order."""


def alert(view: View, row: OutboxRow) -> Notice | None:
    """The alert as it is now, or None where nothing of it is left to show."""
    channel = row.conversation.channel
    if view.desk.is_program(channel):
        return _for_program(view, row)
    if row.shown and not row.parts:
        return None  # deleted, when a newer one replaced it
    if row.parts and (newer := _newer(view, row)):
        return _replaced(view, row, newer)
    return _newest(view, row)


def _newest(view: View, row: OutboxRow) -> Notice | None:
    is_shown = bool(row.parts)
    own = [
        each
        for each in states_of(view, _alerts(row.payload), channel=row.conversation.channel)
        if is_shown or not each.is_over
    ]
    if not own:
        return None
    before = active_before(view, row.conversation, besides=own)
    listed = sorted([*own, *before], key=_place)
    named = {each.ticket.id for each in listed[:LISTED]}
    more = len({each.ticket.id for each in listed} - named) + int(row.payload.get("more", 0))
    calling = Recipients(view.uow, view.desk, now=view.now)
    text = _listing(view, listed[:LISTED], calling=calling)
    if more:
        command = Code(verbs.typed(view.desk.command_names, verbs.QUEUE))
        text += (*say(view.desk.language, "team.and_more", more=more, command=command), "\n")
    called = [each for each in own if is_shown or not each.is_acknowledged]
    mentions = _mentions(called, calling=calling, channel=row.conversation.channel)
    for mention in mentions:
        text += (mention, " ")
    active = [each for each in listed if not each.is_over]
    return Notice(
        text=text,
        buttons=alert_buttons(view, active, key=row.key),
        menu=alert_menu(view, active),
        tone=_tone(listed),
        mentions=mentions,
    )


def _replaced(view: View, row: OutboxRow, newer: Sequence[CurrentAlert]) -> Notice | None:
    """A line for whom it called and no newer one does; None where it called nobody, or somebody sees to it."""
    channel = row.conversation.channel
    calling = Recipients(view.uow, view.desk, now=view.now)
    own = [each for each in states_of(view, _alerts(row.payload), channel=channel) if each.still_calls]
    called = _mentions(own, calling=calling, channel=channel)
    if not called:
        return None
    later = [each for every in newer for each in states_of(view, _alerts(every.payload), channel=channel)]
    named = {each.key for each in _mentions(later, calling=calling, channel=channel)}
    left = tuple(each for each in called if each.key not in named)
    if not left:
        return None
    text = say(view.desk.language, "team.alert_replaced")
    for mention in left:
        text += (" ", mention)
    return Notice(text=text, tone=Tone.MUTED, mentions=left)


def _for_program(view: View, row: OutboxRow) -> Notice | None:
    """A program is told once, reads all of it, and tells by the buttons which tickets they are."""
    states = [
        each
        for each in states_of(view, _alerts(row.payload), channel=row.conversation.channel)
        if not each.is_over
    ]
    if not states:
        return None
    calling = Recipients(view.uow, view.desk, now=view.now)
    states.sort(key=_place)
    text = _listing(view, states, calling=calling)
    return Notice(text=text, buttons=buttons_for_program(view, states), tone=_tone(states))


def _newer(view: View, row: OutboxRow) -> list[CurrentAlert]:
    current = view.uow.outbox.current_alerts(row.conversation.id)
    return [each for each in current if each.id > row.id and each.is_shown]


def _alerts(payload: Mapping[str, Any]) -> list[Alert]:
    return [Alert.from_json(body) for body in payload["alarms"]]


def _place(each: AlertState) -> tuple[bool, bool, bool, bool, float]:
    """What it is sent for, then what was alerted before and nobody sees to, then the rest; what is over last."""
    return (
        each.is_over,
        not each.is_new,
        not each.is_new and each.is_handled,
        not each.is_breached,
        each.due_at.timestamp(),
    )


def _listing(view: View, listed: Sequence[AlertState], *, calling: Recipients) -> RichText:
    text: RichText = ()
    for title in _TITLES:
        text += _section(
            view, [each for each in listed if _title(each) == title], title=title, calling=calling
        )
    return text


def _title(each: AlertState) -> str:
    if each.is_over:
        return "team.over_title"
    if not each.is_new:
        return "team.before_title"
    if each.alert.is_awake:
        return "team.awake_title"
    if each.alert.step:
        return "team.step_title"
    return "team.breached_title" if each.is_breached else "team.at_risk_title"


def _section(view: View, states: Sequence[AlertState], *, title: str, calling: Recipients) -> RichText:
    if not states:
        return ()
    words = say(view.desk.language, title)
    text: RichText = (*(Bold(each) for each in words if isinstance(each, str)), "\n")
    for each in states:
        text += (*line(view, each, calling=calling), "\n")
    return text


def _tone(states: Sequence[AlertState]) -> Tone:
    """That of the worst which nobody sees to yet."""
    waiting = [each for each in states if not each.is_over and not each.is_acknowledged]
    if waiting:
        return Tone.ALERT if any(each.is_breached for each in waiting) else Tone.WARNING
    return Tone.MUTED if all(each.is_over for each in states) else Tone.ATTENTION


def _mentions(
    states: Sequence[AlertState], *, calling: Recipients, channel: ChannelRef
) -> tuple[Mention, ...]:
    """The people the stages and steps name, each once, and only those who are on this channel's platform."""
    people = {
        person.key: person
        for each in states
        if not each.is_over
        for person in calling.called(each.ticket, each.alert.notify)
        if person.platform == channel.platform
    }
    return tuple(Mention(person.key, person.name) for person in list(people.values())[:MOST_MENTIONS])
