"""One request as its page shows it: how it stands, what was said on the requester's side, and what can be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.portal.own_requests import Standing, own_request, state_key, view_of, zone_of_page
from bot.documents.transcript import LineKind, TranscriptLine, read_transcript
from bot.documents.transcript_page import PICTURES, label_of
from bot.domain.directory import ChannelRef
from bot.domain.errors import Refused
from bot.domain.ratings.satisfaction import RatingScale
from bot.domain.ratings.survey import Survey
from bot.domain.tickets.conversation import Conversation, Side, StoredFile
from bot.domain.tickets.ticket import Status, Ticket
from bot.domain.tickets.transcript import Readers
from bot.messages import verbs
from bot.messages.inbound import Location
from bot.messages.outbound import Button, Notice, RichText
from bot.services.context.context import Context
from bot.services.tickets.copy_rules import is_as_private
from bot.services.tickets.privacy.confidential_teams import offered_teams
from bot.services.tickets.privacy.team_buttons import team_buttons
from bot.services.tickets.privacy.team_readers import says_who_reads
from bot.services.tickets.ratings.answers import survey_to_answer
from bot.services.tickets.status_questions import wants_news
from bot.text.amounts import size
from bot.text.instants import stamp
from bot.text.sentences import words

_TOLD: Final = frozenset({LineKind.ON_HOLD, LineKind.RESOLUTION, LineKind.CLOSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFile:
    """`address` is empty for one that was not kept; `about` then says why."""

    name: str
    about: str
    address: str
    is_picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    who: str
    at: str
    label: str
    text: str
    quote: str
    is_teams: bool
    files: tuple[RequestFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedButton:
    """A button of the registry's. `confirm`: what is asked before."""

    label: str
    name: str
    fixed: Mapping[str, str]
    confirm: str
    is_primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingForm:
    """`chosen` is what was said before; empty for nothing yet."""

    survey: int
    choices: tuple[tuple[str, str], ...]
    chosen: str
    comment: str
    is_anonymous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    reference: str
    subject: str
    state: str
    standing: Notice
    team: str
    zone: ZoneInfo
    opened_at: str
    asked_by: str
    is_private: bool
    answers: tuple[tuple[str, str], ...]
    lines: tuple[ShownLine, ...]
    deeds: tuple[DeedButton, ...]
    rating: RatingForm | None
    may_write: bool
    readers: RichText
    """Who of its team reads a private one, to its requester."""
    is_read_in_channel: bool
    """Whether others read what is written, since its thread is in a channel."""
    is_news_asked: bool
    """Whether they have just written to ask how it stands."""


def request_view(
    context: Context, reference: str, *, standing: Standing, asked: Standing | None = None
) -> RequestView | None:
    """`asked` is how it stands to who has just asked that, where they may just have."""
    ticket = own_request(context, reference)
    if ticket is None:
        return None
    view = view_of(context)
    team = context.team_of(ticket)
    zone = zone_of_page(context.actor, context.desk, team)
    is_news_asked = asked is not None and wants_news(context, ticket)
    shown = asked(view, ticket) if asked is not None and is_news_asked else standing(view, ticket)
    is_own = context.is_requester_of(ticket)
    transcript = read_transcript(
        view, ticket, readers=Readers.REQUESTER, heading=(), language=context.language
    )
    thread = _thread(context, ticket)
    is_read_in_channel = thread is not None and not is_as_private(thread)
    return RequestView(
        reference=ticket.reference,
        subject=ticket.subject,
        state=state_key(ticket),
        standing=shown,
        team=team.title,
        zone=zone,
        opened_at=stamp(ticket.opened_at, zone=zone, language=context.language),
        asked_by="" if is_own else view.person(ticket.requester).name,
        is_private=ticket.is_private,
        answers=transcript.answers,
        lines=tuple(_lines(context, ticket, transcript.lines, zone)),
        deeds=tuple(
            map(_deed, (*shown.buttons, *_privacy(context, ticket, is_open_to_all=is_read_in_channel)))
        )
        if is_own
        else (),
        rating=_rating(context, ticket) if is_own else None,
        may_write=_may_write(context, ticket, is_own=is_own),
        readers=says_who_reads(context.uow, context.desk, ticket, language=context.language)
        if is_own and ticket.is_private
        else (),
        is_read_in_channel=is_read_in_channel,
        is_news_asked=is_news_asked,
    )


