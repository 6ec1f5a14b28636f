"""A notice: one sentence about a change, said once. Its row keeps the sentence's key and its words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.errors import TicketNotFound
from bot.domain.sentence import Sentence
from bot.domain.tickets.conversation import Side, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Mention, Moment, Notice, RichText, Span, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.status_words import RESOLUTION, resolution_number
from bot.services.context.view import View
from bot.services.tickets import questions
from bot.services.tickets.announcements.requester_questions import PRIVACY_OFFER, TEAM_OFFER, WITHDRAWN
from bot.services.tickets.communities import server_buttons
from bot.services.tickets.privacy.bystanders import LEFT_OUTSIDE
from bot.text.catalogue import best
from bot.text.error_text import tell
from bot.text.sentences import joined, say, words
from bot.views.acknowledgement import request_line
from bot.views.assistant.answer_notice import answer_notice, is_answer
from bot.views.bulk_changes.bulk_notice import bulk_notice, is_of_change
from bot.views.knowledge.offer_notice import is_offer, offer_notice
from bot.views.levels.hand_over_notice import hand_over_notice, is_hand_over
from bot.views.notices.absence_buttons import ABSENCES, absence_buttons
from bot.views.notices.copy_readers import readers_of_notice
from bot.views.notices.nudge import LAPSING, NUDGED, claim_buttons, lapses_at, nudge
from bot.views.notices.personal_notice import is_personal, personal_notice
from bot.views.notices.team_offer import is_over, offer_buttons, privacy_buttons
from bot.views.ratings.low_rating_alert import is_low_rating, low_rating
from bot.views.ratings.resolution import resolution_buttons, resolution_question
from bot.views.ratings.survey import is_survey, survey_notice
from bot.views.reminders.morning_notice import is_morning, morning_notice
from bot.views.reminders.reminder_notice import is_reminder, reminder_notice
from bot.views.similar.similar_question import is_similar_question, similar_question
from bot.views.worked_time.entry_buttons import entry_buttons

_CODE = ("command", "retry", "drop")
"""Words that people can type."""

_MOMENTS = ("since", "until", "known_until")
"""Words that are instants, as in ISO 8601."""

PANEL_BUTTONS = 25
"""Most buttons of one message: https://docs.slack.dev/reference/block-kit/blocks/actions-block and
https://discord.com/developers/docs/components/reference#action-row (five rows of five)."""

_OTHERS: tuple[
    tuple[Callable[[Mapping[str, Any]], bool], Callable[[View, OutboxRow], Notice | None]], ...
] = (
    (is_personal, personal_notice),
    (is_reminder, reminder_notice),
    (is_morning, morning_notice),
    (is_hand_over, hand_over_notice),
    (is_of_change, bulk_notice),
    (is_answer, answer_notice),
    (is_survey, survey_notice),
    (is_low_rating, low_rating),
    (is_similar_question, similar_question),
    (is_offer, offer_notice),
)
"""Notices of more than one sentence: how their rows are known, and what shows them."""

_RESOLVED = ("requester.resolved", "requester.resolved_because", "requester.resolved_no_reply")

_TONES = {
    "requester.pending": Tone.ATTENTION,
    "requester.resolved": Tone.GOOD,
    "requester.resolved_because": Tone.GOOD,
    "requester.resolved_no_reply": Tone.GOOD,
    "requester.duplicate_resolved": Tone.GOOD,
    "requester.duplicate_resolved_because": Tone.GOOD,
    "requester.merged": Tone.MUTED,
    "requester.merged_apart": Tone.MUTED,
    "requester.merged_unnamed": Tone.MUTED,
    "team.merged": Tone.MUTED,
    "team.resolved": Tone.GOOD,
    "requester.closed": Tone.MUTED,
    "team.closed": Tone.MUTED,
    "team.withdrawn": Tone.MUTED,
    "team.solved_by_answer": Tone.GOOD,
    "team.claim_lapsing": Tone.ATTENTION,
    "team.claim_lapsed": Tone.ATTENTION,
    "team.reopened": Tone.ATTENTION,
    "team.reopened_unassigned": Tone.ATTENTION,
    "team.undelivered": Tone.WARNING,
    "team.undelivered_operators": Tone.WARNING,
    "requester.other_team": Tone.ATTENTION,
    "requester.moved_open": Tone.ATTENTION,
    "team.transferred": Tone.MUTED,
    "team.transferred_by_requester": Tone.MUTED,
    "team.escalated": Tone.MUTED,
    "team.handed_over": Tone.MUTED,
    "team.requester_left": Tone.ATTENTION,
}


def notice(view: View, row: OutboxRow) -> Notice | None:
    """The notice, or None when the ticket it is about is gone, or what it says is taken back."""
    if row.payload.get(WITHDRAWN):
        return None
    for is_one, drawn in _OTHERS:
        if is_one(row.payload):
            return drawn(view, row)
    return _sentence(view, row)


