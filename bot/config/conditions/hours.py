"""`inside_hours_of` and `outside_hours_of`: whether a team is at work."""

from dataclasses import dataclass, field

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import TeamName
from bot.domain.calendars.calendar import Calendar
from bot.domain.routing.conditions import Condition
from bot.domain.routing.request import Facts
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Hours(Condition):
    """It is inside (or, with `is_inside` false, outside) the working hours of a team."""

    team: str
    calendar: Calendar = field(compare=False, repr=False)
    is_inside: bool

    def holds(self, facts: Facts) -> bool:
        return self.calendar.is_open(facts.request.at) is self.is_inside

    def why(self, facts: Facts, *, holds: bool) -> Sentence:  # noqa: ARG002
        key = "routing.inside_hours" if self.is_inside is holds else "routing.outside_hours"
        return sentence(key, team=self.team)


@condition_key(order=110, description="The team is at work.")
def inside_hours_of(team: TeamName, names: NameMeanings) -> Condition:
    return Hours(team, names.hours[team], is_inside=True)


@condition_key(order=120, description="The team is not at work.")
def outside_hours_of(team: TeamName, names: NameMeanings) -> Condition:
    return Hours(team, names.hours[team], is_inside=False)
