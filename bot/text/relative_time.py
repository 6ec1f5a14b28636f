"""An instant as a person says it inside a sentence, in their language and time zone: `tomorrow at 10:30`.

For what the requester reads; platforms that show instants in each reader's own zone do so, and use this where they
cannot. No seconds, and never later than the instant itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.messages.outbound import Moment

THIS_WEEK = 6
"""Days ahead within which a weekday's name says which day is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """How one language says days: templates over {weekday}, {day}, {month} and {time}.

    `clock` writes the time; `one_o_clock` is put where the hour is one, in languages that say that otherwise.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    yesterday: str
    today: str
    tomorrow: str
    this_week: str
    date: str
    clock: str = "{hour:02d}:{minute:02d}"
    one_o_clock: tuple[str, str] | None = None


ENGLISH = DayWords(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    yesterday="yesterday at {time}",
    today="today at {time}",
    tomorrow="tomorrow at {time}",
    this_week="{weekday} {time}",
    date="{weekday} {day} {month}, {time}",
)
GERMAN = DayWords(
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    yesterday="gestern um {time}",
    today="heute um {time}",
    tomorrow="morgen um {time}",
    this_week="{weekday} um {time}",
    date="{weekday}, {day}. {month}, um {time}",
    clock="{hour}:{minute:02d} Uhr",
)
FRENCH = DayWords(
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    yesterday="hier à {time}",
    today="aujourd’hui à {time}",
    tomorrow="demain à {time}",
    this_week="{weekday} à {time}",
    date="{weekday} {day} {month} à {time}",
    clock="{hour} h {minute:02d}",
)
SPANISH = DayWords(
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    yesterday="ayer a las {time}",
    today="hoy a las {time}",
    tomorrow="mañana a las {time}",
    this_week="el {weekday} a las {time}",
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
    yesterday="ontem às {time}",
    today="hoje às {time}",
    tomorrow="amanhã às {time}",
    this_week="{weekday} às {time}",
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


def spoken(
    at: datetime, *, now: datetime, time_zone: str | None, otherwise: ZoneInfo, language: str
) -> Moment:
    """The moment with its words for one person; `otherwise` is the zone, then named, where theirs is not known."""
    zone = known_zone(time_zone)
    words = in_words(at, now=now, zone=zone or otherwise, language=language)
    if zone is None:
        words += f" ({at.astimezone(otherwise):%Z})"
    return Moment(at, time_zone, words)


def in_words(at: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """`today at 16:30`, `Tuesday 10:30`, `Tuesday 3 March, 10:30`; in English where the language is not known."""
    words = LANGUAGES.get(language, ENGLISH)
    there = at.astimezone(zone)
    days = (there.date() - now.astimezone(zone).date()).days
    said = _template(words, days).format(
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


def _template(words: DayWords, days: int) -> str:
    near = {-1: words.yesterday, 0: words.today, 1: words.tomorrow}
    return near.get(days) or (words.this_week if 1 < days <= THIS_WEEK else words.date)
