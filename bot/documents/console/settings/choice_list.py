"""Channels, people and groups by the names that people know, and what `desk.yaml` calls them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.errors import Refused
from bot.ports.first_look import Choice, FirstLook

MOST_OFFERED: Final = 300
"""Names that a page lists at once; the search finds the others."""
MOST_NAMED: Final = 5
_NEW_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_REFERENCE: Final = re.compile(r"[a-z][a-z0-9_]*:[^\s:]+|[^\s@:]+@[^\s@:]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """`more` is how many others there are."""

    labels: tuple[str, ...]
    more: int


class ChoiceList:
    """`refusal` is the key of what is said of a name that nobody has."""

    def __init__(self, choices: Mapping[str, Sequence[Choice]], *, refusal: str, made_in: str = "") -> None:
        """By platform. `made_in` goes before a new name, where that makes what it names."""
        self._made_in = made_in
        self._refusal = refusal
        self._labels: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._others: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        found = [(platform, each) for platform, listed in choices.items() for each in listed]
        are_several = len({platform for platform, _ in found}) > 1
        labels = {each.reference: _label(each, platform if are_several else "") for platform, each in found}
        count = Counter(label.casefold() for label in labels.values())
        for _, each in found:
            label = labels[each.reference]
            is_alone = count[label.casefold()] == 1
            self._labels[each.reference] = label if is_alone else f"{label} [{each.reference}]"
            self._names[each.reference] = each.name
            if each.other:
                self._others[each.other] = each.reference
                self._by_name[_plain(each.other.partition(":")[2])].append(each.reference)
            for said in {_plain(each.name), _plain(self._labels[each.reference])}:
                self._by_name[said].append(each.reference)
            self._by_name[_plain(each.reference.partition(":")[2])].append(each.reference)

    def label_of(self, reference: str) -> str:
        """The reference itself for what no platform lists."""
        return self._labels.get(self._others.get(reference, reference), reference)

    def knows(self, reference: str) -> bool:
        return self._others.get(reference, reference) in self._labels

    def remark_of(self, reference: str) -> str:
        """The name that stands as a comment behind an id; empty where the reference tells it."""
        name = self._names.get(reference, "")
        return "" if name.strip("#@") in reference else name

    def reference_of(self, typed: str) -> str:
        """By label, name, id or as the file has it. Raises Refused for a name that nobody has, or several."""
        text = typed.strip()
        found = list(dict.fromkeys(self._by_name.get(_plain(text), ())))
        if text in self._labels or text in self._others:
            return text
        if len(found) > 1:
            exact = [each for each in found if self._labels[each].casefold() == text.casefold()]
            found = exact or found
        if len(found) == 1:
            return found[0]
        if found:
            labels = tuple(self._labels[each] for each in found[:MOST_NAMED])
            raise Refused("desk_forms.ambiguous", text=text, names=labels)
        if _REFERENCE.fullmatch(text):
            return text
        if self._made_in and _NEW_NAME.fullmatch(_plain(text)):
            return self._made_in + _plain(text)
        raise Refused(self._refusal, text=text)

    def references_of(self, typed: str) -> list[str]:
        """Several with commas between them; a name may have one itself. Raises Refused."""
        if not typed.strip():
            return []
        try:
            return [self.reference_of(typed)]
        except Refused:
            parts = [each for each in re.split(r"[,\n]", typed) if each.strip()]
            if len(parts) == 1:
                raise
            return [self.reference_of(each) for each in parts]

    def joined(self, there: Sequence[str], more: Sequence[str]) -> list[str]:
        """Each person once, also where the file names them by an id and the list by an address."""
        known = {self._others.get(each, each) for each in there}
        added = (each for each in more if self._others.get(each, each) not in known)
        return list(dict.fromkeys([*there, *added]))

    def offered(self, sought: str = "") -> NameList:
        """Those whose name has these letters."""
        wanted = _plain(sought)
        labels = sorted(
            (label for label in self._labels.values() if wanted in label.casefold()), key=str.casefold
        )
        return NameList(labels=tuple(labels[:MOST_OFFERED]), more=max(0, len(labels) - MOST_OFFERED))


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryNames:
    """What can be chosen. `silent` are the platforms that said nothing, `looks` what the others said.

    `making` stands before the names of channels that are made where they are named; empty where none are.
    """

    channels: ChoiceList
    people: ChoiceList
    silent: tuple[str, ...] = ()
    looks: tuple[FirstLook, ...] = ()
    making: str = ""


def choices_of(looks: Mapping[str, FirstLook | None]) -> DirectoryNames:
    answered = {name: look for name, look in looks.items() if look is not None and not look.is_refused}
    making = next((f"{name}:" for name, look in answered.items() if look.makes_channels), "")
    refusal = "desk_forms.unknown_channel_web" if making else "desk_forms.unknown_channel"
    made_in = making if len(looks) == 1 else ""
    return DirectoryNames(
        channels=_list(answered.items(), "channels", refusal, made_in),
        people=_list(answered.items(), "people", "desk_forms.unknown_person"),
        silent=tuple(name.capitalize() for name in looks if name not in answered),
        looks=tuple(answered.values()),
        making=making,
    )


def _list(looks: Iterable[tuple[str, FirstLook]], what: str, refusal: str, made_in: str = "") -> ChoiceList:
    return ChoiceList({name: getattr(look, what) for name, look in looks}, refusal=refusal, made_in=made_in)


def _label(choice: Choice, platform: str) -> str:
    where = ", ".join(filter(None, (platform.capitalize(), choice.place)))
    return f"{choice.name} ({where})" if where else choice.name


def _plain(text: str) -> str:
    return text.strip().lstrip("#@").casefold()
