"""A ticket for somebody else."""

from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, words_of
from tests.said import said


async def test_the_ticket_is_the_other_persons_who_is_told_in_private(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk on-behalf-of @dan his laptop does not start")
    assert told == said("answers.created_for", reference="IT-1", name="Dan Dietz")
    ticket = await at_work.ticket()
    assert (ticket.requester, ticket.subject) == (DAN.key, "his laptop does not start")


async def test_a_person_nobody_knows_is_asked_for_again(at_work: DeskAtWork) -> None:
    unknown = said("commands.unknown_person", text="@max")
    assert await at_work.types(BO, "/desk on-behalf-of @max no screen") == unknown
    assert await at_work.desk.number_of_tickets() == 0


async def test_only_agents_ask_for_others(at_work: DeskAtWork) -> None:
    refused = said("commands.agents_only", command="/desk on-behalf-of", ask="/ticket open")
    assert await at_work.types(ANA, "/desk on-behalf-of @dan no screen") == refused


async def test_by_mention_a_whole_sentence_may_follow(at_work: DeskAtWork) -> None:
    words = "on-behalf-of @dan his laptop does not start"
    event = at_work.desk.posted(BO, words, message="m1", mentions_desk=True)
    told = words_of(await at_work.desk.intake.take(event))
    assert told == said("answers.created_for", reference="IT-1", name="Dan Dietz")
