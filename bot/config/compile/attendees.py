"""Whom an appointment is about: its attendee, or whoever its title names."""

import re
from collections.abc import Iterator

from bot.config.file.icalendar_files import Appointment
from bot.config.schema.desk import DeskFile
from bot.domain.directory import is_group

_ADDRESS = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+\.[^\s<>()\[\],;:]+")
_KEY = re.compile(r"\b[a-z]+:[A-Za-z0-9_-]+")


class Attendees:
    """The people whom a configuration knows, by all that an appointment might call them."""

    def __init__(self, file: DeskFile, *, workspace: str) -> None:
        """`workspace` is the name of the platform whose people `workspace` lists."""
        self._known = frozenset(_references(file, workspace))
        # Only the platform knows who is in a group: where there are some, any address may be an agent's.
        self._knows_all = not any(map(is_group, self._known))
        self._by_name = {
            re.compile(rf"(?<!\w){re.escape(each.name)}(?!\w)", re.IGNORECASE): f"{workspace}:{each.id}"
            for each in sorted(file.workspace.people, key=lambda each: -len(each.name))
        }

    def named_by(self, appointment: Appointment) -> str | None:
        """A reference as in `desk.yaml`; None where nobody whom the configuration knows is named.

        The title goes before attendees, among whom is often the one who wrote the event.
        """
        title = appointment.summary
        written = [*(each.lower() for each in _ADDRESS.findall(title)), *_KEY.findall(title)]
        for reference in (*written, *appointment.attendees):
            if reference in self._known:
                return str(reference)
        if not self._knows_all and (unknown := [*written, *appointment.attendees]):
            return str(unknown[0])
        return next((key for name, key in self._by_name.items() if name.search(title)), None)


def _references(file: DeskFile, workspace: str) -> Iterator[str]:
    for team in file.teams.values():
        yield from (*team.agents, *team.leads)
    for rota in file.rotas.values():
        yield from rota.people
        yield from (each.person for each in rota.exceptions)
    yield from (each.person for each in file.absences.people)
    for person in file.workspace.people:
        yield f"{workspace}:{person.id}"
        if person.email:
            yield person.email.lower()
    for members in (*file.people.groups.values(), *file.people.tiers.values()):
        yield from members
