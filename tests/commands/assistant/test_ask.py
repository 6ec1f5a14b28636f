"""Which commands a model may propose for whom: what that person could type, shown whole, and nothing else."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.commands.catalogue import all_commands
from bot.commands.framework.assistant.plan import checked_plan, verbs_told
from bot.commands.framework.registry import Registry
from bot.config.loading import load_desk
from bot.domain.directory import Person
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from storage.store import DeskStorage
from tests.commands.assistant.desk_with_model import MODEL, at_work_with_model
from tests.fakes.desk.desk_without_platform import ANA, BO, FixedClock
from tests.said import said
from tests.stories.desk_files import DESK

REGISTRY = Registry(all_commands())


async def checked(
    storage: DeskStorage, folder: Path, who: Person, *proposed: object
) -> tuple[tuple[str, ...], int]:
    config = folder / "model.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + MODEL, encoding="utf-8")
    desk = load_desk(config, KNOWN_PLATFORMS)
    contexts = ContextFactory(desk=lambda: desk, clock=FixedClock())

    def check(uow: UnitOfWork) -> tuple[tuple[str, ...], int]:
        plan = checked_plan(contexts.context(uow, who), REGISTRY, proposed)
        return plan.commands, plan.left_out

    return await storage.read(check)


@pytest.mark.parametrize(
    "line",
    [
        "/desk claim IT-1",
        "/desk reply IT-1 It is on its way",
        "/desk search vpn is:open",
        "/ticket list",
        "/desk macro IT-1 restart now",
        "/desk team away 2h",
    ],
)
async def test_what_an_agent_could_type_is_kept(
    sqlite_storage: DeskStorage, tmp_path: Path, line: str
) -> None:
    assert await checked(sqlite_storage, tmp_path, BO, line) == ((line,), 0)


@pytest.mark.parametrize(
    "line",
    [
        "",
        None,
        7,
        ["/desk claim IT-1"],
        {"command": "/desk claim IT-1"},
        "claim IT-1",
        "/desk",
        "/desk ",
        "/desk dance IT-1",
        "/help-desk claim IT-1",
        "/desk-admin reload",
        "/desk-admin outbox retry 1",
        "/desk claim",
        "/desk reply IT-1",
        "/desk reply it is on its way",
        "/desk claim IT-1\n/desk close IT-1",
        "/desk claim IT-1\r/desk close IT-1",
        "/desk reply IT-1 \N{RIGHT-TO-LEFT OVERRIDE}oof",
        "/desk reply IT-1 \x00",
        "/desk reply IT-1 `hidden`",
        f"/desk reply IT-1 {'x' * 300}",
        "/desk ask do it again",
        "/desk summary IT-1",
        "/desk draft IT-1",
        "/desk do-plan 1",
        "/desk drop-plan 1",
        "/desk use-answer IT-1",
        "/desk bulk is:open",
        "/ticket link ABC",
    ],
)
async def test_what_is_no_command_of_theirs_is_left_out(
    sqlite_storage: DeskStorage, tmp_path: Path, line: object
) -> None:
    assert await checked(sqlite_storage, tmp_path, BO, line) == ((), 1)


async def test_a_requester_has_no_agents_commands(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    assert await checked(sqlite_storage, tmp_path, ANA, "/desk claim IT-1", "/ticket list") == (
        ("/ticket list",),
        1,
    )


async def test_each_is_done_once_and_not_too_many(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    lines = [f"/desk claim IT-{number}" for number in range(1, 15)]
    kept, left_out = await checked(sqlite_storage, tmp_path, BO, *lines, *lines)
    assert kept == tuple(lines[:10])
    assert left_out == 18


async def test_a_model_is_told_of_their_commands_alone(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    desk = load_desk(DESK, KNOWN_PLATFORMS)
    contexts = ContextFactory(desk=lambda: desk, clock=FixedClock())
    told = await sqlite_storage.read(lambda uow: verbs_told(contexts.context(uow, BO), REGISTRY))
    assert "/desk claim [TICKET]" in told
    assert "desk-admin" not in told
    assert "do-plan" not in told


async def test_asking_says_what_comes(sqlite_storage: DeskStorage, tmp_path: Path) -> None:
    at_work = await at_work_with_model(sqlite_storage, tmp_path)
    assert await at_work.types(BO, "/desk ask take the oldest") == said("assistant.ask_follows")
