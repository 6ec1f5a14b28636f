"""Forms as modals, and what was filled in as options. Pure.

https://docs.slack.dev/reference/views/modal-views. A block is named after its field, so that an error finds
it and typed text survives; what the form is for travels in `private_metadata`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adapters.kit.text import cut_words
from adapters.slack.api.addresses import Identity, Json, person_key, user_of
from adapters.slack.render.action_ids import plain_text
from adapters.slack.render.rich_text import rich_text
from bot.domain.tickets.custom_field import NO, YES
from bot.messages.outbound import Field, Form, FormRefused, PrivateReply
from bot.messages.plain import plain
from bot.text.sentences import words

CALLBACK = "form"
TITLE_LIMIT = 24
SEPARATOR = " · "
LABEL_LIMIT = 2_000
HINT_LIMIT = 2_000
TEXT_LIMIT = 3_000
OPTION_LIMIT = 75
OPTION_VALUE_LIMIT = 150
OPTIONS_LIMIT = 100
ERROR_LIMIT = 2_000
MOST_FILES = 10
"""Of at most 10 MB each: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""
FILES = ":files"
"""The block for files, in forms that take some; no field's name has such signs."""
NOTICE_LIMIT = 3_000
"""https://docs.slack.dev/reference/block-kit/blocks/section-block"""
_VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a form does and where it was opened; `channel` is Slack's id, empty where there is none."""

    verb: str
    ticket: str | None = None
    channel: str = ""
    thread: str | None = None
    is_step: bool = False
    is_asked_privately: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)


def modal(form: Form, *, channel: str, thread: str | None, language: str) -> Json:
    purpose: Json = {"v": form.verb, "c": channel, "o": dict(form.fixed)}
    purpose |= {"t": form.ticket} if form.ticket is not None else {}
    purpose |= {"r": thread} if thread is not None else {}
    purpose |= {"s": 1} if form.is_step else {}
    purpose |= {"p": 1} if form.is_asked_privately else {}
    notice = [{"type": "section", "text": plain_text(plain(form.notice), limit=NOTICE_LIMIT)}]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(_title(form.title), limit=TITLE_LIMIT),
        "submit": plain_text(form.submit or words(language, "platforms.form_send"), limit=TITLE_LIMIT),
        "close": plain_text(words(language, "platforms.form_cancel"), limit=TITLE_LIMIT),
        "private_metadata": json.dumps(purpose, ensure_ascii=False),
        "notify_on_close": form.tells_closing,
        "blocks": [
            *(notice if form.notice else ()),
            *(_input(each, language) for each in form.fields),
            *([_files(language)] if form.takes_files else []),
        ],
    }


def _title(title: str) -> str:
    """Whole words, and always what the form is about: the ticket's number or the category behind the last `·`."""
    what, _, about = title.rpartition(SEPARATOR)
    room = TITLE_LIMIT - len(SEPARATOR + about)
    if len(title) <= TITLE_LIMIT or not what or room < 1:
        return cut_words(title, TITLE_LIMIT)
    first, *_ = what.split(maxsplit=1)
    return f"{cut_words(what, room)}{SEPARATOR}{about}" if len(first) < room else about


