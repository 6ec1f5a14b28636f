"""Whom a look-up asks about a person: words of theirs are encoded whole, and choose nothing else."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.directory import Person
from bot.domain.lookups.lookup import Lookup, LookupField

ANA = Person(
    key="slack:U01", name="Ana & Co", email="Ana@Example.org", handles=frozenset({"ana alves", "aalves"})
)
TIER = LookupField(name="tier", label="Tier", path=("tier",), labels={"de": "Stufe"})


def lookup(url: str, **more: Any) -> Lookup:
    return Lookup(name="crm", title="CRM", url=url, fields=(TIER,), **more)


def asked(url: str, person: Person = ANA) -> str | None:
    return lookup(f"https://crm.example/{url}").address_for(person)


def test_each_placeholder_is_a_word_of_the_person() -> None:
    assert asked("p?e={email}&n={name}") == "https://crm.example/p?e=ana%40example.org&n=Ana%20%26%20Co"
    assert asked("{key}/{handle}") == "https://crm.example/slack%3AU01/aalves"


def test_who_has_no_handle_goes_by_their_id() -> None:
    assert asked("{handle}", Person(key="web:bo", name="Bo")) == "https://crm.example/bo"


def test_nobody_is_asked_about_somebody_who_lacks_what_is_asked_for() -> None:
    assert asked("{email}", Person(key="web:bo", name="Bo")) is None


@pytest.mark.parametrize("name", [".", ".."])
def test_a_name_that_means_another_path_is_not_asked(name: str) -> None:
    assert asked("people/{name}", Person(key="web:x", name=name)) is None


@given(some.text(min_size=1, max_size=30))
def test_whatever_somebody_is_called_stays_in_its_place(name: str) -> None:
    address = asked("people/{name}?about={name}", Person(key="web:x", name=name))
    if address is None:
        assert name in (".", "..")
        return
    parts = urlsplit(address)
    assert (parts.netloc, parts.fragment) == ("crm.example", "")
    assert parts.path.count("/") == 2
    as_sent = name.encode("utf-8", "replace").decode()
    assert unquote(parts.path.rpartition("/")[2]) == as_sent
    assert list(parse_qs(parts.query, keep_blank_values=True)) == ["about"]


def test_headers_name_settings_and_are_filled_when_they_are_sent() -> None:
    crm = lookup("https://crm.example/{key}", headers={"A": "Bearer $DESKBELL_LOOKUP_A", "B": "plain"})
    assert list(crm.settings()) == ["DESKBELL_LOOKUP_A"]
    assert crm.headers_with({"DESKBELL_LOOKUP_A": "$x"}) == {"A": "Bearer $x", "B": "plain"}
    with pytest.raises(KeyError):
        crm.headers_with({})


def test_another_question_makes_an_answer_out_of_date() -> None:
    before = lookup("https://crm.example/{key}")
    assert before.question == lookup("https://crm.example/{key}", when_failing="?").question
    assert before.question != lookup("https://crm.example/v2/{key}").question


def test_a_label_is_said_in_the_readers_language() -> None:
    assert (TIER.label_in("de"), TIER.label_in("fr")) == ("Stufe", "Tier")
