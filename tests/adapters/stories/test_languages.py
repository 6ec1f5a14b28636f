"""Whoever asks and whoever answers in another language reads no sentence of ours in English, from start to end."""

from pathlib import Path

import pytest

from bot.text.catalogue import languages
from tests.adapters.stories.platforms import Platform, Read
from tests.said import said
from tests.text.runs import english_in

OTHERS = [each for each in languages() if each != "en"]


@pytest.mark.parametrize("language", OTHERS)
async def test_a_ticket_lives_its_whole_life_without_a_sentence_in_english(
    platform: Platform, language: str, tmp_path: Path, sqlite_template: Path
) -> None:
    desk = platform.desk_file.replace("desk:\n", f"desk:\n  language: {language}\n", 1)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        office.everybody_reads(language)
        request = await office.says("ana", "requests", "Kaputt")
        told: list[Read] = []
        for command, words in (
            ("/desk claim", {}),
            ("/desk wait", {"question": "Quo modo?"}),
            ("/desk reply", {"text": "Fiat lux"}),
            ("/desk hold", {"reason": "Tempus fugit"}),
            ("/desk priority", {"priority": "high"}),
            ("/desk note", {"text": "Nota bene"}),
            ("/desk resolve", {"resolution": "Veni vidi vici"}),
        ):
            told.append(await office.types("bo", "team", command, ticket="IT-1", **words))
        await office.answers("ana", request, "Non functionat")
        told.append(await office.types("ana", "requests", "/ticket show", ticket="IT-1"))
        told.append(await office.types("ana", "requests", "/ticket list"))
        told.append(await office.types("bo", "team", "/desk queue"))
        told.append(await office.types("bo", "team", "/desk claim", ticket="IT-99"))
        told.append(await office.types("ana", "requests", "/ticket close", ticket="IT-1"))
        await office.passes(minutes=40)

        shown = [*told, *office.reads_thread("ana", request), await office.card("IT-1")]
        shown += [*office.reads("lee", "escalations"), *office.reads_thread("bo", await office.card("IT-1"))]
        shown += [*office.reads_directly("ana"), *office.reads_directly("bo"), *office.reads_directly("lee")]
        assert [(each.words, found) for each in shown if (found := english_in(each.words, language))] == []
        labels = {label for each in shown for label in each.buttons}
        assert said("team.button_reopen", language=language) in labels
