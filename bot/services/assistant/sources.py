"""What a draft may be made from: passages that requesters may read, each with where it is from.

Each kind of source is one function; another kind is one more line in `_KINDS`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.assistant.prompt import LONGEST_PIECE, Source
from bot.domain.knowledge.readership import Readership
from bot.domain.normalised_text import words_of
from bot.domain.search.query import Query, Term
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.status import Status
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import MessageLink
from bot.services.context.context import Context
from bot.services.knowledge.search import find_passages
from bot.services.macros.filled_text import fill_macro
from bot.services.macros.known_macros import macros_for
from bot.services.search.ticket_search import SearchScope, find_tickets, visibility_in
from bot.text.markdown import markdown_words

MOST_OF_KIND: Final = 3
LEAST_LETTERS: Final = 4
"""Of a word that tells requests apart."""
MOST_WORDS: Final = 6
MOST_LOOKED_AT: Final = 60
MOST_READ: Final = 12
"""Tickets whose answers are read."""


def sources_for(context: Context, ticket: Ticket, *, asked: str) -> Sequence[Source]:
    """The best of each kind for what was asked, as the actor may read them and the requester may too."""
    wanted = _Question(
        text=asked or ticket.subject,
        words=frozenset(_telling(asked)) | frozenset(_telling(ticket.subject)),
    )
    return [each for kind in _KINDS for each in kind(context, ticket, wanted)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What was asked, and the words in it that tell it from other requests."""

    text: str
    words: frozenset[str]


def _macros(context: Context, ticket: Ticket, wanted: _Question) -> Sequence[Source]:
    """Filled in as they would be sent."""
    filled = (
        Source(each.macro.title, fill_macro(context, ticket, each.macro).text)
        for each in macros_for(context, ticket)
    )
    return _best(filled, wanted.words)


def _resolved(context: Context, ticket: Ticket, wanted: _Question) -> Sequence[Source]:
    """What agents of the same team told requesters of like tickets. Private ones tell nobody else anything."""
    visibility = visibility_in(context, SearchScope.SEEN)
    found: dict[int, Ticket] = {}
    for word in sorted(wanted.words, key=len, reverse=True)[:MOST_WORDS]:
        query = Query(text=word, terms=(Term(words=(word,)),))
        page = find_tickets(context, query, visibility=visibility, limit=MOST_LOOKED_AT // MOST_WORDS)
        found |= {each.id: each for each in page.tickets}
    finished = [each for each in found.values() if _is_like(each, ticket)]
    answers = []
    for each in finished[:MOST_READ]:
        said = context.uow.messages.said_in_public(each.id)
        replies = [message.text for message in said if message.is_reply and message.text]
        if replies:
            title = f"{each.reference} {each.subject}"
            answers.append(Source(title, "\n".join(replies), _address(context, each)))
    return _best(answers, wanted.words)


def _articles(context: Context, ticket: Ticket, wanted: _Question) -> Sequence[Source]:
    """Passages that surely answer it, of articles that whoever may read the request may read too.

    What is for a team alone is left out, also where the requester is of that team: others read a reply beside them.
    So is what a team looks after that lets no text leave.
    """
    desk = context.desk
    community = desk.community_of(ticket)
    readers = Readership(communities=frozenset({community} if community is not None else ()))
    found = find_passages(context, wanted.text, readers, language=ticket.language, limit=MOST_OF_KIND)
    if not found.is_sure:
        return []
    allowed = desk.language_model.teams if desk.language_model is not None else frozenset[str]()
    sources = []
    for passage in (each.passage for each in found.passages):
        article = context.uow.articles.find(passage.article)
        if article is not None and (article.team is None or article.team in allowed):
            shown = f"{verbs.typed(desk.command_names, verbs.SHOW_ARTICLE)} {article.name}"
            title = " · ".join((passage.title, *passage.headings))
            sources.append(Source(title, markdown_words(passage.text)[:LONGEST_PIECE], shown))
    return sources


_KINDS: Final[tuple[Callable[[Context, Ticket, _Question], Sequence[Source]], ...]] = (
    _articles,
    _macros,
    _resolved,
)


def _is_like(other: Ticket, ticket: Ticket) -> bool:
    is_finished = other.status in (Status.RESOLVED, Status.CLOSED)
    is_near = other.team == ticket.team and other.community == ticket.community
    return is_finished and is_near and not other.is_private and other.id != ticket.id


def _address(context: Context, ticket: Ticket) -> str:
    for each in context.uow.conversations.of_ticket(ticket.id):
        if each.side is Side.TEAM and not each.is_retired and each.root:
            return context.address_of(MessageLink(ticket.reference, each.channel, each.root))
    return ""


def _best(sources: Iterable[Source], wanted: frozenset[str]) -> Sequence[Source]:
    """Those with most of the words that are wanted; none without any."""
    scored = [(len(wanted.intersection(_telling(f"{each.title} {each.text}"))), each) for each in sources]
    ranked = sorted((each for each in scored if each[0]), key=lambda each: -each[0])
    return [Source(each.title, each.text[:LONGEST_PIECE], each.link) for _, each in ranked[:MOST_OF_KIND]]


def _telling(text: str) -> list[str]:
    return [word for word in words_of(text) if len(word) >= LEAST_LETTERS]