def purpose_of(view: Json) -> Purpose | None:
    """None for a view that is not one of our forms."""
    try:
        kept = json.loads(str(view.get("private_metadata") or ""))
        return Purpose(
            verb=str(kept["v"]),
            ticket=kept.get("t"),
            channel=str(kept.get("c") or ""),
            thread=kept.get("r"),
            is_step=bool(kept.get("s")),
            is_asked_privately=bool(kept.get("p")),
            fixed={str(name): str(value) for name, value in (kept.get("o") or {}).items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def filled_in(view: Json) -> dict[str, str]:
    """What the person entered, by field name; an empty field is an empty text."""
    values = (view.get("state") or {}).get("values") or {}
    unticked = dict.fromkeys(_ticked_at_first(view), NO)
    entered = {
        name: _entered(elements.get(_VALUE) or {}) for name, elements in values.items() if name != FILES
    }
    return {name: value or unticked.get(name, "") for name, value in entered.items()}


def _ticked_at_first(view: Json) -> list[str]:
    """The fields whose box was ticked when the form opened: what is unticked now is answered with no."""
    inputs = [block for block in view.get("blocks") or () if block.get("type") == "input"]
    return [
        str(block["block_id"])
        for block in inputs
        if block["element"].get("type") == "checkboxes" and block["element"].get("initial_options")
    ]


def files_in(view: Json) -> list[Json]:
    """The files that came with it, as Slack describes files."""
    values = (view.get("state") or {}).get("values") or {}
    return list(((values.get(FILES) or {}).get(_VALUE) or {}).get("files") or ())


def people_chosen(view: Json) -> list[str]:
    """The ids of the people picked in a form."""
    values = (view.get("state") or {}).get("values") or {}
    entered = [elements.get(_VALUE) or {} for elements in values.values()]
    chosen = [
        user for each in entered for user in (each.get("selected_user"), *(each.get("selected_users") or ()))
    ]
    return [str(user) for user in chosen if user]


def errors(refused: FormRefused, view: Json, *, language: str) -> Json:
    """The form stays open with what was typed, and each error stands at its field."""
    inputs = [str(block["block_id"]) for block in view.get("blocks") or () if block.get("type") == "input"]
    found = {name: _error(text, language) for name, text in refused.fields.items() if name in inputs}
    fields = [each for each in inputs if each != FILES] or inputs
    if not found and fields:
        found = {fields[-1]: _error(refused.reason, language)}
    return {"response_action": "errors", "errors": found}


def notice_modal(reply: PrivateReply, identity: Identity, *, language: str) -> Json:
    """A private answer where there is no channel to answer in."""
    text = rich_text(reply.text, identity=identity, meant=frozenset(), is_lasting=False)
    return {
        "type": "modal",
        "title": plain_text(words(language, "platforms.help_desk"), limit=TITLE_LIMIT),
        "close": plain_text(words(language, "platforms.form_close"), limit=TITLE_LIMIT),
        "blocks": [text],
    }


def _files(language: str) -> Json:
    return {
        "type": "input",
        "block_id": FILES,
        "label": plain_text(words(language, "platforms.form_files"), limit=LABEL_LIMIT),
        "element": {"type": "file_input", "action_id": _VALUE, "max_files": MOST_FILES},
        "optional": True,
    }


def _input(each: Field, language: str) -> Json:
    block: Json = {
        "type": "input",
        "block_id": each.name,
        "label": plain_text(each.label, limit=LABEL_LIMIT),
        "element": _element(each, language) | {"action_id": _VALUE},
        "optional": not each.is_required,
    }
    if each.hint:
        block["hint"] = plain_text(each.hint, limit=HINT_LIMIT)
    return block


def _element(each: Field, language: str) -> Json:
    match each.kind:
        case "choice":
            return _select(each, language)
        case "choices":
            return _multi_select(each)
        case "yes_no":
            return _radios(each) if each.is_required else _checkbox(each)
        case "number":
            number: Json = {"type": "number_input", "is_decimal_allowed": True}
            return number | ({"initial_value": each.value} if each.value else {})
        case "person":
            initial = user_of(each.value)
            return {"type": "users_select"} | ({"initial_user": initial} if initial else {})
        case "people":
            chosen = [user for user in map(user_of, each.value.split(",")) if user]
            return {"type": "multi_users_select"} | ({"initial_users": chosen} if chosen else {})
        case "date":
            return {"type": "datepicker"} | ({"initial_date": each.value} if each.value else {})
        case _:
            element: Json = {"type": "plain_text_input", "max_length": TEXT_LIMIT}
            element |= {"multiline": True} if each.kind == "long_text" else {}
            return element | ({"initial_value": each.value[:TEXT_LIMIT]} if each.value else {})


def _select(each: Field, language: str) -> Json:
    options = [_option(value, label) for value, label in each.choices]
    element: Json = {"type": "static_select"}
    if len(options) <= OPTIONS_LIMIT:
        element["options"] = options
    else:
        element["option_groups"] = list(_groups(options, language))
    chosen = [option for option in options if each.value and option["value"] == each.value]
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _multi_select(each: Field) -> Json:
    """https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element"""
    options = [_option(value, label) for value, label in each.choices[:OPTIONS_LIMIT]]
    chosen = [option for option in options if option["value"] in each.value.split(",")]
    element: Json = {"type": "multi_static_select", "options": options}
    return element | ({"initial_options": chosen} if chosen else {})


def _radios(each: Field) -> Json:
    options = [_option(value, label) for value, label in each.choices]
    chosen = [option for option in options if option["value"] == each.value]
    element: Json = {"type": "radio_buttons", "options": options}
    return element | ({"initial_option": chosen[0]} if chosen else {})


def _checkbox(each: Field) -> Json:
    """One box, for yes: https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element"""
    yes = [_option(value, label) for value, label in each.choices if value == YES]
    element: Json = {"type": "checkboxes", "options": yes}
    return element | ({"initial_options": yes} if each.value == YES else {})


def _groups(options: list[Json], language: str) -> Iterator[Json]:
    for start in range(0, min(len(options), OPTIONS_LIMIT**2), OPTIONS_LIMIT):
        some = options[start : start + OPTIONS_LIMIT]
        label = words(language, "platforms.form_options", since=start + 1, until=start + len(some))
        yield {"label": plain_text(label, limit=OPTION_LIMIT), "options": some}


def _option(value: str, label: str) -> Json:
    return {"text": plain_text(label, limit=OPTION_LIMIT), "value": value[:OPTION_VALUE_LIMIT]}


def _entered(element: Json) -> str:
    match element.get("type"):
        case "static_select" | "radio_buttons":
            return str((element.get("selected_option") or {}).get("value") or "")
        case "multi_static_select" | "checkboxes":
            return ",".join(str(each["value"]) for each in element.get("selected_options") or ())
        case "users_select":
            user = element.get("selected_user")
            return person_key(str(user)) if user else ""
        case "multi_users_select":
            return ",".join(person_key(str(user)) for user in element.get("selected_users") or ())
        case "datepicker":
            return str(element.get("selected_date") or "")
        case _:
            return str(element.get("value") or "")


def _error(text: str, language: str) -> str:
    return text[:ERROR_LIMIT] or words(language, "platforms.form_not_usable")
