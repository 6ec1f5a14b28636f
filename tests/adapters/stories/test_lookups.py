"""What another system knows of a requester is on the team's card and in `show`; the requester never reads it."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform
from tests.fakes.lookups.crm import open_crm, says_json

LOOKUPS = """
lookups:
  crm:
    url: {url}?about={{{{key}}}}
    fields: {{{{tier: account.tier, device: device}}}}
"""


async def test_the_team_reads_what_the_crm_knows_and_the_requester_does_not(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_crm() as crm:
        crm.answering = says_json({"account": {"tier": "platinum"}, "device": "L-204"})
        desk = platform.desk_file + LOOKUPS.format(url=crm.url)
        async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
            await office.says("ana", "requests", "My mouse is dead")
            assert "My mouse is dead" in (await office.card("IT-1")).words, "the card waits for nobody"
            await office.desk.workers["lookups"].tick()
            await office.settle()
            card = (await office.card("IT-1")).words
            for fact in ("Tier", "platinum", "Device", "L-204"):
                assert fact in card
            (asked,) = crm.asked
            assert "%3A" in asked, "the key is encoded whole"
            shown = await office.types("bo", "team", "/ticket show", ticket="IT-1")
            assert "Tier: platinum" in shown.words
            read = await office.types("ana", "requests", "/ticket show", ticket="IT-1")
            assert "My mouse is dead" in read.words
            assert "platinum" not in read.words
