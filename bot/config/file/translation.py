"""pydantic's errors as problems: the line, and a sentence in the file's own terms instead of Python's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.config.file.document import KeyPath, YamlDocument
from bot.config.file.problems import Problem, did_you_mean, one_of, path_of
from bot.domain.routing.quotes import named_in_file
from bot.domain.sentence import Sentence, sentence

_KEY = "[key]"
"""What pydantic appends to a location when the key of a mapping is to blame, not its value."""

_SHAPES = {
    "bool_parsing": "boolean",
    "bool_type": "boolean",
    "string_type": "text",
    "list_type": "list",
    "model_type": "mapping",
    "dict_type": "mapping",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
}
"""What a value must be, by pydantic's type of error."""


_RENAMED = {"places": "inboxes", "place": "inbox"}
"""Keys of older files, and what they are called now."""


_EMPTY = frozenset({"configuration.empty", "configuration.no_value"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A problem, and the value `at` that is to blame, as the document writes it.

    `section` is what was looked at when it was found: the same value, or the section around it, whose other keys
    were sound.
    """

    problem: Problem
    at: KeyPath
    section: KeyPath


def problems_of(
    error: ValidationError, document: YamlDocument, *, model: type[BaseModel]
) -> Iterator[Problem]:
    """One problem for each error; `model` is what the whole document was checked against."""
    return (each.problem for each in faults_of(error, document, model=model))


def faults_of(error: ValidationError, document: YamlDocument, *, model: type[BaseModel]) -> Iterator[Fault]:
    """As `problems_of`, each with its place."""
    for details in error.errors(include_url=False):
        location = _place_of(details)
        written = _as_written(location, document)
        found = _sentence(details, location, written, model)
        comment = document.comment_at(written) if found.key in _EMPTY else None
        if comment is not None:
            found = sentence("configuration.empty_comment", option=_name_of(location), text=comment)
        looked_at = tuple(step for step in details["loc"] if step != _KEY)
        yield Fault(
            problem=Problem(document.line_of(written), found, written),
            at=written,
            section=_as_written(looked_at, document),
        )


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


def _sentence(details: ErrorDetails, location: KeyPath, written: KeyPath, model: type[BaseModel]) -> Sentence:
    """`location` is the model's, `written` the document's."""
    key = _name_of(location)
    value = details["input"]
    context = details.get("ctx", {})
    match details["type"]:
        case "desk":
            return cast("Sentence", context["sentence"])
        case "extra_forbidden":
            return _not_a_key(key, _keys_at(model, location[:-1]))
        case "missing":
            return sentence("configuration.missing", option=key, path=_path_of(written[:-1]))
        case "enum" | "literal_error":
            return _not_a_choice(key, value, str(context["expected"]), is_key=_KEY in details["loc"])
        case "string_pattern_mismatch":
            return sentence("configuration.must_fit", option=key, value=str(value))
        case kind if kind.startswith("date"):
            return sentence("configuration.not_a_date", value=str(value))
        case kind if (limit := _limit(kind, value, context)) is not None:
            return sentence(limit[0], option=key, number=limit[1])
        case kind if value is None or kind in ("too_short", "string_too_short"):
            return sentence("configuration.empty", option=key)
        case kind if (shape := _SHAPES.get(kind)) is not None:
            return sentence(f"configuration.must_be_{shape}", option=key)
        case _:
            reason = f"{details['msg'][:1].lower()}{details['msg'][1:]}"
            return sentence("configuration.invalid", option=key, reason=reason)


def _limit(kind: str, value: object, context: Mapping[str, Any]) -> tuple[str, int] | None:
    """The limit that a value is beyond, and the sentence that says so."""
    match kind:
        case "greater_than_equal":
            return "configuration.must_be_at_least", context["ge"]
        case "less_than_equal":
            return "configuration.must_be_at_most", context["le"]
        case "too_short" if value and context["min_length"] > 1:
            return "configuration.too_few", context["min_length"]
        case "too_long":
            return "configuration.too_many", context["max_length"]
        case "string_too_long":
            return "configuration.text_too_long", context["max_length"]
        case _:
            return None


def _not_a_key(key: str, keys: Sequence[str]) -> Sentence:
    renamed = _RENAMED.get(key)
    if renamed is not None and renamed in keys:
        return sentence("configuration.key_renamed", option=key, name=renamed)
    return sentence("configuration.not_a_key", option=key, hint=did_you_mean(key, keys))


def _name_of(location: KeyPath) -> str:
    """The innermost key; entries of a list go by the list's own name."""
    return next((step for step in reversed(location) if isinstance(step, str)), "desk.yaml")


def _path_of(location: KeyPath) -> Sentence:
    if not location:
        return sentence("configuration.whole_file")
    return path_of([_step(step) for step in location])


def _step(step: str | int) -> Sentence:
    if isinstance(step, int):
        return sentence("configuration.entry", number=step + 1)
    return named_in_file(step)


def _not_a_choice(key: str, value: Any, expected: str, *, is_key: bool) -> Sentence:  # noqa: ANN401
    choices = re.findall(r"'([^']*)'", expected)
    if not isinstance(value, str):
        return sentence("configuration.must_be_one", option=key, choices=one_of(choices))
    hint = did_you_mean(value, choices)
    if is_key:
        return sentence("configuration.key_not_a_choice", value=value, hint=hint)
    return sentence("configuration.not_a_choice", option=key, value=value, hint=hint)


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
