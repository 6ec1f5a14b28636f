"""`/kb new`, `edit`, `publish` and `retire`: articles written in chat, by agents for their team."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.knowledge.articles import ACT, DONE, NAME, VERSION, kept_reply
from bot.commands.framework.knowledge.forms import article_form, read_article
from bot.domain.errors import Refused
from bot.domain.knowledge.article import Article
from bot.messages import verbs
from bot.messages.outbound import Button, Field, Form, PrivateReply
from bot.services.knowledge.known_articles import (
    changeable_articles,
    find_article,
    is_draft,
    may_change,
    readership_here,
)
from bot.services.knowledge.written_articles import (
    BODY,
    LONGEST_WRITTEN,
    TITLE,
    add_article,
    change_article,
    check_change,
    publish_article,
    retire_article,
)
from bot.text.sentences import words

DRAFT = "draft"
"""The option of a form whose article somebody looks at once more before it is visible."""


def new(call: Call) -> PrivateReply | Form:
    if call.option(ACT) != DONE:
        return article_form(call, verb=verbs.NEW_ARTICLE, title=call.option(TITLE), body=call.option(BODY))
    article = add_article(call.context, read_article(call), is_reviewed=not call.option(DRAFT))
    return kept_reply(call, "knowledge.drafted" if is_draft(article) else "knowledge.made", article)


def edit(call: Call) -> PrivateReply | Form:
    """The form with what it says now, and what becomes of that."""
    if not call.option(NAME):
        return _choice(call)
    article = _find(call)
    check_change(call.context, article)
    if call.option(ACT) == DONE:
        seen = replace(article, version=int(call.option(VERSION) or 0))
        return kept_reply(call, "knowledge.changed", change_article(call.context, seen, read_article(call)))
    if len(article.body) > LONGEST_WRITTEN:
        raise Refused("knowledge.too_long_to_edit", title=article.title, number=LONGEST_WRITTEN)
    fixed = {NAME: article.name, VERSION: str(article.version)}
    return article_form(call, verb=verbs.EDIT_ARTICLE, seen=article, fixed=fixed)


def publish(call: Call) -> PrivateReply | Form:
    if not call.option(NAME):
        return _choice(call)
    return replace(
        kept_reply(call, "knowledge.published_now", publish_article(call.context, _find(call))),
        is_turned=not call.is_form,
    )


def retire(call: Call) -> PrivateReply | Form:
    """Once more before it is done: readers miss it at once."""
    if not call.option(NAME):
        return _choice(call)
    article = _find(call)
    check_change(call.context, article)
    if call.option(ACT) == DONE:
        seen = replace(article, version=int(call.option(VERSION) or 0))
        retire_article(call.context, seen)
        return PrivateReply(text=call.say("knowledge.retired_now", title=article.title), is_turned=True)
    button = Button(
        label=call.command.submit(call.context.language),
        verb=call.command.name,
        options={NAME: article.name, VERSION: str(article.version), ACT: DONE},
        is_dangerous=True,
    )
    return PrivateReply(
        text=call.say("knowledge.retire", title=article.title), buttons=(button,), is_question=True
    )


def _find(call: Call) -> Article:
    return find_article(call.context, call.option(NAME), readership_here(call.context, call.location))


def _choice(call: Call) -> Form:
    """Which one, of those that the actor may change. Raises Refused where there are none."""
    context, language = call.context, call.context.language
    known = [each for each in changeable_articles(context) if may_change(context, each)]
    if not known:
        command = verbs.typed(context.desk.command_names, verbs.NEW_ARTICLE)
        raise Refused("knowledge.none_yet_for_agents", command=command)
    (option, *_) = call.command.options
    field = Field(
        name=NAME,
        label=call.command.label(option, language),
        kind="choice",
        choices=tuple((each.name, each.title) for each in known),
    )
    typed = verbs.typed(context.desk.command_names, call.command.name)
    return Form(
        title=call.command.form_title(language),
        verb=call.command.name,
        ticket=None,
        fields=(field,),
        submit=words(language, "commands.next_step"),
        instead=call.say("knowledge.name_one", command=f"{typed} {known[0].name}"),
    )


_WHICH = Option(name=NAME, kind=OptionKind.OWN_ARTICLE, is_required=False)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.NEW_ARTICLE,
        place=40,
        who=Role.AGENT,
        handler=new,
        asks_without=frozenset({ACT}),
        options=(Option(name=TITLE, is_required=False),),
        takes_files=True,
        replies_privately=True,
        example="new Reset your password",
    ),
    Command(
        name=verbs.EDIT_ARTICLE,
        place=50,
        who=Role.AGENT,
        handler=edit,
        asks_without=frozenset({ACT}),
        options=(_WHICH,),
        takes_files=True,
        replies_privately=True,
        example="edit reset-your-password",
    ),
    Command(
        name=verbs.PUBLISH_ARTICLE,
        place=60,
        who=Role.AGENT,
        handler=publish,
        asks_without=frozenset({NAME}),
        options=(_WHICH,),
        replies_privately=True,
    ),
    Command(
        name=verbs.RETIRE_ARTICLE,
        place=70,
        who=Role.AGENT,
        handler=retire,
        asks_without=frozenset({ACT}),
        options=(_WHICH,),
        replies_privately=True,
    ),
)
