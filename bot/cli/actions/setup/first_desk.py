"""A first `desk.yaml`, short and with comments, and the lines of `.env` that go with it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

import bot.config
from bot.cli.actions.setup.answers import key_of
from bot.config.file.yaml_text import inline, scalar
from bot.ports.first_look import Choice

ASKERS: Final = {"ana": "Ana Alves", "eva": "Eva Ek"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDesk:
    """What was answered. `people` are those of the page, by their ids; elsewhere there are none."""

    name: str
    prefix: str
    inbox: Choice
    team_channel: Choice
    escalation_channel: Choice
    team: str
    members: Sequence[Choice]
    lead: Choice
    week: str
    zone: str
    has_page: bool

    def text(self) -> str:
        filled = _template("first_desk").substitute(
            desk=scalar(self.name),
            prefix=self.prefix,
            inbox_key=scalar(key_of(self.inbox.name, otherwise="help")),
            inbox_channel=scalar(self.inbox.reference),
            inbox_name=self.inbox.name,
            team_key=scalar(key_of(self.team, otherwise="support")),
            team=scalar(self.team),
            team_channel=scalar(self.team_channel.reference),
            team_channel_name=self.team_channel.name,
            escalation_channel=scalar(self.escalation_channel.reference),
            escalation_name=self.escalation_channel.name,
            members=", ".join(scalar(each.reference) for each in self.members),
            lead=scalar(self.lead.reference),
            week=self.week,
            zone=self.zone,
        )
        return filled + self._workspace() if self.has_page else filled

    def _workspace(self) -> str:
        everybody = {each.reference: each for each in (*self.members, self.lead)}
        people = "".join(f"    - {inline(self._person(each))}\n" for each in everybody.values())
        return _template("first_workspace").substitute(asker=inline(_asker(everybody))) + people

    def _person(self, person: Choice) -> Mapping[str, str]:
        role = "lead" if person.reference == self.lead.reference else "agent"
        return {"id": person.reference.partition(":")[2], "name": person.name, "role": role}


def dotenv_text(before: str, values: Mapping[str, str]) -> str:
    """The file with these values: in the lines that have them, or in place of their comments, else at its end."""
    lines, left = before.splitlines(), dict(values)
    for commented in (False, True):
        for number, line in enumerate(lines):
            name = _name_in(line, commented=commented)
            if name in left:
                lines[number] = f"{name}={left.pop(name)}"
    return "\n".join([*lines, *(f"{name}={value}" for name, value in left.items())]) + "\n"


def _name_in(line: str, *, commented: bool) -> str:
    found = re.match(r"\s*#?(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=", line)
    return found[1] if found and line.lstrip().startswith("#") is commented else ""


def _asker(taken: Collection[str]) -> Mapping[str, str]:
    """Somebody whose id nobody of the team has."""
    taken_ids = {each.partition(":")[2] for each in taken}
    free = ({"id": key, "name": name} for key, name in ASKERS.items() if key not in taken_ids)
    return next(free, {"id": key_of("Sam Body", otherwise="", taken=taken_ids), "name": "Sam Body"})


def _template(name: str) -> Template:
    path = Path(bot.config.__file__).with_name(f"{name}.yaml.template")
    return Template(path.read_text(encoding="utf-8"))
