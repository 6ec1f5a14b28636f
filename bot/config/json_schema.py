"""The JSON Schema of `desk.yaml`, so that editors complete keys and underline mistakes while one types."""

import json
import re
from pathlib import Path
from typing import Any, Final

from bot.config.schema.desk import DeskFile

_ISO_LENGTH: Final = re.compile(r"P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")


def export_schema() -> dict[str, Any]:
    """The schema as JSON values; made from the models, so it cannot fall behind them."""
    schema = DeskFile.model_json_schema(by_alias=True)
    _write_lengths_as_typed(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Deskbell's desk.yaml",
    }


def _write_lengths_as_typed(schema: object) -> None:
    """A default that is a length of time, as one writes it in the file: `1h` and not `PT1H`."""
    if isinstance(schema, list):
        for each in schema:
            _write_lengths_as_typed(each)
    elif isinstance(schema, dict):
        for each in schema.values():
            _write_lengths_as_typed(each)
        if isinstance(default := schema.get("default"), str) and _ISO_LENGTH.fullmatch(default):
            schema["default"] = default.lstrip("P").replace("T", "").lower()


def write_schema(path: Path) -> None:
    """Write the schema as the project keeps it: sorted, indented, with a last newline."""
    path.write_text(schema_text(), encoding="utf-8")


def schema_text() -> str:
    return json.dumps(export_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
