"""An instant as a person says it inside a sentence, in their language and time zone: `Tuesday 3 March, 10:30`.

For what the requester reads; platforms that show instants in each reader's own zone do so, and use this where they
cannot. Messages stay, so the day goes by its date: `tomorrow` is wrong the day after. No seconds, and never later
than the instant itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.messages.outbound import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """How one language says days: `date` is a template over {weekday}, {day}, {month} and {time}.

    `clock` writes the time; `one_o_clock` is put where the hour is one, in languages that say that otherwise.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    date: str
    clock: str = "{hour:02d}:{minute:02d}"
    one_o_clock: tuple[str, str] | None = None


ENGLISH = DayWords(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date="{weekday} {day} {month}, {time}",
)
GERMAN = DayWords(
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    date="{weekday}, {day}. {month}, um {time}",
    clock="{hour}:{minute:02d} Uhr",
)
FRENCH = DayWords(
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    date="{weekday} {day} {month} à {time}",
    clock="{hour} h {minute:02d}",
)
SPANISH = DayWords(
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    date="el {weekday} {day} de {month} a las {time}",
    clock="{hour}:{minute:02d}",
    one_o_clock=("a las ", "a la "),
)
PORTUGUESE = DayWords(
    weekdays=(
        *("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira"),
        *("sábado", "domingo"),
    ),
    months=(
        *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
        *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    date="{weekday}, {day} de {month}, às {time}",
    clock="{hour}:{minute:02d}",
    one_o_clock=("às ", "à "),
)
LANGUAGES: Mapping[str, DayWords] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "pt": PORTUGUESE,
}


def spoken(at: datetime, *, time_zone: str | None, otherwise: ZoneInfo, language: str) -> Moment:
    """The moment with its words for one person; `otherwise` is the zone, then named, where theirs is not known."""
    zone = known_zone(time_zone)
    words = in_words(at, zone=zone or otherwise, language=language)
    if zone is None:
        words += f" ({at.astimezone(otherwise):%Z})"
    return Moment(at, time_zone, words)


def in_words(at: datetime, *, zone: ZoneInfo, language: str) -> str:
    """`Tuesday 3 March, 10:30`; in English where the language is not known."""
    words = LANGUAGES.get(language, ENGLISH)
    there = at.astimezone(zone)
    said = words.date.format(
        weekday=words.weekdays[there.weekday()],
        day=there.day,
        month=words.months[there.month - 1],
        time=words.clock.format(hour=there.hour, minute=there.minute),
    )
    return said.replace(*words.one_o_clock) if words.one_o_clock and there.hour == 1 else said


def known_zone(name: str | None) -> ZoneInfo | None:
    """None where it is not told, or this machine does not know it: a platform may name any."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
