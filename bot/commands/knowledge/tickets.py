"""`/desk kb` answers a ticket with an article; `/kb from` makes an article of a ticket."""

from collections.abc import Collection, Sequence

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.knowledge.answers import heading_for_team
from bot.commands.framework.knowledge.articles import ACT, NAME, whose
from bot.commands.framework.knowledge.forms import article_form
from bot.commands.framework.replies.reply_form import reply_form
from bot.commands.framework.ticket_filters import assigned, of_teams_ever
from bot.domain.errors import Refused
from bot.domain.knowledge.article import EVERYBODY
from bot.domain.knowledge.earlier_answer import ticket_of
from bot.domain.knowledge.offer import ShownPassage
from bot.domain.knowledge.passage import Passage, passages_of
from bot.domain.knowledge.readership import Readership
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Form, PrivateReply, Quote, RichText
from bot.services.context.context import Context
from bot.services.knowledge.answer_search import FoundAnswer, find_answers, named_answer, ranked, readers_on
from bot.services.knowledge.article_links import article_address
from bot.services.knowledge.known_articles import find_article, readership_here
from bot.services.knowledge.search import find_passages
from bot.services.knowledge.ticket_drafts import draft_of
from bot.services.tickets.offers.look_up import seen_by_requester
from bot.text.markdown import markdown_words
from bot.text.sentences import joined, say, words

WORDS, POSITION, INSERT = "words", "position", "insert"
"""Options of buttons: what was looked for, which passage of an article, and that it goes into a reply."""
FOUND = 3
EXCERPT = 400
_LABEL = 50


