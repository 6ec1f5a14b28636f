"""An answer grows in one message of each platform; one that has no room in it is told anew, and nothing is lost."""

import asyncio
from pathlib import Path

from tests.adapters.stories.assistant.desk_with_model import is_answered, with_model
from tests.adapters.stories.platforms import Platform
from tests.fakes.language_model.endpoint import open_endpoint
from tests.fakes.language_model.quick_pace import looks_often
from tests.fakes.language_model.streams import Dictation
from tests.said import said

LONG = "".join(f"Step {number}: turn it off & on. " for number in range(80))
WRITING = said("assistant.still_writing")


async def test_an_answer_is_seen_to_grow_and_is_whole_in_the_end(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_endpoint() as endpoint:
        endpoint.key = ""
        desk = with_model(platform, endpoint.url)
        async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
            looks_often(office.desk)
            await office.says("ana", "requests", "My mouse is dead")
            for more in ("able.", LONG):
                endpoint.answering = dictation = Dictation()
                before = len(office.reads_directly("bo"))
                await office.types("bo", "team", "/desk assistant summary", ticket="IT-1")
                answering = asyncio.create_task(is_answered(office))
                dictation.says("It is the ", "c")
                async with asyncio.timeout(40):
                    while not office.reads_directly("bo")[before:]:  # noqa: ASYNC110
                        await asyncio.sleep(0.02)
                    part = office.reads_directly("bo")[-1]
                    assert WRITING in part.words
                    assert part.pings == ()
                    dictation.says(more)
                    await asyncio.sleep(0.1)
                    dictation.ends()
                    await answering
                told = office.reads_directly("bo")[before:]
                words = "".join(each.words for each in told)
                shown = "".join(words.replace("\\", "").replace("&amp;", "&").split())
                assert "".join(f"It is the c{more}".split()) in shown
                assert WRITING not in words
                assert "".join(said("assistant.made_by", model="tiny").split()) in shown
                assert len(told) == 1 or more is LONG
            assert not any("It is the" in each.words for each in office.reads_directly("ana"))
