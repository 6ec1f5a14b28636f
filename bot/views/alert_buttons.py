"""What can be done about the alerts of a message: for one ticket everything, for several all at once or by menu."""

from collections.abc import Sequence

from bot.messages import verbs
from bot.messages.outbound import Button, Menu
from bot.services.context.view import View
from bot.views.alert_line import AlertState
from bot.views.claim_button import claim_button

LAST = "last"
"""The option that says which message a button for all was pressed on: it handles nothing that came after it."""


def alert_buttons(view: View, active: Sequence[AlertState], *, key: str) -> tuple[Button, ...]:
    """`key` is the outbox key of the message that they stand under."""
    if len({each.ticket.id for each in active}) == 1:
        return _for_one(view, active)
    buttons: list[Button] = []
    if not all(each.is_handled for each in active):
        buttons += (
            Button(label="Acknowledge all", verb=verbs.ACKNOWLEDGE_ALL, options={LAST: key}, is_primary=True),
            Button(label="Snooze all…", verb=verbs.SNOOZE_ALL, options={LAST: key}, opens_form=True),
        )
    if any(each.is_snoozed for each in active):
        buttons.append(Button(label="End all snoozes", verb=verbs.UNSNOOZE_ALL, options={LAST: key}))
    return tuple(buttons)


def alert_menu(view: View, active: Sequence[AlertState]) -> Menu | None:
    """What is done to one of several tickets: first those to claim, then those to take over, then the snoozed ones.

    A platform shows as many as its menus take.
    """
    by_ticket = {each.ticket.id: each for each in active}
    if len(by_ticket) < 2:
        return None
    free = [each for each in by_ticket.values() if each.ticket.assignee is None]
    held = [each for each in by_ticket.values() if each.ticket.assignee is not None]
    snoozed = list({each.ticket.id: each for each in active if each.is_snoozed}.values())
    verbs_of_all = {"claim": free, "take over": held, "end snooze": snoozed}
    *before, last = [verb for verb, states in verbs_of_all.items() if states]
    label = f"{', '.join(before)} or {last}" if before else last
    return Menu(
        label=f"{label.capitalize()}…",
        entries=(
            *(_claim(view, each, names_ticket=True) for each in (*free, *held)),
            *(_end_snooze(each) for each in snoozed),
        ),
    )


def buttons_for_program(view: View, states: Sequence[AlertState]) -> tuple[Button, ...]:
    return tuple(_claim(view, each, names_ticket=True) for each in states)


def _for_one(view: View, active: Sequence[AlertState]) -> tuple[Button, ...]:
    """Of a ticket, whose targets are acknowledged and snoozed together."""
    reference = active[0].ticket.reference
    buttons: list[Button] = []
    if not all(each.is_acknowledged for each in active):
        buttons.append(Button(label="Acknowledge", verb=verbs.ACKNOWLEDGE, ticket=reference, is_primary=True))
    buttons.append(Button(label="Snooze…", verb=verbs.SNOOZE, ticket=reference, opens_form=True))
    if any(each.is_handled for each in active):
        is_snoozed = not any(each.is_acknowledged for each in active)
        label = "End snooze" if is_snoozed else "Un-acknowledge"
        buttons.append(Button(label=label, verb=verbs.UNACKNOWLEDGE, ticket=reference))
    return (
        *buttons,
        _claim(view, active[0]),
        Button(label="Reassign…", verb=verbs.ASSIGN, ticket=reference, opens_form=True),
        Button(label=f"Open {reference}", verb=verbs.SHOW, ticket=reference),
    )


def _end_snooze(each: AlertState) -> Button:
    reference = each.ticket.reference
    return Button(label=f"End snooze of {reference}", verb=verbs.UNACKNOWLEDGE, ticket=reference)


def _claim(view: View, each: AlertState, *, names_ticket: bool = False) -> Button:
    holder = each.ticket.assignee
    name = view.person(holder).name if holder is not None else ""
    return claim_button(each.ticket.reference, holder=holder, name=name, names_ticket=names_ticket)
