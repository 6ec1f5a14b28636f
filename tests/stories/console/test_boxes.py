"""The boxes of a ticket's page say who reads what is written there: one person, a channel, another team, nobody."""

from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import console_visit
from tests.stories.portal.portal_visit import open_portal, words_of


async def test_a_reply_says_whether_a_channel_reads_it(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("ana", "/ticket open My chair squeaks", channel="@ana")
        public = words_of((await bo.opens("/console/tickets/IT-1")).text)
        assert said("console.reply_to_inbox", name="Ana Alves", inbox="help-it") in public
        direct = words_of((await bo.opens("/console/tickets/IT-2")).text)
        assert said("console.reply_to_directs", name="Ana Alves") in direct
        await office.types("bo", "/desk private IT-1", channel="team-it")
        private = words_of((await bo.opens("/console/tickets/IT-1")).text)
        assert said("console.reply_to_inbox", name="Ana Alves", inbox="help-it") not in private


async def test_a_note_names_who_reads_it_in_another_team(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "cleo") as cleo:
        await office.says("ana", "help-it", "The vpn drops")
        page = words_of((await cleo.opens("/console/tickets/IT-1")).text)
        assert said("console.note_for", team="Network") in page
        await office.types("cleo", "/desk add IT-1 @bo", channel="team-network")
        page = words_of((await cleo.opens("/console/tickets/IT-1")).text)
        assert said("console.note_for_others", team="Network", people="Bo Berg") in page
        assert said("console.note_for", team="Network") not in page
