"""Log lines: readable by people or machines, whoever writes them, and never with a secret."""

import io
import json
import logging

import pytest
import structlog

from bot.domain.sentence import sentence
from bot.logging_setup import set_up_logging
from bot.settings import Settings
from bot.text.error_text import english

SECRET = """hush-"quoted"-it's-a\\token"""
WORDS = "my password is swordfish"


def logging_to(**variables: str) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(Settings.from_environ(variables), stream=stream)
    return stream


def test_a_person_reads_a_line_of_text() -> None:
    stream = logging_to()
    structlog.get_logger("deskbell").info("ticket opened", ticket="IT-1")
    line = stream.getvalue()
    assert "info" in line
    assert "ticket opened" in line
    assert "ticket=IT-1" in line


def test_a_machine_reads_a_line_of_json() -> None:
    stream = logging_to(DESKBELL_LOG_FORMAT="json")
    structlog.get_logger("deskbell").warning("ticket opened", ticket="IT-1")
    line = json.loads(stream.getvalue())
    assert (line["level"], line["event"], line["ticket"], line["logger"]) == (
        "warning",
        "ticket opened",
        "IT-1",
        "deskbell",
    )
    assert line["timestamp"].endswith("Z")


def test_libraries_that_know_only_the_standard_logging_come_out_the_same_way() -> None:
    stream = logging_to(DESKBELL_LOG_FORMAT="json")
    logging.getLogger("some.library").warning("gave up after %d tries", 3)
    assert json.loads(stream.getvalue())["event"] == "gave up after 3 tries"


def test_what_is_below_the_level_is_not_said() -> None:
    stream = logging_to(DESKBELL_LOG_LEVEL="warning")
    structlog.get_logger("deskbell").info("not this")
    logging.getLogger("some.library").info("nor this")
    logging.getLogger("some.library").error("but this")
    assert stream.getvalue().count("\n") == 1


def test_a_person_reads_several_errors_on_lines_of_their_own() -> None:
    stream = logging_to()
    structlog.get_logger("deskbell").error("refused", error="line 3: no team\nline 9: no place")
    first, *errors = stream.getvalue().splitlines()
    assert "refused" in first
    assert errors == ["  line 3: no team", "  line 9: no place"]


def test_a_machine_reads_several_errors_in_one_line() -> None:
    stream = logging_to(DESKBELL_LOG_FORMAT="json")
    structlog.get_logger("deskbell").error("refused", error="line 3: no team\nline 9: no place")
    assert json.loads(stream.getvalue())["error"] == "line 3: no team\nline 9: no place"


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_secret_is_struck_out_wherever_it_stands(log_format: str) -> None:
    stream = logging_to(DESKBELL_LOG_FORMAT=log_format, DESKBELL_WEB_TOKEN=SECRET)
    structlog.get_logger("deskbell").info(f"opening /?token={SECRET}", token=SECRET)
    try:
        fail_with(ValueError(SECRET), words="")
    except ValueError:
        logging.getLogger("some.library").exception("it said %s", SECRET)
    text = stream.getvalue()
    assert "hush" not in text
    assert "***" in text
    assert "ValueError" in text


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_traceback_does_not_tell_what_people_wrote(log_format: str) -> None:
    stream = logging_to(DESKBELL_LOG_FORMAT=log_format)
    try:
        fail_with(KeyError("priority"), words=WORDS)
    except KeyError:
        structlog.get_logger("deskbell").exception("not done")
    assert "priority" in stream.getvalue()
    assert WORDS not in stream.getvalue()


def test_discords_library_tells_neither_words_nor_addresses_that_open_something() -> None:
    stream = logging_to(DESKBELL_LOG_LEVEL="debug")
    logging.getLogger("discord.gateway").debug("For Shard ID 0: WebSocket Event: %s", WORDS)
    logging.getLogger("discord.http").warning("We are being rate limited. POST /webhooks/1/hush")
    logging.getLogger("discord.client").error("Attempting a reconnect in 2.00s")
    assert stream.getvalue().count("\n") == 1
    assert "Attempting a reconnect" in stream.getvalue()


def fail_with(error: Exception, *, words: str) -> None:
    raise error


def test_ticks_that_are_late_because_a_server_does_not_answer_are_not_told_of_one_by_one() -> None:
    stream = logging_to()
    logging.getLogger("apscheduler.scheduler").warning(
        "Execution of job skipped: maximum number of running instances"
    )
    logging.getLogger("apscheduler.scheduler").error("Error submitting job")
    assert "skipped" not in stream.getvalue()
    assert "Error submitting job" in stream.getvalue()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_sentence_is_said_in_english(log_format: str) -> None:
    stream = logging_to(DESKBELL_LOG_FORMAT=log_format)
    told = sentence("operations.setting_unknown", variable="DESKBELL_MOON")
    structlog.get_logger("deskbell").warning("an outage has begun", cause=told)
    structlog.get_logger("deskbell").warning(told)
    assert stream.getvalue().count(english(told)) == 2
