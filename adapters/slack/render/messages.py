"""What the desk shows, as Slack messages. Pure.

Each content is one message here; what is too long was split before. People's words go into rich text
blocks, where nothing is markup. Sizes: https://docs.slack.dev/reference/block-kit/blocks, and all blocks
of a message together about 13,200 characters (`msg_blocks_too_long`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from adapters.kit.text import SIGNS, cut
from adapters.slack.api.addresses import Identity, Json
from adapters.slack.render.cards import action_blocks, card_blocks, card_words
from adapters.slack.render.mrkdwn import date_tag, fallback, literal
from adapters.slack.render.rich_text import rich_text
from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import (
    Board,
    Bold,
    Card,
    Copy,
    Mention,
    MessageContent,
    Notice,
    PrivateReply,
    Quote,
    RichText,
)
from bot.text.sentences import words

TEXT_LIMIT = 9_000
"""Characters of people's words in one message: with its other blocks it stays well below Slack's 13,200."""
NAME_LIMIT = 80
FILES_NAMED = 5
QUOTE_LIMIT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message's arguments. `name` and `picture` are the author's, where the message is shown as theirs."""

    text: str
    blocks: list[Json]
    name: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How to show it here. `as_author`: Slack shows another's name and picture on our messages."""

    identity: Identity
    as_author: bool = True
    pictures: dict[str, str] = field(default_factory=dict)
    """Addresses of people's pictures, by person's key."""
    language: str = "en"


def post_of(content: MessageContent, showing: RenderOptions) -> Post:
    match content:
        case Notice():
            return _notice(content, showing)
        case Copy():
            return _copy(content, showing)
        case Card():
            blocks = card_blocks(content, identity=showing.identity, language=showing.language)
            blocks += _pings(content.mentions, showing)
            return Post(text=fallback(card_words(content, language=showing.language)), blocks=blocks)
        case Board():
            return _board(content, showing)
        case never:
            assert_never(never)


def private_blocks(reply: PrivateReply, identity: Identity) -> list[Json]:
    sign: RichText = ("⚠️ ",) if reply.is_error else ()
    text = rich_text((*sign, *reply.text), identity=identity, meant=frozenset(), is_lasting=False)
    return [text, *action_blocks(reply.buttons)]


def _notice(notice: Notice, showing: RenderOptions) -> Post:
    text = notice.text
    if SIGNS[notice.tone]:
        text = (f"{SIGNS[notice.tone]} ", *text)
    shown = {span.key for span in text if isinstance(span, Mention)}
    for mention in notice.mentions:
        if mention.key not in shown:
            text = (*text, " ", mention)
    meant = frozenset(each.key for each in notice.mentions)
    blocks = [rich_text(text, identity=showing.identity, meant=meant)]
    if troubles := _troubles(notice.files):
        blocks.append(rich_text((troubles,), identity=showing.identity, meant=frozenset()))
    if names := _file_names(notice.files):
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": " · ".join(names)}]})
    blocks += action_blocks(notice.buttons, choice=notice.menu)
    return Post(text=fallback(notice.text) or "…", blocks=blocks)


def _board(board: Board, showing: RenderOptions) -> Post:
    """Its lines are few and short: together they stay far below what a message may have."""
    text: RichText = (f"{SIGNS[board.tone]} ".lstrip(), *board.whole)
    blocks = [rich_text(text, identity=showing.identity, meant=frozenset(), is_lasting=False)]
    return Post(text=fallback(board.title), blocks=blocks)


def _copy(copy: Copy, showing: RenderOptions) -> Post:
    """Under the author's own name and picture, or else with the name before the words."""
    name: RichText = () if showing.as_author else (Bold(f"{copy.author}:"), "\n")
    text: RichText = (*name, copy.text) if copy.text or name else ()
    if copy.quote:
        text = (*name, Quote(cut(copy.quote, QUOTE_LIMIT)), copy.text)
    blocks = [rich_text(text, identity=showing.identity, meant=frozenset())] if text else []
    if troubles := _troubles(copy.files):
        there: RichText = (" ", copy.source) if copy.source is not None else ()
        blocks.append(rich_text((troubles, *there), identity=showing.identity, meant=frozenset()))
    blocks += _pings(copy.mentions, showing)
    blocks.append(
        {"type": "context", "elements": [{"type": "mrkdwn", "text": _small_print(copy, showing.language)}]}
    )
    said = copy.text or ", ".join(file.name for file in copy.files) or "…"
    return Post(
        text=fallback((f"{copy.author}: {said}",)),
        blocks=blocks,
        name=cut(copy.author, NAME_LIMIT) if showing.as_author else "",
        picture=_picture(copy, showing) if showing.as_author else "",
    )


def _pings(mentions: Sequence[Mention], showing: RenderOptions) -> list[Json]:
    """A block that mentions them; none where nobody is."""
    meant = frozenset(each.key for each in mentions)
    return [rich_text(_named(mentions), identity=showing.identity, meant=meant)] if mentions else []


def _named(mentions: Sequence[Mention]) -> RichText:
    """The people alone, with spaces between them."""
    named: RichText = ()
    for each in mentions:
        named += (" ", each) if named else (each,)
    return named


def _picture(copy: Copy, showing: RenderOptions) -> str:
    """As Slack knows it; people of other platforms bring theirs along."""
    return showing.pictures.get(copy.author_key, "") or copy.picture


def _troubles(files: Sequence[StoredFile]) -> str:
    """Files that could not be copied, each with the reason."""
    return "\n".join(f"📎 {file.name}: {file.problem}" for file in files if file.problem)


def _small_print(copy: Copy, language: str) -> str:
    parts = [literal(cut(copy.label, NAME_LIMIT))] if copy.label else []
    parts.append(date_tag(copy.said_at))
    if copy.is_edited:
        parts.append(words(language, "platforms.edited"))
    return " · ".join([*parts, *_file_names(copy.files)])


def _file_names(files: Sequence[StoredFile]) -> list[str]:
    names = [literal(cut(file.name, NAME_LIMIT)) for file in files if not file.problem]
    return [f"📎 {name}" for name in names[:FILES_NAMED]]
