"""Where log lines go and how they look: text for people, JSON for machines, both on standard error.

What uses the standard library's `logging` takes the same way out, so no secret leaves by another door.
"""

import json
import logging
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.domain.sentence import Sentence
from bot.settings import Settings
from bot.text.error_text import english

# They tell of every tick, every request with its query string, and every event with what people wrote.
_TALKATIVE = ("alembic", "aiohttp.access", "discord")
# It warns each time when a tick takes longer than its interval, as all do while a server does not answer.
_IMPATIENT = ("apscheduler",)
# Its lines hold the addresses of requests, and some of those hold the token of a webhook or an interaction.
_INDISCREET = ("discord.http", "discord.webhook")
_MASK = "***"


def set_up_logging(settings: Settings, *, stream: TextIO | None = None) -> None:
    """Route every log line of this process through structlog. May be called again; the last call counts."""
    as_json = settings.log_format == "json"
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        # Machines sort by UTC; a person compares with the clock on the wall.
        structlog.processors.TimeStamper(fmt="iso" if as_json else "%Y-%m-%d %H:%M:%S", utc=as_json),
        structlog.processors.StackInfoRenderer(),
        _say_sentences,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(as_json=as_json, colors=handler.stream.isatty()),
                _Mask(settings.secrets),
            ],
        )
    )
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in (*_INDISCREET, *_IMPATIENT):
        logging.getLogger(name).setLevel(logging.ERROR)


# Tracebacks stay without local variables: those hold people's words.
def _renderers(*, as_json: bool, colors: bool) -> list[Processor]:
    if as_json:
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [
            structlog.processors.ExceptionRenderer(tracebacks),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return [
        _below,
        structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback),
    ]


def _say_sentences(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """What is still to be said is said in English."""
    for name, value in line.items():
        if isinstance(value, Sentence):
            line[name] = english(value)
    return line


def _below(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """An error of several lines goes below its event, each on a line of its own."""
    error = line.get("error")
    if isinstance(error, str) and "\n" in error and "stack" not in line:
        del line["error"]
        # The renderer puts a stack below the line, just as it is.
        line["stack"] = "\n".join(f"  {each}" for each in error.splitlines())
    return line


class _Mask:
    """Strikes the known secrets out of the finished line, wherever in it they stand."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The renderers write a quote or a backslash in a secret in their own ways.
        forms = {
            form for secret in secrets for form in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1])
        }
        self._longest_first = sorted(forms, key=len, reverse=True)

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
        text = str(line)
        for secret in self._longest_first:
            text = text.replace(secret, _MASK)
        return text
