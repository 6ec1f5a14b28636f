"""The style of sentences: one form of address a language, Sie or vous, and no full stop behind a quotation."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.text.catalogue import audiences, entries
from tests.page_words import STATIC

LOCALES = Path(__file__).parents[2] / "bot" / "text" / "locales"
TYPED = re.compile(r"\{(?:subject|text|comment)\}[.?!]")
"""What people typed ends as they like, so no sentence puts its own full stop right behind it."""
FAMILIAR = {
    "de": "du dein deine deinem deinen deiner deines dir dich",
    "es": "tú tu tus ti te contigo tuyo tuya",
    "fr": "tu toi ta tes te",
    "pt": "tu teu teus tua tuas ti te contigo",
}
IMPERATIVES = {
    "de": "wähle öffne gib schreib schreibe such nenne ändere verwende speichere versuch versuche sieh drück drücke "
    "tippe lies lösch lösche klick klicke prüfe nimm setze trage behebe übernimm bearbeite schließe leg mach löse "
    "füge entferne antworte melde warte frag",
    "es": "elige escribe escríbelo prueba usa pon ponle dime haz ábrelo corrige excluye pulsa indica "
    "mira míralo divídelo cámbialo guárdalo",
    "fr": "cherche écris choisis utilise essaie ajoute appuie fais mets réponds tape",
    "pt": "",
}
"""As one says them to a friend; only at the beginning of a sentence or of its part, for some are other words too."""
_BEGINS = r"(?:^|[.:;!?¡¿] +|\n|\b(?:und|oder|bitte|y|o|et|ou) )"
LANGUAGES = pytest.mark.parametrize("language", FAMILIAR)


def sentences(language: str) -> Iterator[tuple[str, str]]:
    for audience in audiences():
        for name, entry in entries(language, audience).items():
            yield from ((f"{audience}.{name}", form.source) for form in entry.forms)
    page = json.loads((STATIC / "words" / f"{language}.json").read_text("utf-8"))
    for key, text in page.items():
        yield from ((key, each) for each in ([text] if isinstance(text, str) else text.values()))


@LANGUAGES
def test_nobody_is_spoken_to_as_a_friend(language: str) -> None:
    pronoun = re.compile(rf"\b(?:{'|'.join(FAMILIAR[language].split())})\b", re.IGNORECASE)
    imperatives = "|".join(IMPERATIVES[language].split())
    imperative = re.compile(rf"{_BEGINS}(?:{imperatives})\b(?! Sie)", re.IGNORECASE) if imperatives else None
    familiar = [
        (key, text)
        for key, text in sentences(language)
        if pronoun.search(text) or (imperative is not None and imperative.search(text))
    ]
    assert familiar == []


@pytest.mark.parametrize("language", sorted(each.name for each in LOCALES.iterdir() if each.is_dir()))
def test_what_people_typed_stands_in_quotation_marks_before_a_full_stop(language: str) -> None:
    found = [
        f"{catalogue.stem}: {line}"
        for catalogue in sorted((LOCALES / language / "LC_MESSAGES").glob("*.po"))
        for line in catalogue.read_text(encoding="utf-8").splitlines()
        if TYPED.search(line)
    ]
    assert found == []
