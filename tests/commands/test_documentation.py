"""What is written about the commands is what they declare."""

from pathlib import Path

import pytest

from bot.commands.catalogue import all_commands
from bot.commands.documentation import BEGIN, END, command_table, main, with_table
from tests.said import said

GUIDE = Path(__file__).parents[2] / "docs" / "answering.md"


def test_the_guide_for_agents_lists_every_command() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert with_table(text, all_commands()) == text, "run `make docs`"


def test_each_line_says_who_may_use_which_verbs() -> None:
    table = command_table(all_commands())
    assert "| `/ticket` | everyone | open, list, search, show, reply," in table
    assert f"| `/desk` | {said('commands.role_staff')} | web, report, " in table
    assert "take" not in table, "another word for a verb is understood, and listed nowhere"


def test_the_table_is_renewed_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Desk\n\n{BEGIN}\nout of date\n{END}\n\nMore.\n", encoding="utf-8")
    main(page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Desk\n\n{BEGIN}\n| in chat | who | does |\n")
    assert text.endswith(f"\n{END}\n\nMore.\n")
    assert "out of date" not in text


def test_a_page_without_the_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="there is no"):
        with_table("# Desk\n", all_commands())
