"""pydantic's errors as problems: the line, and a sentence in the file's own terms instead of Python's."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Self, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.config.file.document import KeyPath, YamlDocument
from bot.config.file.problems import Problem, did_you_mean, one_of

_KEY = "[key]"
"""What pydantic appends to a location when the key of a mapping is to blame, not its value."""

_SHAPES = {
    "bool_parsing": "be `true` or `false`",
    "bool_type": "be `true` or `false`",
    "string_type": "be a single text",
    "list_type": "be a list: one entry a line, each after `- `",
    "model_type": "hold keys of its own, indented below it",
    "dict_type": "hold keys of its own, indented below it",
}
"""What a value must be, by pydantic's type of error."""


_RENAMED = {"places": "inboxes", "place": "inbox"}
"""Keys of older files, and what they are called now."""


def problems_of(
    error: ValidationError, document: YamlDocument, *, model: type[BaseModel]
) -> Iterator[Problem]:
    """One problem for each error; `model` is what the whole document was checked against."""
    for details in error.errors(include_url=False):
        location = _place_of(details)
        yield Problem(document.line_of(_as_written(location, document)), _sentence(details, location, model))


def _as_written(location: KeyPath, document: YamlDocument) -> KeyPath:
    """Without the steps that a short way of writing leaves out: a list that stands for a section with that list."""
    written: KeyPath = ()
    for at, step in enumerate(location, 1):
        if at == len(location) or (*written, step) in document.lines:
            written = (*written, step)
    return written


def _place_of(details: ErrorDetails) -> KeyPath:
    location = tuple(step for step in details["loc"] if step != _KEY)
    blamed = details.get("ctx", {}).get("at")
    return location if blamed is None else (*location, blamed)


def _sentence(details: ErrorDetails, location: KeyPath, model: type[BaseModel]) -> str:
    name = _name_of(location)
    value = details["input"]
    context = details.get("ctx", {})
    match details["type"]:
        case "desk":
            return str(context["sentence"])
        case "extra_forbidden":
            return _not_a_key(name, _keys_at(model, location[:-1]))
        case "missing":
            return f"`{name}` is missing in {_path_of(location[:-1])}"
        case "enum" | "literal_error":
            return _not_a_choice(name, value, str(context["expected"]), is_key=_KEY in details["loc"])
        case "string_pattern_mismatch":
            return f"`{value}` does not fit: `{name}` takes small letters, digits, `-` and `_`"
        case "greater_than_equal":
            return f"`{name}` must be {context['ge']} or more"
        case kind if kind.startswith("date"):
            return f"`{value}` is not a date; write year, month and day, for example `2026-12-24`"
        case "too_short" if value and context["min_length"] > 1:
            return f"`{name}` needs {context['min_length']} entries or more"
        case kind if value is None or kind in ("too_short", "string_too_short"):
            return f"`{name}` is empty; fill it in or leave it out"
        case kind if (shape := _SHAPES.get(kind)) is not None:
            return f"`{name}` must {shape}"
        case _:
            return f"`{name}`: {details['msg'][:1].lower()}{details['msg'][1:]}"


def _not_a_key(name: str, keys: Sequence[str]) -> str:
    renamed = _RENAMED.get(name)
    if renamed in keys:
        return f"`{name}` is called `{renamed}` now; rename the key"
    return f"`{name}` is not a key here{did_you_mean(name, keys)}"


def _name_of(location: KeyPath) -> str:
    """The innermost key; entries of a list go by the list's own name."""
    return next((step for step in reversed(location) if isinstance(step, str)), "the file")


def _path_of(location: KeyPath) -> str:
    if not location:
        return "the file"
    steps = [f"entry {step + 1}" if isinstance(step, int) else f"`{step}`" for step in location]
    return " → ".join(steps)


def _not_a_choice(name: str, value: Any, expected: str, *, is_key: bool) -> str:  # noqa: ANN401
    choices = re.findall(r"'([^']*)'", expected)
    if not isinstance(value, str):
        return f"`{name}` must be {one_of(choices)}"
    owner = "" if is_key else f" for `{name}`"
    return f"`{value}` is no choice{owner}{did_you_mean(value, choices)}"


def _keys_at(model: type[BaseModel], location: KeyPath) -> Sequence[str]:
    """The keys a section at this location may have."""
    annotation, around = cast("Any", model), model
    for step in location:
        around = _section_in(annotation, around=around) or around
        annotation = _inner(annotation, step, around=around)
    section = _section_in(annotation, around=around)
    if section is None:
        return ()
    return [info.alias or name for name, info in section.model_fields.items()]


def _inner(annotation: Any, step: str | int, *, around: type[BaseModel]) -> Any:  # noqa: ANN401
    """The type of the entry `step` of a section, mapping or list."""
    section = _section_in(annotation, around=around)
    if section is not None:
        fields = {info.alias or name: info.annotation for name, info in section.model_fields.items()}
        return fields.get(str(step))
    for part in _parts(annotation):
        if get_origin(part) in (dict, list):
            return get_args(part)[-1]
    return None


def _section_in(annotation: Any, *, around: type[BaseModel]) -> type[BaseModel] | None:  # noqa: ANN401
    """`around` is the section that the annotation belongs to, which it may call `Self`."""
    for part in _parts(annotation):
        if part is Self:
            return around
        if isinstance(part, type) and not get_args(part) and issubclass(part, BaseModel):
            return part
    return None


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    """The types in a union or an annotated type, or the type itself."""
    if get_origin(annotation) is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif get_origin(annotation) in (dict, list) or not get_args(annotation):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _parts(part)
