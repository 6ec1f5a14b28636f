"""Which locale of CLDR a language of the desk is: languages are not countries, but dates are."""

from functools import cache

from babel import Locale, UnknownLocaleError

from bot.text.catalogue import best

_LOCALES = {"en": "en_GB"}
"""English with days before months and 24 hours, as the rest of the world writes it."""


@cache
def locale_of(language: str) -> Locale:
    """That of the words that stand beside it: English where the desk does not speak the language."""
    spoken = best(language)
    try:
        return Locale.parse(_LOCALES.get(spoken, spoken))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_LOCALES["en"])


def language_name(code: str, language: str) -> str:
    """What a language is called in another: German is “Deutsch” in German. Its code where that is not known."""
    return str(locale_of(language).languages.get(code, code))
