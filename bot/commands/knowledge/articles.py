"""`/kb show` and `/kb list`: what the desk knows, as far as its reader may know it."""

from bot.commands.framework.command import Call, Command, Option, OptionKind
from bot.commands.framework.knowledge.articles import (
    NAME,
    VERSION,
    article_line,
    show_button,
    whole_article,
    work_buttons,
)
from bot.commands.framework.ticket_lists import range_shown, read_page, turn_buttons
from bot.domain.errors import Refused
from bot.domain.knowledge.article import Article
from bot.domain.knowledge.picture import pictures_of
from bot.messages import verbs
from bot.messages.outbound import Bold, PrivateReply, RichText
from bot.services.knowledge.known_articles import find_article, may_change, readable_articles, readership_here
from bot.text.sentences import joined, words

LISTED = 10
"""Articles on a page, each with a button of its own."""


def show(call: Call) -> PrivateReply:
    """All of it; without a name, what there is."""
    if not call.option(NAME):
        return list_articles(call)
    article = find_article(call.context, call.option(NAME), readership_here(call.context, call.location))
    if call.option(VERSION):
        article = _earlier(call, article)
    return PrivateReply(
        text=whole_article(call, article),
        buttons=() if call.option(VERSION) else work_buttons(call.context, article),
        files=pictures_of(article.body, article.pictures),
    )


def list_articles(call: Call) -> PrivateReply:
    """By title."""
    context, language = call.context, call.context.language
    wanted = read_page(call.option("page"))
    every = readable_articles(context, readership_here(context, call.location))
    if not every:
        if context.desk.teams_of(context.actor):
            command = verbs.typed(context.desk.command_names, verbs.NEW_ARTICLE)
            return call.answer("knowledge.none_yet_for_agents", command=command)
        return call.answer("knowledge.none_yet")
    pages = -(-len(every) // LISTED)
    page = min(wanted, pages)
    shown = every[(page - 1) * LISTED : page * LISTED]
    count = range_shown((page - 1) * LISTED, len(shown), len(every), language)
    text: RichText = (Bold(words(language, "knowledge.list")), f" · {count}")
    for each in shown:
        text += ("\n", *article_line(context, each))
    missing = call.say("commands.no_such_page", number=wanted, total=pages) if wanted > pages else ()
    return PrivateReply(
        text=joined(text, missing, by="\n"),
        buttons=(
            *(show_button(language, title=each.title, name=each.name) for each in shown),
            *turn_buttons(call, {}, page=page, pages=pages),
        ),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _earlier(call: Call, article: Article) -> Article:
    """A version of before, which is the team's to read."""
    found = (
        each
        for each in call.context.uow.articles.versions(article.name)
        if str(each.version) == call.option(VERSION)
    )
    earlier = next(found, None)
    if earlier is None or not may_change(call.context, article):
        raise Refused("knowledge.no_version", title=article.title)
    return earlier


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SHOW_ARTICLE,
        place=20,
        handler=show,
        reads=True,
        options=(Option(name=NAME, kind=OptionKind.ARTICLE, is_required=False),),
        replies_privately=True,
        example="show vpn",
    ),
    Command(
        name=verbs.LIST_ARTICLES,
        place=30,
        handler=list_articles,
        reads=True,
        options=(Option(name="page", kind=OptionKind.WORD, is_required=False),),
        replies_privately=True,
    ),
)
