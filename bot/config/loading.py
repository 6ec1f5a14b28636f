"""Reads `desk.yaml`: the document, the checks, and what it compiles to. A broken file changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config.checks.communities import crossings
from bot.config.checks.fields import impossible_conditions
from bot.config.checks.macros import impossible_macros
from bot.config.checks.views import impossible_views
from bot.config.compile.calendars import compile_calendars
from bot.config.compile.desk import compile_desk
from bot.config.compile.on_call import compile_duty
from bot.config.compile.workspace import compile_workspace
from bot.config.file.document import KeyPath, Plain, YamlDocument, read_document
from bot.config.file.field_types import (
    FIELD,
    FIELD_ANYWHERE,
    KEEPS_POSTS,
    LOOKED_UP,
    PRIVATE_THREADS,
    REQUIRED,
    SIGN_IN_KIND,
    SIGN_IN_PLATFORM,
    WEBHOOK,
    Names,
)
from bot.config.file.hours import AROUND_THE_CLOCK
from bot.config.file.problems import DeskFileError, Problem
from bot.config.platform_names import PlatformNames
from bot.config.schema.desk import DeskFile
from bot.config.schema.webhooks import unknown_webhooks
from bot.config.sound_part import ANY, SoundPart, sound_part
from bot.domain.calendars.calendar import Calendar
from bot.domain.desk import Desk
from bot.domain.sentence import sentence
from bot.domain.sessions.identity_provider import OPENID
from bot.domain.tickets.custom_field import CATEGORY, CAUSE, RESOLUTION, TIME
from bot.ports.platform import Capabilities
from bot.ports.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything a file says, in both shapes: as written (`file`, with lines) and compiled."""

    document: YamlDocument
    file: DeskFile
    desk: Desk
    workspace: Workspace
    names: PlatformNames
    remarks: tuple[Problem, ...] = ()
    """What of the files it names could not be used; the rest of it is in force."""

    @property
    def path(self) -> Path:
        return self.document.path

    def line_of(self, *location: str | int) -> int:
        return self.document.line_of(location)


class FaultyDesk(DeskFileError):
    """As `DeskFileError`. `rest` is what the file says without its faults, None where too little is left."""

    def __init__(
        self,
        document: YamlDocument,
        part: SoundPart,
        rest: Configuration | None,
        problems: Iterable[Problem],
        *,
        unchecked: Iterable[str],
    ) -> None:
        super().__init__(document.path, problems, unchecked=unchecked)
        self.rest = rest
        self._document = document
        self._part = part

    def hides(self, line: int) -> bool:
        """Whether what the rest says of this line may come of a fault: nothing of its section may be left out."""
        places = [at[:2] for at, found in self._document.lines.items() if at and found == line]
        return any(self._part.lacks((*at, ANY, ANY, ANY)) for at in places)


def load_desk(path: Path | str, platforms: Mapping[str, Capabilities]) -> Desk:
    """The desk in this file. Raises ConfigurationError with every problem of the file and its line."""
    return load_configuration(path, platforms).desk


def load_configuration(
    path: Path | str, platforms: Mapping[str, Capabilities], *, text: str | None = None
) -> Configuration:
    """The desk and the workspace in this file, with lines. Raises ConfigurationError like `load_desk`.

    `platforms` are those that there are, by name, whether this desk is on them or not. `text` is what the file is to
    say, instead of what it says now.
    """
    names = PlatformNames.of(platforms)
    document = read_document(Path(path), text)
    part = sound_part(document, lambda values: _names_in(values, names))
    problems = [*document.problems, *_repetitions(document), *part.problems]
    lines = {problem.line for problem in problems}
    webhooks = unknown_webhooks(document, platform=names.webhooks)
    problems += (problem for problem in webhooks if problem.line not in lines)
    unchecked = list(part.unchecked)
    configuration: Configuration | None = None
    if part.file is None:
        unchecked += [each for each in _CHECKED_AS_A_WHOLE if each in document.values]
    else:
        configuration, more = _compiled(document, part, part.file, names, now=datetime.now(UTC))
        problems += more
        unchecked += _hidden(document, part)
    if problems or configuration is None:
        raise FaultyDesk(document, part, configuration, problems, unchecked=unchecked)
    return configuration


