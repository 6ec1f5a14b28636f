"""Thanks is not news."""

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.services.tickets.courtesy import is_courtesy
from tests.stories.desk_files import DESK


@pytest.fixture(scope="module")
def desk() -> Desk:
    return load_desk(DESK, KNOWN_PLATFORMS)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "thank you",
        "Thank you so much!!",
        "👍",
        "🎉🎉",
        "ok, thanks",
        "Danke!",
        "Merci",
        "perfect, thanks",
        "thank you very much, great service 👍",
        "thx, closing this",
        "you're the best",
        "Super, danke dir",
        "Thanks Bo, that worked!",
        "thanks a lot @Bo Berg and Cleo, it works again",
        "Thanks, Bo!",
        "Bo, thanks!",
        "lol ok thanks everybody",
        "Danke Bo, es geht wieder!",
        "Gracias Bo, ya funciona todo",
        "Merci Bo, ça remarche !",
        "Obrigada Bo, já funciona tudo!",
    ],
)
def test_courtesy_alone_is_courtesy(desk: Desk, text: str) -> None:
    assert is_courtesy(text, desk)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, but still broken",
        "thanks — and now the printer?",
        "ok but it fails again",
        "no",
        "It works not",
        "Danke, geht immer noch nicht",
        "Thanks Bo, but it still fails",
        "Thanks Bo, can you look again?",
        "Danke Bo, Drucker kaputt",
        "Gracias Bo, no funciona",
        "Merci Bo, mon écran est noir",
        "Obrigado Bo, não funciona",
        "Thanks. Printer!",
        "Bo is away",
        "",
    ],
)
def test_news_is_news_however_kindly_it_is_said(desk: Desk, text: str) -> None:
    assert not is_courtesy(text, desk)


def test_whoever_is_thanked_may_be_called_by_their_name(desk: Desk) -> None:
    assert is_courtesy("thanks a lot, cleo!", desk, names=["Cleo Chen"])
    assert not is_courtesy("thanks a lot, cleo!", desk)
    assert not is_courtesy("Cleo, it's broken again", desk, names=["Cleo Chen"])
