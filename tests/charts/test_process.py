"""The process that draws: one picture in, one PNG out, and a failure that whoever started it can see."""

import json
import subprocess
import sys

import pytest

from tests.charts.sample_pictures import BARS, size_of


def drawn(words: str, *, within: str = "") -> "subprocess.CompletedProcess[bytes]":
    command = f'{within} exec "{sys.executable}" -m bot.charts'
    return subprocess.run(["/bin/sh", "-c", command], input=words.encode(), capture_output=True, check=False)


def test_a_picture_comes_out_and_nothing_else() -> None:
    done = drawn(json.dumps(BARS))
    assert done.returncode == 0
    assert size_of(done.stdout) == (1440, 720)


def test_where_less_is_allowed_than_it_would_take_at_most_it_draws_within_that() -> None:
    done = drawn(json.dumps(BARS), within="ulimit -t 20; ulimit -v 900000;")
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("words", ["", "not json", "{}", '{"kind": "a doodle"}'])
def test_what_is_no_picture_ends_it_with_an_error(words: str) -> None:
    done = drawn(words)
    assert done.returncode == 1
    assert done.stdout == b""


def test_a_picture_too_large_for_the_machine_ends_it_alone() -> None:
    done = drawn(json.dumps(BARS), within="ulimit -v 150000;")
    assert done.returncode != 0
    assert done.stdout == b""
