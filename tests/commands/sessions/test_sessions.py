"""`/ticket sessions` lists where somebody is signed in, and ends it; administrators see everybody's."""

from bot.domain.directory import Person
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import SignInSide
from bot.ports.unit_of_work import UnitOfWork
from bot.services.sessions.sign_in_links import make_link
from bot.services.sessions.sign_ins import DeskSignIns
from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

FIREFOX = "Firefox, Linux"


def sign_ins(desk: DeskAtWork) -> DeskSignIns:
    return DeskSignIns(storage=desk.desk.storage, contexts=desk.desk.contexts, is_member=lambda _: True)


async def signs_in(desk: DeskAtWork, who: Person) -> str:
    def linked(uow: UnitOfWork) -> str:
        context = desk.desk.contexts.context(uow, who)
        return make_link(context, who, way=SignInWay.LINK, side=SignInSide.REQUESTS)

    link = await desk.desk.storage.run(linked)
    entered = await sign_ins(desk).sign_in(link, address="", browser=FIREFOX, replaces="")
    return entered.secret


async def test_somebody_sees_their_own_sessions_and_ends_one(at_work: DeskAtWork) -> None:
    secret = await signs_in(at_work, ANA)
    await signs_in(at_work, BO)
    listed = await at_work.types(ANA, "/ticket sessions")
    assert listed.startswith(said("sign_in.sessions_own"))
    assert FIREFOX in listed
    assert BO.name not in listed
    (button,) = at_work.buttons()
    ended = said("sign_in.session_ended", name=ANA.name, browser=FIREFOX)
    assert await at_work.presses(ANA, button) == ended
    assert await sign_ins(at_work).signed_in(secret) is None
    assert await at_work.types(ANA, "/ticket sessions") == said("sign_in.sessions_own_none")


async def test_nobody_ends_a_session_with_a_button_that_was_not_for_them(at_work: DeskAtWork) -> None:
    secret = await signs_in(at_work, ANA)
    await at_work.types(ANA, "/ticket sessions")
    (button,) = at_work.buttons()
    assert await at_work.presses(BO, button) == said("sign_in.no_such_session")
    assert await sign_ins(at_work).signed_in(secret) is not None


async def test_an_administrator_sees_and_ends_sessions_of_one_person_or_of_all(at_work: DeskAtWork) -> None:
    await signs_in(at_work, ANA)
    await signs_in(at_work, BO)
    everybody = await at_work.types(LEE, "/desk-admin sessions")
    assert ANA.name in everybody
    assert BO.name in everybody
    assert len(at_work.buttons()) == 2
    of_bo = await at_work.types(LEE, "/desk-admin sessions @bo")
    assert of_bo.startswith(said("sign_in.sessions_of", name=BO.name))
    (button,) = at_work.buttons()
    await at_work.presses(LEE, button)
    assert await at_work.types(LEE, "/desk-admin sessions @bo") == said(
        "sign_in.sessions_of_none", name=BO.name
    )
