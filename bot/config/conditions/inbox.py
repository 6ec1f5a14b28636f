"""`inbox`: where the request came in."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, InboxName
from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import one_named
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class FromInbox(Condition):
    """It came in through one of these inboxes."""

    names: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.request.inbox in self.names

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        inbox = facts.request.inbox
        if inbox is None:
            return sentence("routing.inbox_none", choices=one_named(self.names))
        if holds:
            return sentence("routing.inbox", inbox=inbox)
        return sentence("routing.inbox_other", inbox=inbox, choices=one_named(self.names))

    def leads(self) -> frozenset[Lead]:
        return frozenset(("inbox", name) for name in self.names)

    def choices(self) -> frozenset[Hashable]:
        return self.names


@condition_key(order=90)
def inbox(names: Annotated[list[InboxName], AsList], _: NameMeanings) -> Condition:
    return FromInbox(frozenset(names))
