"""Learning in a short-lived process: the desk itself never loads what learns, and gives it none of its secrets."""

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

import structlog

from bot.child_process import child_process
from bot.domain.errors import TechnicalError
from bot.domain.sentence import sentence

log = structlog.get_logger(__name__)

PATIENCE_S: Final = 1_800.0
LEARNS_WITH: Final = "sklearn"


class LearningFailed(TechnicalError):
    """The process that learns did not do it; the log says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedField:
    """`model` is None where nothing could be learned, and `why` says why: `few`, `one_label`, `few_of_a_label`.

    `labels` has how many requests each of the labels had, `rare` are those that had too few. `right` is the share
    that models got right which had not seen the request.
    """

    requests: int
    labels: Mapping[str, int]
    rare: tuple[str, ...]
    model: bytes | None = None
    why: str = ""
    right: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPlan:
    """What is to be learned; `many` are the fields of which a request may have several labels."""

    fields: tuple[str, ...]
    many: frozenset[str] = field(default_factory=frozenset)
    least: int
    least_in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRequest:
    """A request, and by field the label or labels that it was given."""

    text: str
    labels: Mapping[str, str | tuple[str, ...]]


def can_learn() -> bool:
    """Whether what learns is installed; nothing of it is loaded."""
    return find_spec(LEARNS_WITH) is not None


async def learn(
    wanted: LessonPlan, requests: AsyncIterable[TrainingRequest], *, within_s: float = PATIENCE_S
) -> Mapping[str, LearnedField]:
    """What was learned of each field. Raises LearningFailed."""
    if not can_learn():
        raise LearningFailed(sentence("operations.learner_missing"))
    try:
        async with asyncio.timeout(within_s):
            told = await _learned(wanted, requests)
    except TimeoutError:
        raise LearningFailed(sentence("operations.learner_slow", minutes=int(within_s // 60))) from None
    except OSError as error:
        log.exception("the process that learns could not be started")
        raise LearningFailed(sentence("operations.learner_failed")) from error
    return {name: _field(each) for name, each in told.items()}


async def _learned(wanted: LessonPlan, requests: AsyncIterable[TrainingRequest]) -> Mapping[str, Any]:
    async with child_process("bot.learner", OMP_NUM_THREADS="1") as process:
        feeding = asyncio.create_task(_feed(process, wanted, requests))
        try:
            answer, complaint = await _heard(process)
            await feeding  # raises what kept the requests from being read
        finally:
            feeding.cancel()
    if process.returncode != 0:
        log.error("nothing was learned", why=complaint.decode(errors="replace")[-2000:])
        raise LearningFailed(sentence("operations.learner_failed"))
    found: dict[str, Any] = json.loads(answer)
    return found


async def _heard(process: asyncio.subprocess.Process) -> tuple[bytes, bytes]:
    """All that it says, while it is still fed."""
    assert process.stdout is not None
    assert process.stderr is not None
    answer, complaint = await asyncio.gather(process.stdout.read(), process.stderr.read())
    await process.wait()
    return answer, complaint


async def _feed(
    process: asyncio.subprocess.Process, wanted: LessonPlan, requests: AsyncIterable[TrainingRequest]
) -> None:
    assert process.stdin is not None
    lesson = {
        "fields": wanted.fields,
        "many": sorted(wanted.many),
        "least": wanted.least,
        "least_in_all": wanted.least_in_all,
    }
    try:
        process.stdin.write(_line(lesson))
        async for each in requests:
            process.stdin.write(_line({"text": each.text, "labels": each.labels}))
            await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return  # it has ended: what it complained of says why
    finally:
        process.stdin.close()


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told).encode() + b"\n"


def _field(told: Mapping[str, Any]) -> LearnedField:
    return LearnedField(
        requests=told["requests"],
        labels=told["labels"],
        rare=tuple(told["rare"]),
        model=b64decode(told["model"]) if "model" in told else None,
        why=told.get("why", ""),
        right=told.get("right", 0.0),
    )