def answer_with_article(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """Passages, each with a button that opens the reply with it; without words, for those of the request."""
    context = call.context
    readership = readership_here(context, call.location)
    if call.option(ACT) == INSERT:
        return _reply_form(call, ticket, readership)
    asked = call.option(WORDS) or _request(context, ticket)
    seen = seen_by_requester(context, ticket)
    first = () if call.option(WORDS) else seen
    found = _found(context, ticket, asked, readership, besides={each.article for each in first})
    if not found and not first:
        listing = verbs.typed(context.desk.command_names, verbs.LIST_ARTICLES)
        return call.answer("knowledge.nothing_for_ticket", text=_short(asked), command=listing)
    text = _already_seen(call, ticket, first)
    if found:
        head = call.say("knowledge.for_ticket", reference=ticket.reference, text=_short(asked))
        text = joined(text, head, by="\n\n")
    again = {each.article for each in seen}
    buttons = []
    for each in found:
        if isinstance(each, FoundAnswer):
            shown = _shown_answer(context, each, is_seen=each.answer.name in again)
            buttons.append(_insert_answer(call, ticket, each))
        else:
            shown = _shown(context, each, is_seen=each.article in again)
            buttons.append(_insert_button(call, ticket, each))
        text = joined(text, shown, by="\n")
    return PrivateReply(text=text, buttons=tuple(buttons))


def article_from_ticket(call: Call, ticket: Ticket) -> Form:
    """The draft, to be edited; it is visible once somebody publishes it."""
    if ticket.status.is_live:
        raise Refused("knowledge.not_resolved_yet", reference=ticket.reference)
    draft = draft_of(call.context, ticket)
    return article_form(
        call,
        verb=verbs.NEW_ARTICLE,
        title=draft.title,
        body=draft.body,
        team=ticket.team,
        fixed={"draft": "yes"},
    )


def _found(
    context: Context, ticket: Ticket, asked: str, readership: Readership, *, besides: Collection[str]
) -> list[Passage | FoundAnswer]:
    """Of articles, and of what the team answered before."""
    most, language = FOUND + len(besides), context.language
    passages = find_passages(context, asked, readership, language=language, limit=most).passages
    answers = find_answers(
        context, asked, readers_on(context, ticket), language=language, limit=most, besides=ticket.id
    ).answers
    articles: list[tuple[float, Passage | FoundAnswer]] = [
        (each.score, each.passage)
        for each in passages
        if each.is_likely and each.passage.article not in besides
    ]
    earlier: list[tuple[float, Passage | FoundAnswer]] = [
        (each.score, each) for each in answers if each.is_likely and each.answer.name not in besides
    ]
    return ranked(articles, earlier)[:FOUND]


def _request(context: Context, ticket: Ticket) -> str:
    return context.uow.messages.opening_of(ticket).text or ticket.subject


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL else f"{line[:_LABEL]}…"


def _already_seen(call: Call, ticket: Ticket, seen: Sequence[ShownPassage]) -> RichText:
    """What the requester was shown before anybody answered: it did not help, so nobody sends it again."""
    if not seen:
        return ()
    requester = call.context.uow.people.find(ticket.requester)
    name = requester.name if requester is not None else ticket.requester
    lines = [_seen_line(call.context.language, each) for each in seen]
    return joined(call.say("knowledge.already_seen", name=name), *lines, by="\n")


def _seen_line(language: str, shown: ShownPassage) -> RichText:
    if shown.is_earlier_answer:
        return say(language, "team.earlier_answer", reference=shown.reference)
    return (Bold(shown.title), *((" · ", Code(shown.article)) if shown.article else ()))


def _shown(context: Context, passage: Passage, *, is_seen: bool) -> RichText:
    """Where it is from, who else may read that, whether the requester was shown it, and what it says."""
    where = " · ".join((passage.title, *passage.headings))
    article = context.uow.articles.find(passage.article)
    readers: RichText = ()
    if article is not None and article.audience != EVERYBODY:
        name = whose(context, article.audience)
        readers = (" · ", *say(context.language, "knowledge.only_for", audience=name))
    said = _said(context, markdown_words(passage.text), is_seen=is_seen)
    return (Bold(where), " · ", Code(passage.article), *readers, *said)


def _shown_answer(context: Context, found: FoundAnswer, *, is_seen: bool) -> RichText:
    """For agents, with the ticket that it is from."""
    return (*heading_for_team(context, found), *_said(context, found.answer.text, is_seen=is_seen))


def _said(context: Context, text: str, *, is_seen: bool) -> RichText:
    """Whether the requester was shown it, and how it begins."""
    excerpt = text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"
    mark = (f" · {words(context.language, 'knowledge.seen')}",) if is_seen else ()
    return (*mark, "\n", Quote(excerpt))


def _insert_answer(call: Call, ticket: Ticket, found: FoundAnswer) -> Button:
    reference = found.ticket.reference
    return Button(
        label=words(call.context.language, "knowledge.button_insert_answer", reference=reference),
        verb=call.command.name,
        ticket=ticket.reference,
        options={ACT: INSERT, NAME: found.answer.name},
    )


def _insert_button(call: Call, ticket: Ticket, passage: Passage) -> Button:
    title = passage.title if len(passage.title) <= _LABEL else f"{passage.title[:_LABEL]}…"
    return Button(
        label=words(call.context.language, "knowledge.button_insert", title=title),
        verb=call.command.name,
        ticket=ticket.reference,
        options={ACT: INSERT, NAME: passage.article, POSITION: str(passage.position)},
    )


def _reply_form(call: Call, ticket: Ticket, readership: Readership) -> Form:
    """The reply with the passage in it, as it is now, and where to read on, for who may."""
    context, language = call.context, call.context.language
    if ticket_of(call.option(NAME)) is not None:
        earlier = named_answer(context, call.option(NAME), readers_on(context, ticket))
        return reply_form(call, ticket, text=earlier.text)
    article = find_article(context, call.option(NAME), readership)
    passages = passages_of(article)
    at = int(call.option(POSITION) or 0)
    passage = passages[min(at, len(passages) - 1)] if passages else None
    command = f"{verbs.typed(context.desk.command_names, verbs.SHOW_ARTICLE)} {article.name}"
    more = words(language, "knowledge.read_on", title=article.title, command=f"`{command}`")
    if article.audience != EVERYBODY:
        more = ""
    if address := article_address(context, article):
        more = f"{more}\n{address}"
    said = markdown_words(passage.text) if passage is not None else ""
    return reply_form(call, ticket, text=f"{said}\n\n{more}".strip())


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.INSERT_ARTICLE,
        place=85,
        who=Role.AGENT,
        on_ticket=answer_with_article,
        fitting=assigned,
        reads=True,
        options=(Option(name=WORDS, kind=OptionKind.ARTICLE, is_required=False),),
        menu_group="ticket",
        replies_privately=True,
        example="kb IT-12 vpn on a phone",
    ),
    Command(
        name=verbs.ARTICLE_FROM_TICKET,
        place=45,
        who=Role.AGENT,
        on_ticket=article_from_ticket,
        fitting=of_teams_ever,
        reads=True,
        replies_privately=True,
        example="from IT-12",
    ),
)
