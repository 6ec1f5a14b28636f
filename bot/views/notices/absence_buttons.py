"""Below the notice that a lead recorded somebody's absence: who is meant can undo it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.view import View
from bot.text.instants import known_zone
from bot.text.sentences import words

ABSENCES: Final = ("team.away_recorded", "team.away_recorded_from")


def absence_buttons(view: View, sentence: str, told: Mapping[str, Any]) -> tuple[Button, ...]:
    """It ends the present absence, or cancels those planned that begin on that day."""
    person = view.person(str(told["person"]))
    since = datetime.fromisoformat(str(told["since"]))
    teams = view.desk.teams_of(person)
    zone = known_zone(person.time_zone) or (teams[0].calendar.zone if teams else UTC)
    day = since.astimezone(zone).date()
    until = "back" if sentence == ABSENCES[0] else f"cancel {day.isoformat()}"
    label = words(view.language, "answers.button_not_away")
    return (Button(label=label, verb=verbs.AWAY, options={"until": until}),)
