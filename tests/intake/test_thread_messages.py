"""Who speaks where decides what it becomes, and what it does to the ticket's status."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count

import pytest

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import MessageKind, Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.intake.thread_messages import NotForTheDesk, delete_message, edit_message, take_message
from bot.messages import verbs
from bot.messages.inbound import Location, MessageDeleted, MessageEdited, MessagePosted, message_key
from bot.messages.outbound import PrivateReply, Reply
from bot.messages.plain import plain
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.privacy.private_requests import make_private
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, HELP, person
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said

DAN = person("Dan Dietz")
REQUEST, REPLY, NOTE = MessageKind.REQUEST, MessageKind.REPLY, MessageKind.NOTE


class Talk:
    """Messages in the threads of tickets; everything due is shown first, so that each thread is there."""

    def __init__(self, desk: HeadlessDesk) -> None:
        self.desk = desk
        self._ids = count(1)

    async def says(
        self, who: Person, text: str, *, side: Side | None = None, number: int = 1, retired: bool = False
    ) -> str:
        """In a ticket's thread on this side, else in the channel where requests come in; returns the message's id."""
        location = Location(channel=HELP)
        if side is not None:
            await self.desk.sent()
            location = await self.thread(side, number, retired=retired)
        message = f"m{next(self._ids)}"
        await self.takes(self.posted(who, text, message=message, location=location))
        return message

    async def takes(self, event: MessagePosted) -> Reply | None:
        return await self.desk.works(event.actor, lambda context: take_message(context, event))

    def posted(self, who: Person, text: str, *, message: str, location: Location) -> MessagePosted:
        return MessagePosted(
            key=message_key(location.channel, message),
            actor=who,
            location=location,
            at=self.desk.clock.now(),
            message_id=message,
            text=text,
        )

    async def edits(self, who: Person, message: str, text: str) -> None:
        event = MessageEdited(
            key=f"{message}:edited",
            actor=who,
            location=Location(channel=HELP),
            at=self.desk.clock.now(),
            message_id=message,
            text=text,
            revision="000001",
        )
        await self.desk.works(who, lambda context: edit_message(context, event))

    async def deletes(self, who: Person, message: str) -> None:
        event = MessageDeleted(
            key=f"{message}:deleted",
            actor=who,
            location=Location(channel=HELP),
            at=self.desk.clock.now(),
            message_id=message,
        )
        await self.desk.works(who, lambda context: delete_message(context, event))

    async def last(self, number: int = 1) -> tuple[MessageKind, str]:
        """What the newest message on the ticket became, and whose it is."""
        ticket = await self.desk.ticket(number)
        said = await self.desk.storage.read(lambda uow: uow.messages.of_ticket(ticket.id))
        return said[-1].kind, said[-1].author_name

    async def thread(self, side: Side, number: int, *, retired: bool) -> Location:
        ticket = await self.desk.ticket(number)

        def found(uow: UnitOfWork) -> Location:
            threads = uow.conversations.of_ticket(ticket.id)
            thread = next(each for each in threads if each.side is side and each.is_retired is retired)
            return Location(channel=thread.channel, thread=thread.root)

        return await self.desk.storage.read(found)


@pytest.fixture
async def talk(headless: HeadlessDesk) -> Talk:
    """Ana has asked for something: IT-1 is the service desk's, of which Bo and Cleo are."""
    await headless.meets(DAN)
    talk = Talk(headless)
    await talk.says(ANA, "My mouse is dead")
    return talk


@pytest.mark.parametrize(
    ("who", "side", "becomes"),
    [
        (ANA, Side.REQUESTER, REQUEST),
        (DAN, Side.REQUESTER, REQUEST),
        (BO, Side.REQUESTER, REPLY),
        (BO, Side.TEAM, NOTE),
        (DAN, Side.TEAM, NOTE),
        (ANA, Side.TEAM, NOTE),
    ],
    ids=lambda value: value.name if isinstance(value, Person) else str(value),
)
async def test_who_writes_where_decides_what_it_becomes(
    talk: Talk, who: Person, side: Side, becomes: MessageKind
) -> None:
    await talk.says(who, "The red one", side=side)
    assert await talk.last() == (becomes, who.name)


async def test_an_agent_who_asked_for_it_is_the_requester(talk: Talk) -> None:
    await talk.says(BO, "My own screen is dark")
    await talk.says(BO, "The left one", side=Side.REQUESTER, number=2)
    assert await talk.last(2) == (REQUEST, "Bo Berg")
    assert (await talk.desk.ticket(2)).first_replied_at is None


