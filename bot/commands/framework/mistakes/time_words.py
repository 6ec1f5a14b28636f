"""Times as people type them in their own language, in the words they are read in: `bis Montag`, `demain à 9h`."""

import re
from collections.abc import Mapping
from typing import Final

from bot.domain.normalised_text import normalised


def _each(meaning: str, *words: str) -> dict[str, str]:
    return dict.fromkeys(words, meaning)


_WORDS: Final[Mapping[str, str]] = {
    **_each("until", "until", "till", "bis", "jusqu'au", "jusqu'a", "hasta", "ate"),
    **_each("from", "from", "ab", "von", "desde", "depuis"),
    **_each("on", "am"),
    **_each("at", "um", "a", "as"),
    **_each("in", "dans", "en", "em"),
    **_each("for", "fur", "pour", "por", "para"),
    **_each("next", "nachsten", "nachster", "nachste", "prochain", "proximo", "proxima"),
    **_each("today", "heute", "hoy", "aujourd'hui", "hoje"),
    **_each("tomorrow", "morgen", "manana", "demain", "amanha"),
    **_each("yesterday", "gestern", "ayer", "hier", "ontem"),
    **_each("monday", "montag", "lunes", "lundi", "segunda", "segunda-feira"),
    **_each("tuesday", "dienstag", "martes", "mardi", "terca", "terca-feira"),
    **_each("wednesday", "mittwoch", "miercoles", "mercredi", "quarta", "quarta-feira"),
    **_each("thursday", "donnerstag", "jueves", "jeudi", "quinta", "quinta-feira"),
    **_each("friday", "freitag", "viernes", "vendredi", "sexta", "sexta-feira"),
    **_each("saturday", "samstag", "sonnabend", "sabado", "samedi"),
    **_each("sunday", "sonntag", "domingo", "dimanche"),
    **_each("minutes", "minuten", "minutos"),
    **_each("hours", "stunde", "stunden", "hora", "horas", "heure", "heures"),
    **_each("days", "tag", "tage", "tagen", "dia", "dias", "jour", "jours"),
    **_each("weeks", "woche", "wochen", "semana", "semanas", "semaine", "semaines"),
    **_each("", "den", "dem", "el", "la", "las", "los", "le", "o"),
}
"""By the word without its accents."""
_OCLOCK: Final = re.compile(r"\b(\d{1,2})(?:[.:](\d{2}))? uhr(?: (\d{2}))?\b")
_AT_HOUR: Final = re.compile(r"\bat (\d{1,2})(?: ?h(?:ours)? ?(\d{2})?)?(?=$| until\b)")
_STOP: Final = re.compile(r"[.,]+$")


def in_words_read(text: str) -> str:
    """In small letters, with single spaces; words of no language that Deskbell speaks stay as they are."""
    words = " ".join(filter(None, map(_in_english, text.split())))
    words = _OCLOCK.sub(lambda found: f"{found[1]}:{found[2] or found[3] or '00'}", words)
    return _AT_HOUR.sub(lambda found: f"at {found[1]}:{found[2] or '00'}", words)


def parted_at(meaning: str, text: str) -> tuple[str, str] | None:
    """What is typed before the last word of this meaning and after it, in the letters typed; None without one."""
    typed = text.split()
    for place in reversed(range(len(typed))):
        if _in_english(typed[place]) == meaning:
            return " ".join(typed[:place]), " ".join(typed[place + 1 :])
    return None


def _in_english(typed: str) -> str:
    """In small letters, without a full stop or comma behind it."""
    word = _STOP.sub("", typed.lower().replace("’", "'"))
    return _WORDS.get(_plain(word), word)


def _plain(word: str) -> str:
    """Without accents; the signs within stay."""
    return re.sub(r"\w+", lambda found: normalised(found.group()), word)
