"""The trade's words in one language: statuses, priorities, measures and stages of an SLA."""

from babel import Locale, UnknownLocaleError

from bot.domain.search.query import SearchOrder
from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Priority, Status
from bot.text.cldr import locale_of
from bot.text.sentences import words


def capitalised(text: str) -> str:
    """With a capital first letter; nouns keep theirs."""
    return text[:1].upper() + text[1:]


def status(each: Status, language: str) -> str:
    """`on hold`"""
    return words(language, each.term.key)


def priority(each: Priority | str, language: str) -> str:
    return words(language, Priority(each).term.key)


def order(each: SearchOrder, language: str) -> str:
    """`due first`"""
    return words(language, f"lists.order_{each.replace('-', '_')}")


def measure(each: Measure, language: str) -> str:
    """`first response`"""
    return words(language, f"terms.measure_{each}")


def measure_title(each: Measure, language: str) -> str:
    """`First response`"""
    return capitalised(measure(each, language))


def language_name(code: str, language: str) -> str:
    """`German`; the code itself where it means none."""
    try:
        named = Locale.parse(code).get_display_name(locale_of(language))
    except (UnknownLocaleError, ValueError):
        return code
    return named or code
