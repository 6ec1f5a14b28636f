"""`/kb history`: every version of an article, who made it, and what changed in it."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.knowledge.articles import NAME, VERSION
from bot.commands.framework.ticket_lists import range_shown, read_page, turn_buttons
from bot.domain.directory import DESK
from bot.domain.errors import NotAllowed
from bot.domain.knowledge.article import Article
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, PrivateReply, RichText
from bot.services.knowledge.known_articles import find_article, may_change, readership_here
from bot.text.amounts import listed
from bot.text.sentences import joined, words

LISTED = 10
PARTS = ("title", "body", "pictures", "tags", "audience", "team", "owner", "review_by", "language", "state")
"""What may differ between two versions."""


def history(call: Call) -> PrivateReply:
    """The newest first; a button shows each as it was."""
    context, language = call.context, call.context.language
    article = find_article(context, call.option(NAME), readership_here(context, call.location))
    if not may_change(context, article):
        raise NotAllowed("knowledge.not_yours", title=article.title)
    wanted = read_page(call.option("page"))
    every = context.uow.articles.versions(article.name)
    pages = -(-len(every) // LISTED)
    page = min(wanted, pages)
    first = (page - 1) * LISTED
    names = {key: each.name for key, each in context.uow.people.find_many(_authors(every)).items()}
    text: RichText = (Bold(article.title), f" · {range_shown(first, LISTED, len(every), language)}")
    shown = every[first : first + LISTED]
    before = [*every[1:], None][first : first + LISTED]
    for each, earlier in zip(shown, before, strict=True):
        name = (
            words(language, "knowledge.the_file") if each.changed_by == DESK else names.get(each.changed_by)
        )
        what = _what_changed(each, earlier, language)
        line = call.say(
            "knowledge.version",
            number=each.version,
            name=name or each.changed_by,
            at=Moment(each.changed_at),
            what=what,
        )
        text = joined(text, line, by="\n")
    return PrivateReply(
        text=text,
        buttons=(
            *(_button(language, each) for each in shown),
            *turn_buttons(call, {NAME: article.name}, page=page, pages=pages),
        ),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _authors(versions: Sequence[Article]) -> list[str]:
    return sorted({each.changed_by for each in versions if each.changed_by != DESK})


def _what_changed(article: Article, before: Article | None, language: str) -> str:
    """`title, text`; what became of it where only that changed."""
    if before is None:
        return words(language, "knowledge.first_version")
    parts = [each for each in PARTS if getattr(article, each) != getattr(before, each)]
    if parts == ["state"]:
        return words(language, f"knowledge.{article.state}")
    return listed([words(language, f"knowledge.part_{each}") for each in parts], language)


def _button(language: str, article: Article) -> Button:
    return Button(
        label=words(language, "knowledge.button_version", number=article.version),
        verb=verbs.SHOW_ARTICLE,
        options={NAME: article.name, VERSION: str(article.version)},
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ARTICLE_HISTORY,
        place=80,
        who=Role.AGENT,
        handler=history,
        reads=True,
        options=(Option(name=NAME, kind=OptionKind.OWN_ARTICLE),),
        replies_privately=True,
        has_form=True,
    ),
)
