"""Forms as modals, and what was typed into them. Pure.

A modal holds five rows, and none can follow another directly: a longer form goes on after a button.
https://discord.com/developers/docs/components/reference#label and
https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.discord.api.addresses import Json, person_key, user_of
from adapters.discord.render.markdown import rich
from adapters.kit.text import cut
from bot.messages.outbound import Field, Form, RichText
from bot.text.amounts import listed, number
from bot.text.sentences import words

ROWS_PER_PAGE = 5
TITLE_LIMIT = 45
LABEL_LIMIT = 45
HINT_LIMIT = 100
VALUE_LIMIT = 4_000
NOTICE_LIMIT = 1_500
"""A text takes 4,000 characters: more than this leaves no room for the fields."""
MOST_OPTIONS = 25
OPTION_LIMIT = 100
MOST_RADIOS = 5
"""Few choices show at once; more go into a menu."""
MOST_MENUS = 5
"""So many menus offer a choice that is too long for one."""
FILES = ":files"
"""The row for files, in forms that take some; no field's name has such signs."""
_PART = "#"
"""Between a field's name and the number of one of its menus."""
_LABEL, _TEXT, _SELECT, _USERS, _UPLOAD, _RADIO, _NOTICE = 18, 4, 3, 5, 19, 21, 10
_ONE_LINE, _PARAGRAPH = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What a submitted modal holds: values by field name, people's ids that were chosen, and ids of files."""

    values: Mapping[str, str]
    users: tuple[int, ...] = ()
    files: tuple[str, ...] = ()


def pages(form: Form) -> list[list[Field | RichText | None]]:
    """The rows of each page; a text is the form's notice and None the row for files.

    Files alone are not worth a page that all would have to send: the form's command has an option for one.
    """
    rows: list[Field | RichText | None] = [form.notice] if form.notice else []
    rows += [row for each in form.fields for row in _in_menus(each)]
    rows += [None] if form.takes_files and len(rows) % ROWS_PER_PAGE else []
    return [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)] or [[]]


def modal(
    form: Form,
    *,
    custom_id: str,
    page: int,
    values: Mapping[str, str],
    files: Sequence[str] = (),
    language: str,
) -> Json:
    """One page, with what is filled in already; `files` are the names of those that came with it before."""
    every = pages(form)
    title = form.title if len(every) == 1 else f"{cut(form.title, 37)} ({page + 1}/{len(every)})"
    return {
        "custom_id": custom_id,
        "title": cut(title, TITLE_LIMIT),
        "components": [_component_of(row, values, files, language) for row in every[page]],
    }


def _component_of(
    row: Field | RichText | None, values: Mapping[str, str], files: Sequence[str], language: str
) -> Json:
    match row:
        case None:
            return _files(files, language)
        case Field():
            return _row(row, values, language)
        case _:
            # https://discord.com/developers/docs/components/reference#text-display
            return {"type": _NOTICE, "content": cut(rich(row), NOTICE_LIMIT)}


def filled(data: Json) -> FilledForm:
    """https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-data"""
    values: dict[str, list[str]] = {}
    users: list[int] = []
    files: tuple[str, ...] = ()
    for row in data.get("components") or ():
        component = row.get("component") or next(iter(row.get("components") or ()), None)
        if component is None:
            continue
        name, _, _ = str(component["custom_id"]).partition(_PART)
        given = values.setdefault(name, [])
        chosen = [str(each) for each in component.get("values") or ()]
        match component["type"]:
            case 5:
                users += map(int, chosen)
                given.append(",".join(map(person_key, chosen)))
            case 19:
                files = tuple(chosen)
                del values[name]
            case 3:
                given += chosen
            case _:
                given.append(str(component.get("value") or ""))
    # Two that were chosen where one is asked for are for the desk to refuse.
    return FilledForm(
        values={name: ", ".join(given) for name, given in values.items()}, users=tuple(users), files=files
    )


def category_rows(field: Field, *, custom_id: str) -> list[Json]:
    """A choice as menus in a message, for the form that it leads to."""
    groups = [
        [_option(value, label, field.value) for value, label in group] for group in _groups(field.choices)
    ]
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
        for number, group in enumerate(groups[:MOST_MENUS])
    ]


def _in_menus(field: Field) -> list[Field]:
    """A choice that is too long for one menu, as several of which one is used; any other field as it is."""
    groups = _groups(field.choices)
    if field.kind != "choice" or not 1 < len(groups) <= MOST_MENUS:
        return [field]
    return [
        replace(
            field,
            name=f"{field.name}{_PART}{number}",
            label=f"{cut(field.label, LABEL_LIMIT - 8)} ({number}/{len(groups)})",
            is_required=False,
            choices=group,
        )
        for number, group in enumerate(groups, 1)
    ]


def _groups(choices: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    return [tuple(choices[start : start + MOST_OPTIONS]) for start in range(0, len(choices), MOST_OPTIONS)]


def _files(before: Sequence[str], language: str) -> Json:
    upload = {"type": _UPLOAD, "custom_id": FILES, "required": False, "min_values": 0, "max_values": 10}
    row: Json = {"type": _LABEL, "label": words(language, "platforms.form_files"), "component": upload}
    if before:
        replaced = words(language, "platforms.form_files_replaced", names=listed(before, language))
        row["description"] = cut(replaced, HINT_LIMIT)
    return row


def _row(field: Field, values: Mapping[str, str], language: str) -> Json:
    name, _, _ = field.name.partition(_PART)
    row: Json = {
        "type": _LABEL,
        "label": cut(field.label, LABEL_LIMIT),
        "component": _component(field, values.get(name, field.value)),
    }
    whole_label = field.label if len(field.label) > LABEL_LIMIT else ""
    hint = field.hint or _how_to_write(field, language)
    if description := f"{whole_label} {hint}".strip():
        row["description"] = cut(description, HINT_LIMIT)
    return row


def _how_to_write(field: Field, language: str) -> str:
    """For what other platforms have an input of its own for, and Discord none."""
    match field.kind:
        case "date":
            return words(language, "platforms.form_date")
        case "number":
            return words(language, "platforms.form_number", example=number(1234.5, language))
        case "choices" if len(field.choices) > MOST_OPTIONS:
            return words(language, "platforms.form_several")
        case _:
            return ""


def _component(field: Field, value: str) -> Json:
    match field.kind:
        case "choice" | "yes_no" if 0 < len(field.choices) <= MOST_OPTIONS:
            return _choice(field, value)
        case "choices" if 0 < len(field.choices) <= MOST_OPTIONS:
            return _several(field, value)
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


def _several(field: Field, value: str) -> Json:
    chosen = [each.strip() for each in value.split(",")]
    return {
        "type": _SELECT,
        "custom_id": field.name,
        "options": [_option(each, label, each if each in chosen else "") for each, label in field.choices],
        "required": field.is_required,
        "min_values": int(field.is_required),
        "max_values": len(field.choices),
    }


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
    option: Json = {"label": cut(label.strip() or value, OPTION_LIMIT), "value": value[:OPTION_LIMIT]}
    return option | ({"default": True} if value == chosen and chosen else {})
