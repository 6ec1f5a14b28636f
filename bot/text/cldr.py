"""Which locale of CLDR a language of the desk is: languages are not countries, but dates are."""

from functools import cache

from babel import Locale, UnknownLocaleError

_LOCALES = {"en": "en_GB"}
"""English with days before months and 24 hours, as the rest of the world writes it."""


@cache
def locale_of(language: str) -> Locale:
    """English where CLDR does not know the language."""
    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_LOCALES["en"])