def location_on(context: Context, reference: str) -> Location | None:
    """What is done about a request is done in its own thread; without one, in direct messages."""
    ticket = own_request(context, reference)
    if ticket is None:
        return None
    thread = _thread(context, ticket)
    if thread is None or thread.root is None:
        return Location(channel=ChannelRef.direct(context.actor.key))
    return Location(channel=thread.channel, thread=thread.root)


def file_on(context: Context, reference: str, digest: str) -> StoredFile | None:
    """Only what the page itself shows."""
    ticket = own_request(context, reference)
    if ticket is None:
        return None
    transcript = read_transcript(
        view_of(context), ticket, readers=Readers.REQUESTER, heading=(), language=context.language
    )
    files = (file for line in transcript.lines for file in line.files)
    return next((each for each in files if each.digest is not None and each.digest == digest), None)


def _thread(context: Context, ticket: Ticket) -> Conversation | None:
    found = context.uow.conversations.of_ticket(ticket.id)
    return next((each for each in found if each.side is Side.REQUESTER and not each.is_retired), None)


def _may_write(context: Context, ticket: Ticket, *, is_own: bool) -> bool:
    """As the chat takes words: on what is closed none, unless it goes on as another request."""
    if context.is_agent_of(ticket):
        return False
    if ticket.status is not Status.CLOSED:
        return True
    if ticket.merged_into is None or not is_own:
        return False
    return context.uow.tickets.get(ticket.merged_into).status.is_live


def _lines(
    context: Context, ticket: Ticket, lines: tuple[TranscriptLine, ...], zone: ZoneInfo
) -> Iterator[ShownLine]:
    for each in lines:
        yield ShownLine(
            who=each.who,
            at=stamp(each.at, zone=zone, language=context.language),
            label=label_of(replace(each, kind=LineKind.REQUEST), context.language)
            if each.kind not in _TOLD
            else label_of(each, context.language),
            text=each.text,
            quote=each.quote,
            is_teams=each.kind is not LineKind.REQUEST,
            files=tuple(
                shown_file(file, at=f"/requests/{ticket.reference}", language=context.language)
                for file in each.files
            ),
        )


def shown_file(file: StoredFile, *, at: str, language: str) -> RequestFile:
    """`at` is the address of the page that has it."""
    if file.digest is None:
        why = file.problem or words(language, "transcripts.file_not_kept")
        return RequestFile(name=file.name, about=why, address="", is_picture=False)
    return RequestFile(
        name=file.name,
        about=size(file.size, language),
        address=f"{at}/files/{file.digest}",
        is_picture=file.media_type in PICTURES,
    )


def _privacy(context: Context, ticket: Ticket, *, is_open_to_all: bool) -> tuple[Button, ...]:
    """What keeps a request from others who read it now, while it is worked on, and who else may answer it then."""
    if ticket.is_private:
        teams = offered_teams(context, ticket, was_open=True)
        return team_buttons(ticket, teams, context.language)[:-1]
    if not is_open_to_all or not ticket.status.is_live:
        return ()
    label = words(context.language, "requester.button_make_private")
    return (Button(label=label, verb=verbs.MAKE_PRIVATE_OWN, ticket=ticket.reference),)


def _deed(button: Button) -> DeedButton:
    return DeedButton(
        label=button.label,
        name=verbs.word(button.verb),
        fixed=button.options,
        confirm=button.confirm,
        is_primary=button.is_primary,
    )


def _rating(context: Context, ticket: Ticket) -> RatingForm | None:
    """None where nobody asked, or it is too late."""
    try:
        survey = survey_to_answer(context, ticket)
    except Refused:
        return None
    return RatingForm(
        survey=survey.id,
        choices=tuple((str(each), _sign(context, survey, each)) for each in survey.scale.scores),
        chosen=str(survey.score or ""),
        comment=survey.comment,
        is_anonymous=survey.is_anonymous,
    )


def _sign(context: Context, survey: Survey, score: int) -> str:
    if survey.scale is RatingScale.FIVE:
        return str(score)
    sign = survey.scale.sign(score)
    named = "requester.rate_good" if sign == "👍" else "requester.rate_bad"
    return f"{sign} {words(context.language, named)}"
