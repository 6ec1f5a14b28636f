"""What the desk shows, as bodies of Discord's messages. Pure.

A message has 2,000 characters of content: https://discord.com/developers/docs/resources/message#create-message.
Escaping makes text longer, so it is split as finely as its own signs require.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from adapters.discord.api.addresses import Json, user_of
from adapters.discord.render.cards import COLOURS, card_embed, rows
from adapters.discord.render.command_words import AS_IT_IS, CommandWords
from adapters.discord.render.markdown import LinkOf, escape, no_links, quoted, rich, small
from adapters.kit.text import SIGNS, cut
from bot.domain.tickets.conversation import StoredFile
from bot.messages import parts
from bot.messages.outbound import (
    Board,
    Bold,
    Card,
    Code,
    Copy,
    Mention,
    MessageContent,
    MessageLink,
    Moment,
    Notice,
    Preformatted,
    PrivateReply,
    Quote,
    RichText,
    Span,
)
from bot.text.sentences import words

TEXT_LIMIT = 1_700
"""Characters of people's words in one message, before they are escaped."""
CONTENT_LIMIT = 2_000
FINER = (TEXT_LIMIT, 1_300, 850, 400, 150)
DESCRIPTION_LIMIT = 4_096
EMBEDS_LIMIT = 6_000
"""Of one embed, and of all in one message:
https://discord.com/developers/docs/resources/message#embed-object-embed-limits"""
NOTHING = "\u200b"
"""Where there are no words: Discord takes no empty message."""
NAME_LIMIT = 80
QUOTE_LIMIT = 120
PROBLEMS_LIMIT = 800
"""Characters of what is said about files that are not here, so that there is room for the words."""
MOST_ADDED = 30
"""People who are pinged without being named in the text: each takes some twenty characters of the message."""
MOST_PINGED = 100
"""https://discord.com/developers/docs/resources/message#allowed-mentions-object"""
EPHEMERAL = 1 << 6
SUPPRESS_EMBEDS = 1 << 2
# https://discord.com/developers/docs/resources/webhook#create-webhook: names that Discord keeps for itself.
_KEPT_NAMES = re.compile(r"(dis)(cord)|(cly)(de)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message's body. `name` and `picture` are the author's, where it is shown as theirs by a webhook.

    `sizes` are those of the files that come with it, in bytes.
    """

    body: Json
    name: str = ""
    picture: str = ""
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How to show it here. `as_author`: a webhook may post here under another's name.

    `command_words` writes commands in sentences as they are typed here.
    """

    link_of: LinkOf = no_links
    as_author: bool = True
    language: str = "en"
    command_words: CommandWords = AS_IT_IS


def post_of(content: MessageContent, showing: RenderOptions) -> Post:
    match content:
        case Notice():
            return Post(body=_notice(content, showing), sizes=_sizes(content.files))
        case Copy():
            return _copy(content, showing)
        case Card():
            embed = card_embed(content, link_of=showing.link_of, language=showing.language)
            components = rows(content.buttons, content.menu, language=showing.language)
            meant = frozenset(each.key for each in content.mentions)
            pings = " ".join(rich((each,), link_of=showing.link_of, meant=meant) for each in content.mentions)
            return Post(body=_body(pings, meant=content.mentions, embeds=[embed], components=components))
        case Board():
            return Post(body=_body("", meant=(), embeds=[_board_embed(content, showing)]))
        case never:
            assert_never(never)


def in_parts(content: MessageContent, showing: RenderOptions) -> list[MessageContent]:
    """As many messages as it takes, each within Discord's limit."""
    return _finely(lambda limit: parts.split(content, limit=limit), showing)


def in_so_many(
    content: MessageContent, showing: RenderOptions, *, count: int, command: str
) -> list[MessageContent]:
    """At most `count` messages, the last of which says how to read what does not fit."""
    ending = words(showing.language, "platforms.shortened", command=command)
    return _finely(lambda limit: parts.fit(content, limit=limit, count=count, ending=ending), showing)


def private_body(reply: PrivateReply, showing: RenderOptions, *, is_ephemeral: bool = True) -> list[Json]:
    """One body for each message that it takes; the buttons come with the last."""
    notice = Notice(text=_warning(reply.text) if reply.is_error else reply.text, buttons=reply.buttons)
    bodies = [post_of(part, showing).body for part in in_parts(notice, showing)]
    if reply.is_page and len(bodies) > 1:
        bodies = _one_page(notice, showing) or bodies
    flags = EPHEMERAL if is_ephemeral else 0
    return [body | {"flags": int(body["flags"]) | flags} for body in bodies]


def _one_page(notice: Notice, showing: RenderOptions) -> list[Json]:
    """In embeds, which have room for three times as much as a message; nothing where that is too little."""
    pieces = [each for each in parts.split(notice, limit=TEXT_LIMIT) if isinstance(each, Notice)]
    descriptions = [rich(showing.command_words(each.text), link_of=showing.link_of) for each in pieces]
    if max(map(len, descriptions)) > DESCRIPTION_LIMIT or sum(map(len, descriptions)) > EMBEDS_LIMIT:
        return []
    embeds = [{"description": each, "color": COLOURS[notice.tone]} for each in descriptions]
    return [
        _body(
            "",
            meant=(),
            embeds=embeds,
            components=rows(notice.buttons, choice=notice.menu, language=showing.language),
        )
    ]


def _warning(text: RichText) -> RichText:
    sign = "⚠️ "
    return (sign + text[0], *text[1:]) if text and isinstance(text[0], str) else (sign, *text)


def author_name(name: str, *, language: str) -> str:
    """A name that Discord takes for a webhook's post, 1 to 80 characters."""
    shown = " ".join(name.split()) or words(language, "platforms.someone")
    parted = _KEPT_NAMES.sub(lambda found: "-".join(filter(None, found.groups())), shown)
    return cut(parted, NAME_LIMIT)


def heading(content: MessageContent) -> str:
    """What a post in a forum is called that begins with this and belongs to no ticket."""
    match content:
        case Card():
            return f"{content.reference} · {content.subject}"
        case Copy():
            return content.text or content.author
        case Notice():
            return "".join(_plain(span) for span in content.text)
        case Board():
            return "".join(_plain(span) for span in content.title)
        case never:
            assert_never(never)


def _plain(span: Span) -> str:
    match span:
        case str():
            return span
        case Bold() | Code() | Quote() | Preformatted():
            return span.text
        case Mention():
            return span.name
        case MessageLink():
            return span.label
        case Moment():
            return span.words or f"{span.at:%Y-%m-%d %H:%M}"
        case never:
            assert_never(never)


def _finely(split: Callable[[int], Sequence[MessageContent]], showing: RenderOptions) -> list[MessageContent]:
    pieces: list[MessageContent] = []
    for limit in FINER:
        pieces = list(split(limit))
        if all(_length(piece, showing) <= CONTENT_LIMIT for piece in pieces):
            break
    return pieces


def _length(content: MessageContent, showing: RenderOptions) -> int:
    return len(post_of(content, showing).body["content"])


def _notice(notice: Notice, showing: RenderOptions) -> Json:
    sign = SIGNS[notice.tone]
    said = showing.command_words(notice.text)
    text: RichText = (f"{sign} ", *said) if sign else said
    shown = {span.key for span in text if isinstance(span, Mention)}
    unnamed = [mention for mention in notice.mentions if mention.key not in shown]
    for mention in unnamed[:MOST_ADDED]:
        text = (*text, " ", mention)
    if len(unnamed) > MOST_ADDED:
        text = (*text, " ", words(showing.language, "platforms.and_more", count=len(unnamed) - MOST_ADDED))
    meant = frozenset(each.key for each in notice.mentions)
    content = rich(text, link_of=showing.link_of, meant=meant)
    problems = _problems(notice.files, where="", language=showing.language)
    content = "\n".join([content, *problems]) if problems else content
    has_files = bool(_sizes(notice.files))
    components = rows(notice.buttons, choice=notice.menu, language=showing.language)
    return _body(content, meant=notice.mentions, components=components, has_files=has_files)


def _board_embed(board: Board, showing: RenderOptions) -> Json:
    """An embed has room for twice as much as a message, and what is in it pings nobody."""
    for lines in range(len(board.lines), -1, -1):
        description = rich(showing.command_words(board.text(lines=lines)), link_of=showing.link_of)
        if len(description) <= DESCRIPTION_LIMIT:
            break
    return {"description": description, "color": COLOURS[board.tone]}


def _copy(copy: Copy, showing: RenderOptions) -> Post:
    lines = []
    if copy.quote:
        lines.append(quoted(cut(" ".join(copy.quote.split()), QUOTE_LIMIT)))
    text = escape(copy.text)
    if not showing.as_author:
        name = " ".join(copy.author.split()) or words(showing.language, "platforms.someone")
        author = escape(cut(name, NAME_LIMIT))
        text = f"**{author}:** {text}" if text else f"**{author}**"
    where = showing.link_of(copy.source) if copy.source is not None else ""
    lines += [text] if text else []
    lines += _problems(copy.files, where=where, language=showing.language)
    meant = frozenset(each.key for each in copy.mentions)
    lines += [rich((each,), link_of=showing.link_of, meant=meant) for each in copy.mentions]
    edited = words(showing.language, "platforms.edited")
    print_below = [*([copy.label] if copy.label else []), *([edited] if copy.is_edited else [])]
    lines += [small(cut(" · ".join(print_below), NAME_LIMIT))] if print_below else []
    body = _body("\n".join(lines), meant=copy.mentions, has_files=bool(_sizes(copy.files)))
    sizes = _sizes(copy.files)
    if not showing.as_author:
        return Post(body=body, sizes=sizes)
    return Post(
        body=body, name=author_name(copy.author, language=showing.language), picture=copy.picture, sizes=sizes
    )


def _sizes(files: Sequence[StoredFile]) -> tuple[int, ...]:
    return tuple(file.size for file in files if not file.problem)


def _problems(files: Sequence[StoredFile], *, where: str, language: str) -> list[str]:
    """Files that are not here, and why; `where` leads to them for whoever may go there."""
    found = f" [{words(language, 'platforms.file_original')}]({where})" if where else ""
    lines: list[str] = []
    missing = [file for file in files if file.problem]
    for file in missing:
        line = f"📎 {escape(cut(file.name, 80))}: {escape(cut(file.problem, 160))}{found}"
        if sum(map(len, lines)) + len(line) > PROBLEMS_LIMIT:
            break
        lines.append(line)
    more = len(missing) - len(lines)
    return [*lines, words(language, "platforms.more_files", count=more)] if more else lines


def _body(
    content: str,
    *,
    meant: Sequence[Mention],
    embeds: Sequence[Json] = (),
    components: Sequence[Json] = (),
    has_files: bool = False,
) -> Json:
    """Nobody is pinged but those who are meant, whatever the text says.

    https://discord.com/developers/docs/resources/message#allowed-mentions-object
    """
    is_blank = not (content.strip() or embeds or has_files)
    users = [str(user) for user in dict.fromkeys(user_of(each.key) for each in meant) if user is not None]
    return {
        "content": NOTHING if is_blank else content,
        "embeds": list(embeds),
        "components": list(components),
        "allowed_mentions": {"parse": [], "users": users[:MOST_PINGED], "replied_user": False},
        "flags": 0 if embeds else SUPPRESS_EMBEDS,
    }


def without_files(content: Copy | Notice, *, problem: str) -> Copy | Notice:
    """The same, saying of each of its files why it is not here."""
    files = tuple(replace(file, problem=file.problem or problem) for file in content.files)
    return replace(content, files=files)
