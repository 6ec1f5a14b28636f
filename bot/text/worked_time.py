"""Logged time in words: `25 min · 3 Mar · fixed the switch`."""

from datetime import date, timedelta

from bot.text.amounts import working_time
from bot.text.instants import short_day


def entry_in_words(length: timedelta, *, day: date, text: str, language: str) -> str:
    told = (working_time(length, language), short_day(day, language=language), " ".join(text.split()))
    return " · ".join(filter(None, told))
