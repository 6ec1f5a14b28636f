"""`/desk merge` and `/desk unmerge`: a ticket that says the same as another; and what requesters answer."""

from collections.abc import Mapping
from typing import Final

from bot.commands.framework.access import require_sight, unknown_ticket
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.parsing import read_reference
from bot.commands.framework.ticket_filters import of_teams, of_teams_ever
from bot.domain.demand.likeness import stems_of
from bot.domain.errors import Refused
from bot.domain.search.words import index_words
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.services.tickets.merges.merges import (
    check_merge,
    merge_tickets,
    promised_by,
    raised_by,
    unmerge_ticket,
)
from bot.services.tickets.merges.questions import ADD, KEEP, add_to_same, keep_apart
from bot.services.tickets.merges.readers import is_of_one_requester, stays_apart
from bot.text import terms
from bot.text.amounts import listed
from bot.text.sentences import joined, words

INTO: Final = "into"
"""The option, and the word that may be typed before the other ticket."""
_UNMERGE: Final = "desk unmerge"
_CONFIRMED: Final = "confirmed"
"""The option of the button that confirms."""


def merge(call: Call, ticket: Ticket) -> PrivateReply:
    original = _named(call)
    if question := _ask_first(call, ticket, original):
        return question
    targets = _targets(call, ticket, original)
    merge_tickets(call.context, ticket, original)
    apart = Button(
        label=words(call.context.language, "answers.button_unmerge"),
        verb=_UNMERGE,
        ticket=ticket.reference,
    )
    is_apart = stays_apart(call.context.uow, original, ticket)
    key = "answers.merged_apart" if is_apart else "answers.merged"
    text = call.say(key, reference=ticket.reference, other=original.reference)
    if not call.option(_CONFIRMED):  # else they were in the preview
        undo = f"{verbs.typed(call.context.desk.command_names, _UNMERGE)} {ticket.reference}"
        subjects = call.say(
            "answers.merged_subjects", subject=ticket.subject, title=original.subject, command=undo
        )
        text = joined(text, subjects, by="\n")
        text = joined(text, targets)
    return PrivateReply(text=text, buttons=(apart,), is_news=True)


def _ask_first(call: Call, ticket: Ticket, original: Ticket) -> PrivateReply | None:
    """Asked once where somebody comes to read more: another requester, or others beside one who asked in private.

    Nobody does where one person's public ticket goes on in their private one: that one's answers stay there.
    And where the subjects of one person's two tickets have no word in common: a number is easily mistyped.
    """
    uow = call.context.uow
    is_own = is_of_one_requester(uow, ticket, original)
    is_alike = is_own and (original.is_private or not ticket.is_private)
    if call.option(_CONFIRMED) or (is_alike and _share_words(ticket, original)):
        return None
    check_merge(call.context, ticket, original)
    people = uow.people.find_many({ticket.requester, original.requester})
    names = {
        key: people[key].name if key in people else key for key in (ticket.requester, original.requester)
    }
    button = Button(
        label=call.command.submit(call.context.language),
        verb=call.command.name,
        ticket=ticket.reference,
        options={INTO: original.reference, _CONFIRMED: "yes"},
        is_dangerous=True,
    )
    text = call.say(
        "answers.confirm_merge_unlike" if is_alike else _question(ticket, original, is_own=is_own),
        reference=ticket.reference,
        other=original.reference,
        private=(ticket if ticket.is_private else original).reference,
        public=original.reference,
        name=names[ticket.requester],
        owner=names[original.requester],
    )
    text = joined(_preview(call, ticket, original, names), text, by="\n")
    return PrivateReply(text=text, buttons=(button,), is_question=True, is_news=True)


def _share_words(ticket: Ticket, original: Ticket) -> bool:
    """Whether their subjects do, other than words that are said of anything; one without such words says nothing."""
    first, second = (
        {stem for _, stem in stems_of(index_words(each.subject), each.language)}
        for each in (ticket, original)
    )
    return not first or not second or bool(first & second)


def _preview(call: Call, ticket: Ticket, original: Ticket, names: Mapping[str, str]) -> RichText:
    """Which two they are, and what comes along."""
    text = call.say(
        "answers.merge_preview",
        reference=ticket.reference,
        subject=ticket.subject,
        name=names[ticket.requester],
        other=original.reference,
        title=original.subject,
        owner=names[original.requester],
    )
    if ticket.has_duplicates:
        moving = [each.reference for each in call.context.uow.tickets.duplicates_of(ticket.id)]
        named = listed(moving, call.context.language)
        moves = call.say("answers.merge_moves", count=len(moving), references=named, other=original.reference)
        text = joined(text, moves)
    if priority := raised_by(ticket, original):
        called = terms.priority(priority, call.context.language)
        text = joined(text, call.say("answers.merge_raises", other=original.reference, priority=called))
    return joined(text, _targets(call, ticket, original))


def _targets(call: Call, ticket: Ticket, original: Ticket) -> RichText:
    """That the original, which has no clocks, takes over what was promised on its duplicate."""
    if promised_by(call.context, ticket, original) is None:
        return ()
    return call.say("answers.merge_moves_targets", reference=ticket.reference, other=original.reference)


def _question(ticket: Ticket, original: Ticket, *, is_own: bool) -> str:
    if is_own:
        return "answers.confirm_merge_own"
    if ticket.is_private and original.is_private:
        return "answers.confirm_merge_both_private"
    is_private = ticket.is_private or original.is_private
    return "answers.confirm_merge_private" if is_private else "answers.confirm_merge"


def unmerge(call: Call, ticket: Ticket) -> PrivateReply:
    unmerge_ticket(call.context, ticket)
    return call.answer("answers.unmerged", reference=ticket.reference)


def answer_whether_same(call: Call, ticket: Ticket) -> None:
    """The question itself says what came of it, where it was asked."""
    choice = call.option("choice")
    if choice == ADD:
        add_to_same(call.context, ticket)
    elif choice == KEEP:
        keep_apart(call.context, ticket)
    else:
        raise Refused("refusals.similar_over", reference=ticket.reference)


def _named(call: Call) -> Ticket:
    """Locked. Raises TicketNotFound and NotAllowed for what the actor may not know of."""
    context = call.context
    given = call.option(INTO)
    first, _, rest = given.partition(" ")
    typed = rest.strip() if first.casefold() == INTO and rest.strip() else given
    named, _, more = typed.partition(" ")
    reference = read_reference(named, prefix=context.desk.prefix)
    if reference is not None and more.strip():
        raise Refused("refusals.merge_words", text=more.strip(), reference=named)
    found = context.uow.tickets.find(reference.prefix, reference.number) if reference else None
    if found is None:
        raise unknown_ticket(context, typed)
    require_sight(context, found)
    return context.uow.tickets.lock(found.id)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SIMILAR_ANSWER,
        on_ticket=answer_whether_same,
        options=(Option(name="choice", kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        is_listed=False,
    ),
    Command(
        name=verbs.MERGE,
        place=156,
        who=Role.AGENT,
        on_ticket=merge,
        fitting=of_teams,
        options=(Option(name=INTO),),
        has_form=True,
        menu_group="ticket",
        example="merge IT-41 into IT-40",
    ),
    Command(
        name=_UNMERGE,
        place=157,
        who=Role.AGENT,
        on_ticket=unmerge,
        fitting=of_teams_ever,
        menu_group="ticket",
        example="unmerge IT-41",
    ),
)
