"""An office with a folder of articles beside its desk.yaml."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office


@asynccontextmanager
async def office_with_articles(folder: Path, beside: Path, *, more: str = "") -> AsyncIterator[Office]:
    """`beside`: where `articles` is; `more`: further keys of `knowledge`."""
    config = beside / "desk.yaml"
    text = DESK.read_text(encoding="utf-8").replace(
        "  admins: [web:lee]", "  admins: [web:lee]\n  operator_channel: web:operators"
    )
    config.write_text(f"{text}\nknowledge: {{folder: articles, check_every: 1m{more}}}\n", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await looks(office)
        yield office


async def looks(office: Office) -> None:
    """Some minutes later the folder has been looked at."""
    await office.passes(minutes=2)
    await office.desk.workers["article_folder"].tick()
    await office.settle()
