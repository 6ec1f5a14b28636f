"""Answering a ticket with an article, and making one of a ticket."""

from bot.domain.knowledge.article import ArticleAudience
from bot.messages.outbound import Form, PrivateReply
from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage
from tests.commands.desk_at_work import DeskAtWork
from tests.commands.knowledge.shelf import article, put
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

NETWORKS = ArticleAudience.parse("team:network")


async def form_for(at_work: DeskAtWork, label: str) -> Form:
    button = at_work.buttons()[label]
    press = at_work.desk.pressed(CLEO, button.verb, button.ticket or "", **button.options)
    reply = await at_work.desk.intake.take(press)
    assert isinstance(reply, Form), reply
    return reply


async def test_the_requests_own_words_find_an_article_and_the_reply_says_where_to_read_on(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    await sqlite_storage.run(lambda uow: put(uow, article("frob", body="Restart *the* frobnicator.")))
    await at_work.asks("My frobnicator does not restart")
    offered = await at_work.types(CLEO, "/desk kb IT-1")
    assert "Restart the frobnicator." in offered
    form = await form_for(at_work, said("knowledge.button_insert", title="About frob"))
    assert form.verb == "desk reply"
    text = form.fields[0].value
    assert text.startswith("Restart the frobnicator.")
    assert "`/kb show frob`" in text


async def test_what_requesters_cannot_read_is_marked_and_not_named_in_the_reply(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    shelf = article("frob", audience=NETWORKS, team="network")
    await sqlite_storage.run(lambda uow: put(uow, shelf))
    await at_work.asks("My frobnicator does not restart")
    offered = await at_work.types(CLEO, "/desk kb IT-1 frobnicator")
    assert said("knowledge.only_for", audience="Network") in offered
    form = await form_for(at_work, said("knowledge.button_insert", title="About frob"))
    assert "/kb show" not in form.fields[0].value
    assert "frobnicator." not in await at_work.types(BO, "/desk kb IT-1 frobnicator")


async def test_where_nothing_fits_that_is_said(at_work: DeskAtWork) -> None:
    await at_work.asks()
    told = said("knowledge.nothing_for_ticket", text="coffee", command="/kb list")
    assert await at_work.types(CLEO, "/desk kb IT-1 coffee") == told


async def test_what_shares_only_words_that_everything_holds_is_not_shown(
    at_work: DeskAtWork, sqlite_storage: DeskStorage
) -> None:
    def write(uow: UnitOfWork) -> None:
        for name in ("calls", "mails", "doors"):
            put(uow, article(name, body=f"Get help with {name}."))

    await sqlite_storage.run(write)
    await at_work.asks("How do I get help with a parking spot?")
    told = await at_work.types(CLEO, "/desk kb IT-1")
    asked = "How do I get help with a parking spot?"
    assert told == said("knowledge.nothing_for_ticket", text=asked, command="/kb list")


async def test_a_ticket_that_is_not_resolved_becomes_no_article(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(CLEO, "/kb from IT-1") == said("knowledge.not_resolved_yet", reference="IT-1")


async def test_a_draft_has_public_words_alone_and_nobody_in_them(at_work: DeskAtWork) -> None:
    await at_work.asks(
        "Hi, Ana Alves here (ana.alves@example.com, +49 30 1234-5678, employee number 48213). "
        "I sit at 12 Long Mill Road and my printer at 10.0.0.17 says error 0042."
    )
    await at_work.types(CLEO, "/desk note IT-1 She always forgets to switch it on")
    await at_work.types(CLEO, "/desk reply IT-1 Dear Ana, switch it on. Regards, Cleo")
    await at_work.types(CLEO, "/desk resolve IT-1")
    reply = await at_work.desk.intake.take(at_work.desk.pressed(CLEO, "kb from", "IT-1"))
    assert isinstance(reply, Form), reply
    values = {each.name: each.value for each in reply.fields}
    whole = f"{values['title']}\n{values['body']}"
    for secret in ("Ana", "Alves", "Cleo", "@", "1234", "48213", "Long Mill", "forgets"):
        assert secret not in whole, secret
    for kept in ("printer", "10.0.0.17", "error 0042", "switch it on"):
        assert kept in whole, kept


async def test_the_requester_makes_no_article_of_their_ticket(at_work: DeskAtWork) -> None:
    await at_work.asks()
    reply = await at_work.desk.intake.take(at_work.desk.pressed(ANA, "kb from", "IT-1"))
    assert isinstance(reply, PrivateReply)
    assert reply.is_error