def _sentence(view: View, row: OutboxRow) -> Notice | None:
    sentence = str(row.payload["sentence"])
    facts = {name: str(value) for name, value in row.payload["words"].items()}
    tone = _TONES.get(sentence, Tone.NEUTRAL)
    if sentence in questions.SENTENCES:
        return _question(view, sentence, row.payload)
    if row.conversation.side is Side.CHANNEL:
        text = say(view.language, sentence, **_spans(row.payload["words"], view.language))
        return Notice(text=text, buttons=_channel_buttons(view, sentence, row), tone=tone)
    try:
        ticket = view.uow.tickets.get(row.subject)
    except TicketNotFound:
        return None
    if sentence == NUDGED:
        return nudge(view, ticket, row.conversation, facts)
    message = view.uow.messages.get(int(facts["message"])) if "message" in facts else None
    if _is_outdated(view, sentence, ticket, facts, message):
        return None
    language = _language(view, row, ticket, message)
    spans = _spans(row.payload["words"], language)
    spans["reference"] = Bold(ticket.reference)
    if "team" in facts and facts["team"] in view.desk.teams:
        spans["team"] = view.desk.teams[facts["team"]].title
    if "owner" in facts:
        spans["owner"] = (
            view.person(facts["owner"]).name if "quietly" in facts else _owner(view, row, facts["owner"])
        )
    if "said" in facts:
        label = words(view.language, "team.open_message")
        spans["link"] = view.source_link(view.uow.messages.get(int(facts["said"])), label) or ""
    if sentence == "team.follows" and ticket.follows is not None:
        before = view.uow.tickets.get(ticket.follows)
        spans["before"] = view.card_link(before, before.reference) or before.reference
    readers = readers_of_notice(view, ticket, row.conversation, sentence)
    named = tuple(span for span in spans.values() if isinstance(span, Mention))
    if sentence in _RESOLVED:
        text = _resolution(view, sentence, ticket, facts, spans)
    else:
        text = joined(say(language, sentence, **spans), _answered_in_public(view, ticket, row, sentence))
    return Notice(
        text=text,
        buttons=_buttons(view, sentence, ticket, facts, language=language),
        tone=tone,
        mentions=named if "quietly" in facts else (*named, *readers.mentions),
        followers=readers.followers,
    )


def _resolution(
    view: View,
    sentence: str,
    ticket: Ticket,
    facts: Mapping[str, str],
    spans: Mapping[str, Span | RichText],
) -> RichText:
    """How it ended, and what to do where that is not all: nothing that does not hold any more."""
    if _is_current(view, ticket, facts):
        return joined(say(ticket.language, sentence, **spans), resolution_question(view, ticket))
    is_last = facts.get(RESOLUTION) == str(resolution_number(view.uow, ticket))
    then = say(ticket.language, f"{sentence}_then", **spans)
    is_closed = is_last and ticket.status is Status.CLOSED and ticket.merged_into is None
    return joined(then, say(ticket.language, "requester.closed_since")) if is_closed else then


def _is_outdated(
    view: View, sentence: str, ticket: Ticket, facts: Mapping[str, str], message: TicketMessage | None
) -> bool:
    """What it tells of is on another ticket now, or will not come."""
    if sentence == LAPSING:
        return lapses_at(view, ticket, facts["owner"]) is None
    if sentence in (TEAM_OFFER, PRIVACY_OFFER):
        return is_over(ticket, facts)
    return message is not None and message.ticket_id != ticket.id


def _answered_in_public(view: View, ticket: Ticket, row: OutboxRow, sentence: str) -> RichText:
    """What who wrote it directly is told of a ticket that is answered where others read."""
    is_direct = sentence == "requester.joined" and row.conversation.channel.is_direct
    return _open_to_all(view, ticket, ticket.language) if is_direct else ()


def _open_to_all(view: View, ticket: Ticket, language: str) -> RichText:
    if ticket.is_private:
        return ()
    return say(language, "requester.answered_in_public", team=view.team(ticket).title)


def _question(view: View, sentence: str, payload: Mapping[str, Any]) -> Notice | None:
    """What a message is for; once it is on a ticket, which one. None for what was asked on the spot."""
    language = best(view.person(str(payload["person"])).language, view.desk.language)
    facts = {name: str(fact) for name, fact in payload["words"].items()}
    found = view.uow.messages.find(ChannelRef(*payload["channel"]), str(payload["message"]))
    if payload.get("is_deleted") or payload.get("is_asked_there"):
        return None
    if found is None:
        asked = questions.question_text(payload, language=language)
        text = joined(asked, _left_out(view, payload, language))
        if sentence == questions.MEANT_TICKET:
            is_new, first = bool(payload.get("may_be_new")), str(payload["tickets"][0])
            then = questions.what_follows(first, may_be_new=is_new, language=language)
            text = joined(text, *_request_lines(view, payload, language), then, by="\n")
        return Notice(text=text, buttons=questions.buttons(payload, language=language))
    ticket = view.uow.tickets.get(found.ticket_id)
    is_added = found.id != ticket.opening
    became = "sorted_unanswered" if payload.get("is_unanswered") else "sorted"
    told = say(language, f"requester.{became}", reference=Bold(ticket.reference), **facts)
    is_direct = view.uow.conversations.get(found.said_in).channel.is_direct if found.said_in else False
    return Notice(
        text=joined(told, _open_to_all(view, ticket, language)) if is_direct else told,
        buttons=(_separate_button(ticket, str(found.id), language=language),) if is_added else (),
        tone=Tone.MUTED,
    )


