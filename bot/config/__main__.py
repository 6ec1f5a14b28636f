"""`python -m bot.config deploy/desk.schema.json`: write the JSON Schema of `desk.yaml` to a file."""

import sys
from pathlib import Path

from bot.config.json_schema import write_schema

if __name__ == "__main__":
    write_schema(Path(sys.argv[1]))
