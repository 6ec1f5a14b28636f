"""An article as it is read in chat, a line of it in a list, and the buttons that go with both."""

from dataclasses import replace

from bot.commands.framework.command import Call
from bot.domain.knowledge.article import Article, ArticleAudience, ArticleOrigin, ArticleState, AudienceKind
from bot.domain.sentence import sentence
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.knowledge.article_links import article_address
from bot.services.knowledge.known_articles import is_draft, may_change, may_publish, team_of
from bot.services.knowledge.written_articles import file_of
from bot.text.error_text import tell
from bot.text.markdown import markdown_text
from bot.text.sentences import joined, say, words

NAME, VERSION, ACT, DONE = "name", "version", "act", "done"
"""Options of buttons and forms besides their fields."""
_LONGEST_LABEL = 60


def whole_article(call: Call, article: Article) -> RichText:
    """Its title, what it says, and who looks after it."""
    context = call.context
    return joined(
        (Bold(article.title),),
        _state(context, article),
        markdown_text(article.body_below_title),
        joined(_signed(context, article), page_line(context.language, article_address(context, article))),
        by="\n\n",
    )


def page_line(language: str, address: str) -> RichText:
    """Where it is read in a browser; nothing where it is not."""
    return say(language, "knowledge.page_at", address=address) if address else ()


def article_line(context: Context, article: Article) -> RichText:
    """`VPN on your phone` · `vpn-on-your-phone` · Network."""
    text: RichText = (Bold(article.title), " · ", Code(article.name))
    team = team_of(context, article)
    if team is not None:
        text += (f" · {team.title}",)
    if article.audience.kind is not AudienceKind.EVERYBODY:
        text += (
            " · ",
            *say(context.language, "knowledge.only_for", audience=whose(context, article.audience)),
        )
    if article.state is not ArticleState.PUBLISHED:
        text += (f" · {words(context.language, f'knowledge.{article.state}')}",)
    return text


def whose(context: Context, audience: ArticleAudience) -> str:
    """`everybody`, or the title of the team or the server."""
    match audience.kind:
        case AudienceKind.EVERYBODY:
            return words(context.language, "knowledge.everybody")
        case AudienceKind.TEAM:
            return context.desk.title_of(audience.name or "")
        case AudienceKind.COMMUNITY:
            known = context.desk.communities.get(audience.name or "")
            return known.title if known is not None else audience.name or ""
        case AudienceKind.REPLIES:
            return audience.name or ""


def show_button(language: str, *, title: str, name: str) -> Button:
    short = title if len(title) <= _LONGEST_LABEL else f"{title[:_LONGEST_LABEL]}…"
    return Button(
        label=words(language, "knowledge.button_show", title=short),
        verb=verbs.SHOW_ARTICLE,
        options={NAME: name},
    )


def work_buttons(context: Context, article: Article) -> tuple[Button, ...]:
    """What the actor may do with an article that was written in chat."""
    if article.origin is not ArticleOrigin.DESK or not may_change(context, article):
        return ()
    team = team_of(context, article)
    publish = (replace(_button(context, article, verbs.PUBLISH_ARTICLE), is_primary=True),)
    is_theirs = team is not None and may_publish(context, team) and is_draft(article)
    return (
        *(publish if is_theirs else ()),
        _button(context, article, verbs.EDIT_ARTICLE),
        _button(context, article, verbs.ARTICLE_HISTORY),
    )


def kept_reply(call: Call, key: str, article: Article) -> PrivateReply:
    """What was done, who sees the article now, and what can be done next."""
    context = call.context
    team = team_of(context, article)
    told = call.say(key, title=article.title, name=Code(article.name))
    if is_draft(article) and team is not None:
        command = f"{verbs.typed(context.desk.command_names, verbs.PUBLISH_ARTICLE)} {article.name}"
        who = "knowledge.publish_it" if may_publish(context, team) else "knowledge.lead_publishes_it"
        told = joined(told, call.say(who, team=team.title, command=Code(command)))
    elif article.state is ArticleState.PUBLISHED:
        told = joined(told, call.say("knowledge.seen_by", audience=whose(context, article.audience)))
    return PrivateReply(
        text=told,
        buttons=(
            show_button(context.language, title=article.title, name=article.name),
            *work_buttons(context, article),
        ),
        is_turned=bool(call.option(ACT)) and not call.is_form,
    )


def _button(context: Context, article: Article, verb: str) -> Button:
    return Button(
        label=words(context.language, f"knowledge.button_{verbs.word(verb)}"),
        verb=verb,
        options={NAME: article.name},
    )


def _state(context: Context, article: Article) -> RichText:
    """That it is no article which others find, where that is so."""
    if article.state is ArticleState.PUBLISHED:
        return ()
    return tell(context.language, sentence(f"knowledge.shown_{article.state}"))


def _signed(context: Context, article: Article) -> RichText:
    """Who looks after it and since when it reads so; for the team, the file that it is changed in."""
    team = team_of(context, article)
    at = Moment(article.changed_at)
    signed = (
        say(context.language, "knowledge.changed_at", at=at)
        if team is None
        else say(context.language, "knowledge.changed_at_by_team", at=at, team=team.title)
    )
    if article.origin is ArticleOrigin.DESK or not context.desk.teams_of(context.actor):
        return signed
    return joined(
        signed, say(context.language, "knowledge.kept_in_file", file=Code(file_of(context, article)))
    )
