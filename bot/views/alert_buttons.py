"""What can be done about the alerts of a message: for one ticket everything, for several all at once or by menu."""

from collections.abc import Callable, Iterable, Sequence

from bot.messages import verbs
from bot.messages.outbound import Button, Menu
from bot.services.context.view import View
from bot.text.sentences import words
from bot.views.alert_line import AlertState
from bot.views.claim_button import claim_button

LAST = "last"
"""The option that says which message a button for all was pressed on: it handles nothing that came after it."""


def alert_buttons(view: View, active: Sequence[AlertState], *, key: str) -> tuple[Button, ...]:
    """`key` is the outbox key of the message that they stand under."""
    if len({each.ticket.id for each in active}) == 1:
        return _for_one(view, active)
    language = view.language
    buttons: list[Button] = []
    if not all(each.is_handled for each in active):
        acknowledge, snooze = (
            words(language, f"team.button_{each}_all") for each in ("acknowledge", "snooze")
        )
        buttons += (
            Button(label=acknowledge, verb=verbs.ACKNOWLEDGE_ALL, options={LAST: key}, is_primary=True),
            Button(label=snooze, verb=verbs.SNOOZE_ALL, options={LAST: key}, opens_form=True),
        )
    if any(each.is_snoozed for each in active):
        label = words(language, "team.button_end_snoozes")
        buttons.append(Button(label=label, verb=verbs.UNSNOOZE_ALL, options={LAST: key}))
    return tuple(buttons)


def alert_menu(view: View, active: Sequence[AlertState]) -> Menu | None:
    """What is done to one of several tickets, in this order: claim, take over, undo, acknowledge, snooze.

    A platform shows as many as its menus take.
    """
    states = {each.ticket.id: each for each in active}.values()
    if len(states) < 2:
        return None
    free = [each for each in states if each.ticket.assignee is None]
    held = [each for each in states if each.ticket.assignee is not None]
    acknowledged = _references(each for each in active if each.is_acknowledged)
    snoozed = _references(each for each in active if each.is_snoozed)
    unacknowledged = _references(each for each in active if not each.is_acknowledged)
    unhandled = _references(each for each in active if not each.is_handled)
    return Menu(
        label=words(view.language, "team.menu_of_alerts"),
        entries=(
            *(_claim(view, each, names_ticket=True) for each in (*free, *held)),
            *(_labelled(view, each)("unacknowledge_of", verbs.UNACKNOWLEDGE) for each in acknowledged),
            *(
                _labelled(view, each)("end_snooze_of", verbs.UNACKNOWLEDGE)
                for each in snoozed
                if each not in acknowledged
            ),
            *(_labelled(view, each)("acknowledge_of", verbs.ACKNOWLEDGE) for each in unacknowledged),
            *(_labelled(view, each)("snooze_of", verbs.SNOOZE_ALERT, opens_form=True) for each in unhandled),
        ),
    )


def buttons_for_program(view: View, states: Sequence[AlertState]) -> tuple[Button, ...]:
    return tuple(_claim(view, each, names_ticket=True) for each in states)


def _for_one(view: View, active: Sequence[AlertState]) -> tuple[Button, ...]:
    """Of a ticket, whose targets are acknowledged and snoozed together."""
    reference = active[0].ticket.reference
    button = _labelled(view, reference)
    buttons: list[Button] = []
    if not all(each.is_acknowledged for each in active):
        buttons.append(button("acknowledge", verbs.ACKNOWLEDGE, is_primary=True))
    buttons.append(button("snooze_form", verbs.SNOOZE_ALERT, opens_form=True))
    if any(each.is_handled for each in active):
        is_snoozed = not any(each.is_acknowledged for each in active)
        buttons.append(button("end_snooze" if is_snoozed else "unacknowledge", verbs.UNACKNOWLEDGE))
    return (
        *buttons,
        _claim(view, active[0]),
        button("reassign_form", verbs.ASSIGN, opens_form=True),
        button("open_ticket", verbs.SHOW),
    )


def _references(states: Iterable[AlertState]) -> list[str]:
    """Of their tickets, each once."""
    return list(dict.fromkeys(each.ticket.reference for each in states))


def _labelled(view: View, reference: str) -> Callable[..., Button]:
    """Buttons for one ticket, labelled in the team's language."""

    def button(label: str, verb: str, *, opens_form: bool = False, is_primary: bool = False) -> Button:
        text = words(view.language, f"team.button_{label}", reference=reference)
        return Button(label=text, verb=verb, ticket=reference, opens_form=opens_form, is_primary=is_primary)

    return button


def _claim(view: View, each: AlertState, *, names_ticket: bool = False) -> Button:
    holder = each.ticket.assignee
    name = view.person(holder).name if holder is not None else ""
    return claim_button(
        each.ticket.reference, view.language, holder=holder, name=name, names_ticket=names_ticket
    )
