"""Values of custom fields: what somebody typed in their language becomes the canonical form, and that becomes words.

People are read and named elsewhere, since it takes the database to know them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from bot.domain.errors import Refused
from bot.domain.normalised_text import normalised
from bot.domain.sentence import OneOf
from bot.domain.suggestions import nearest
from bot.domain.tickets.custom_field import LONGEST_ANSWER, NO, YES, CustomField, FieldKind
from bot.text.amounts import listed
from bot.text.catalogue import FALLBACK
from bot.text.cldr import locale_of
from bot.text.sentences import words

MOST_DIGITS = 15
"""Of a number; more are an identifier, which is text."""
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_YES_WORDS, _NO_WORDS = frozenset({YES, "y", "true", "1", "x"}), frozenset({NO, "n", "false", "0"})
_BETWEEN_PARTS = re.compile(r"[\s./,-]+")
_EXAMPLE_DAY = date(2026, 12, 24)
_EXAMPLE_NUMBER = Decimal("1234.5")


def read_value(field: CustomField, typed: str, *, language: str, is_canonical_number: bool = False) -> str:
    """What was typed, in canonical form; empty for nothing. Raises Refused, which says what is accepted.

    `is_canonical_number`: it comes from an input for numbers, which writes them as in `1234.5` in every language.
    """
    text = typed.strip()
    if not text:
        return ""
    match field.kind:
        case FieldKind.NUMBER:
            return _number(field, text, language, is_canonical=is_canonical_number)
        case FieldKind.CHOICE:
            return _choice(field, text, language)
        case FieldKind.CHOICES:
            return _choices(field, text, language)
        case FieldKind.DATE:
            return _date(field, text, language)
        case FieldKind.YES_NO:
            return _yes_no(field, text, language)
        case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.PERSON | FieldKind.PEOPLE:
            return _text(field, text, language)


def value_in_words(kind: FieldKind, value: str, *, language: str, names: Mapping[str, str]) -> str:
    """A canonical value as people read it in a language; people by these names, by their keys."""
    match kind:
        case FieldKind.NUMBER:
            return number_in_words(value, language)
        case FieldKind.DATE:
            return _as_read(value, lambda text: _day(date.fromisoformat(text), language))
        case FieldKind.YES_NO:
            return words(language, f"commands.{value}") if value in (YES, NO) else value
        case FieldKind.CHOICES:
            return listed(parts_of(kind, value), language)
        case FieldKind.PERSON | FieldKind.PEOPLE:
            return listed([names.get(each, each) for each in parts_of(kind, value)], language)
        case FieldKind.TEXT | FieldKind.LONG_TEXT | FieldKind.CHOICE:
            return value


def number_in_words(value: str, language: str) -> str:
    """`1,234.5`; in German `1.234,5`."""
    locale = locale_of(language)
    return _as_read(
        value, lambda text: str(format_decimal(Decimal(text), locale=locale, decimal_quantization=False))
    )


def day_in_figures(day: date, language: str) -> str:
    """`24/12/2026`; in German `24.12.2026`."""
    return str(format_skeleton("yMd", day, locale=locale_of(language)))


def parts_of(kind: FieldKind, value: str) -> list[str]:
    """Each of several values, and any other as it is. Keys of people may have commas between, as forms put them."""
    if kind is FieldKind.PEOPLE:
        return [each for each in re.split(r"[,\n]\s*", value) if each]
    return value.splitlines() if kind is FieldKind.CHOICES else [value]


def _day(day: date, language: str) -> str:
    """`24 Dec 2026`, which nobody reads as another day."""
    return str(format_skeleton("yMMMd", day, locale=locale_of(language)))


def _as_read(value: str, in_words: Callable[[str], str]) -> str:
    """What was stored while the field was of another kind stays as it is."""
    try:
        return in_words(value)
    except (ValueError, ArithmeticError):
        return value


def _text(field: CustomField, text: str, language: str) -> str:
    if len(text) > LONGEST_ANSWER:
        raise Refused("refusals.answer_too_long", label=field.label_in(language), limit=LONGEST_ANSWER)
    return text if field.kind is FieldKind.LONG_TEXT else " ".join(text.split())


def _number(field: CustomField, text: str, language: str, *, is_canonical: bool) -> str:
    label = field.label_in(language)
    number = _plain_number(text) if is_canonical else _local_number(text, language) or _plain_number(text)
    if number is None:
        example = number_in_words(str(_EXAMPLE_NUMBER), language)
        raise Refused("refusals.field_number", label=label, text=text, example=example)
    if len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise Refused("refusals.field_number_long", label=label, limit=MOST_DIGITS)
    written = f"{number or Decimal(0):f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def _local_number(text: str, language: str) -> Decimal | None:
    """As the language writes it. A space between digits groups them wherever one is used for that."""
    if any(each.isalpha() for each in text):
        return None
    try:
        return Decimal(
            parse_decimal(re.sub(r"(?<=\d)\s(?=\d{3})", "", text), locale_of(language), strict=True)
        )
    except (NumberFormatError, ArithmeticError):
        return None


def _plain_number(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN_NUMBER.fullmatch(text) and text.isascii() else None


def _choice(field: CustomField, text: str, language: str) -> str:
    """As the file spells it, whatever the letter case, accents and punctuation; it may be given in any language."""
    meant_by = {each: (each, *field.choice_labels.get(each, {}).values()) for each in field.choices}
    spelled = [each for each in field.choices if each == text] or [
        each
        for each, names in meant_by.items()
        if normalised(text) and normalised(text) in map(normalised, names)
    ]
    if spelled:
        return spelled[0]
    label = field.label_in(language)
    if (meant := nearest(text, field.choices)) is not None:
        raise Refused("refusals.field_choice_nearly", label=label, text=text, choice=meant)
    choices = OneOf(tuple(field.choice_in(each, language) for each in field.choices))
    raise Refused("refusals.field_choice", label=label, text=text, choices=choices)


def _choices(field: CustomField, text: str, language: str) -> str:
    """In the order of the field's own choices, a line each."""
    given = [each.strip() for each in re.split(r"[,\n]", text) if each.strip()]
    chosen = {_choice(field, each, language) for each in given}
    return "\n".join(each for each in field.choices if each in chosen)


