"""Articles that are due for review, named at the end of their team's week."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.knowledge.article import Article
from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

SUNDAY_NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    config = folder / "desk.yaml"
    team, _, rest = DESK.read_text(encoding="utf-8").partition("    channel: web:team-people\n")
    config.write_text(
        f"{team}    channel: web:team-people\n{rest.replace('[]', '[week]', 1)}", encoding="utf-8"
    )
    async with open_office(folder, config=config, at=SUNDAY_NOON) as office:
        yield office


def put(uow: UnitOfWork) -> None:
    for name, team, day, owner in (
        ("pay", "people", date(2026, 3, 10), "bo@example.com"),
        ("leave", "people", date(2026, 2, 20), None),
        ("far", "people", date(2026, 6, 1), None),
        ("theirs", "network", date(2026, 2, 20), None),
    ):
        assert uow.articles.add(
            Article(
                name=name,
                title=f"About {name}",
                body="Text",
                version=1,
                changed_at=SUNDAY_NOON,
                team=team,
                owner=owner,
                review_by=day,
            )
        )


async def test_the_weeks_digest_names_what_is_due_with_its_owner_even_in_a_quiet_week(office: Office) -> None:
    await office.types("bo", "/kb list")
    await office.desk.storage.run(put)
    await office.passes(days=5, hours=4)
    read = await office.reads("lee", "escalations-people")
    (told,) = (each for each in read if said("knowledge.reviews_due", count=2) in each)
    assert "About leave · by Friday 20 February · /kb show leave" in told
    assert "About pay · by Tuesday 10 March · Bo Berg · /kb show pay" in told
    assert told.index("About leave") < told.index("About pay")
    assert "far" not in told
    assert "theirs" not in told
