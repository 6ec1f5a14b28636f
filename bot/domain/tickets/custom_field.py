"""What tickets hold besides their words: a desk's custom fields, where each is asked, and what resolving needs.

A value is text in one canonical form whatever the field's kind, so that values can be compared, filtered and counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Protocol

CATEGORY = "category"
"""The name under which a ticket's fields hold its category."""
CAUSE = "cause"
"""What `required_to_resolve` may name without its being defined: what the trouble came from, for agents to say."""
RESOLUTION = "resolution"
"""What `required_to_resolve` may name though it is no field: the words with which a ticket is resolved."""
TIME = "time"
"""What `required_to_resolve` may name: time logged on the ticket. A custom field of that name comes before it."""
YES, NO = "yes", "no"
"""The values of a field that is answered with one of them."""
LONGEST_ANSWER = 3_000
"""Characters; as much as Slack's text inputs take: https://docs.slack.dev/reference/block-kit/block-elements"""


class FieldKind(StrEnum):
    """What a value is.

    In canonical form numbers are as in `1234.5`, dates as in `2026-03-02`, people are their keys, yes and no `yes`
    and `no`, and several choices or people stand a line each.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    PEOPLE = "people"
    DATE = "date"
    YES_NO = "yes_no"

    @property
    def is_chosen(self) -> bool:
        return self in (FieldKind.CHOICE, FieldKind.CHOICES)

    @property
    def is_somebody(self) -> bool:
        return self in (FieldKind.PERSON, FieldKind.PEOPLE)

    @property
    def holds_several(self) -> bool:
        return self in (FieldKind.CHOICES, FieldKind.PEOPLE)


class FieldReaders(StrEnum):
    """Who fills a field in and reads it: the requester and the agents, or the agents alone."""

    REQUESTER = "requester"
    AGENTS = "agents"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """One field of a desk; `choices` are for the kinds that are chosen, `labels` are by language.

    `choice_labels` are what people read in place of a choice: by choice, then by language.
    """

    name: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    kind: FieldKind = FieldKind.TEXT
    readers: FieldReaders = FieldReaders.REQUESTER
    is_required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    def label_in(self, language: str) -> str:
        return self.labels.get(language, self.label)

    def choice_in(self, choice: str, language: str) -> str:
        return self.choice_labels.get(choice, {}).get(language, choice)

    @property
    def is_for_agents(self) -> bool:
        return self.readers is FieldReaders.AGENTS


class HasFields(Protocol):
    """A ticket, as far as its fields depend on it."""

    team: str
    inbox: str | None
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomFields:
    """A desk's custom fields, in the order of its file; what is asked in several places is asked once."""

    category: CustomField | None = None
    """The category as a field to be set; None for a desk without categories."""
    defined: Mapping[str, CustomField] = field(default_factory=dict)
    """Those that are defined by themselves, by name."""
    by_category: Mapping[str, tuple[CustomField, ...]] = field(default_factory=dict)
    by_inbox: Mapping[str, tuple[CustomField, ...]] = field(default_factory=dict)
    by_team: Mapping[str, tuple[CustomField, ...]] = field(default_factory=dict)
    required_by_category: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of what a ticket needs before it is resolved; like `required_by_team`."""
    required_by_team: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def category_in(self, category: str, language: str) -> str:
        """As people read it; one that the desk no longer has stays as it is."""
        return self.category.choice_in(category, language) if self.category is not None else category

    @property
    def are_asked_by_category(self) -> bool:
        """Whether the form for requests begins with the category."""
        return any(not each.is_for_agents for each in chain.from_iterable(self.by_category.values()))

    def asked(self, *, category: str, inbox: str | None) -> tuple[CustomField, ...]:
        """What the form asks a requester besides the request."""
        found = (*self.by_category.get(category, ()), *self.by_inbox.get(inbox or "", ()))
        return _once(each for each in found if not each.is_for_agents)

    def of(self, ticket: HasFields) -> tuple[CustomField, ...]:
        """All that can be filled in on this ticket, the category first."""
        found = (
            *((self.category,) if self.category is not None else ()),
            *self.by_category.get(ticket.fields.get(CATEGORY, ""), ()),
            *self.by_inbox.get(ticket.inbox or "", ()),
            *self.by_team.get(ticket.team, ()),
            *(each for name in self.required_of(ticket) if (each := self.defined.get(name)) is not None),
        )
        return _once(found)

    def called(self, name: str, ticket: HasFields) -> CustomField | None:
        """By its name: as the ticket has it, else as the desk does; None for one that is no more."""
        return next((each for each in self.of(ticket) if each.name == name), None) or self.definition(name)

    def definition(self, name: str) -> CustomField | None:
        """By its name, whatever ticket it is about; where places define it apart, the first."""
        return next((each for each in self.every() if each.name == name), None)

    def every(self) -> tuple[CustomField, ...]:
        """All that the desk has anywhere, the category first; where places define one apart, the first."""
        places = (self.by_category, self.by_inbox, self.by_team)
        placed = chain.from_iterable(fields for each in places for fields in each.values())
        return _once(chain((self.category,) if self.category else (), self.defined.values(), placed))

    def required_of(self, ticket: HasFields) -> tuple[str, ...]:
        """Names of what it needs before it is resolved, `resolution` perhaps among them."""
        required = (
            *self.required_by_category.get(ticket.fields.get(CATEGORY, ""), ()),
            *self.required_by_team.get(ticket.team, ()),
        )
        return tuple(dict.fromkeys(required))


def _once(fields: Iterable[CustomField]) -> tuple[CustomField, ...]:
    """The first of each name."""
    found: dict[str, CustomField] = {}
    for each in fields:
        found.setdefault(each.name, each)
    return tuple(found.values())
