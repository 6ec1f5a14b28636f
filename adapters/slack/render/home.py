"""A person's App Home. https://docs.slack.dev/surfaces/app-home: 100 blocks at most."""

from dataclasses import replace

from adapters.kit.text import SIGNS, cut
from adapters.slack.api.addresses import Identity, Json
from adapters.slack.render.action_ids import plain_text
from adapters.slack.render.cards import action_blocks
from adapters.slack.render.rich_text import rich_text
from bot.messages.outbound import Home, HomeLine, HomeSection, RichText
from bot.text.sentences import words

BLOCKS_LIMIT = 100
TITLE_LIMIT = 150


def home_view(home: Home, *, identity: Identity, language: str) -> Json:
    blocks = [_header(home.title), *action_blocks(home.buttons)]
    for section in home.sections:
        blocks += _section(section, identity, language=language, room=BLOCKS_LIMIT - len(blocks))
    return {"type": "home", "blocks": blocks[:BLOCKS_LIMIT]}


def _section(section: HomeSection, identity: Identity, *, language: str, room: int) -> list[Json]:
    """As many lines as fit; the others are counted."""
    blocks = [{"type": "divider"}, _header(section.title)]
    left = section.more
    for line in section.lines:
        shown = _line(line, identity)
        if len(blocks) + len(shown) + 1 > room:
            left += 1
        else:
            blocks += shown
    if left:
        key = "platforms.and_many_more" if section.has_many_more else "platforms.and_more"
        more = words(language, key, count=left)
        whole = section.whole
        blocks += action_blocks((replace(whole, label=more),)) if whole is not None else [_small(more)]
    elif not section.lines and section.nothing:
        blocks.append(_small(section.nothing))
    return blocks


def _line(line: HomeLine, identity: Identity) -> list[Json]:
    sign: RichText = (f"{SIGNS[line.tone]} ",) if SIGNS[line.tone] else ()
    text = rich_text((*sign, *line.text), identity=identity, meant=frozenset(), is_lasting=False)
    return [text, *action_blocks(line.buttons)]


def _header(text: str) -> Json:
    return {"type": "header", "text": plain_text(cut(text, TITLE_LIMIT), limit=TITLE_LIMIT)}


def _small(text: str) -> Json:
    return {"type": "context", "elements": [plain_text(text, limit=2_000)]}
