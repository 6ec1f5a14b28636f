"""A ticket's card as blocks: what people must see first comes first, and a few verbs need one press."""

from collections.abc import Iterator, Sequence

from adapters.kit.text import SIGNS, cut
from adapters.slack.api.addresses import Identity, Json
from adapters.slack.render.action_ids import button_element, menu_option, plain_text
from adapters.slack.render.mrkdwn import date_tag, literal
from adapters.slack.render.rich_text import plain_block, rich_text
from bot.messages.outbound import Bold, Button, Card, Due, Menu, RichText
from bot.text.sentences import words

ENTRIES_PER_MENU = 5
"""https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element"""
ENTRIES_PER_SELECT = 100
PLACEHOLDER_LIMIT = 150
"""https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select"""
BUTTONS_PER_BLOCK = 25
FIELDS_PER_SECTION = 10
SUBJECT_LIMIT = 300
EXCERPT_LIMIT = 1_200
VALUE_LIMIT = 80
LABEL_LIMIT = 40
SMALL_PRINT_LIMIT = 150
"""Characters before they are escaped, which may make five of one: the whole card stays below 13,200."""


def card_blocks(card: Card, *, identity: Identity, language: str) -> list[Json]:
    blocks = [rich_text(_head(card), identity=identity, meant=frozenset())]
    if card.excerpt.strip() and card.excerpt.strip() != card.subject.strip():
        quote = plain_block(cut(card.excerpt, EXCERPT_LIMIT))
        quote["elements"][0]["type"] = "rich_text_quote"
        blocks.append(quote)
    answers = [_field(literal(cut(label, LABEL_LIMIT)), answer) for label, answer in card.answers]
    blocks += _section(list(_fields(card, language))) + _section(answers)
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": _small_print(card, language)}]})
    blocks += action_blocks(card.buttons, card.menu)
    return blocks


def action_blocks(
    buttons: Sequence[Button], menu: Sequence[Button] = (), *, choice: Menu | None = None
) -> list[Json]:
    """Buttons, then the other verbs in menus that remember no choice, so that each can be used twice.

    `choice` is a menu with a label of its own, and room for more.
    """
    elements = [button_element(button, index=index) for index, button in enumerate(buttons)]
    for start in range(0, len(menu), ENTRIES_PER_MENU):
        entries = menu[start : start + ENTRIES_PER_MENU]
        elements.append(
            {
                "type": "overflow",
                "action_id": f"menu:{start}",
                "options": [menu_option(entry) for entry in entries],
            }
        )
    if choice is not None and choice.entries:
        entries = choice.entries[:ENTRIES_PER_SELECT]
        elements.append(
            {
                "type": "static_select",
                "action_id": "menu:choice",
                "placeholder": plain_text(choice.label_of(len(entries)), limit=PLACEHOLDER_LIMIT),
                "options": [menu_option(entry) for entry in entries],
            }
        )
    return [
        {"type": "actions", "elements": elements[start : start + BUTTONS_PER_BLOCK]}
        for start in range(0, len(elements), BUTTONS_PER_BLOCK)
    ]


def card_words(card: Card, *, language: str) -> RichText:
    """The card in one line, for notifications."""
    assignee = card.assignee or words(language, "platforms.unassigned")
    return (f"{card.reference} {card.subject} · {card.status} · {assignee}",)


def _head(card: Card) -> RichText:
    sign = f"{SIGNS[card.tone]} " if SIGNS[card.tone] else ""
    lock = " 🔒" if card.is_private else ""
    head: RichText = (sign, Bold(card.reference), " ", Bold(cut(card.subject, SUBJECT_LIMIT)), lock)
    return (*head, "  ", card.source) if card.source is not None else head


def _fields(card: Card, language: str) -> Iterator[str]:
    yield _field(words(language, "platforms.field_requester"), card.requester)
    assignee = card.assignee or words(language, "platforms.unassigned")
    yield _field(words(language, "platforms.field_assignee"), assignee)
    yield _field(words(language, "platforms.field_status"), card.status)
    yield _field(words(language, "platforms.field_priority"), card.priority)
    for due in card.dues:
        yield _due(due)


def _section(fields: Sequence[str]) -> list[Json]:
    """What is left out, or cut, is in the thread and in what `show` answers."""
    shown = [{"type": "mrkdwn", "text": each} for each in fields[:FIELDS_PER_SECTION]]
    return [{"type": "section", "fields": shown}] if shown else []


def _field(label: str, value: str) -> str:
    return f"*{label}*\n{literal(cut(value, VALUE_LIMIT)) or '–'}"


def _due(due: Due) -> str:
    when = date_tag(due.at) if due.at is not None else ""
    about = " · ".join(each for each in (when, literal(cut(due.note, VALUE_LIMIT))) if each)
    sign = f"{SIGNS[due.stage]} " if SIGNS[due.stage] else ""
    return f"*{literal(cut(due.label, LABEL_LIMIT))}*\n{sign}{about or '–'}"


def _small_print(card: Card, language: str) -> str:
    opened = words(language, "platforms.opened", at=date_tag(card.opened_at))
    parts = [literal(cut(card.team, SMALL_PRINT_LIMIT)), opened]
    if card.tags:
        parts.append(literal(cut(", ".join(card.tags), SMALL_PRINT_LIMIT)))
    if card.why_here:
        reason = literal(cut(card.why_here, SMALL_PRINT_LIMIT))
        parts.append(words(language, "platforms.why_here", reason=reason))
    if card.thread_says:
        parts.append(literal(card.thread_says))
    return " · ".join(parts)
