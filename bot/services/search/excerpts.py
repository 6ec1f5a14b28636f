"""The words of a ticket in which a search was found, as this reader may read them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.credentials import hide_credentials
from bot.domain.search.marks import Excerpt, excerpt_of
from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.custom_field import CATEGORY
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.search import SoughtTerm
from bot.services.context.context import Context

LOOKED_AT = 500
"""Messages of one ticket that are looked through for the best excerpt."""

_Text = tuple[str, str, bool]
"""The text, its author, whether it is a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWords:
    """`author` is empty for what nobody said: a field, a tag, a file's name."""

    excerpt: Excerpt
    author: str = ""
    is_note: bool = False


def found_words(
    context: Context, tickets: Sequence[Ticket], terms: Sequence[SoughtTerm], *, visibility: Visibility
) -> Mapping[int, FoundWords]:
    """By the tickets' ids, the text that holds most of the terms, the first of its kind; not every ticket has one.

    Notes, fields and tags are looked at only where `visibility` lets them be read, as in the search itself.
    """
    sought = [each.variants for each in terms]
    if not sought:
        return {}
    said = context.uow.messages.of_tickets(each.id for each in tickets)
    best = {
        each.id: _best(_texts(each, said[each.id], reads_notes=visibility.reads_notes(each)), sought)
        for each in tickets
    }
    return {ticket: found for ticket, found in best.items() if found is not None}


def _best(texts: Iterable[_Text], sought: Sequence[tuple[Variant, ...]]) -> FoundWords | None:
    best: FoundWords | None = None
    for text, author, is_note in texts:
        excerpt = _excerpt(text, sought)
        if excerpt is not None and (best is None or excerpt.terms > best.excerpt.terms):
            best = FoundWords(excerpt=excerpt, author=author, is_note=is_note)
            if excerpt.terms == len(sought):
                break
    return best


def _excerpt(text: str, sought: Sequence[tuple[Variant, ...]]) -> Excerpt | None:
    """Without passwords: what was looked for may be one, or stand beside it."""
    found = excerpt_of(text, sought)
    hidden = hide_credentials(text) if found is not None else text
    return found if hidden == text else excerpt_of(hidden, sought)


def _texts(ticket: Ticket, said: Sequence[TicketMessage], *, reads_notes: bool) -> Iterator[_Text]:
    """What was said, then names of files, fields and tags."""
    files: list[str] = []
    for message in said[:LOOKED_AT]:
        public = message.in_public()
        if message.is_deleted or (public is None and not reads_notes):
            continue
        author = message.author_name if reads_notes or public is None else public.author
        yield message.text, author, public is None
        files += (file.name for file in message.files)
    yield from ((name, "", False) for name in files)
    yield ticket.fields.get(CATEGORY, ""), "", False
    if reads_notes:
        answers = (value for name, value in ticket.fields.items() if name != CATEGORY)
        yield from ((text, "", False) for text in (*answers, ", ".join(ticket.tags)))
