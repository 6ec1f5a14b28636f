"""Rotas and absences of a checked file, with what their iCalendar files add.

A file that cannot be read, or exceptions that contradict one another, are problems. An event that names nobody is
only remarked on, since others write those files: it must not keep the desk from starting.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config.compile.attendees import Attendees
from bot.config.file.document import KeyPath
from bot.config.file.icalendar_files import Appointment, UnreadableCalendar, read_appointments
from bot.config.schema.desk import DeskFile
from bot.config.schema.on_call import RotaSection
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Rota, Shift
from bot.domain.sentence import Fact, Sentence, sentence

YEARS_BACK = 1
YEARS_AHEAD = 2
"""Years before and after the present one whose events are read; a reload and each day move them on."""

Remark = tuple[KeyPath, Sentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """`remarks` are worth pointing at; with `problems` the file cannot be used."""

    rotas: dict[str, Rota]
    absences: tuple[Absence, ...]
    problems: tuple[Remark, ...]
    remarks: tuple[Remark, ...]


def compile_duty(file: DeskFile, *, folder: Path, now: datetime, workspace: str) -> Duty:
    """Rotas and absences; what was over before last year is left out.

    `folder` is where iCalendar files are looked for; `workspace` is the platform whose people the file lists.
    """
    compiling = _OnCallCompiler(file, folder=folder, now=now, workspace=workspace)
    rotas = {name: each for name in file.rotas if (each := compiling.rota(name)) is not None}
    absences = tuple(compiling.absences())
    return Duty(
        rotas=rotas,
        absences=absences,
        problems=tuple(compiling.problems),
        remarks=tuple(compiling.remarks),
    )


class _OnCallCompiler:
    def __init__(self, file: DeskFile, *, folder: Path, now: datetime, workspace: str) -> None:
        self.problems: list[Remark] = []
        self.remarks: list[Remark] = []
        self._file = file
        self._folder = folder
        self._years = range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1)
        self._people = Attendees(file, workspace=workspace)

    def rota(self, name: str) -> Rota | None:
        """None where nobody is in it; that is a problem once noted."""
        section, location = self._file.rotas[name], ("rotas", name)
        shifts = list(self._exceptions(section, location))
        for at, file in enumerate(section.ical):
            shifts += [
                Shift(person=person, begins=each.starts.astimezone(UTC), ends=each.ends.astimezone(UTC))
                for person, each in self._events((*location, "ical", at), file, section.zone)
            ]
        if section.people or shifts:
            return section.compiled(name, shifts=shifts)
        if not any(where[:2] == location for where, _ in self.problems):
            since, until = str(self._years[0]), str(self._years[-1])
            unnamed = sentence("configuration.rota_unnamed", rota=name, since=since, until=until)
            self.problems.append(((*location, "ical"), unnamed))
        return None

    def absences(self) -> Iterator[Absence]:
        section = self._file.absences
        for at, each in enumerate(section.people):
            since, until = (moment.on(section.zone, clock=time()) for moment in (each.since, each.back))
            if since >= until:
                location = ("absences", "people", at, "back")
                self.problems.append((location, sentence("configuration.back_too_early", person=each.person)))
                continue
            yield Absence(person=each.person, since=since, until=until, reason=each.reason)
        for at, file in enumerate(section.ical):
            for person, event in self._events(("absences", "ical", at), file, section.zone):
                # What somebody calls their absence is nobody's business here.
                yield Absence(
                    person=person, since=event.starts.astimezone(UTC), until=event.ends.astimezone(UTC)
                )

    def _exceptions(self, section: RotaSection, location: KeyPath) -> Iterator[Shift]:
        earlier: list[Shift] = []
        for at, each in enumerate(section.exceptions):
            where = (*location, "exceptions", at)
            begins, ends = (m.on(section.zone, clock=section.clock) for m in (each.begins, each.ends))
            shift = Shift(person=each.person, begins=begins, ends=ends)
            if begins >= ends:
                self.problems.append(((*where, "until"), sentence("configuration.exception_backwards")))
            for other in (e for e in earlier if e.begins < ends and begins < e.ends):
                overlap = sentence("configuration.exception_overlaps", person=other.person)
                self.problems.append((where, overlap))
            earlier.append(shift)
            yield shift

    def _events(self, location: KeyPath, file: str, zone: ZoneInfo) -> Iterator[tuple[str, Appointment]]:
        try:
            appointments = read_appointments(self._folder / file, zone=zone, years=self._years)
        except UnreadableCalendar as error:
            self.problems.append((location, error.sentence))
            return
        found = [(self._people.named_by(each), each) for each in appointments if each.starts < each.ends]
        yield from ((person, each) for person, each in found if person is not None)
        self._remark_on(location, file, [each for person, each in found if person is None])

    def _remark_on(self, location: KeyPath, file: str, unclear: Sequence[Appointment]) -> None:
        if not unclear:
            return
        first, more = unclear[0], len(unclear) - 1
        facts: dict[str, Fact] = {
            "file": file,
            "title": first.summary[:60] or sentence("configuration.untitled"),
            "day": f"{first.starts:%Y-%m-%d}",
        }
        key = "configuration.events_unclear" if more else "configuration.event_unclear"
        self.remarks.append((location, Sentence(key, facts | {"count": more} if more else facts)))
