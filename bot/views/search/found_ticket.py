"""A ticket that was found, in a list of them: its state in a line, and the words that were looked for in theirs."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.search.marks import Excerpt, excerpt_of
from bot.domain.search.stems import Variant
from bot.domain.tickets.ticket import Ticket, subject_of
from bot.messages.outbound import Bold, RichText, Span
from bot.services.search.excerpts import FoundWords
from bot.text import terms
from bot.text.amounts import ago
from bot.text.sentences import say

SUBJECT = 60
"""Characters of a subject."""


def found_ticket(
    ticket: Ticket,
    *,
    reference: Span,
    words: FoundWords | None,
    sought: Sequence[Sequence[Variant]],
    now: datetime,
    language: str,
) -> RichText:
    """`IT-12 No VPN · closed · 3 weeks ago`, and below it who said the words."""
    subject = subject_of(ticket.subject, limit=SUBJECT)
    marked = excerpt_of(subject, sought)
    is_whole = marked is not None and marked.text == subject
    title = _bold(marked) if marked is not None and is_whole else (subject,)
    status = terms.status(ticket.status, language)
    age = ago((now - ticket.opened_at).total_seconds(), language)
    line: RichText = (reference, " ", *title, f" · {status} · {age}")
    return line if words is None else (*line, "\n", *_quotation(words, language))


def _quotation(words: FoundWords, language: str) -> RichText:
    if not words.author:
        return _bold(words.excerpt)
    key = "search.in_note" if words.is_note else "search.in_message"
    return say(language, key, name=words.author, text=_bold(words.excerpt))


def _bold(excerpt: Excerpt) -> RichText:
    """The words that were found stand out."""
    spans: list[Span] = []
    at = 0
    for since, until in excerpt.marks:
        spans += [excerpt.text[at:since], Bold(excerpt.text[since:until])]
        at = until
    return tuple(each for each in (*spans, excerpt.text[at:]) if each)
