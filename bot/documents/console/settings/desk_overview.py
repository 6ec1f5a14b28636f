"""The desk as its file configures it: teams, inboxes, and rules in their order, with names that people know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.console.settings.choice_list import DirectoryNames
from bot.documents.console.settings.condition_rows import told
from bot.documents.console.settings.entries import OTHERS, SECTIONS, own_rule, rules_in
from bot.documents.console.settings.file_values import is_yes, keyed, listed, text_in, value_at
from bot.documents.console.settings.forms.entry_field import EntryFieldKind
from bot.documents.console.settings.forms.typed_values import label_of, said_values
from bot.domain.directory import Takes
from bot.ports.console.settings_entries import EntryKind
from bot.ports.settings_file import CheckedText
from bot.text.sentences import words


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    name: str
    title: str
    channel: str
    escalation_channel: str
    agents: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """`team` is empty where the rules decide. `notes` say how it takes requests.

    `rule` is the name of the rule for it alone; `is_sure`: it is the one that decides.
    """

    name: str
    title: str
    channel: str
    team: str
    notes: tuple[str, ...]
    rule: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """`matches` are keys and values of its condition, none where it takes everything; `sends` is what it does."""

    name: str
    is_any: bool
    matches: tuple[tuple[str, str], ...]
    team: str
    sends: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLine:
    """Hours, a rota or a policy: what it says by the labels of its form."""

    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOverview:
    """`over` is the digest of the file."""

    over: str
    teams: tuple[TeamLine, ...]
    inboxes: tuple[InboxLine, ...]
    rules: tuple[RuleLine, ...]
    default_team: str
    others: Mapping[str, tuple[OtherLine, ...]]
    """By the kind of their forms."""


def overview_of(
    found: CheckedText, *, over: str, choices: DirectoryNames, people: Mapping[str, str], language: str
) -> DeskOverview:
    """`people` are names of those whom no platform lists, by their keys."""
    values = found.sections
    titles = {
        name: text_in(keyed(each).get("title")) or name for name, each in keyed(values["teams"]).items()
    }
    default = text_in(keyed(values["routing"]).get("default_team"))

    def named(references: Any) -> tuple[str, ...]:  # noqa: ANN401
        return tuple(_named(str(each), choices, people) for each in listed(references))

    def inbox(name: str, section: Mapping[str, Any]) -> InboxLine:
        only, rule = found.desk.router.only_team(name), own_rule(name, values)
        team = text_in(rule.get("team")) if rule and only is None else only
        return InboxLine(
            name=name,
            title=text_in(section.get("title")) or name,
            channel=choices.channels.label_of(text_in(section.get("channel"))),
            team=titles.get(team, team) if team is not None else "",
            notes=tuple(_notes(section, language)),
            rule=text_in(rule.get("name")),
            is_sure=only is not None,
        )

    return DeskOverview(
        over=over,
        teams=tuple(
            TeamLine(
                name=name,
                title=titles[name],
                channel=choices.channels.label_of(text_in(section.get("channel"))),
                escalation_channel=choices.channels.label_of(text_in(section.get("escalation_channel"))),
                agents=named(section.get("agents")),
                leads=named(section.get("leads")),
            )
            for name, section in keyed(values["teams"]).items()
        ),
        inboxes=tuple(inbox(name, keyed(each)) for name, each in keyed(values.get("inboxes")).items()),
        rules=tuple(_rule(keyed(each), titles, default, language) for each in rules_in(values)),
        default_team=titles.get(default, default),
        others={str(kind): tuple(_others(kind, values, choices, people, language)) for kind in OTHERS},
    )


def people_in(values: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the people whom teams name."""
    sections = (*keyed(values.get("teams")).values(), *keyed(values.get("rotas")).values())
    keys = ("agents", "leads", "people")
    found = (str(each) for section in sections for key in keys for each in listed(keyed(section).get(key)))
    return frozenset(each for each in found if ":" in each and ":@" not in each)


def _others(
    kind: EntryKind,
    values: Mapping[str, Any],
    choices: DirectoryNames,
    people: Mapping[str, str],
    language: str,
) -> Iterator[OtherLine]:
    for name, section in keyed(values.get(SECTIONS[kind])).items():
        facts = []
        for each in OTHERS[kind]:
            value = value_at(section, each.path)
            parts = [f"{key}: {text_in(said)}" for key, said in keyed(value).items()]
            said_here = said_values(each, section) if each.columns else map(str, listed(value))
            parts = parts or [_named(said, choices, people) for said in said_here]
            if parts and not (each.group and each.kind is EntryFieldKind.BOXES):
                facts.append((label_of(each, language), ", ".join(parts)))
        yield OtherLine(name=name, facts=tuple(facts))


def _named(reference: str, choices: DirectoryNames, people: Mapping[str, str]) -> str:
    if choices.people.knows(reference):
        return choices.people.label_of(reference)
    return people.get(reference, reference)


def _notes(section: Mapping[str, Any], language: str) -> Sequence[str]:
    takes = text_in(section.get("takes"))
    notes = [] if takes in ("", Takes.EVERY_MESSAGE) else [words(language, f"desk_forms.takes_{takes}")]
    flags = [each for each in ("private", "ask_first", "bots") if is_yes(section.get(each))]
    return [*notes, *(words(language, f"desk_forms.label_{each}") for each in flags)]


def _rule(rule: Mapping[str, Any], titles: Mapping[str, str], default: str, language: str) -> RuleLine:
    is_any, matches = told(rule.get("when"))
    team = text_in(rule.get("team")) or default
    priority = text_in(rule.get("priority"))
    sends = [words(language, f"terms.priority_{priority}")] if priority else []
    sends += [words(language, "desk_forms.label_private")] if is_yes(rule.get("private")) else []
    sends += [f"#{each}" for each in listed(rule.get("tags"))]
    return RuleLine(
        name=text_in(rule.get("name")),
        is_any=is_any,
        matches=tuple(
            (words(language, f"desk_forms.key_{key}") if key else "", said) for key, said in matches
        ),
        team=titles.get(team, team),
        sends=tuple(sends),
    )
