"""A note is read by agents who see into every server that its author sees into, and never by whom it is about."""

import pytest

from bot.domain.directory import Person
from bot.domain.people.person_note import PersonNote, scope_of
from bot.domain.search.visibility import own_visibility, visibility_of
from tests.domain.search.searchable_desk import ADA, ANA, EVE, OLE, PEOPLE, PIA, SAM, a_desk
from tests.storage.sample_rows import NOW

READERS = {"Pia Pine": {PIA, ADA, SAM}, "Ole Oak": {OLE, ADA, SAM}, "Ada Both": {ADA, SAM}, "Sam Safe": {SAM}}
"""By author. Pia and Ole have a server each, Ada both of them, Sam's team serves all."""


def note_by(author: Person, *, about: Person = ANA, with_servers: bool = True) -> PersonNote:
    visibility = visibility_of(a_desk(with_servers=with_servers), author)
    return PersonNote(
        id=1, account=about.key, author=author.key, text="x", at=NOW, communities=scope_of(visibility)
    )


@pytest.mark.parametrize("author", [PIA, OLE, ADA, SAM], ids=lambda each: each.name)
def test_who_sees_less_than_the_author_reads_nothing(author: Person) -> None:
    note, desk = note_by(author), a_desk()
    readers = {each.name for each in PEOPLE if note.is_read_by(visibility_of(desk, each))}
    assert readers == {each.name for each in READERS[author.name]}


@pytest.mark.parametrize("author", [PIA, SAM], ids=lambda each: each.name)
def test_where_there_are_no_servers_all_agents_read_it_and_nobody_else(author: Person) -> None:
    note, desk = note_by(author, with_servers=False), a_desk(with_servers=False)
    readers = {each.name for each in PEOPLE if note.is_read_by(visibility_of(desk, each))}
    assert readers == {each.name for each in (PIA, OLE, SAM, ADA)}


def test_whom_it_is_about_never_reads_it_whichever_account_they_use() -> None:
    desk, note = a_desk(with_servers=False), note_by(PIA, about=OLE, with_servers=False)
    assert note.is_read_by(visibility_of(desk, SAM))
    assert not note.is_read_by(visibility_of(desk, OLE))
    assert not note.is_read_by(visibility_of(desk, SAM, accounts=[OLE.key]))
    assert not note.is_read_by(own_visibility(EVE))
