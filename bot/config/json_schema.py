"""The JSON Schema of `desk.yaml`, so that editors complete keys and underline mistakes while one types."""

import json
from pathlib import Path
from typing import Any

from bot.config.schema.desk import DeskFile


def export_schema() -> dict[str, Any]:
    """The schema as JSON values; made from the models, so it cannot fall behind them."""
    schema = DeskFile.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Deskbell's desk.yaml",
    }


def write_schema(path: Path) -> None:
    """Write the schema as the project keeps it: sorted, indented, with a last newline."""
    path.write_text(schema_text(), encoding="utf-8")


def schema_text() -> str:
    return json.dumps(export_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
