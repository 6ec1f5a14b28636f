"""A desk without identity providers pays for nothing that only they need."""

import subprocess
import sys
from pathlib import Path


def test_a_desk_that_nobody_signs_in_to_by_a_provider_loads_neither_its_client_nor_the_library() -> None:
    loaded = (
        "import sys, bot.bootstrap.process; "
        "print([name for name in sys.modules if name.split('.')[0] == 'joserfc'"
        " or name in ('adapters.identity.client', 'adapters.identity.tokens')])"
    )
    project = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True, cwd=project
    )
    assert done.stdout.strip() == "[]"
