"""`/desk kb` answers a ticket with an article; `/kb from` makes an article of a ticket."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.knowledge.articles import ACT, NAME, whose
from bot.commands.framework.knowledge.forms import article_form
from bot.commands.framework.replies.reply_form import reply_form
from bot.commands.framework.ticket_filters import assigned, of_teams_ever
from bot.domain.errors import Refused
from bot.domain.knowledge.article import EVERYBODY
from bot.domain.knowledge.offer import ShownPassage
from bot.domain.knowledge.passage import Passage, passages_of
from bot.domain.knowledge.readership import Readership
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Form, PrivateReply, Quote, RichText
from bot.services.context.context import Context
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
    named = {each.article for each in first}
    found = find_passages(context, asked, readership, language=context.language, limit=FOUND + len(first))
    passages = [each.passage for each in found.passages if each.passage.article not in named][:FOUND]
    if not passages and not first:
        listing = verbs.typed(context.desk.command_names, verbs.LIST_ARTICLES)
        return call.answer("knowledge.nothing_for_ticket", text=_short(asked), command=listing)
    text = _already_seen(call, ticket, first)
    if passages:
        head = call.say("knowledge.for_ticket", reference=ticket.reference, text=_short(asked))
        text = joined(text, head, by="\n\n")
    again = {each.article for each in seen}
    for passage in passages:
        text = joined(text, _shown(context, passage, is_seen=passage.article in again), by="\n")
    return PrivateReply(text=text, buttons=tuple(_insert_button(call, ticket, each) for each in passages))


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
    lines = [(Bold(each.title), *((" · ", Code(each.article)) if each.article else ())) for each in seen]
    return joined(call.say("knowledge.already_seen", name=name), *lines, by="\n")


def _shown(context: Context, passage: Passage, *, is_seen: bool) -> RichText:
    """Where it is from, who else may read that, whether the requester was shown it, and what it says."""
    said = markdown_words(passage.text)
    excerpt = said if len(said) <= EXCERPT else f"{said[:EXCERPT]}…"
    where = " · ".join((passage.title, *passage.headings))
    article = context.uow.articles.find(passage.article)
    readers: RichText = ()
    if article is not None and article.audience != EVERYBODY:
        name = whose(context, article.audience)
        readers = (" · ", *say(context.language, "knowledge.only_for", audience=name))
    mark = (f" · {words(context.language, 'knowledge.seen')}",) if is_seen else ()
    return (Bold(where), " · ", Code(passage.article), *readers, *mark, "\n", Quote(excerpt))


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