@pytest.mark.parametrize(
    ("who", "text", "becomes"),
    [
        (CLEO, "We are on it", REPLY),
        (CLEO, "note: it is the old switch", NOTE),
        (CLEO, "  Note: it is the old switch", NOTE),
        (DAN, "We are on it", NOTE),
    ],
)
async def test_in_a_shared_thread_an_agent_answers_in_public_unless_they_say_note(
    talk: Talk, who: Person, text: str, becomes: MessageKind
) -> None:
    await talk.says(ANA, "The wifi is gone")
    await talk.says(who, text, side=Side.TEAM, number=2)
    assert await talk.last(2) == (becomes, who.name)


async def test_a_thread_that_a_transfer_left_behind_stays_inside(talk: Talk) -> None:
    await talk.says(ANA, "The wifi is gone")
    await talk.desk.sent()
    await talk.desk.does(
        CLEO,
        lambda context, ticket: actions.transfer_ticket(context, ticket, team=context.desk.teams["it"]),
        number=2,
    )
    await talk.says(CLEO, "We are on it", side=Side.TEAM, number=2, retired=True)
    assert await talk.last(2) == (NOTE, "Cleo Chen")


async def test_the_first_public_reply_is_the_first_response_and_claims_nothing(talk: Talk) -> None:
    await talk.says(BO, "note: looking", side=Side.TEAM)
    assert (await talk.desk.ticket()).status is Status.NEW
    await talk.says(BO, "Which one?", side=Side.REQUESTER)
    ticket = await talk.desk.ticket()
    assert (ticket.status, ticket.assignee) == (Status.OPEN, None)
    assert ticket.first_replied_at == talk.desk.clock.now()


def asked(context: Context, ticket: Ticket) -> None:
    actions.wait_for_requester(context, ticket, question="Which one?")


@pytest.mark.parametrize(
    ("text", "reopens"),
    [("The red one", True), ("Thanks!", False), ("thanks, but still broken", True)],
)
@pytest.mark.parametrize("deed", [asked, partial(actions.resolve_ticket, resolution="Done")])
async def test_the_requesters_words_open_a_ticket_again_unless_they_only_say_thanks(
    talk: Talk, deed: Callable[[Context, Ticket], None], text: str, *, reopens: bool
) -> None:
    await talk.desk.does(BO, actions.claim_ticket)
    await talk.desk.does(BO, deed)
    before = (await talk.desk.ticket()).status
    await talk.says(ANA, text, side=Side.REQUESTER)
    assert (await talk.desk.ticket()).status is (Status.OPEN if reopens else before)


async def test_on_a_closed_ticket_a_new_one_begins_that_is_linked_to_it(talk: Talk) -> None:
    await talk.desk.does(BO, actions.close_ticket)
    await talk.says(ANA, "It is dead again", side=Side.REQUESTER)
    closed, new = await talk.desk.ticket(1), await talk.desk.ticket(2)
    assert (closed.status, new.status, new.follows) == (Status.CLOSED, Status.NEW, closed.id)


async def test_what_a_bystander_says_on_a_closed_ticket_is_a_request_of_theirs(talk: Talk) -> None:
    await talk.desk.does(BO, actions.close_ticket)
    await talk.says(DAN, "Thanks!", side=Side.REQUESTER)
    assert await talk.last() == (REQUEST, "Dan Dietz")
    await talk.says(DAN, "Mine too", side=Side.REQUESTER)
    closed, new = await talk.desk.ticket(1), await talk.desk.ticket(2)
    assert (new.requester, new.status, new.follows) == (DAN.key, Status.NEW, closed.id)
    assert closed.status is Status.CLOSED


async def test_below_what_became_private_a_bystander_hears_that_the_team_has_it(talk: Talk) -> None:
    await talk.desk.sent()
    await talk.desk.does(BO, make_private)
    location = await talk.thread(Side.REQUESTER, 1, retired=True)
    reply = await talk.takes(talk.posted(DAN, "Mine too", message="late", location=location))
    assert isinstance(reply, PrivateReply)
    assert plain(reply.text) == said("requester.left_outside", text="Mine too")
    assert await talk.last() == (REQUEST, "Dan Dietz")


async def test_below_what_became_private_a_bystander_learns_nothing_of_it(talk: Talk) -> None:
    await talk.desk.sent()
    await talk.desk.does(BO, make_private)
    await talk.desk.does(BO, actions.close_ticket)
    await talk.says(DAN, "Mine too", side=Side.REQUESTER, retired=True)
    new = await talk.desk.ticket(2)
    assert (new.requester, new.follows, new.is_private) == (DAN.key, None, False)


async def test_an_edited_request_has_a_new_subject(talk: Talk) -> None:
    await talk.edits(ANA, "m1", "My keyboard is dead")
    assert (await talk.desk.ticket()).subject == "My keyboard is dead"