def read_files_again(configuration: Configuration) -> Configuration:
    """The same `desk.yaml`, with iCalendar files and public holidays as they are now. Raises ConfigurationError."""
    document, file = configuration.document, configuration.file
    whole = SoundPart(file=file, problems=[])
    again, problems = _compiled(document, whole, file, configuration.names, now=datetime.now(UTC))
    if problems:
        raise DeskFileError(document.path, problems)
    return again


def _compiled(
    document: YamlDocument, part: SoundPart, file: DeskFile, names: PlatformNames, *, now: datetime
) -> tuple[Configuration, list[Problem]]:
    """What the file, which is this part of it, says; and what is wrong with that, though each value is sound."""
    folder = document.path.parent
    problems: list[Problem] = []
    for section, check in _CHECKS.items():
        problems += check(file, document) if not part.lacks(*_ASKED_BY[section]) else ()
    calendars, found = compile_calendars(file.calendars, folder=folder, year=now.year)
    duty = compile_duty(file, folder=folder, now=now, workspace=names.workspace)
    problems += (
        Problem(document.line_of(at), problem, at)
        for at, problem in [*found, *duty.problems]
        if not part.lacks((*at[:2], ANY, ANY, ANY))
    )
    unmade = {name: Calendar.around_the_clock(name=name) for name in file.calendars if name not in calendars}
    desk = compile_desk(
        file, folder=folder, calendars={**calendars, **unmade}, duty=duty, webhooks_on=names.webhooks
    )
    if not part.lacks(*_ASKED_BY["views"]):
        problems += impossible_views(file, document, desk, now=now)
    configuration = Configuration(
        document=document,
        file=file,
        desk=desk,
        workspace=compile_workspace(file, desk, platform=names.workspace),
        names=names,
        remarks=tuple(Problem(document.line_of(at), remark) for at, remark in duty.remarks),
    )
    return configuration, problems


_FIELDS: tuple[KeyPath, ...] = (
    ("fields", ANY, ANY, ANY),
    ("forms", ANY, ANY, ANY),
    ("inboxes", ANY, "fields"),
    ("teams", ANY, "fields"),
)
_ASKED_BY: Mapping[str, tuple[KeyPath, ...]] = {
    "communities": (
        ("communities", ANY, ANY),
        ("teams", ANY, "community"),
        ("inboxes", ANY, "community"),
        ("inboxes", ANY, "channel"),
    ),
    "fields": _FIELDS,
    "macros": _FIELDS,
    "views": (*_FIELDS, ("desk", "categories"), ("teams", ANY), ("inboxes", ANY)),
}
"""By the section that is checked as a whole, what is asked for that: where some of it is faulty, no check is fair."""
_CHECKS: Mapping[str, Callable[[DeskFile, YamlDocument], Iterator[Problem]]] = {
    "communities": crossings,
    "fields": impossible_conditions,
    "macros": impossible_macros,
}
_CHECKED_AS_A_WHOLE = (*_ASKED_BY, "calendars", "rotas", "absences")


def _hidden(document: YamlDocument, part: SoundPart) -> Iterator[str]:
    """Sections of which nobody could say whether they hold together."""
    return (
        section for section, paths in _ASKED_BY.items() if section in document.values and part.lacks(*paths)
    )


def _names_in(values: dict[str, Plain], platforms: PlatformNames) -> Names:
    """The names the file defines, as far as it can be read, so that unknown ones are found in one pass."""
    people = _keyed(values.get("people"))
    return {
        "team": frozenset(_keyed(values.get("teams"))),
        WEBHOOK: frozenset(_keyed(values.get("webhooks"))),
        PRIVATE_THREADS: platforms.with_private_threads,
        KEEPS_POSTS: platforms.keeping_posts,
        SIGN_IN_KIND: platforms.vouching | {OPENID},
        SIGN_IN_PLATFORM: platforms.with_people,
        "rota": frozenset(_keyed(values.get("rotas"))),
        "community": frozenset(_keyed(values.get("communities"))),
        "calendar": frozenset({*_keyed(values.get("calendars")), AROUND_THE_CLOCK}),
        "inbox": frozenset(_keyed(values.get("inboxes"))),
        "group": frozenset(_keyed(people.get("groups"))),
        "tier": frozenset(_keyed(people.get("tiers"))),
        FIELD: frozenset(_keyed(values.get("fields"))),
        FIELD_ANYWHERE: frozenset({CATEGORY, CAUSE, *_fields_anywhere(values)}),
        REQUIRED: frozenset({CATEGORY, CAUSE, RESOLUTION, TIME, *_fields_anywhere(values)}),
        LOOKED_UP: frozenset(name for _, name in _looked_up(values)),
        "category": frozenset(map(str, _listed(_keyed(values.get("desk")).get("categories")))),
        "sla_policy": frozenset(_keyed(values.get("sla_policies"))),
        "escalation_policy": frozenset(_keyed(values.get("escalation_policies"))),
    }


