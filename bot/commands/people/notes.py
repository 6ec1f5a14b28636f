"""`/desk person-note @ana …`: what agents note of a person for one another. The person never reads it."""

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_known_person
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.people.person_notes import add_person_note, remove_person_note
from bot.services.people.profile import profile_of


def note_on_named(call: Call) -> PrivateReply:
    return _note(call, find_known_person(call.context, call.option("person")))


def note_on_account(call: Call) -> PrivateReply:
    """By the button on what is known of a person, who may be on a platform whose people a form here cannot choose."""
    person = call.context.uow.people.find(call.option("account"))
    if person is None or profile_of(call.context, person) is None:
        raise Refused("refusals.button_too_old")
    return _note(call, person)


def _note(call: Call, person: Person) -> PrivateReply:
    note = add_person_note(call.context, person, call.option("text"))
    key = "people.note_added_here" if note.communities else "people.note_added"
    return call.answer(key, name=person.name)


def remove(call: Call) -> PrivateReply:
    number = call.option("number")
    if not (number.isascii() and number.isdecimal()):
        raise Refused("people.no_such_note")
    note = remove_person_note(call.context, int(number))
    person = call.context.uow.people.find(note.account)
    return call.answer("people.note_removed", name=person.name if person is not None else note.account)


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk person-note",
        place=28,
        who=Role.AGENT,
        handler=note_on_named,
        options=(Option(name="person", kind=OptionKind.PERSON), Option(name="text")),
        has_form=True,
        replies_privately=True,
        menu_group="team",
        example="person-note @ana works from Porto on Fridays",
    ),
    Command(
        name=verbs.NOTE_ON_ACCOUNT,
        who=Role.AGENT,
        handler=note_on_account,
        options=(Option(name="text"),),
        has_form=True,
        replies_privately=True,
        is_listed=False,
    ),
    Command(
        name=verbs.REMOVE_PERSON_NOTE,
        who=Role.AGENT,
        handler=remove,
        options=(Option(name="number", kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        replies_privately=True,
        is_listed=False,
    ),
)