async def test_a_deleted_request_is_withdrawn_unless_somebody_has_answered(talk: Talk) -> None:
    await talk.says(ANA, "My screen is dark")
    await talk.says(BO, "Which one?", side=Side.REQUESTER, number=2)
    await talk.deletes(ANA, "m1")
    await talk.deletes(ANA, "m2")
    assert (await talk.desk.ticket(1)).status is Status.CLOSED
    answered = await talk.desk.ticket(2)
    assert answered.status is Status.OPEN
    assert "screen" not in answered.subject


async def test_an_aside_and_what_is_said_elsewhere_is_none_of_the_desks_business(talk: Talk) -> None:
    talk.desk.desk = replace(talk.desk.desk, aside="//")
    elsewhere = Location(channel=ChannelRef("web", "canteen"))
    for aside, location in (("// lunch?", Location(channel=HELP)), ("Lunch?", elsewhere)):
        with pytest.raises(NotForTheDesk):
            await talk.takes(talk.posted(ANA, aside, message="aside", location=location))


async def test_who_addresses_the_desk_where_only_commands_are_taken_is_told_how_to_ask(talk: Talk) -> None:
    location = Location(channel=ChannelRef("web", "forms-only"))
    event = talk.posted(ANA, "My mouse is dead", message="m9", location=location)
    reply = await talk.takes(replace(event, mentions_desk=True))
    assert isinstance(reply, PrivateReply)
    assert "/ticket open" in plain(reply.text)


async def test_a_placeholder_in_a_plain_reply_is_told_to_who_typed_it_filled_in(talk: Talk) -> None:
    async def told(text: str, who: Person = BO) -> str:
        await talk.desk.sent()
        location = await talk.thread(Side.REQUESTER, 1, retired=False)
        posted = talk.posted(who, text, message=text, location=location)
        reply = await talk.takes(posted)
        return plain(reply.text) if isinstance(reply, PrivateReply) else ""

    names, text = "{requester.first_name}", "Hi Ana, which one?"
    assert await told("Hi {requester.first_name}, which one?") == said(
        "answers.placeholders_sent", names=names, text=text
    )
    assert await told("Use {braces} in the file") == ""
    assert await told("I typed {requester.first_name}", ANA) == ""


@pytest.mark.parametrize("mark", ["note: ", "[internal] ", "Interne Notiz: "])
async def test_a_note_in_the_requesters_thread_goes_no_further_and_its_author_is_told(
    talk: Talk, mark: str
) -> None:
    await talk.desk.sent()
    location = await talk.thread(Side.REQUESTER, 1, retired=False)
    reply = await talk.takes(talk.posted(BO, f"{mark}she broke it", message="m8", location=location))
    assert isinstance(reply, PrivateReply)
    command = "/desk note IT-1"
    assert plain(reply.text) == said("team.note_where_requester_reads", reference="IT-1", command=command)
    assert await talk.last() == (REQUEST, "Ana Alves")


async def test_who_asks_for_confidence_where_all_read_is_told_so_and_how_to_make_it_private(
    talk: Talk,
) -> None:
    def hinted(reference: str) -> str:
        facts = {"team": "Service Desk", "command": f"/ticket private {reference}"}
        return said("requester.others_read_own", reference=reference, **facts)

    async def told(text: str, message: str, location: Location) -> str:
        reply = await talk.takes(talk.posted(ANA, text, message=message, location=location))
        return plain(reply.text) if isinstance(reply, PrivateReply) else ""

    here = Location(channel=HELP)
    asked = await told("Jo is rude to me. Please keep it confidential", "m7", here)
    assert asked == hinted("IT-2")
    await talk.desk.sent()
    thread = await talk.thread(Side.REQUESTER, 1, retired=False)
    hint = await told("Please don’t tell my manager", "m8", thread)
    assert hint == hinted("IT-1")
    assert await told("It is the left button", "m9", thread) == ""
    directly = Location(channel=ChannelRef.direct(ANA.key))
    assert await told("Vertraulich: Jo mobbt mich auf der Arbeit", "m10", directly) == ""


async def test_who_needs_no_answer_any_more_is_offered_to_close_it(talk: Talk) -> None:
    await talk.desk.sent()
    location = await talk.thread(Side.REQUESTER, 1, retired=False)
    posted = partial(talk.posted, location=location)
    reply = await talk.takes(posted(ANA, "Forget it, I want to withdraw this", message="w1"))
    assert isinstance(reply, PrivateReply)
    assert said("requester.offer_to_close", reference="IT-1", team="Service Desk") == plain(reply.text)
    assert [(each.verb, each.ticket) for each in reply.buttons] == [(verbs.CLOSE_OWN, "IT-1")]
    assert (await talk.desk.ticket(1)).status.is_live, "nothing is closed before the button is pressed"
    assert await talk.takes(posted(DAN, "never mind, please close this", message="w2")) is None
