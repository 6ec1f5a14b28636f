"""The facts about a person that are known at this moment; nobody is asked here, so nothing waits.

They are for the team alone: nothing on the requester's side shows them.
"""

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.desk import Desk
from bot.domain.lookups.lookup import Lookup
from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.domain.tickets.custom_field import NO, YES
from bot.ports.unit_of_work import UnitOfWork
from bot.text.amounts import listed
from bot.text.sentences import words

Fact = tuple[str, str]
"""A label and a value, as the team reads them."""


def known_facts(uow: UnitOfWork, desk: Desk, person: str) -> Mapping[str, str]:
    """By name, as conditions see them: of look-ups that the desk has, however old."""
    return facts_in(desk, uow.lookups.of_person(person)) if desk.lookups else {}


def facts_in(desk: Desk, answers: Iterable[LookupAnswer]) -> Mapping[str, str]:
    """The same, of answers that were read before."""
    return {
        field.name: answer.facts[field.name]
        for lookup, answer in _in_order(desk, answers)
        for field in lookup.fields
        if field.name in answer.facts
    }


def facts_shown(uow: UnitOfWork, desk: Desk, person: str, *, language: str) -> tuple[Fact, ...]:
    """In the order of `desk.yaml`, and where a look-up fails, what is to be said of that."""
    if not desk.lookups:
        return ()
    return tuple(
        fact
        for lookup, answer in _in_order(desk, uow.lookups.of_person(person))
        for fact in _facts_of(lookup, answer, language=language)
    )


def _in_order(desk: Desk, answers: Iterable[LookupAnswer]) -> list[tuple[Lookup, LookupAnswer]]:
    by_lookup = {each.lookup: each for each in answers}
    return [(lookup, by_lookup[name]) for name, lookup in desk.lookups.items() if name in by_lookup]


def _facts_of(lookup: Lookup, answer: LookupAnswer, *, language: str) -> Iterator[Fact]:
    for field in lookup.fields:
        if value := answer.facts.get(field.name):
            yield field.label_in(language), _in_words(value, language)
    if answer.failures:
        is_known = any(field.name in answer.facts for field in lookup.fields)
        key = "team.lookup_outdated" if is_known else "team.lookup_failing"
        told = words(language, key) if lookup.when_failing is None else lookup.when_failing
        if told:
            yield lookup.title, told


def _in_words(value: str, language: str) -> str:
    if value in (YES, NO):
        return words(language, f"commands.{value}")
    return listed(value.splitlines(), language) if "\n" in value else value
