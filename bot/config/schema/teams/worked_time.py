"""What a team says of time worked on its tickets."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.config.file.field_types import ElapsedTime, wrong
from bot.config.file.section import Section
from bot.domain.worked_time.stopwatch import USUAL_LONGEST
from bot.domain.worked_time.time_entry import LONGEST

SHORTEST_TIMER = timedelta(minutes=15)


def _within_a_day(length: timedelta) -> timedelta:
    if not SHORTEST_TIMER <= length <= LONGEST:
        raise wrong("configuration.timer_limit", least=SHORTEST_TIMER, most=LONGEST)
    return length


class WorkedTimeSection(Section):
    """How agents' timers end where nobody stops them."""

    longest_timer: Annotated[ElapsedTime, AfterValidator(_within_a_day)] = Field(
        default=USUAL_LONGEST,
        description="`8h`: a timer that runs so long is stopped and its agent told; 15m to 24h.",
    )
