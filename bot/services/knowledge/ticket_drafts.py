"""A draft of an article from a ticket that was resolved: what was asked and answered in public, without who.

Names, addresses and numbers of people are taken out before anybody looks at the draft; whoever edits it sees where.
"""

from dataclasses import dataclass
from operator import itemgetter

from bot.domain.knowledge.article import LONGEST_TITLE
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import status_words
from bot.services.knowledge.people_mask import PeopleMask, people_of
from bot.services.knowledge.written_articles import LONGEST_WRITTEN
from bot.text.sentences import words


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    title: str
    body: str


def draft_of(context: Context, ticket: Ticket) -> ArticleDraft:
    """Its subject, the request, and every public answer, resolutions included, in order; never a note."""
    said = [each for each in context.uow.messages.said_in_public(ticket.id) if each.text.strip()]
    people = context.uow.people.find_many(people_of(context, ticket)).values()
    mask = PeopleMask(context, people)
    asked = [mask.over(each.text) for each in said if not each.is_reply]
    resolved = [each for each in status_words(context.uow, ticket) if each.status is Status.RESOLVED]
    answers = [*((each.said_at, each.text) for each in said if each.is_reply)]
    answers += [(each.at, each.text) for each in resolved]
    answered = [mask.over(text) for _, text in sorted(answers, key=itemgetter(0))]
    heading_asked, heading_answered = (
        words(context.language, f"knowledge.draft_{each}") for each in ("question", "answer")
    )
    body = "\n\n".join([f"## {heading_asked}", *asked, f"## {heading_answered}", *answered])
    if len(body) > LONGEST_WRITTEN:
        body = f"{body[: LONGEST_WRITTEN - 1]}…"
    title = mask.over(ticket.subject)
    return ArticleDraft(title=title[:LONGEST_TITLE], body=body)
