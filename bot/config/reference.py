"""The reference of `desk.yaml`: every key with its values and its default, made from the schema.

`make docs` writes it: `python -m bot.config.reference docs/running/reference.md`.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.config.json_schema import export_schema

_HEAD = """# Reference of desk.yaml

Made from the code by `make docs`; `deskbell schema` prints the same for editors. [Configure](configuration.md) shows
how the keys are used. **Required** keys must be there; a dash means that nothing is set unless you write it.
"""
_TABLE = "| key | value | default | |\n|---|---|---|---|"

Schema = Mapping[str, Any]


def reference_text() -> str:
    """The page: the file's own keys, then a section for each kind of object and list of words in it."""
    schema = export_schema()
    definitions = schema["$defs"]
    parts = [_HEAD, "## The file\n", table_of(schema, definitions)]
    for name, definition in sorted(definitions.items(), key=lambda each: title_of(each[0])):
        parts.append(f"## {title_of(name)}\n")
        if described := definition.get("description"):
            parts.append(f"{described}\n")
        if "properties" in definition:
            parts.append(table_of(definition, definitions))
        else:
            parts.append(f"One of {', '.join(f'`{word}`' for word in definition['enum'])}.\n")
    return "\n".join(parts)


def table_of(definition: Schema, definitions: Mapping[str, Schema]) -> str:
    """A row a key. What has no description of its own is described as what it refers to."""
    required = definition.get("required", [])
    rows = (
        f"| `{key}` | {value_of(value)} | {default_of(value, is_required=key in required)} | "
        f"{in_cell(about(value, definitions))} |"
        for key, value in definition["properties"].items()
    )
    return "\n".join((_TABLE, *rows, ""))


def about(value: Schema, definitions: Mapping[str, Schema]) -> str:
    referred = definitions.get(value.get("$ref", "").rpartition("/")[2], {})
    return str(value.get("description") or referred.get("description", ""))


def title_of(name: str) -> str:
    """`UnionPartSection` is called “Union part”."""
    words = re.findall(r"[A-Z][a-z0-9]*", name.removesuffix("Section"))
    return " ".join(words).capitalize()


def value_of(value: Schema) -> str:
    """What can be written there, in a few words."""
    if "anyOf" in value:
        return " or ".join(
            dict.fromkeys(value_of(each) for each in value["anyOf"] if each != {"type": "null"})
        )
    if reference := value.get("$ref"):
        title = title_of(reference.rpartition("/")[2])
        return f"[{title}](#{title.lower().replace(' ', '-')})"
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    match value.get("type"):
        case "array":
            return f"list of {value_of(value['items'])}"
        case "object":
            return f"by name: {value_of(named)}" if (named := next(named_values(value), None)) else "by name"
        case "string" if examples := value.get("examples"):
            return "text such as " + ", ".join(f"`{example}`" for example in examples)
        case "string":
            return "text"
        case "boolean":
            return "`true` or `false`"
        case "integer" | "number":
            return "number"
        case _:
            return "anything"


def named_values(value: Schema) -> Iterator[Schema]:
    """What stands under the names of an object whose keys are free."""
    if isinstance(additional := value.get("additionalProperties"), Mapping):
        yield additional
    yield from value.get("patternProperties", {}).values()


def default_of(value: Schema, *, is_required: bool) -> str:
    if is_required:
        return "**required**"
    default = value.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict):
        return "–"
    return f"`{json.dumps(default, ensure_ascii=False)}`"


def in_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference_text(), encoding="utf-8")
