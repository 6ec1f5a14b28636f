"""`group`: the requester is a member of a group."""

from dataclasses import dataclass
from typing import Annotated

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, GroupName
from bot.domain.routing.conditions import Condition, any_of
from bot.domain.routing.request import Facts
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Group(Condition):
    """A member of this group asks: one the platform says, or one listed in `desk.yaml`."""

    name: str
    members: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> bool:
        person = facts.request.person
        return self.name in person.groups or person.answers_to(self.members)

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        key = "routing.group" if holds else "routing.group_other"
        return sentence(key, name=facts.request.person.name, group=self.name)


@condition_key(order=70)
def group(groups: Annotated[list[GroupName], AsList], names: NameMeanings) -> Condition:
    return any_of(*(Group(name, frozenset(names.groups[name])) for name in groups))