def _request_lines(view: View, payload: Mapping[str, Any], language: str) -> Iterator[RichText]:
    """How each that may be meant stands, which is what was asked."""
    for reference in payload["tickets"]:
        prefix, _, number = str(reference).rpartition("-")
        if found := view.uow.tickets.find(prefix, int(number)):
            yield request_line(view, found, language=language)


def _left_out(view: View, payload: Mapping[str, Any], language: str) -> RichText:
    """How to name a ticket that has no button."""
    left_out = payload.get("left_out")
    if not left_out:
        return ()
    command = Code(verbs.typed(view.desk.command_names, verbs.LIST_OWN))
    return say(language, "requester.more_requests", count=len(left_out), command=command, example=left_out[0])


def _language(view: View, row: OutboxRow, ticket: Ticket, message: TicketMessage | None) -> str:
    """On the requester's side the ticket's; what somebody is told of their own message is in theirs."""
    if row.conversation.side is not Side.REQUESTER:
        return view.language
    own = view.person(message.author).language if message is not None else ""
    return best(own, ticket.language)


def _separate_button(ticket: Ticket, message: str, *, language: str) -> Button:
    label = words(language, "requester.button_separate")
    return Button(label=label, verb=verbs.SEPARATE, ticket=ticket.reference, options={"message": message})


def _channel_buttons(view: View, sentence: str, row: OutboxRow) -> tuple[Button, ...]:
    desk, payload = view.desk, row.payload
    if sentence.startswith("requester.panel"):
        return panel_buttons(desk, row.conversation.channel)
    if sentence == "time.timer_forgotten":
        return entry_buttons(int(payload["words"]["entry_id"]), language=view.language)
    if sentence in ABSENCES:
        return absence_buttons(view, sentence, payload["words"])
    if sentence == LEFT_OUTSIDE:
        label = words(view.language, "requester.button_open")
        return (Button(label=label, verb=verbs.OPEN, opens_form=True),)
    if sentence == "requester.which_server":
        return server_buttons(desk, servers=payload["servers"], message=str(payload["message"]))
    return ()


def panel_buttons(desk: Desk, channel: ChannelRef) -> tuple[Button, ...]:
    """One for each category that may be chosen there; where there are none or too many for a message, one for all."""
    categories = desk.categories_at(channel)
    if not 0 < len(categories) <= PANEL_BUTTONS:
        label = words(desk.language, "requester.button_open")
        return (Button(label=label, verb=verbs.OPEN, opens_form=True, is_primary=True),)
    return tuple(
        Button(
            label=desk.custom_fields.category_in(each, desk.language),
            verb=verbs.OPEN,
            options={"category": each},
            opens_form=True,
        )
        for each in categories
    )


def _spans(facts: Mapping[str, Any], language: str) -> dict[str, Span | RichText]:
    """What fills the sentence; a sentence among them, such as a reason, is said in the same language."""
    return {
        name: tell(language, Sentence.from_json(fact))
        if isinstance(fact, Mapping)
        else _span(name, str(fact))
        for name, fact in facts.items()
    }


def _span(name: str, word: str) -> Span:
    if name in _MOMENTS:
        return Moment(datetime.fromisoformat(word))
    return Code(word) if name in _CODE else word


def _owner(view: View, row: OutboxRow, key: str) -> Span:
    """Whoever has the ticket is pinged, where this channel's platform knows them."""
    person = view.person(key)
    is_here = person.platform == row.conversation.channel.platform
    return Mention(person.key, person.name) if is_here else person.name


def _buttons(
    view: View, sentence: str, ticket: Ticket, facts: Mapping[str, str], *, language: str
) -> tuple[Button, ...]:
    if sentence == "requester.joined":
        return (_separate_button(ticket, facts["message"], language=language),)
    if sentence == LAPSING:
        return claim_buttons(ticket, language)
    if sentence == TEAM_OFFER:
        return offer_buttons(view, ticket, facts, language)
    if sentence == PRIVACY_OFFER:
        return privacy_buttons(ticket, language)
    if sentence in _RESOLVED:
        return resolution_buttons(view, ticket) if _is_current(view, ticket, facts) else ()
    return ()


def _is_current(view: View, ticket: Ticket, facts: Mapping[str, str]) -> bool:
    """Whether it tells of the resolution that the ticket is in."""
    number = str(resolution_number(view.uow, ticket))
    return ticket.status is Status.RESOLVED and facts.get(RESOLUTION) == number
