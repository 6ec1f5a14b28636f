"""Buttons, menus and fields as a person finds them: by the words on them; and what choosing them says on the wire.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload ("actions", "state")
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.rules.block_limits import LARGEST_FILE, MOST_FILES
from tests.fakes.slack.rules.blocks import interactive_elements
from tests.fakes.slack.rules.elements import IN_INPUT
from tests.fakes.slack.rules.refusals import Json, NotOffered
from tests.fakes.slack.world.workspace import Workspace

_EMOJI = re.compile(r":[a-z0-9_+-]+:")


@dataclass(frozen=True, slots=True)
class Widget:
    block: Json
    element: Json

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def label(self) -> str:
        """The words on it: a button's, a field's, or a menu's placeholder."""
        holder = self.block.get("label") or self.element.get("text") or self.element.get("placeholder") or {}
        return plain(holder.get("text", ""))

    def is_called(self, name: str) -> bool:
        return plain(name) == self.label or name in (self.action_id, self.block_id)

    def options(self) -> list[Json]:
        groups = self.element.get("option_groups") or [self.element]
        return [option for group in groups for option in group.get("options", [])]


def plain(text: str) -> str:
    """Without emoji and surrounding space."""
    return _EMOJI.sub("", text).strip()


def widgets(blocks: list[Json]) -> Iterator[Widget]:
    for block in blocks:
        for element in interactive_elements(block):
            yield Widget(block, element)


def find(blocks: list[Json], name: str, *, kinds: set[str] | None = None) -> Widget:
    """Raises `NotOffered`, saying what there is."""
    offered = [widget for widget in widgets(blocks) if kinds is None or widget.kind in kinds]
    for widget in offered:
        if widget.is_called(name):
            return widget
    raise NotOffered(f"there is no {name!r} here, only {[widget.label for widget in offered]}")


def find_option(blocks: list[Json], option: str, *, menu: str | None) -> tuple[Widget, Json]:
    """The menu that has this option, and the option. Raises `NotOffered`."""
    seen: list[str] = []
    for widget in widgets(blocks):
        if menu is not None and not widget.is_called(menu):
            continue
        for offered in widget.options():
            label = plain(offered["text"]["text"])
            seen.append(label)
            if plain(option) == label or option == offered["value"]:
                return widget, offered
    raise NotOffered(f"there is no {option!r} to choose here, only {seen}")


def pressed(widget: Widget) -> Json:
    """A button in `actions`."""
    kept: Json = {
        key: widget.element[key] for key in ("text", "value", "style", "url") if key in widget.element
    }
    return {"type": "button", "action_id": widget.action_id, "block_id": widget.block_id, **kept}


def chosen(widget: Widget, value: Json) -> Json:
    """A menu in `actions`; `value` is what `state_of` gives."""
    return {"action_id": widget.action_id, "block_id": widget.block_id, **value}


def files_taken(widget: Widget, files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Raises `NotOffered` for more or larger ones than such a field takes.

    https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
    """
    most = widget.element.get("max_files", MOST_FILES)
    if len(files) > most or any(len(content) > LARGEST_FILE for _, content in files):
        raise NotOffered(f"{widget.label!r} takes {most} files of 10 MB at most")
    return files


def state_of(widget: Widget, value: Any, workspace: Workspace) -> Json:
    """A field's value as `state.values` carries it: people by name, options by label, dates as YYYY-MM-DD."""
    kind = widget.kind
    if kind in ("static_select", "radio_buttons", "overflow"):
        return {"type": kind, "selected_option": _option(widget, value)}
    if kind in ("multi_static_select", "checkboxes"):
        return {"type": kind, "selected_options": [_option(widget, item) for item in value or []]}
    if kind == "external_select":
        return {"type": kind, "selected_option": value}
    if kind == "users_select":
        return {"type": kind, "selected_user": _user(value, workspace)}
    if kind == "multi_users_select":
        return {"type": kind, "selected_users": [_user(item, workspace) for item in value or []]}
    if kind == "file_input":
        return {"type": kind, "files": value or []}
    if kind in ("conversations_select", "channels_select"):
        key = kind.removesuffix("s_select")
        return {"type": kind, f"selected_{key}": workspace.channel(value).id if value else None}
    if kind in ("datepicker", "timepicker", "datetimepicker"):
        key = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}[kind]
        return {"type": kind, f"selected_{key}": value}
    return {"type": kind, "value": _typed(widget, value)}


def initial_state(widget: Widget) -> Json:
    """What a field holds before anybody touched it."""
    held = {
        f"selected_{key.removeprefix('initial_')}": value
        for key, value in widget.element.items()
        if key.startswith("initial_") and key != "initial_value"
    }
    empty = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
    if widget.kind in empty:
        return {"type": widget.kind, "value": widget.element.get("initial_value")}
    default: Json = {"type": widget.kind}
    if widget.kind in ("static_select", "external_select", "radio_buttons"):
        default["selected_option"] = None
    if widget.kind in ("checkboxes", "multi_static_select"):
        default["selected_options"] = []
    if widget.kind == "file_input":
        default["files"] = []
    if widget.kind == "users_select":
        default["selected_user"] = None
    if widget.kind == "datepicker":
        default["selected_date"] = None
    return default | held


def is_empty(state: Mapping[str, Any]) -> bool:
    return not any(value for key, value in state.items() if key != "type")


def fields(blocks: list[Json]) -> list[Widget]:
    return [w for w in widgets(blocks) if w.block["type"] == "input" and w.kind in IN_INPUT]


def _option(widget: Widget, wanted: Any) -> Json | None:
    if wanted is None:
        return None
    for option in widget.options():
        if plain(str(wanted)) == plain(option["text"]["text"]) or wanted == option["value"]:
            return option
    labels = [option["text"]["text"] for option in widget.options()]
    raise NotOffered(f"{widget.label!r} has no option {wanted!r}, only {labels}")


def _user(wanted: Any, workspace: Workspace) -> str | None:
    if wanted is None:
        return None
    user = workspace.user_named(str(wanted))
    if user is None:
        raise NotOffered(f"there is nobody called {wanted!r}")
    return user.id


def _typed(widget: Widget, value: Any) -> Any:
    longest = widget.element.get("max_length", 3000)
    if isinstance(value, str) and len(value) > longest:
        raise NotOffered(f"{widget.label!r} takes no more than {longest} characters")
    if isinstance(value, str) and value and len(value) < widget.element.get("min_length", 0):
        raise NotOffered(f"{widget.label!r} takes at least {widget.element['min_length']} characters")
    return value or None
