"""The desk of `tests/stories/desk.yaml`, read once: a desk is never changed, only made anew."""

from functools import cache

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from tests.stories.desk_files import DESK


@cache
def everyday_desk() -> Desk:
    """Three teams, of which Bo, Cleo and Lee are."""
    return load_desk(DESK, KNOWN_PLATFORMS)
