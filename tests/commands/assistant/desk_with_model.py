"""The desk that commands are tried on, with a language model that one team lets read its text."""

from pathlib import Path

from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.stories.desk_files import DESK

MODEL = "\nlanguage_model: {url: http://127.0.0.1:9/v1, model: tiny, teams: [it]}\n"


async def at_work_with_model(storage: DeskStorage, folder: Path) -> DeskAtWork:
    config = folder / "model.yaml"
    config.write_text(DESK.read_text(encoding="utf-8") + MODEL, encoding="utf-8")
    return await DeskAtWork.opened(storage, folder, config=config)
