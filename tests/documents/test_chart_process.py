"""Pictures are drawn beside the desk: whatever goes wrong there is a sentence here."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.documents.chart_process import ChartProcess, NotDrawn
from tests.charts.sample_pictures import BARS, is_blank, size_of


async def test_a_picture_is_a_png_of_the_width_that_a_chat_shows_sharply(tmp_path: Path) -> None:
    png = await ChartProcess(tmp_path).draw(BARS)
    assert size_of(png) == (1440, 720)
    assert not is_blank(png)


def test_the_desk_itself_never_loads_what_draws() -> None:
    asking = "import sys, bot.bootstrap.process, bot.cli.actions.run; print('matplotlib' in sys.modules)"
    answered = subprocess.run([sys.executable, "-c", asking], capture_output=True, check=True, text=True)
    assert answered.stdout == "False\n"


async def test_two_pictures_at_once_are_drawn_one_after_the_other(tmp_path: Path) -> None:
    drawing = ChartProcess(tmp_path)
    first, second = await asyncio.gather(drawing.draw(BARS), drawing.draw(BARS | {"title": "Another"}))
    assert first != second


async def test_what_cannot_be_drawn_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotDrawn, match=r"^reports\.not_drawn$"):
        await ChartProcess(tmp_path).draw(BARS | {"series": []})


async def test_a_picture_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(NotDrawn, match=r"^reports\.not_drawn_in_time$"):
        await ChartProcess(tmp_path, within_s=0.05).draw(BARS)
    assert time.monotonic() - began < 5


async def test_the_process_that_draws_is_told_none_of_the_desks_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller = tmp_path / "teller"
    teller.write_text("#!/bin/sh\nenv >&2\nenv\n", encoding="utf-8")
    teller.chmod(0o755)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setattr(sys, "executable", str(teller))
    told = await ChartProcess(tmp_path).draw(BARS)
    assert b"MPLCONFIGDIR" in told
    assert b"secret" not in told
