"""What is offered for a ticket: only articles that a search would call found."""

from pathlib import Path

from bot.ports.unit_of_work import UnitOfWork
from bot.services.knowledge.vectors import make_vectors
from tests.commands.knowledge.shelf import article, put
from tests.stories.office import open_office


async def test_an_article_that_only_faintly_means_the_same_is_not_offered(folder: Path) -> None:
    async with open_office(folder) as office:
        meaning = office.desk.contexts.meanings.meaning
        assert meaning is not None

        def shelve(uow: UnitOfWork) -> None:
            put(uow, article("switch", body="Restart a floor switch: unplug it, and wait a minute."))
            make_vectors(uow, meaning, limit=9)

        await office.desk.storage.run(shelve)
        for number, (asked, is_offered) in enumerate(
            (
                ("SAP login expired, need reset of account", False),
                ("A switch on our floor needs a restart", True),
            ),
            start=1,
        ):
            await office.says("ana", "help-it", asked)
            offered = await office.types("bo", f"/desk kb IT-{number}", channel="team-it")
            assert ("floor switch" in offered) is is_offered, offered
