"""A ticket's card as an embed, and buttons and menus below it.

Limits: https://discord.com/developers/docs/resources/message#embed-object-embed-limits and
https://discord.com/developers/docs/components/reference
"""

from collections.abc import Iterator, Sequence

from adapters.discord.api.addresses import Json
from adapters.discord.render.action_ids import encode, fits
from adapters.discord.render.markdown import LinkOf, moment, quoted, within
from adapters.kit.text import SIGNS, cut
from bot.messages.outbound import Button, Card, Due, Menu, Moment, Tone
from bot.text.sentences import words

COLOURS = {
    Tone.NEUTRAL: 0x4F6BED,
    Tone.GOOD: 0x2E9E5B,
    Tone.ATTENTION: 0xE0B000,
    Tone.WARNING: 0xE07800,
    Tone.ALERT: 0xD13438,
    Tone.MUTED: 0x8A8F98,
}
TITLE_LIMIT = 256
FOOTER_LIMIT = 2_048
MOST_DUES = 4
DESCRIPTION_LIMIT = 2_000
"""Of the 4,096 that a description may have: all of an embed together has at most 6,000."""
VALUE_LIMIT = 200
MOST_ANSWERS = 8
"""What is left out, or cut, is in the thread and in what `show` answers."""
ANSWER_LABEL_LIMIT = 30
ANSWER_LIMIT = 70
LABEL_LIMIT = 80
ENTRY_LIMIT = 100
BUTTONS_PER_ROW = 5
MOST_ROWS = 5
MOST_ENTRIES = 25
_ROW, _BUTTON, _SELECT = 1, 2, 3
_PRIMARY, _SECONDARY, _DANGER, _LINK = 1, 2, 4, 5


def card_embed(card: Card, *, link_of: LinkOf, language: str) -> Json:
    lock = " 🔒" if card.is_private else ""
    embed: Json = {
        "title": within(f"{card.reference} · {card.subject}", TITLE_LIMIT - len(lock)) + lock,
        "color": COLOURS[card.tone],
        "fields": list(_fields(card, language)),
        "footer": {"text": cut(_footer(card, language), FOOTER_LIMIT)},
        "timestamp": card.opened_at.isoformat(),
    }
    excerpt = card.excerpt.strip()
    if excerpt and excerpt != card.subject.strip():
        embed["description"] = within(excerpt, DESCRIPTION_LIMIT, write=quoted)
    if card.source is not None and (url := link_of(card.source)):
        embed["url"] = url
    return embed


def rows(
    buttons: Sequence[Button], menu: Sequence[Button] = (), *, choice: Menu | None = None, language: str
) -> list[Json]:
    """Buttons in rows of five, then the other verbs in one menu; what fits in no row is left out.

    `choice` is that menu where it has a label of its own.
    """
    elements = [_button(button) for button in _different(buttons)]
    made = [
        {"type": _ROW, "components": elements[start : start + BUTTONS_PER_ROW]}
        for start in range(0, len(elements), BUTTONS_PER_ROW)
    ]
    entries = _different(choice.entries if choice is not None else menu)[:MOST_ENTRIES]
    if entries:
        more = words(language, "platforms.more_menu")
        asks = choice.label_of(len(entries)) if choice is not None else more
        made = [*made[: MOST_ROWS - 1], {"type": _ROW, "components": [_menu(entries, asks)]}]
    return made[:MOST_ROWS]


def _different(buttons: Sequence[Button]) -> list[Button]:
    """Those that Discord takes: two that do the same are one too many."""
    return list({encode(button): button for button in reversed(buttons) if fits(button)}.values())[::-1]


def _fields(card: Card, language: str) -> Iterator[Json]:
    assignee = card.assignee or words(language, "platforms.unassigned")
    yield _field(words(language, "platforms.field_requester"), within(card.requester, VALUE_LIMIT))
    yield _field(words(language, "platforms.field_assignee"), within(assignee, VALUE_LIMIT))
    yield _field(words(language, "platforms.field_status"), within(card.status, VALUE_LIMIT))
    yield _field(words(language, "platforms.field_priority"), within(card.priority, VALUE_LIMIT))
    for due in card.dues[:MOST_DUES]:
        yield _field(cut(due.label, LABEL_LIMIT), _due(due))
    for label, answer in card.answers[:MOST_ANSWERS]:
        yield _field(within(label, ANSWER_LABEL_LIMIT), within(answer, ANSWER_LIMIT))
    if card.tags:
        yield _field(words(language, "platforms.field_tags"), within(", ".join(card.tags), VALUE_LIMIT))


def _field(name: str, value: str) -> Json:
    """https://discord.com/developers/docs/resources/message#embed-object-embed-field-structure: neither is empty."""
    return {"name": name.strip() or "–", "value": value.strip() or "–", "inline": True}


def _due(due: Due) -> str:
    when = ""
    if due.at is not None:
        when = f"{moment(Moment(due.at))} ({moment(Moment(due.at), 'R')})"
    about = " · ".join(each for each in (when, within(due.note, VALUE_LIMIT)) if each)
    return f"{SIGNS[due.stage]} {about}".strip()


def _footer(card: Card, language: str) -> str:
    """An embed's footer knows no markup."""
    why = words(language, "platforms.why_here", reason=card.why_here)
    parts = [card.team, *([why] if card.why_here else []), *([card.thread_says] if card.thread_says else [])]
    return " · ".join(cut(part, VALUE_LIMIT) for part in parts)


def _button(button: Button) -> Json:
    style = _SECONDARY
    if button.is_dangerous:
        style = _DANGER
    elif button.is_primary:
        style = _PRIMARY
    shown = {"type": _BUTTON, "label": cut(button.label.strip(), LABEL_LIMIT) or "…"}
    if button.url:
        return {**shown, "style": _LINK, "url": button.url}
    return {**shown, "style": style, "custom_id": encode(button)}


def _menu(entries: Sequence[Button], asks: str) -> Json:
    options = [
        {"label": cut(entry.label.strip(), ENTRY_LIMIT) or "…", "value": encode(entry)} for entry in entries
    ]
    return {"type": _SELECT, "custom_id": "menu", "placeholder": asks, "options": options}
