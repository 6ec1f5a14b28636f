"""A ping in an escalation channel: which promises are about to break or broke, whose they are, what to press.

A ping happens once. It is rendered when it is sent, and says only what is still true by then; what it says later is
edited into it, so that a channel of old alarms never lies.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.directory import ChannelRef
from bot.messages.outbound import Bold, Button, Code, Mention, Notice, RichText, Tone
from bot.services.context.view import View
from bot.services.escalations.alerts import Alert
from bot.services.escalations.recipients import Recipients
from bot.text.sentences import say
from bot.views.alert_line import AlertState, alert_state, line

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
    """The ping, or None when none of its alarms is true any more.

    `shown_as` is the key it was told under, once it is shown: then it tells what became of its alarms.
    """
    is_shown = shown_as is not None
    alerts = [Alert.from_json(body) for body in payload["alarms"]]
    standing = [each for each in alert_state(view, alerts, shown_as=shown_as) if is_shown or not each.is_over]
    if not standing:
        return None
    standing.sort(key=lambda each: (each.is_over, not each.alert.is_breach, each.due_at))
    # A program reads them all, and tells by the buttons which tickets they are.
    listed = len(standing) if channel.is_program else LISTED
    shown, more = standing[:listed], len(standing[listed:]) + int(payload.get("more", 0))
    calling = Recipients(view.uow, view.desk, now=view.now)
    text: RichText = ()
    for title in _TITLES:
        text += _section(
            view, [each for each in shown if _title(each) == title], title=title, calling=calling
        )
    if more:
        command = Code(f"/{view.desk.command_names['desk']} queue")
        text += say(view.desk.language, "and_more", count=str(more), command=command)
    called = [each for each in standing if is_shown or not each.is_acknowledged]
    mentions = _mentions(called, calling=calling, channel=channel)
    for mention in mentions:
        text += (mention, " ")
    return Notice(
        text=text,
        buttons=_buttons(shown, most=listed if channel.is_program else WITH_BUTTONS),
        tone=_tone(standing),
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


def _section(view: View, standing: Sequence[AlertState], *, title: str, calling: Recipients) -> RichText:
    if not standing:
        return ()
    words = say(view.desk.language, title)
    text: RichText = (*(Bold(each) for each in words if isinstance(each, str)), "\n")
    for each in standing:
        text += (*line(view, each, calling=calling), "\n")
    return text


def _tone(standing: Sequence[AlertState]) -> Tone:
    """That of the worst which nobody sees to yet."""
    waiting = [each for each in standing if not each.is_over and not each.is_acknowledged]
    if waiting:
        return Tone.ALERT if any(each.alert.is_breach for each in waiting) else Tone.WARNING
    return Tone.MUTED if all(each.is_over for each in standing) else Tone.ATTENTION


def _buttons(standing: Sequence[AlertState], *, most: int) -> tuple[Button, ...]:
    """All that can be done about one alarm; of several, what is done most, each with its number."""
    live = [each for each in standing if not each.is_over][:most]
    if len(live) == 1:
        return _all_buttons(live[0])
    return tuple(button for each in live for button in _few_buttons(each))


def _all_buttons(each: AlertState) -> tuple[Button, ...]:
    reference = each.ticket.reference
    seeing_to_it: tuple[Button, ...] = ()
    if each.is_standing:
        seeing_to_it = (
            Button(label="Acknowledge", verb="desk acknowledge", ticket=reference, is_primary=True),
            Button(label="Snooze…", verb="desk snooze", ticket=reference, opens_form=True),
        )
    return (
        *seeing_to_it,
        _take(each, label="Take"),
        Button(label="Reassign…", verb="desk assign", ticket=reference, opens_form=True),
        Button(label=f"Open {reference}", verb="ticket show", ticket=reference),
    )


def _few_buttons(each: AlertState) -> tuple[Button, ...]:
    reference = each.ticket.reference
    acknowledge = Button(label=f"Acknowledge {reference}", verb="desk acknowledge", ticket=reference)
    return (
        *((acknowledge,) if each.is_standing else ()),
        _take(each, label=f"Take {reference}"),
        Button(label=f"Open {reference}", verb="ticket show", ticket=reference),
    )


def _take(each: AlertState, *, label: str) -> Button:
    """`seen` is who had it when this was shown: nobody takes a ticket away that has changed hands since."""
    seen = {"seen": each.ticket.assignee or "nobody"}
    return Button(label=label, verb="desk take", ticket=each.ticket.reference, options=seen)


def _mentions(
    standing: Sequence[AlertState], *, calling: Recipients, channel: ChannelRef
) -> tuple[Mention, ...]:
    """The people the stages and steps name, each once, and only those who are on this channel's platform."""
    people = {
        person.key: person
        for each in standing
        if not each.is_over
        for person in calling.called(each.ticket, each.alert.notify)
        if person.platform == channel.platform
    }
    return tuple(Mention(person.key, person.name) for person in list(people.values())[:MOST_MENTIONS])
