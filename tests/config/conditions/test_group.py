"""`group`: members of a group, as the platform or the file says."""

from pathlib import Path

from tests.config.conditions.one_rule import BO, answer, found, hides, missed


def test_members_are_those_of_the_platform_and_those_of_the_file(tmp_path: Path) -> None:
    assert answer(tmp_path, "{group: board}") == found("group", name="Ana", group="board")
    assert answer(tmp_path, "{group: staff}", person=BO) == found("group", name="Bo", group="staff")
    assert answer(tmp_path, "{group: board}", person=BO) == missed("group_other", name="Bo", group="board")


def test_of_several_groups_one_is_enough(tmp_path: Path) -> None:
    assert answer(tmp_path, "{group: [staff, board]}") == found("group", name="Ana", group="board")


def test_the_same_group_again_never_decides(tmp_path: Path) -> None:
    assert hides(tmp_path, "{group: [board, staff]}", "{group: staff}")
    assert not hides(tmp_path, "{group: board}", "{group: staff}")
