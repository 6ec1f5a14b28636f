"""A ping in an escalation channel: which promises are about to break or broke, whose they are, what to press.

A ping happens once. It is rendered when it is sent, and says only what is still true by then; what it says later is
edited into it, so that a channel of old alerts never lies.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.directory import ChannelRef
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Mention, Notice, RichText, Tone
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert
from bot.services.escalations.recipients import Recipients
from bot.text.sentences import say
from bot.views.alert_line import AlertState, alert_state, line
from bot.views.claim_button import claim_button

LISTED = 10
"""Tickets a ping names one by one; the rest are counted."""
WITH_BUTTONS = 5
"""Tickets that have buttons of their own: more would be a wall, and every platform has a limit."""
MOST_MENTIONS = 20
_TITLES = (
    "breached_title",
    "step_title",
    "awake_title",
    "at_risk_title",
    "passed_title",
    "again_title",
    "over_title",
)
"""In this order."""


def alert(
    view: View, payload: Mapping[str, Any], *, channel: ChannelRef, shown_as: str | None = None
) -> Notice | None:
    """The ping, or None when none of its alerts is true any more.

    `shown_as` is the key it was told under, once it is shown: then it tells what became of its alerts.
    """
    is_shown = shown_as is not None
    alerts = [Alert.from_json(body) for body in payload["alarms"]]
    states = [each for each in alert_state(view, alerts, shown_as=shown_as) if is_shown or not each.is_over]
    if not states:
        return None
    states.sort(key=lambda each: (each.is_over, not each.alert.is_breach, each.due_at))
    # A program reads them all, and tells by the buttons which tickets they are.
    is_for_program = view.desk.is_program(channel)
    listed = len(states) if is_for_program else LISTED
    shown, more = states[:listed], len(states[listed:]) + int(payload.get("more", 0))
    calling = Recipients(view.uow, view.desk, now=view.now)
    text: RichText = ()
    for title in _TITLES:
        text += _section(
            view, [each for each in shown if _title(each) == title], title=title, calling=calling
        )
    if more:
        command = Code(verbs.typed(view.desk.command_names, verbs.QUEUE))
        text += say(view.desk.language, "and_more", count=str(more), command=command)
    called = [each for each in states if is_shown or not each.is_acknowledged]
    mentions = _mentions(called, calling=calling, channel=channel)
    for mention in mentions:
        text += (mention, " ")
    return Notice(
        text=text,
        buttons=_buttons(view, shown, most=listed if is_for_program else WITH_BUTTONS),
        tone=_tone(states),
        mentions=mentions,
    )


def _title(each: AlertState) -> str:
    if each.is_over:
        return _title_of_over(each)
    if each.alert.is_awake:
        return "awake_title"
    if each.alert.step:
        return "step_title"
    return "breached_title" if each.alert.is_breach else "at_risk_title"


def _title_of_over(each: AlertState) -> str:
    if each.is_passed:
        return "passed_title"
    return "again_title" if each.is_told_again and each.timer.stopped_at is None else "over_title"


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
        return Tone.ALERT if any(each.alert.is_breach for each in waiting) else Tone.WARNING
    return Tone.MUTED if all(each.is_over for each in states) else Tone.ATTENTION


def _buttons(view: "View", states: Sequence[AlertState], *, most: int) -> tuple[Button, ...]:
    """All that can be done about one alert; of several, what is done most, each with its number."""
    live = [each for each in states if not each.is_over][:most]
    if len(live) == 1:
        return _all_buttons(view, live[0])
    return tuple(button for each in live for button in _few_buttons(view, each))


def _all_buttons(view: "View", each: AlertState) -> tuple[Button, ...]:
    reference = each.ticket.reference
    seeing_to_it: tuple[Button, ...] = ()
    if each.is_unacknowledged:
        seeing_to_it = (
            Button(label="Acknowledge", verb=verbs.ACKNOWLEDGE, ticket=reference, is_primary=True),
            Button(label="Snooze…", verb=verbs.SNOOZE, ticket=reference, opens_form=True),
        )
    return (
        *seeing_to_it,
        _claim(view, each),
        Button(label="Reassign…", verb=verbs.ASSIGN, ticket=reference, opens_form=True),
        Button(label=f"Open {reference}", verb=verbs.SHOW, ticket=reference),
    )


def _few_buttons(view: "View", each: AlertState) -> tuple[Button, ...]:
    reference = each.ticket.reference
    acknowledge = Button(label=f"Acknowledge {reference}", verb=verbs.ACKNOWLEDGE, ticket=reference)
    return (
        *((acknowledge,) if each.is_unacknowledged else ()),
        _claim(view, each, names_ticket=True),
        Button(label=f"Open {reference}", verb=verbs.SHOW, ticket=reference),
    )


def _claim(view: "View", each: AlertState, *, names_ticket: bool = False) -> Button:
    holder = each.ticket.assignee
    name = view.person(holder).name if holder is not None else ""
    return claim_button(each.ticket.reference, holder=holder, name=name, names_ticket=names_ticket)


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
