"""A desk that runs loads nothing that it does not use yet, and nothing that it never will."""

import subprocess
import sys

IDLE = (
    "import sys; from bot.__main__ import load_log_library; load_log_library(); "
    "import bot.bootstrap.process, bot.cli.actions.run, bot.cli.actions.demo; "
    "print(*({'rich', 'pygments', 'jinja2', 'markdown_it', 'matplotlib'} & set(sys.modules)))"
)


def test_an_idle_desk_has_loaded_neither_pages_nor_what_draws_on_a_terminal() -> None:
    done = subprocess.run([sys.executable, "-c", IDLE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
