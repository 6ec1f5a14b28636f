"""Days, months and years as they are written: `2026-11-30`, `2026-11`, `2026`."""

from datetime import date, timedelta


def days_of(words: str) -> tuple[date, date]:
    """A day, a month or a year: its first day, and the day after its last. Raises ValueError."""
    numbers = [int(each) for each in words.split("-")]
    if not 1 <= len(numbers) <= 3 or numbers[0] < 1970:
        raise ValueError(words)
    first = date(*numbers, *([1] * (3 - len(numbers))))
    if len(numbers) == 3:
        return first, first + timedelta(days=1)
    return first, months_before(first, -1 if len(numbers) == 2 else -12)


def months_before(first: date, months: int) -> date:
    """The first of the month so many before; later for fewer than none."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)
