"""Agents note something of a person for one another, and take it back. The person never reads it."""

from bot.domain import events as happened
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.people.person_note import PersonNote, scope_of
from bot.services.context.context import Context
from bot.services.search.ticket_search import SearchScope, visibility_in

LONGEST_NOTE = 1_000
"""Characters: all notes of a person are read in one message."""


def add_person_note(context: Context, person: Person, text: str) -> PersonNote:
    """Raises Refused for a long one, and NotAllowed for a note of oneself."""
    if person.key in context.accounts:
        raise NotAllowed("people.note_on_oneself")
    if len(text) > LONGEST_NOTE:
        raise Refused("people.note_too_long", number=len(text), most=LONGEST_NOTE)
    note = PersonNote(
        id=context.uow.new_id(),
        account=person.key,
        author=context.actor.key,
        text=text,
        at=context.now,
        communities=scope_of(visibility_in(context, SearchScope.SEEN)),
    )
    context.uow.person_notes.add(note)
    added = happened.PersonNoteAdded(actor=context.actor.key, at=context.now, person=person.key, note=note.id)
    context.uow.audit_log.append(None, [added])
    return note


def remove_person_note(context: Context, number: int) -> PersonNote:
    """Whoever reads it may. Raises Refused for one that is gone, or was never to be read by the actor."""
    note = context.uow.person_notes.find(number)
    visibility = visibility_in(context, SearchScope.SEEN)
    if note is None or note.account in context.accounts or not note.is_read_by(visibility):
        raise Refused("people.no_such_note")
    context.uow.person_notes.remove(note.id)
    removed = happened.PersonNoteRemoved(
        actor=context.actor.key, at=context.now, person=note.account, note=note.id
    )
    context.uow.audit_log.append(None, [removed])
    return note
