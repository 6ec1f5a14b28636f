"""What runs by itself is one list: the folder of workers, and who ticks them, say the same."""

import ast
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.workers import WORKERS

PROJECT = Path(__file__).parents[1]
PARTS = {
    "back_off": "waited by the outbox worker",
    "escalation_steps": "taken by the SLA clock",
    "growth": "shown by the assistant's jobs",
    "missing_capability": "asked by the outbox worker",
    "operator_notice": "told by the outbox worker",
    "row_renderer": "asked by the outbox worker",
    "plans": "made and done by the assistant's jobs",
}
"""Modules of the folder that nothing ticks."""


def test_the_folder_of_workers_is_the_list_of_workers() -> None:
    rooms = tuple(
        f"bot/workers{room}"
        for room in ("", "/assistant", "/knowledge", "/outbox", "/settings", "/sorting", "/tickets")
    )
    modules = {path.stem for room in rooms for path in (PROJECT / room).glob("[!_]*.py")}
    assert sorted(worker.name for worker in WORKERS) == sorted(modules - PARTS.keys())


def test_every_worker_is_ticked_at_intervals_of_real_time() -> None:
    assert [worker.name for worker in WORKERS if worker.every < timedelta(seconds=1)] == []


def test_the_scheduler_alone_ticks_and_it_ticks_once_what_was_late_and_nothing_beside_itself() -> None:
    calls = {
        path.relative_to(PROJECT).as_posix(): {word.arg: ast.unparse(word.value) for word in call.keywords}
        for path in sorted((PROJECT / "bot").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".add_job")
    }
    assert list(calls) == ["bot/bootstrap/scheduler.py"]
    promised = {"coalesce": "True", "max_instances": "1", "misfire_grace_time": "None"}
    assert promised.items() <= calls["bot/bootstrap/scheduler.py"].items()


def test_adding_a_worker_touches_no_other_code_of_the_process() -> None:
    named = {
        path.stem: {
            node.module.removeprefix("bot.workers.")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.workers.")
            if node.module is not None
        }
        for path in (PROJECT / "bot/bootstrap").glob("*.py")
    }
    assert {name for name, workers in named.items() if workers} == {"workers", "process"}
    # The process starts and stops the two that loop.
    assert named["process"] == {"backfill", "outbox.outbox_worker"}
