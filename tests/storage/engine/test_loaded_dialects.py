"""A desk on SQLite loads nothing that only PostgreSQL needs."""

import subprocess
import sys
from pathlib import Path


def test_a_desk_on_sqlite_loads_neither_postgresqls_driver_nor_its_dialect(sqlite_url: str) -> None:
    opened = (
        "import sys; from storage import open_storage; "
        f"open_storage({sqlite_url!r}); "
        "print([each for each in sys.modules if 'postgresql' in each or each.split('.')[0] == 'psycopg'])"
    )
    project = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", opened], check=True, capture_output=True, text=True, cwd=project
    )
    assert done.stdout.strip() == "[]"
