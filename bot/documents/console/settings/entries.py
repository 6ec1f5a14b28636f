"""Teams, inboxes, rules and what else has a form: where they stand in the file, and what is asked."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.documents.console.settings.choice_list import DirectoryNames
from bot.documents.console.settings.condition_rows import condition_changes, new_condition
from bot.documents.console.settings.file_values import keyed, listed, text_in
from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind
from bot.documents.console.settings.forms.field_changes import changes_of, new_entry, remarks_on
from bot.documents.console.settings.forms.intake_forms import GOES_TO, INBOX, RULE
from bot.documents.console.settings.forms.team_form import TEAM
from bot.documents.console.settings.forms.time_forms import CALENDAR, POLICY, ROTA
from bot.documents.console.settings.forms.typed_values import EntryValues
from bot.domain.errors import Refused
from bot.domain.settings.file_change import AddEntry, FileChange, FileValue, SetValue, ValuePath
from bot.ports.console.settings_entries import EntryKind

RULES: Final = ("routing", "rules")
SECTIONS: Final = {
    EntryKind.TEAM: "teams",
    EntryKind.INBOX: "inboxes",
    EntryKind.CALENDAR: "calendars",
    EntryKind.ROTA: "rotas",
    EntryKind.POLICY: "sla_policies",
}
NAME: Final = EntryField(name="name", kind=EntryFieldKind.TEXT, is_required=True, is_kept=False)
OTHERS: Final = {EntryKind.CALENDAR: CALENDAR, EntryKind.ROTA: ROTA, EntryKind.POLICY: POLICY}


def fields_of(kind: EntryKind, *, is_new: bool) -> tuple[EntryField, ...]:
    match kind:
        case EntryKind.TEAM:
            return (replace(TEAM[0], is_required=True), *TEAM[1:]) if is_new else TEAM
        case EntryKind.INBOX:
            return (NAME, *INBOX, GOES_TO) if is_new else INBOX
        case EntryKind.RULE:
            return RULE
        case _:
            return (NAME, *OTHERS[kind]) if is_new else OTHERS[kind]


def path_of(kind: EntryKind, name: str, values: Mapping[str, Any]) -> ValuePath | None:
    """Where the entry stands; a rule by its place, since its name may change. None where it is not there."""
    if kind is EntryKind.RULE:
        places = (at for at, each in enumerate(rules_in(values)) if keyed(each).get("name") == name)
        place = next(places, None)
        return None if place is None else (*RULES, str(place))
    section = SECTIONS[kind]
    return (section, name) if name in keyed(values.get(section)) else None


def entry_at(path: ValuePath, values: Mapping[str, Any]) -> Mapping[str, Any]:
    if path[:2] == RULES:
        return keyed(rules_in(values)[int(path[2])])
    return keyed(keyed(values.get(path[0])).get(path[1]))


def rules_in(values: Mapping[str, Any]) -> list[Any]:
    return listed(keyed(values.get("routing")).get("rules"))


def entry_changes(
    kind: EntryKind,
    path: ValuePath,
    values: Mapping[str, Any],
    written: EntryValues,
    typed: Mapping[str, str],
    choices: DirectoryNames,
) -> list[FileChange]:
    """Of an entry that is there. The condition's first: what is around it may change where it stands."""
    entry, fields = entry_at(path, values), fields_of(kind, is_new=False)
    changes: list[FileChange] = []
    if kind is EntryKind.RULE:
        changes += condition_changes((*path, "when"), entry.get("when"), typed)
    changes += changes_of(fields, path, entry, written)
    return [*changes, *remarks_on(fields, path, changes, choices)]


def addition(
    kind: EntryKind,
    values: Mapping[str, Any],
    written: EntryValues,
    typed: Mapping[str, str],
    choices: DirectoryNames,
) -> list[FileChange]:
    """Raises Refused where there is one of that name."""
    fields = fields_of(kind, is_new=True)
    said = new_entry(fields, written)
    if kind is EntryKind.RULE:
        when = new_condition(typed)
        name = said.pop("name")
        _check_free(kind, text_in(name), values)
        rule = {"name": name, **({"when": when} if when else {}), **said}
        return [_added_rule(rule, values)]
    title = text_in(written.values["title" if kind is EntryKind.TEAM else "name"])
    name = key_of(title, otherwise=kind.value)
    _check_free(kind, name, values)
    path = (SECTIONS[kind], name)
    changes: list[FileChange] = [SetValue(path=path, value=said)]
    changes += remarks_on(fields, path, changes, choices)
    team = text_in(written.values.get("goes_to"))
    if kind is EntryKind.INBOX and team:
        rule_name = name if path_of(EntryKind.RULE, name, values) is None else f"{name}-inbox"
        _check_free(EntryKind.RULE, rule_name, values)
        changes.append(_added_rule({"name": rule_name, "when": {"inbox": name}, "team": team}, values))
    return changes


