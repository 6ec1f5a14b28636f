"""What was not delivered: leads read of their teams' messages, administrators retry or drop them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.sentence import sentence
from bot.ports.storage.outbox import RowKind, RowState
from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.console.console_visit import console_visit, do
from tests.stories.desk_files import DESK
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal

HEALTH = "/console/health"
LEASE = timedelta(minutes=1)


@pytest.fixture
def with_two_leads(tmp_path: Path) -> Path:
    """Cleo leads Network, and is no administrator."""
    config = tmp_path / "desk.yaml"
    before, after = (
        "    agents: [web:cleo]\n    leads: [web:lee]",
        "    agents: [web:cleo]\n    leads: [web:cleo]",
    )
    config.write_text(DESK.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return config


async def loses(office: Office, channel: str) -> int:
    """The last message of this channel could not be delivered; its number."""

    def lose(uow: UnitOfWork) -> int:
        conversation = uow.conversations.of_channel(ChannelRef("web", channel))
        now = office.clock.now()
        uow.outbox.put_once(RowKind.NOTICE, conversation=conversation.id, key=channel, payload={}, now=now)
        (row,) = (each for each in uow.outbox.claim(limit=100, lease=LEASE) if each.key == channel)
        uow.outbox.give_up(row, RowState.DEAD, error=sentence("deliveries.kind_card"))
        return row.id

    return await office.desk.storage.run(lose)


def form_token(page: str) -> str:
    return page.partition('name="form-token" content="')[2].partition('"')[0]


async def test_who_leads_a_team_reads_of_its_messages_alone(folder: Path, with_two_leads: Path) -> None:
    async with open_portal(folder, config=with_two_leads) as office:
        ours, theirs = await loses(office, "team-network"), await loses(office, "team-it")
        async with console_visit(office, "cleo") as cleo:
            page = await cleo.opens(HEALTH)
            assert f"#{ours}" in page.text
            assert f"#{theirs}" not in page.text
            assert "/console/do" not in page.text
            refused = await cleo.browser.sends(
                do("desk-admin outbox", back=HEALTH, pressed=True).replace("&amp;", "&"),
                token=form_token(page.text),
                key="a-key-of-mine",
                **{"x-action": "retry", "x-number": str(ours)},
            )
            assert refused.status == 422


async def test_lee_drops_one_and_reads_how_the_desk_is(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "lee") as lee:
        number = await loses(office, "team-network")
        page = await lee.opens(HEALTH)
        assert f"#{number}" in page.text
        sent = await lee.browser.sends(
            do("desk-admin outbox", back=HEALTH, pressed=True).replace("&amp;", "&"),
            token=form_token(page.text),
            key="a-key-of-mine",
            **{"x-action": "drop", "x-number": str(number)},
        )
        shown = await lee.reads(sent.location)
        assert said("commands.outbox_dropped", number=str(number)) in shown
        assert said("overview.all_delivered") in shown
        assert said("operations.database_works") in shown
        assert "sla clock" in shown
        log = await office.types("lee", "/desk-admin audit")
        assert said("history.delivery_dropped", name="Lee Lund", number=str(number)) in log