def _date(field: CustomField, text: str, language: str) -> str:
    parts = [each for each in _BETWEEN_PARTS.split(text.casefold()) if each and each not in ("de", "of")]
    try:
        return _day_of(parts, language).isoformat()
    except (ValueError, OverflowError):
        example = day_in_figures(_EXAMPLE_DAY, language)
        raise Refused(
            "refusals.field_date", label=field.label_in(language), text=text, example=example
        ) from None


def _day_of(parts: list[str], language: str) -> date:
    """Year, month and day in ISO's order or in the language's, the month perhaps by its name. Raises ValueError
    or, for numbers of many digits, OverflowError.
    """
    if len(parts) != 3:
        raise ValueError("a date has three parts")
    months = _months(language)
    if named := [each for each in parts if each in months]:
        day, year = sorted((each for each in parts if each != named[0]), key=len)
        return date(_year(year), months[named[0]], int(day))
    if len(parts[0]) == 4:
        return date(*map(int, parts))
    day, month, year = (parts[at] for at in _order(language))
    return date(_year(year), int(month), int(day))


def _year(text: str) -> int:
    if len(text) != 4:
        raise ValueError("a year has four digits")
    return int(text)


def _months(language: str) -> dict[str, int]:
    """By their names, whole and shortened, in English and in this language."""
    return {
        str(name).casefold().rstrip("."): number
        for spoken in (FALLBACK, language)
        for width in ("wide", "abbreviated")
        for number, name in locale_of(spoken).months["format"][width].items()
    }


def _order(language: str) -> tuple[int, int, int]:
    """Where day, month and year stand in a date of this language."""
    pattern = str(locale_of(language).date_formats["short"].pattern)
    standing = sorted("dMy", key=pattern.index)
    return standing.index("d"), standing.index("M"), standing.index("y")


def _yes_no(field: CustomField, text: str, language: str) -> str:
    said, yes, no = text.casefold(), words(language, "commands.yes"), words(language, "commands.no")
    if said in _YES_WORDS | {yes.casefold()}:
        return YES
    if said in _NO_WORDS | {no.casefold()}:
        return NO
    raise Refused("refusals.field_yes_no", label=field.label_in(language), text=text, yes=yes, no=no)