def _repetitions(document: YamlDocument) -> Iterator[Problem]:
    """Names and channels that may stand only once but stand twice."""
    values = document.values
    rules = _listed(_keyed(values.get("routing")).get("rules"))
    yield from _repeated("rule", _entries(rules, "name", ("routing", "rules")), document)
    for place in _field_places(values):
        yield from _repeated("field", _placed(place, values), document)
    for name, policy in _keyed(values.get("sla_policies")).items():
        variants = _listed(_keyed(policy).get("variants"))
        at = ("sla_policies", name, "variants")
        yield from _repeated("variant", _entries(variants, "name", at), document)
    yield from _repeated("lookup_field", _looked_up(values), document)
    people = _listed(_keyed(values.get("workspace")).get("people"))
    yield from _repeated("person", _entries(people, "id", ("workspace", "people")), document)
    yield from _repeated("channel", _own_channels(values), document)
    yield from _repeated("former_team", _former_teams(values), document)


def _field_places(values: dict[str, Plain]) -> Iterator[KeyPath]:
    """Where fields are listed."""
    for category, form in _keyed(values.get("forms")).items():
        yield ("forms", category) if isinstance(form, list) else ("forms", category, "fields")
    for section in ("inboxes", "teams"):
        yield from ((section, name, "fields") for name in _keyed(values.get(section)))


def _placed(place: KeyPath, values: dict[str, Plain]) -> Iterator[tuple[KeyPath, Plain]]:
    """The names of the fields that are listed there, where each is written."""
    listed: Plain = values
    for step in place:
        listed = _keyed(listed).get(str(step))
    for at, entry in enumerate(_listed(listed)):
        if isinstance(entry, str):
            yield (*place, at), entry
        else:
            yield (*place, at, "name"), _keyed(entry).get("name")


def _looked_up(values: dict[str, Plain]) -> Iterator[tuple[KeyPath, str]]:
    """The facts that look-ups bring; rules ask for them by name, so no two look-ups have one of the same."""
    for lookup, section in _keyed(values.get("lookups")).items():
        for name in _keyed(_keyed(section).get("fields")):
            yield ("lookups", lookup, "fields", name), name


def _fields_anywhere(values: dict[str, Plain]) -> Iterator[str]:
    """Names of fields, wherever they are defined."""
    yield from _keyed(values.get("fields"))
    for place in _field_places(values):
        yield from (name for _, name in _placed(place, values) if isinstance(name, str))


def _entries(entries: list[Plain], key: str, location: KeyPath) -> Iterator[tuple[KeyPath, Plain]]:
    for at, entry in enumerate(entries):
        yield (*location, at, key), _keyed(entry).get(key)


def _own_channels(values: dict[str, Plain]) -> Iterator[tuple[KeyPath, Plain]]:
    """The channels of inboxes and teams: each has one purpose, or nobody could tell a request from talk."""
    for section in ("inboxes", "teams"):
        for name, each in _keyed(values.get(section)).items():
            yield (section, name, "channel"), _keyed(each).get("channel")


def _former_teams(values: dict[str, Plain]) -> Iterator[tuple[KeyPath, Plain]]:
    """What teams were called: the tickets of each name are one team's."""
    for name, each in _keyed(values.get("teams")).items():
        was = _keyed(each).get("was")
        if isinstance(was, str):
            yield ("teams", name, "was"), was
        yield from ((("teams", name, "was", at), former) for at, former in enumerate(_listed(was)))


def _repeated(kind: str, found: Iterable[tuple[KeyPath, Plain]], document: YamlDocument) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for location, value in found:
        if not isinstance(value, str):
            continue
        line = document.line_of(location)
        if value in first:
            earlier = str(first[value])
            yield Problem(line, sentence(f"configuration.repeated_{kind}", name=value, line=earlier))
        first.setdefault(value, line)


def _keyed(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []
