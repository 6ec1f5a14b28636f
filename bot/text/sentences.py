"""Every sentence the desk says unasked, by language, English first.

A template's `{name}` is replaced by a span, so what people wrote can never become markup. Another
language is one more table with the same keys; what it lacks is said in English.
"""

import math
import re
from collections.abc import Iterable, Mapping

from bot.messages.outbound import RichText, Span
from bot.text.translations import TRANSLATIONS

ENGLISH: Mapping[str, str] = {
    "quoted": "{name} asked:\n{text}\n",
    "quoted_to_author": "You asked:\n{text}\n",
    "opened_for_you": "{name} opened this for you:\n{text}\n",
    "quoted_in_part": "{command} shows all of it.\n",
    "received": "{reference} is with {team}.",
    "promise": " You will have an answer by {at}.",
    "promise_broken": " You should have had an answer by {at}. That is late, and the team has been told.",
    "promise_off_duty": " Nobody is on duty until {back}. You will have an answer by {at}.",
    "promise_broken_off_duty": " You should have had an answer by {at}. That is late, "
    "and nobody is on duty until {back}.",
    "next_promise": " You will have the next answer by {at}.",
    "next_promise_broken": " You should have had the next answer by {at}. That is late, "
    "and the team has been told.",
    "next_promise_off_duty": " Nobody is on duty until {back}. You will have the next answer by {at}.",
    "next_promise_broken_off_duty": " You should have had the next answer by {at}. That is late, "
    "and nobody is on duty until {back}.",
    "off_duty": " Nobody is on duty until {back}. You will get your answer here.",
    "no_promise": " You will get your answer here.",
    "assigned": " {name} has it.",
    "answered": " Write here whenever you have something to add.",
    "waiting": " It waits for your answer: write here.",
    "on_hold": " It is on hold.",
    "resolved_state": "{reference} is resolved. Still broken? Write here, or press Reopen.",
    "closed_state": "{reference} is closed. Write here if you need more; it becomes a new ticket.",
    "withdrawn_state": "{reference} was withdrawn and is closed.",
    "pending": "{name} is waiting for your answer on {reference}.",
    "held": "{reference} is on hold.",
    "held_because": "{reference} is on hold: {reason}",
    "resolved": "{name} resolved {reference}. If it still is not right, write here or press Reopen.",
    "resolved_because": "{name} resolved {reference}:\n{reason}\n"
    "If it still is not right, write here or press Reopen.",
    "resolved_team": "{name} resolved {reference}:\n{reason}",
    "closed": "{reference} is closed{because}",
    "reopened": "{reference} is open again.",
    "follows_team": "{reference} continues {before}, which was closed.",
    "follows": "{before} was closed, so this is a new ticket, {reference}, which continues it.",
    "given": "{name} assigned {reference} to {owner}.",
    "taken_over": "{name} took over {reference} from {owner}.",
    "given_by_rule": "{reference} is for you, {owner}.",
    "answered_by": "{name} answered: {reference} is open again. It is with {owner}.",
    "answered_by_unowned": "{name} answered: {reference} is open again. Nobody has it.",
    "reopened_by": "{name} reopened {reference}. It is with {owner}.",
    "reopened_by_unowned": "{name} reopened {reference}. Nobody has it.",
    "requester_wrote": "{owner}, {name} wrote on {reference}. {link}",
    "closed_by": "{name} closed {reference}{because}",
    "withdrawn": "{name} withdrew {reference}{because}",
    "which_server": "Which server is it for?",
    "shall_i_open": "“{text}”: shall I open a ticket?",
    "which_ticket": "Which request is “{text}” about?",
    "sorted": "“{text}” is on {reference} now.",
    "no_server": "You are in no server that this desk serves, so nobody here could help you.",
    "requester_left": "{name} has left the server, so answers to {reference} may not reach them.",
    "transferred": "{name} moved {reference} to {team}. The card above leads there.",
    "stub": "{reference} “{subject}” went to {team}. {link}",
    "label_reply": "public reply",
    "label_note": "internal note",
    "undelivered": "A message on {reference} could not be delivered: {reason} "
    "An operator can see it with {command}.",
    "undelivered_operators": "Message #{number} ({kind}) for {channel} could not be delivered: {reason} "
    "Mend the cause, then {retry} or {drop}.",
    "panel": "{title}: press what it is about, and write what you need.",
    "panel_titled": "{title}",
    "transcript_requester": "{reference} is closed. Here is everything that was said, to keep.",
    "transcript_team": "The transcript of {reference}, notes included.",
    "transcript_channel": "{reference} “{subject}” is closed. Its transcript, notes included.",
    "transcript_asked": "The transcript of {reference} that you asked for.",
    "transcript_too_long": " It is larger than the files this desk keeps; {command} shows the newest of it.",
    "joined": "Added to {reference}. Is it something else? Press Separate.",
    "was_away": "{platform}: was away {since} – {until}, {found}.",
    "looked_through": "{platform}: looked through what was said, {found}.",
    "at_risk": "{reference} “{subject}” · {measure} due in {left}, by {at} · {owner}",
    "at_risk_staffed": "{reference} “{subject}” · {measure} due in {left} of the team’s time, by {at} · {owner}",
    "breached": "{reference} “{subject}” · {measure} was due {at}, {late} ago · {owner}",
    "breached_now": "{reference} “{subject}” · {measure} was due {at} · {owner}",
    "at_risk_by": "{reference} “{subject}” · {measure} due {at} · {owner}",
    "staffed_left": " · {left} of the team’s time left at {at}",
    "late_by": " (sent {late} late: Deskbell was not running)",
    "at_risk_title": "At risk",
    "breached_title": "Breached",
    "press_reopen": "Reopen",
    "press_withdraw": "Withdraw",
    "sure_to_withdraw": "Withdraw this request? It will be closed.",
    "press_solved": "Solved it myself",
    "step_title": "Still unacknowledged",
    "awake_title": "Snooze ended",
    "breached_before_title": "Breached earlier",
    "before_title": "Alerted earlier",
    "over_title": "No longer at risk",
    "alert_replaced": "This alert continues in a newer message below.",
    "alarm_acknowledged": " · acknowledged by {name}, {at}",
    "alarm_snoozed": " · snoozed by {name} until {until}: {reason}",
    "alarm_awake": " · was snoozed: {reason}",
    "alarm_nobody": " · no one to notify is available",
    "last_reminder": "This was the last reminder for {targets}.",
    "last_reminder_to": "This was the last reminder for {targets}. Notified: {names}.",
    "alarm_kept": "{reference} “{subject}” · {measure} · done in time, {at}",
    "alarm_kept_late": "{reference} “{subject}” · {measure} · done {late} late, {at}",
    "alarm_calm": "{reference} “{subject}” · {measure} · no longer at risk",
    "alarm_paused": "{reference} “{subject}” · {measure} · paused: the ticket is {status}",
    "alarm_moved": "{reference} “{subject}” · {measure} · now with {team}",
    "and_more": "\n… and {count}. List them with {command}.",
    "nobody": "unassigned",
    "on_call_now": "{team}: {name} went on call.",
    "on_call_now_until": "{team}: {name} went on call until {until}.",
    "rota_empty": "{team}: from {since} on nobody is on call. {command} lets somebody stand in.",
    "rota_empty_until": "{team}: from {since} until {until} nobody is on call. {command} lets somebody stand in.",
    "rota_empty_now": "{team}: nobody is on call. {command} lets somebody stand in.",
    "rota_empty_now_until": "{team}: nobody is on call until {until}. {command} lets somebody stand in.",
    "rota_filled": "{team}: {name} is on call, and nobody is missing any more.",
    "rota_filled_until": "{team}: {name} is on call until {until}, and nobody is missing any more.",
    "rota_unreachable": " Passed over, for the desk has not met them or they have left: {people}.",
    "queue_unclaimed": "{team}: nobody has taken these {count} requests for {limit} or more.",
    "queue_unclaimed_one": "{team}: nobody has taken this request for {limit} or more.",
    "queue_waiting": "\n{reference} “{subject}” · {priority} · since {since}",
    "queue_claimed": "{team}: every request that waited has somebody now.",
    "you_are_on_call": "You’re on call for {team} until {until}.",
    "you_cover": "{name} asks you to be on call for {rota}, {since} – {until}.",
    "you_are_covered": "{person} is on call for {rota} in your place, {since} – {until}. {name} said so.",
    "cover_is_over": "{name} took back that {person} is on call for {rota}, {since} – {until}.",
    "away_with_tickets": "{team}: {person} is away until {until} and has {count} open tickets: {references}. "
    "{command} gives one to somebody else.",
    "away_with_ticket": "{team}: {person} is away until {until} and has an open ticket: {references}. "
    "{command} gives it to somebody else.",
    "digest_morning": "{team} · {day}",
    "digest_overdue": "\nOverdue tickets: {count}",
    "digest_due": "\nTickets due today: {count}",
    "digest_unclaimed": "\n{count} requests are unassigned; the oldest has waited since {since}.",
    "digest_unclaimed_one": "\n1 request is unassigned; it has waited since {since}.",
    "digest_on_call": "\nOn call: {name}",
    "digest_away": "\nAway: {names}",
    "digest_more": "… and {count}. List them with {command}.",
    "digest_week": "{team} · the week until {day}",
    "digest_flow": "\n{opened} opened, {answered} first answered, {resolved} resolved; {live} still open",
    "digest_promises": "\n{measure}: {kept} met, {missed} missed",
    "digest_promises_open": "\n{measure}: {kept} met, {missed} missed ({open} still open)",
    "digest_excluded": "\nExcluded (withdrawn, or closed without an answer): {count}",
    "digest_latest": "\nLongest delays: {delays}",
    "board_calm": "Nothing at risk.",
    "board_title": "{counts} · as of {at}",
    "board_more": "… and {count}. List them with {command}.",
    "board_shortened": "… and more. List them with {command}.",
    "board_moved": "This board continues in a newer message below.",
    "board_ended": "There is no board here any more.",
    "board_acknowledged": " · acknowledged",
    "board_unacknowledged": " · not acknowledged",
}

