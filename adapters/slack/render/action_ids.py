"""What a button or menu entry does, as the JSON that Slack carries in its value and gives back when pressed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from adapters.kit.text import cut
from adapters.slack.api.addresses import Json
from bot.messages.outbound import Button

BUTTON_VALUE_LIMIT = 2_000
"""https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
OPTION_VALUE_LIMIT = 150
"""https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""
LABEL_LIMIT = 75
LABELS_REMEMBERED = 1_000
_as_json = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: `json.dumps` would make one for each of a card's twenty buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    verb: str
    ticket: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False


def button_element(button: Button, *, index: int) -> Json:
    element: Json = {
        "type": "button",
        "action_id": f"press:{index}",
        "text": _label(button.label),
    }
    if button.url:
        # Slack tells of the press, too; without a value it is nothing to us.
        element["url"] = button.url
    else:
        element["value"] = value_of(button, limit=BUTTON_VALUE_LIMIT)
    if button.is_dangerous:
        element["style"] = "danger"
    elif button.is_primary:
        element["style"] = "primary"
    if button.confirm:
        element["confirm"] = _confirm(button)
    return element


def menu_option(button: Button) -> Json:
    return {"text": _label(button.label), "value": value_of(button, limit=OPTION_VALUE_LIMIT)}


def value_of(button: Button, *, limit: int) -> str:
    """Options that do not fit are left out: the desk then asks for them, or says what is missing."""
    press: Json = {"v": button.verb}
    if button.ticket is not None:
        press["t"] = button.ticket
    if button.opens_form:
        press["f"] = 1
    whole = _as_json(press | {"o": dict(button.options)}) if button.options else ""
    return whole if whole and len(whole) <= limit else _as_json(press)


def press_of(value: str) -> Press | None:
    """None for a value that is not ours, such as a button's from an older version."""
    try:
        press = json.loads(value)
        return Press(
            verb=str(press["v"]),
            ticket=None if press.get("t") is None else str(press["t"]),
            options={str(name): str(each) for name, each in (press.get("o") or {}).items()},
            opens_form=bool(press.get("f")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@lru_cache(LABELS_REMEMBERED)
def _label(label: str) -> Json:
    """Of what all cards have, made once. Nobody changes it: it is only written down."""
    return plain_text(label, limit=LABEL_LIMIT)


def plain_text(text: str, *, limit: int) -> Json:
    """A text object without markup; emoji short names stay as they are written."""
    return {"type": "plain_text", "text": cut(text, limit) or "\u00a0", "emoji": False}


def _confirm(button: Button) -> Json:
    """https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object"""
    return {
        "title": plain_text(button.label, limit=100),
        "text": plain_text(button.confirm, limit=300),
        "confirm": plain_text(button.agree or button.label, limit=30),
        "deny": plain_text("Cancel", limit=30),
    }