def key_of(title: str, *, otherwise: str) -> str:
    """A name for the file: `IT Service Desk` is `it-service-desk`."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", letters).strip("-") or otherwise


def _added_rule(rule: Mapping[str, FileValue], values: Mapping[str, Any]) -> AddEntry:
    """At the end, in front of those that take everything: behind them it would never match.

    What is for one inbox alone goes in front of the first that is for every inbox.
    """
    rules = rules_in(values)
    place = len(rules)
    when = keyed(rule.get("when"))
    if set(when) == {"inbox"}:
        general = (at for at, each in enumerate(rules) if not _is_of_inboxes(keyed(each).get("when")))
        place = next(general, place)
    elif when:
        while place and not keyed(rules[place - 1]).get("when"):
            place -= 1
    return AddEntry(path=RULES, value=rule, place=place if place < len(rules) else None)


def own_rule(inbox: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first rule that asks for this inbox and nothing else; empty where there is none."""
    found = (keyed(each) for each in rules_in(values))
    own = (each for each in found if set(keyed(each.get("when"))) == {"inbox"})
    return next((each for each in own if listed(keyed(each["when"])["inbox"]) == [inbox]), {})


def placed_rule(changes: Sequence[FileChange], values: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    """The name of the rule that is added, and those of the rules before it. None where none is."""
    added = next((each for each in changes if isinstance(each, AddEntry) and each.path == RULES), None)
    if added is None:
        return None
    before = [text_in(keyed(each).get("name")) for each in rules_in(values)[: added.place]]
    return text_in(keyed(added.value).get("name")), before


def added_at(changes: Sequence[FileChange], values: Mapping[str, Any]) -> ValuePath:
    """Where the first of the changes that add an entry puts it."""
    first = changes[0]
    if not isinstance(first, AddEntry):
        return first.path
    place = len(rules_in(values)) if first.place is None else first.place
    return (*first.path, str(place))


def _is_of_inboxes(when: Any) -> bool:  # noqa: ANN401
    """Whether a condition holds in inboxes that it names alone."""
    condition = keyed(when)
    return "inbox" in condition or any(_is_of_inboxes(each) for each in listed(condition.get("all")))


def _check_free(kind: EntryKind, name: str, values: Mapping[str, Any]) -> None:
    if path_of(kind, name, values) is not None:
        raise Refused("desk_forms.name_taken", name=name)


def naming(kind: EntryKind, name: str, values: Mapping[str, Any]) -> Iterator[ValuePath]:
    """Where the file names this team or inbox."""
    if kind is EntryKind.RULE:
        return
    own = (SECTIONS[kind], name)
    found = _naming(values, name, _NAMED_IN[kind], ())
    yield from (path for path in found if path[:2] != own)


_NAMED_IN: Final[Mapping[EntryKind, frozenset[str]]] = {
    EntryKind.TEAM: frozenset(
        {"team", "teams", "default_team", "transfer", "to", "from_replies"}
        | {"inside_hours_of", "outside_hours_of"}
    ),
    EntryKind.INBOX: frozenset({"inbox"}),
    EntryKind.CALENDAR: frozenset({"calendar", "union"}),
    EntryKind.ROTA: frozenset({"rota"}),
    EntryKind.POLICY: frozenset({"sla_policy"}),
}
"""Keys whose values are names of these."""
_KEYED_BY_TEAM: Final = frozenset({"agents", "leads"})
"""Keys of identity providers, under which each team has a key."""


def _naming(value: Any, name: str, keys: frozenset[str], path: ValuePath) -> Iterator[ValuePath]:  # noqa: ANN401
    if isinstance(value, Mapping):
        if "teams" in keys and path[-1:] and path[-1] in _KEYED_BY_TEAM and name in value:
            yield (*path, name)
        for key, each in value.items():
            yield from _naming(each, name, keys, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for at, each in enumerate(value):
            yield from _naming(each, name, keys, (*path, str(at)))
    elif value == name and any(step in keys for step in path[-2:]) and len(path) > 1:
        yield path


def readable(path: ValuePath, values: Mapping[str, Any]) -> tuple[str, str]:
    """A rule by its name, else the path: the key of a sentence and its fact."""
    if path[:2] == RULES and len(path) > 2:
        return "desk_forms.place_rule", text_in(keyed(rules_in(values)[int(path[2])]).get("name"))
    steps: Sequence[str] = [each for each in path if not each.isdigit()]
    return "desk_forms.place", ".".join(steps)
