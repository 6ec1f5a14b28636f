"""The form in which an article is written."""

from collections.abc import Mapping

from bot.commands.framework.command import Call
from bot.commands.framework.knowledge.articles import ACT, DONE, whose
from bot.commands.framework.parsing import read_tags
from bot.domain.errors import FieldsRefused
from bot.domain.knowledge.article import EVERYBODY, Article, ArticleAudience, AudienceKind
from bot.domain.sentence import sentence
from bot.messages import verbs
from bot.messages.outbound import Field, Form
from bot.services.context.context import Context
from bot.services.knowledge.written_articles import AUDIENCE, BODY, TAGS, TEAM, TITLE, ArticleText
from bot.text.sentences import words


def article_form(
    call: Call,
    *,
    verb: str,
    seen: Article | None = None,
    title: str = "",
    body: str = "",
    team: str = "",
    fixed: Mapping[str, str] | None = None,
) -> Form:
    """What it says now, or is to begin with."""
    context, language = call.context, call.context.language
    context.expect_text()
    command = call.registry.named(verb)
    assert command is not None, verb
    tags = " ".join(seen.tags) if seen is not None else ""
    teams = tuple((each.name, each.title) for each in context.desk.teams_of(context.actor))
    return Form(
        title=command.form_title(language),
        verb=verb,
        ticket=None,
        fields=(
            Field(name=TITLE, label=_label(call, TITLE), value=seen.title if seen else title),
            Field(
                name=BODY,
                label=_label(call, BODY),
                kind="long_text",
                value=seen.body if seen else body,
                hint=words(language, "knowledge.body_hint"),
            ),
            Field(
                name=TAGS,
                label=_label(call, TAGS),
                is_required=False,
                value=tags,
                hint=words(language, "knowledge.tags_hint"),
            ),
            Field(
                name=AUDIENCE,
                label=_label(call, AUDIENCE),
                kind="choice",
                value=(seen.audience if seen else EVERYBODY).key,
                choices=tuple((each.key, whose(context, each)) for each in _audiences(context)),
            ),
            Field(
                name=TEAM,
                label=_label(call, TEAM),
                kind="choice",
                value=(seen.team if seen else team) or teams[0][0],
                choices=teams,
            ),
        ),
        submit=command.submit(language),
        takes_files=command.takes_files,
        fixed={ACT: DONE, **(fixed or {})},
        instead=call.say(
            "knowledge.write_without_form", command=verbs.typed(context.desk.command_names, verb)
        ),
    )


def read_article(call: Call) -> ArticleText:
    """What the form says. Raises FieldsRefused for an audience that there is not any more."""
    given = call.option(AUDIENCE)
    audience = next((each for each in _audiences(call.context) if each.key == given), None)
    if audience is None:
        raise FieldsRefused({AUDIENCE: sentence("knowledge.audience_gone")})
    tags, _ = read_tags(call.option(TAGS))
    return ArticleText(
        title=call.option(TITLE),
        body=call.option(BODY),
        tags=tags,
        audience=audience,
        team=call.option(TEAM),
        files=call.files,
    )


def _audiences(context: Context) -> list[ArticleAudience]:
    """Everybody, the actor's teams, and the servers that these serve."""
    teams = context.desk.teams_of(context.actor)
    served = {each.community for each in teams}
    communities = [name for name in context.desk.communities if name in served or None in served]
    return [
        EVERYBODY,
        *(ArticleAudience(kind=AudienceKind.TEAM, name=each.name) for each in teams),
        *(ArticleAudience(kind=AudienceKind.COMMUNITY, name=each) for each in communities),
    ]


def _label(call: Call, name: str) -> str:
    return words(call.context.language, f"knowledge.{name}_label")
