"""Whether a desk has a language model: without one its verbs are not there."""

from bot.domain.desk import Desk


def has_model(desk: Desk) -> bool:
    return desk.language_model is not None
