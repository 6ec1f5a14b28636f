"""One address makes two accounts candidates, and a name never does."""

from dataclasses import replace

from bot.domain.directory import Person
from bot.domain.people.identity import of_one_address

ANA = Person(key="slack:U1", name="Ana Alves", email="ana@example.org")
SAME = Person(key="import:ana@example.org", name="A. Alves", email="Ana@Example.org")


def test_the_same_address_in_other_letters_is_the_same() -> None:
    assert of_one_address(ANA, [ANA, SAME]) == [SAME]


def test_a_name_an_empty_address_a_bot_and_who_is_deactivated_are_nobodys_account() -> None:
    named = Person(key="discord:1", name="Ana Alves")
    others = [named, replace(SAME, is_bot=True), replace(SAME, is_active=False), replace(SAME, email="")]
    assert of_one_address(ANA, others) == []
    for nobody in (named, replace(ANA, is_bot=True), replace(ANA, is_active=False)):
        assert of_one_address(nobody, [replace(named, key="web:ana"), SAME]) == []
