"""When a request is looked up in what the desk knows already."""

from enum import StrEnum


class AnswerTime(StrEnum):
    """Never, once its ticket is open, or before there is one."""

    OFF = "off"
    BESIDE = "beside"
    BEFORE = "before"
