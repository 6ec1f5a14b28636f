"""A verb of one's own language, said to the desk, is that verb and no request."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office

LISTS = (
    "liste",
    "Lister",
    "listar",
    "lista",
    "Meine Anfragen",
    "mes demandes",
    "mis solicitudes",
    "meus pedidos",
)


async def test_one_lists_ones_requests_in_ones_own_language(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    async with office.page_of("ana") as told:
        for word in (*LISTS, "liste alle", "listar todas"):
            await office.says("ana", "@ana", word)
        await office.says("ana", "@ana", "liste geschlossen")
    assert ["My screen is dark" in each for each in told] == [True] * (len(LISTS) + 2) + [False]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("zeige IT-1", "My screen is dark"),
        ("afficher IT-1", "My screen is dark"),
        ("ver IT-1", "My screen is dark"),
        ("mostrar IT-1", "My screen is dark"),
        ("suchen screen", "My screen is dark"),
        ("rechercher screen", "My screen is dark"),
        ("buscar screen", "My screen is dark"),
        ("pesquisar screen", "My screen is dark"),
        ("antworten IT-1 it flickers", said("answers.reply_sent", reference="IT-1")),
        ("répondre IT-1 it flickers", said("answers.reply_sent", reference="IT-1")),
        ("clôturer IT-1", said("answers.withdrawn_own", reference="IT-1")),
        ("encerrar IT-1", said("answers.withdrawn_own", reference="IT-1")),
        ("rate", said("commands.nothing_to_rate")),
        ("bewerten", said("commands.nothing_to_rate")),
        ("avaliar", said("commands.nothing_to_rate")),
        ("neu", said("requester.button_open")),
        ("ouvrir", said("requester.button_open")),
        ("abrir", said("requester.button_open")),
    ],
)
async def test_a_verb_of_ones_own_language_is_that_verb(office: Office, text: str, answer: str) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    replies: list[dict[str, Any]] = []
    async with office.page_of("ana", replies) as told:
        await office.says("ana", "@ana", text)
    assert answer in f"{told} {replies}"
    assert len(await office.sees("bo", "team-it")) == 1
