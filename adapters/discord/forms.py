"""Forms as modals, and what was typed into them. Pure.

A modal holds five rows, and none can follow another directly: a longer form goes on after a button.
https://discord.com/developers/docs/components/reference#label and
https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.discord.addresses import Json, person_key, user_of
from adapters.discord.markdown import cut
from bot.messages.outbound import Field, Form

ROWS_PER_PAGE = 5
TITLE_LIMIT = 45
LABEL_LIMIT = 45
HINT_LIMIT = 100
VALUE_LIMIT = 4_000
MOST_OPTIONS = 25
OPTION_LIMIT = 100
MOST_RADIOS = 5
"""Few choices show at once; more go into a menu."""
FILES = "files"
"""The row for files, in forms that take some; no field may be called so."""
_LABEL, _TEXT, _SELECT, _USERS, _UPLOAD, _RADIO = 18, 4, 3, 5, 19, 21
_ONE_LINE, _PARAGRAPH = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a submitted modal holds: values by field name, people's ids that were chosen, and ids of files."""

    values: Mapping[str, str]
    users: tuple[int, ...] = ()
    files: tuple[str, ...] = ()


def pages(form: Form) -> list[list[Field | None]]:
    """The rows of each page; None is the row for files."""
    rows: list[Field | None] = [*form.fields, *([None] if form.takes_files else [])]
    return [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)] or [[]]


def modal(form: Form, *, custom_id: str, page: int, values: Mapping[str, str]) -> Json:
    """One page, with what is filled in already."""
    every = pages(form)
    title = form.title if len(every) == 1 else f"{cut(form.title, 37)} ({page + 1}/{len(every)})"
    return {
        "custom_id": custom_id,
        "title": cut(title, TITLE_LIMIT),
        "components": [_row(field, values) for field in every[page]],
    }


def filled(data: Json) -> Filled:
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-data"""
    values: dict[str, str] = {}
    users: list[int] = []
    files: tuple[str, ...] = ()
    for row in data.get("components") or ():
        component = row.get("component") or next(iter(row.get("components") or ()), None)
        if component is None:
            continue
        name = str(component["custom_id"])
        match component["type"]:
            case 5:
                chosen = [int(each) for each in component.get("values") or ()]
                users += chosen
                values[name] = ",".join(person_key(each) for each in chosen)
            case 19:
                files = tuple(str(each) for each in component.get("values") or ())
            case 3:
                values[name] = str(next(iter(component.get("values") or ()), ""))
            case _:
                values[name] = str(component.get("value") or "")
    return Filled(values=values, users=tuple(users), files=files)


def category_rows(field: Field, *, custom_id: str) -> list[Json]:
    """A choice as menus in a message, for the form that it leads to."""
    options = [_option(value, label, field.value) for value, label in field.choices]
    groups = [options[start : start + MOST_OPTIONS] for start in range(0, len(options), MOST_OPTIONS)]
    return [
        {
            "type": 1,
            "components": [
                {
                    "type": _SELECT,
                    "custom_id": f"{custom_id}|{number}",
                    "placeholder": cut(field.label, 150),
                    "options": group,
                }
            ],
        }
        for number, group in enumerate(groups[:5])
    ]


def _row(field: Field | None, values: Mapping[str, str]) -> Json:
    if field is None:
        upload = {"type": _UPLOAD, "custom_id": FILES, "required": False, "min_values": 0, "max_values": 10}
        return {"type": _LABEL, "label": "Files", "component": upload}
    row: Json = {
        "type": _LABEL,
        "label": cut(field.label, LABEL_LIMIT),
        "component": _component(field, values.get(field.name, field.value)),
    }
    hint = field.hint or (field.label if len(field.label) > LABEL_LIMIT else "")
    if not hint and field.kind == "date":
        hint = "As in 2026-03-02"
    if hint:
        row["description"] = cut(hint, HINT_LIMIT)
    return row


def _component(field: Field, value: str) -> Json:
    match field.kind:
        case "choice" if 0 < len(field.choices) <= MOST_OPTIONS:
            return _choice(field, value)
        case "person" | "people":
            return _people(field, value)
        case _:
            return _text(field, value)


def _choice(field: Field, value: str) -> Json:
    options = [_option(each, label, value) for each, label in field.choices]
    component: Json = {"custom_id": field.name, "options": options, "required": field.is_required}
    if 2 <= len(options) <= MOST_RADIOS:
        return component | {"type": _RADIO}
    return component | {"type": _SELECT, "min_values": int(field.is_required), "max_values": 1}


def _people(field: Field, value: str) -> Json:
    users = [user for user in map(user_of, filter(None, value.split(","))) if user is not None]
    component: Json = {
        "type": _USERS,
        "custom_id": field.name,
        "required": field.is_required,
        "min_values": int(field.is_required),
        "max_values": 1 if field.kind == "person" else MOST_OPTIONS,
    }
    defaults = [{"id": str(user), "type": "user"} for user in users[: component["max_values"]]]
    return component | ({"default_values": defaults} if defaults else {})


def _text(field: Field, value: str) -> Json:
    component: Json = {
        "type": _TEXT,
        "custom_id": field.name,
        "style": _PARAGRAPH if field.kind == "long_text" else _ONE_LINE,
        "required": field.is_required,
        "max_length": VALUE_LIMIT,
    }
    if value:
        component["value"] = value[:VALUE_LIMIT]
    return component


def _option(value: str, label: str, chosen: str) -> Json:
    option: Json = {"label": cut(label, OPTION_LIMIT), "value": value[:OPTION_LIMIT]}
    return option | ({"default": True} if value == chosen and chosen else {})
