"""Whom the references of `desk.yaml` mean: a person's key or e-mail address, or a platform's user group."""

from collections.abc import Iterable

from bot.domain.directory import Person, is_group
from bot.ports.unit_of_work import UnitOfWork


def people_meant(uow: UnitOfWork, references: Iterable[str]) -> list[Person]:
    """Everybody meant whom the desk has met, each once, by their references."""
    people: dict[str, Person] = {}
    for reference in sorted(references):
        found = uow.people.members(reference) if is_group(reference) else uow.people.search(reference)[:1]
        people |= {person.key: person for person in found if person.key not in people}
    return list(people.values())