SENTENCES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, **TRANSLATIONS}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


LISTED = 10
"""Names that a sentence lists; more are counted."""


def say(language: str, key: str, **spans: Span) -> RichText:
    """The sentence in this language, its placeholders filled. Raises KeyError for one that is not filled."""
    template = SENTENCES.get(language, ENGLISH).get(key) or ENGLISH[key]
    pieces = _PLACEHOLDER.split(template)
    filled = (spans[piece] if index % 2 else piece for index, piece in enumerate(pieces))
    return tuple(span for span in filled if span != "")


def duration(seconds: float) -> str:
    """A length of time in its two largest units: `2 d 3 h`, `45 min`, `30 s`."""
    left = max(int(seconds), 0)
    parts = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        amount, left = divmod(left, size)
        if amount:
            parts.append(f"{amount} {unit}")
    if not parts:
        return f"{left} s"
    return " ".join(parts[:2])


def counted(many: int, what: str, several: str = "") -> str:
    """`1 ticket`, `1,200 tickets`; `several` where the plural has not just an s."""
    return f"{many:,} {what if many == 1 else several or f'{what}s'}"


def listing(names: Iterable[str], *, many: str) -> str:
    """`IT-1, IT-2 and IT-3`, each once; more than are read at a glance are counted: `14 tickets`."""
    each = list(dict.fromkeys(names))
    if len(each) > LISTED:
        return f"{len(each):,} {many}"
    *before, last = each
    return f"{', '.join(before)} and {last}" if before else last


def percentage(part: float, whole: float) -> str:
    """`67%`: the nearest whole percent, halves up. `<1%` is not nothing, and `>99%` is not all."""
    nearest = math.floor(100 * part / whole + 0.5)
    if part > 0 and nearest == 0:
        return "<1%"
    return ">99%" if part < whole and nearest == 100 else f"{nearest}%"
