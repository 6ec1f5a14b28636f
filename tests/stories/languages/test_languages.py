"""On the browser page a ticket lives its whole life in people's language, and a mixed team reads its own."""

from pathlib import Path

import pytest

from bot.text.catalogue import languages
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import open_office
from tests.text.runs import english_in

OTHERS = [each for each in languages() if each != "en"]


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = DESK.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    config = folder / "desk.yaml"
    config.write_text(text, encoding="utf-8")
    return config


@pytest.mark.parametrize("language", OTHERS)
async def test_a_ticket_lives_its_whole_life_without_a_sentence_in_english(
    language: str, folder: Path
) -> None:
    config = written(folder, ("desk:\n", f"desk:\n  language: {language}\n"))
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "Kaputt")
        answers: list[str] = []
        for line in (
            "claim IT-1",
            "wait IT-1 Quo modo?",
            "reply IT-1 Fiat lux",
            "hold IT-1 Tempus fugit",
            "transfer IT-1 network Errare humanum",
            "transfer IT-1 it Cui bono",
            "priority IT-1 high",
            "note IT-1 Nota bene",
            "tag IT-1 vox",
            "resolve IT-1 Veni vidi",
            "queue",
            "mine",
            "history IT-1",
            "sla IT-1",
            "report",
            "on-call",
            "away until Friday, otium",
            "away back",
            "snooze IT-1 2h, pax",
            "help",
        ):
            answers.append(await office.types("bo", f"/desk {line}"))
        await office.says("ana", "help-it", "Non functionat", thread=root)
        await office.passes(minutes=40)
        for line in (
            "show IT-1",
            "list",
            "list all",
            "sla IT-1",
            "reopen IT-1",
            "close IT-1",
            "transcript IT-1",
        ):
            answers.append(await office.types("ana", f"/ticket {line}"))
        answers.append(await office.types("ana", "/ticket open Alea iacta est"))
        await office.says("ana", "@ana", "salve")
        await office.passes(hours=20)
        read = {who: await office.everything_seen_by(who) for who in ("ana", "bo", "lee")}
    read["answers"] = "\n".join(answers)
    assert {who: found for who, text in read.items() if (found := english_in(text, language))} == {}


async def test_a_team_reads_its_own_language_and_the_requester_theirs(folder: Path) -> None:
    config = written(
        folder,
        ("    title: Service Desk\n", "    title: Service Desk\n    language: de\n"),
        ("email: ana@example.com", "language: fr, email: ana@example.com"),
    )
    async with open_office(folder, config=config) as office:
        root = await office.says("ana", "help-it", "Kaputt")
        await office.types("bo", "/desk resolve IT-1 Fiat lux")
        told = await office.reads("ana", "help-it", thread=root)
        assert told[-1] == said(
            "requester.resolved_because", language="fr", name="Bo Berg", reference="IT-1", reason="Fiat lux"
        )
        card = await office.card("bo", "team-it", "IT-1")
        assert card["content"]["status"] == said("terms.status_resolved", language="de")
        answer = await office.types("lee", "/desk reopen IT-1")
        assert answer == said("answers.reopened_unassigned", reference="IT-1"), "Lee reads English"
