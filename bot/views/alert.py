"""The alert of an escalation channel: which targets are about to be missed or were, who has them, what to press.

A channel has one at a time, the newest, and it shows all that is active there: what it was sent for, and what was
alerted before and still is not over. What is breached comes first, and last what was handled before, a line a ticket;
a ticket whose clocks rest is not active. What changes later is edited into it. The one
before it is deleted once the newer one is shown, which from then on also names those whom the earlier ones called and
nobody has relieved yet: an edit, which notifies nobody again.

Each is sent once. It is rendered when it is sent, and only while something that it was to tell is still true.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from bot.domain.directory import ChannelRef, Person
from bot.domain.sla.timer import Measure
from bot.domain.tickets.queue_order import QueuePart
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Mention, Notice, RichText, Tone
from bot.messages.parts import length_of
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.escalations.alerts import alerts_in
from bot.services.escalations.recipients import Recipients
from bot.text import terms
from bot.text.amounts import listed
from bot.text.sentences import say, words
from bot.views.alert_buttons import alert_buttons, alert_menu, buttons_for_program
from bot.views.alert_line import AlertState, line
from bot.views.alert_states import active_before, one_line_each, states_of
from bot.views.board import more_tickets

LineOf = Callable[[AlertState], RichText]
LISTED = 10
"""Targets that an alert names one by one; of the others the tickets are counted."""
ROOM = 1_850
"""Characters of its lines and mentions: an alert is one message everywhere, and the shortest has 2,000 in all."""
MENTION = 24
"""Characters of a mention, as platforms write it."""
LINK = 100
"""Characters of a link to a card, as platforms write it."""
NAMED = 10
"""Names that a sentence lists; more are counted."""
MOST_MENTIONS = 50
_TITLES = (
    "team.breached_title",
    "team.step_title",
    "team.awake_title",
    "team.at_risk_title",
    "team.breached_before_title",
    "team.before_title",
    "team.handled_title",
    "team.paused_title",
    "team.late_title",
    "team.over_title",
)
"""In this order among the breached targets, and again among the others."""


def alert(view: View, row: OutboxRow) -> Notice | None:
    """The alert as it is now, or None where nothing of it is left to show."""
    channel = row.conversation.channel
    if view.desk.is_program(channel):
        return _for_program(view, row)
    if row.shown and not row.parts:
        return None  # deleted, when a newer one replaced it
    if row.parts and _is_replaced(view, row):
        return None
    return _newest(view, row)


def _newest(view: View, row: OutboxRow) -> Notice | None:
    channel, is_shown = row.conversation.channel, bool(row.parts)
    own = [
        each
        for each in states_of(view, alerts_in(row.payload), channel=channel)
        if is_shown or not each.is_over
    ]
    if not own:
        return None
    before, is_more = active_before(view, row.conversation, besides=own)
    states = sorted([*own, *before], key=_place)
    lines = one_line_each(states)
    active = [each for each in states if not each.is_over]
    calling = Recipients(view.uow, view.desk, now=view.now)
    shown = _listed(lines)
    view.uow.conversations.read_ahead(each.ticket.id for each in shown)
    naming = [each for each in states if _names_called(each, is_shown=is_shown)]
    mentions = _mentions(view, naming, calling=calling, channel=channel)
    line_of = _drawn_once(view, calling)
    shown = _listed(lines, most=_fitting(shown, line_of=line_of, room=ROOM - MENTION * len(mentions)))
    text = _listing(view, shown, line_of=line_of)
    text += _more(view, active, besides=shown, is_more=is_more) + _last_reminder(view, active)
    for mention in mentions:
        text += (mention, " ")
    return Notice(
        text=text,
        buttons=(*alert_buttons(view, active, key=row.key), *_more_button(view, active, besides=shown)),
        menu=alert_menu(view, active),
        tone=_tone(states),
        mentions=mentions,
    )


def _is_replaced(view: View, row: OutboxRow) -> bool:
    newest = view.uow.outbox.newest_alert_shown(row.conversation.id)
    return newest is not None and newest > row.id


def _names_called(each: AlertState, *, is_shown: bool) -> bool:
    """Only news notifies people when it is posted; those who were called before it are named from then on."""
    if each.is_new:
        return is_shown or not each.is_acknowledged
    return is_shown and each.still_calls


def _drawn_once(view: View, calling: Recipients) -> LineOf:
    """What is measured first is shown afterwards."""
    drawn: dict[int, RichText] = {}

    def line_of(each: AlertState) -> RichText:
        if each.timer.id not in drawn:
            drawn[each.timer.id] = line(view, each, calling=calling)
        return drawn[each.timer.id]

    return line_of


def _fitting(shown: Sequence[AlertState], *, line_of: LineOf, room: int) -> int:
    """How many of these lines are whole in one message of each platform; at least one."""
    for count, each in enumerate(shown):
        room -= length_of(line_of(each), link=LINK) + 1
        if room < 0:
            return max(1, count)
    return max(1, len(shown))


def _listed(states: Sequence[AlertState], *, most: int = LISTED) -> list[AlertState]:
    """The first ones, and always one of those that the message was sent for."""
    first, rest = list(states[:most]), states[most:]
    news = [each for each in rest if each.is_new and not each.is_over]
    if not news or any(each.is_new for each in first):
        return first
    return [*first[:-1], news[0]]


def _more(
    view: View, active: Sequence[AlertState], *, besides: Sequence[AlertState], is_more: bool
) -> RichText:
    """The tickets there is no room for."""
    left = _left(active, besides=besides)
    if not left:
        return ()
    teams = {team.name: team for team in map(view.team, left)}
    return (*more_tickets(view, teams.values(), left, is_more=is_more), "\n")


def _more_button(
    view: View, active: Sequence[AlertState], *, besides: Sequence[AlertState]
) -> tuple[Button, ...]:
    """Lists the queue that the tickets without a line are in; the most urgent ones where there are several."""
    left = _left(active, besides=besides)
    if not left:
        return ()
    teams = {view.team(ticket).name for ticket in left}
    is_overdue = any(ticket.due_at is not None and ticket.due_at <= view.now for ticket in left)
    options = {"which": str(QueuePart.OVERDUE if is_overdue else QueuePart.AT_RISK)}
    if len(teams) == 1:
        options["team"] = teams.pop()
    label = words(view.language, "team.button_more_tickets", count=len(left))
    return (Button(label=label, verb=verbs.QUEUE, options=options),)


def _left(active: Sequence[AlertState], *, besides: Sequence[AlertState]) -> list[Ticket]:
    named = {each.ticket.id for each in besides}
    return list({each.ticket.id: each.ticket for each in active if each.ticket.id not in named}.values())


def _last_reminder(view: View, alerted: Sequence[AlertState]) -> RichText:
    """Of which targets nobody is notified again, and who was: a sentence for all of whom the same people were."""
    last = [each for each in alerted if each.was_last_reminder]
    if not last:
        return ()
    language = view.language
    told: dict[tuple[str, ...], list[AlertState]] = {}
    for each in last:
        told.setdefault(tuple(sorted(each.alert.notified)), []).append(each)
    text: RichText = ()
    for keys, states in told.items():
        targets = _named(_targets(states, language), language, many="team.count_targets")
        if not keys:
            text += (*say(language, "team.last_reminder", targets=targets), "\n")
            continue
        names = _named([view.person(key).name for key in keys], language, many="team.count_people")
        text += (*say(language, "team.last_reminder_to", targets=targets, names=names), "\n")
    return text


def _targets(states: Sequence[AlertState], language: str) -> list[str]:
    """`IT-1 (first response and resolution)`, each ticket once."""
    found: dict[str, set[Measure]] = {}
    for each in states:
        found.setdefault(each.ticket.reference, set()).add(each.timer.measure)
    return [
        f"{reference} ({listed([terms.measure(each, language) for each in Measure if each in measures], language)})"
        for reference, measures in found.items()
    ]


def _named(names: Sequence[str], language: str, *, many: str) -> str:
    """Each once, as a list; more than are read at a glance are counted."""
    each = list(dict.fromkeys(names))
    return listed(each, language) if len(each) <= NAMED else words(language, many, count=len(each))


def _for_program(view: View, row: OutboxRow) -> Notice | None:
    """A program is told once, reads all of it, and tells by the buttons which tickets they are."""
    states = [
        each
        for each in states_of(view, alerts_in(row.payload), channel=row.conversation.channel)
        if not each.is_over
    ]
    if not states:
        return None
    calling = Recipients(view.uow, view.desk, now=view.now)
    states.sort(key=_place)
    text = _listing(view, states, line_of=_drawn_once(view, calling)) + _last_reminder(view, states)
    return Notice(text=text, buttons=buttons_for_program(view, states), tone=_tone(states))


def _place(each: AlertState) -> tuple[int, bool, int, float]:
    """What is news or unhandled, then what was handled before, then what is over; in each, what is breached first."""
    apart = ("team.handled_title", "team.paused_title", "team.late_title", "team.over_title")
    title = _title(each)
    return (
        apart.index(title) + 1 if title in apart else 0,
        not each.is_breached,
        _TITLES.index(title),
        each.due_at.timestamp(),
    )


def _listing(view: View, shown: Sequence[AlertState], *, line_of: LineOf) -> RichText:
    text: RichText = ()
    for title, states in groupby(shown, key=_title):
        text += _section(view, list(states), title=title, line_of=line_of)
    return text


def _title(each: AlertState) -> str:
    if each.is_over:
        if each.is_paused:
            return "team.paused_title"
        is_late = each.is_breached and each.timer.stopped_at is not None
        return "team.late_title" if is_late else "team.over_title"
    if not each.is_new and each.is_handled:
        return "team.handled_title"
    if not each.is_new:
        return "team.breached_before_title" if each.is_breached else "team.before_title"
    if each.alert.is_awake and not each.is_handled:
        return "team.awake_title"
    if each.alert.step and not each.is_handled:
        return "team.step_title"
    return "team.breached_title" if each.is_breached else "team.at_risk_title"


def _section(view: View, states: Sequence[AlertState], *, title: str, line_of: LineOf) -> RichText:
    text: RichText = (Bold(words(view.language, title)), "\n")
    for each in states:
        text += (*line_of(each), "\n")
    return text


def _tone(states: Sequence[AlertState]) -> Tone:
    """That of the worst which nobody sees to yet."""
    waiting = [each for each in states if not each.is_over and not each.is_acknowledged]
    if waiting:
        return Tone.ALERT if any(each.is_breached for each in waiting) else Tone.WARNING
    return Tone.MUTED if all(each.is_over for each in states) else Tone.ATTENTION


def _mentions(
    view: View, states: Sequence[AlertState], *, calling: Recipients, channel: ChannelRef
) -> tuple[Mention, ...]:
    """The people whom the stages and steps notified in this channel, each once."""
    people = {
        person.key: person
        for each in states
        if not each.is_over
        for person in _mentioned(view, each, calling=calling, channel=channel)
    }
    return tuple(Mention(person.key, person.name) for person in list(people.values())[:MOST_MENTIONS])


def _mentioned(view: View, each: AlertState, *, calling: Recipients, channel: ChannelRef) -> Sequence[Person]:
    if each.alert.mentioned is not None:
        return [view.person(key) for key in each.alert.mentioned]
    return calling.mentioned(channel, each.ticket, each.alert.notify)
