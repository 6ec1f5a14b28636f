"""The fate of a held reply is for its author; odd questions about one are refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.messages.plain import plain
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said
from tests.stories.replies.desk_that_holds import holding


@pytest.mark.parametrize("held", ["", "x7", "7"])
async def test_a_question_about_nothing_is_refused(
    sqlite_storage: DeskStorage, tmp_path: Path, held: str
) -> None:
    at_work = await DeskAtWork.opened(sqlite_storage, tmp_path, config=holding(tmp_path))
    await at_work.asks()
    asked = at_work.desk.pressed(BO, verbs.HELD_OUTCOME, "IT-1")
    answer = await at_work.desk.intake.take(replace(asked, options={"held": held, "leaves_at": "?"}))
    assert isinstance(answer, PrivateReply)
    assert plain(answer.text) == said("refusals.button_too_old")
