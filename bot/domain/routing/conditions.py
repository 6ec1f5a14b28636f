"""What a routing rule may ask of a request. A condition answers yes or no, and says in words what it found.

Each also names its leads: facts of which at least one must be present for it to hold. The rule index
uses them to pass over rules that cannot match, so a condition that names too few would be lost, while
`None` (no such facts) is always safe.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol, Self

import re2

from bot.domain.calendars.calendar import Calendar
from bot.domain.normalised_text import normalised
from bot.domain.routing.pattern_scan import re2_options
from bot.domain.routing.request import Facts, Lead


class Condition(Protocol):
    """One question about a request; equal conditions hold for the same requests."""

    def holds(self, facts: Facts) -> bool: ...

    def why(self, facts: Facts, *, holds: bool) -> str:
        """What was found when it holds, what was missing when it does not; no sentence, no full stop."""
        ...

    def leads(self) -> frozenset[Lead] | None:
        """Facts of which at least one is present whenever this holds; None when there are no such facts."""
        ...


@dataclass(frozen=True, slots=True)
class Always:
    """The condition of a rule that has none."""

    def holds(self, facts: Facts) -> bool:  # noqa: ARG002
        return True

    def why(self, facts: Facts, *, holds: bool) -> str:  # noqa: ARG002
        return "it takes everything"

    def leads(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Words:
    """One of these words or phrases stands in the text, as whole words. Entries are normalised."""

    entries: tuple[str, ...]

    @classmethod
    def of(cls, *entries: str) -> Self:
        """Raises ValueError for an entry without a letter or digit: it could never match."""
        normal = tuple(dict.fromkeys(normalised(entry) for entry in entries))
        if not all(normal):
            raise ValueError("a word needs at least one letter or digit")
        return cls(normal)

    def holds(self, facts: Facts) -> bool:
        return any(_is_said(entry, facts) for entry in self.entries)

    def why(self, facts: Facts, *, holds: bool) -> str:
        if holds:
            found = [entry for entry in self.entries if _is_said(entry, facts)]
            return f"the {'word' if len(found) == 1 else 'words'} {_listed(found)}"
        if len(self.entries) == 1:
            return f"the text does not say {_listed(self.entries)}"
        return f"the text says none of {_listed(self.entries)}"

    def leads(self) -> frozenset[Lead]:
        return frozenset(("word", max(entry.split(), key=len)) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Pattern:
    """An RE2 pattern is found in the text as written; letter case counts only after `(?-i)`."""

    pattern: str
    compiled: Any = field(compare=False, repr=False)

    @classmethod
    def of(cls, pattern: str) -> Self:
        """Raises ValueError, saying what RE2 does not like."""
        try:
            return cls(pattern, re2.compile(pattern, re2_options()))
        except re2.error as error:
            raise ValueError(_re2_complaint(error)) from None

    def holds(self, facts: Facts) -> bool:
        return self.compiled.search(facts.text) is not None

    def why(self, facts: Facts, *, holds: bool) -> str:  # noqa: ARG002
        found = self.compiled.search(facts.text)
        if found is None:
            return f"the text does not match `{_shortened(self.pattern)}`"
        return f"the pattern found “{_shortened(found.group(0))}”"

    def leads(self) -> frozenset[Lead]:
        return frozenset({("pattern", self.pattern)})


@dataclass(frozen=True, slots=True)
class FromInbox:
    """It came in through one of these inboxes."""

    names: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.request.inbox in self.names

    def why(self, facts: Facts, *, holds: bool) -> str:
        inbox = facts.request.inbox
        here = "it came in elsewhere than at an inbox" if inbox is None else f"the inbox is `{inbox}`"
        return f"the inbox `{inbox}`" if holds else f"{here}, not {_named(self.names)}"

    def leads(self) -> frozenset[Lead]:
        return frozenset(("inbox", name) for name in self.names)


@dataclass(frozen=True, slots=True)
class FromPlatform:
    """It came from one of these platforms."""

    names: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.request.platform in self.names

    def why(self, facts: Facts, *, holds: bool) -> str:
        platform = facts.request.platform
        return (
            f"the platform `{platform}`"
            if holds
            else f"the platform is `{platform}`, not {_named(self.names)}"
        )

    def leads(self) -> frozenset[Lead]:
        return frozenset(("platform", name) for name in self.names)


@dataclass(frozen=True, slots=True)
class Requester:
    """One of these people asks: person keys, or e-mail addresses in lower case."""

    references: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.request.person.answers_to(self.references)

    def why(self, facts: Facts, *, holds: bool) -> str:
        person = facts.request.person
        return (
            f"{person.name} asks"
            if holds
            else f"{person.name} (`{person.key}`) asks, not {_named(self.references)}"
        )

    def leads(self) -> None:
        return None  # an e-mail address answers to any letter case, so it is no plain fact


@dataclass(frozen=True, slots=True)
class Group:
    """A member of this group asks: one the platform says, or one listed in `desk.yaml`."""

    name: str
    members: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        person = facts.request.person
        return self.name in person.groups or person.answers_to(self.members)

    def why(self, facts: Facts, *, holds: bool) -> str:
        who = facts.request.person.name
        return f"{who} is in the group `{self.name}`" if holds else f"{who} is not in the group `{self.name}`"

    def leads(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Tier:
    """Somebody of this tier asks: as the platform says, or as listed in `desk.yaml`."""

    name: str
    members: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        person = facts.request.person
        return person.tier == self.name or person.answers_to(self.members)

    def why(self, facts: Facts, *, holds: bool) -> str:
        who = facts.request.person.name
        return f"{who} has the tier `{self.name}`" if holds else f"{who} does not have the tier `{self.name}`"

    def leads(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class FormField:
    """A form field, such as `category`, has one of these values; compared as words."""

    name: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, name: str, *values: str) -> Self:
        return cls(name, tuple(dict.fromkeys(normalised(value) for value in values)))

    def holds(self, facts: Facts) -> bool:
        return facts.fields.get(self.name) in self.values

    def why(self, facts: Facts, *, holds: bool) -> str:
        value = facts.request.fields.get(self.name)
        if holds:
            return f"the {self.name} “{value}”"
        if value is None:
            return f"no {self.name} was given"
        return f"the {self.name} is “{_shortened(value)}”, not {_listed(self.values)}"

    def leads(self) -> frozenset[Lead]:
        return frozenset((f"field {self.name}", value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Language:
    """The text is written in one of these languages (ISO 639-1 codes)."""

    codes: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.language in self.codes

    def why(self, facts: Facts, *, holds: bool) -> str:
        if holds:
            return f"the language `{facts.language}`"
        seen = f"is `{facts.language}`" if facts.language else "cannot be told for sure"
        return f"the language {seen}, not {_named(self.codes)}"

    def leads(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Hours:
    """It is inside (or, with `is_inside` false, outside) the working hours of a team."""

    team: str
    calendar: Calendar = field(compare=False, repr=False)
    is_inside: bool

    def holds(self, facts: Facts) -> bool:
        return self.calendar.is_open(facts.request.at) is self.is_inside

    def why(self, facts: Facts, *, holds: bool) -> str:  # noqa: ARG002
        return f"it is {'inside' if self.is_inside is holds else 'outside'} the hours of `{self.team}`"

    def leads(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of them holds."""

    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return all(condition.holds(facts) for condition in self.conditions)

    def why(self, facts: Facts, *, holds: bool) -> str:
        telling = [each for each in self.conditions if holds or not each.holds(facts)]
        return " and ".join(each.why(facts, holds=holds) for each in telling)

    def leads(self) -> frozenset[Lead] | None:
        known = [leads for each in self.conditions if (leads := each.leads()) is not None]
        return min(known, key=_commonness, default=None)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them holds."""

    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool:
        return any(condition.holds(facts) for condition in self.conditions)

    def why(self, facts: Facts, *, holds: bool) -> str:
        telling = [each for each in self.conditions if not holds or each.holds(facts)]
        return (" and " if holds else "; ").join(each.why(facts, holds=holds) for each in telling)

    def leads(self) -> frozenset[Lead] | None:
        every = [each.leads() for each in self.conditions]
        known = [leads for leads in every if leads is not None]
        return frozenset().union(*known) if len(known) == len(every) else None


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    condition: Condition

    def holds(self, facts: Facts) -> bool:
        return not self.condition.holds(facts)

    def why(self, facts: Facts, *, holds: bool) -> str:
        found = self.condition.why(facts, holds=not holds)
        return found if holds else f"unwanted: {found}"

    def leads(self) -> None:
        return None


def _is_said(entry: str, facts: Facts) -> bool:
    return f" {entry} " in facts.sentence if " " in entry else entry in facts.words


def _commonness(leads: frozenset[Lead]) -> tuple[bool, int]:
    """Sorts facts that many requests share (where it came in) after those that few do."""
    return any(kind in ("inbox", "platform") for kind, _ in leads), len(leads)


def _re2_complaint(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _listed(entries: tuple[str, ...] | list[str], *, limit: int = 5) -> str:
    quoted = ", ".join(f"“{entry}”" for entry in entries[:limit])
    return f"{quoted} and {len(entries) - limit} more" if len(entries) > limit else quoted


def _named(names: frozenset[str]) -> str:
    return " or ".join(f"`{name}`" for name in sorted(names))


def _shortened(text: str, *, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
