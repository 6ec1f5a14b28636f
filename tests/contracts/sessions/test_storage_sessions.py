"""What every storage promises about sessions, and the links that begin them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.sessions.session import ProviderSession, Session, SignInWay
from bot.domain.sessions.sign_in_link import SignInLink, SignInSide
from bot.ports.unit_of_work import Storage, UnitOfWork
from tests.storage.sample_rows import NOW

ANA, BO = "slack:U1", "web:bo"
HOUR = timedelta(hours=1)
SESSION = Session(
    id=1, account=ANA, way=SignInWay.LINK, browser="Firefox, Linux", created_at=NOW, used_at=NOW
)
LINK = SignInLink(account=ANA, way=SignInWay.TERMINAL, side=SignInSide.WORK, made_at=NOW)


async def test_a_session_is_found_by_its_digest_and_ends_once(storage: Storage) -> None:
    later = replace(SESSION, id=2, account=BO, used_at=NOW + HOUR)
    await storage.run(lambda uow: uow.sessions.add(SESSION, digest="a"))
    await storage.run(lambda uow: uow.sessions.add(later, digest="b"))
    assert await storage.read(lambda uow: uow.sessions.find("a")) == SESSION
    assert await storage.read(lambda uow: uow.sessions.find("c")) is None
    assert await storage.read(lambda uow: uow.sessions.get(2)) == later
    assert await storage.read(lambda uow: uow.sessions.unended(None, limit=5)) == [later, SESSION]
    assert await storage.read(lambda uow: uow.sessions.unended([ANA], limit=5)) == [SESSION]
    assert await storage.read(lambda uow: uow.sessions.unended(None, limit=1)) == [later]
    assert await storage.run(lambda uow: uow.sessions.end(1, at=NOW + HOUR))
    assert not await storage.run(lambda uow: uow.sessions.end(1, at=NOW + 2 * HOUR))
    assert await storage.read(lambda uow: uow.sessions.unended([ANA], limit=5)) == []
    assert await storage.read(lambda uow: uow.sessions.find("a")) == replace(SESSION, ended_at=NOW + HOUR)


async def test_the_last_use_of_a_session_never_goes_back_and_old_ones_are_forgotten(storage: Storage) -> None:
    await storage.run(lambda uow: uow.sessions.add(SESSION, digest="a"))
    await storage.run(lambda uow: uow.sessions.note_use(1, at=NOW + HOUR))
    await storage.run(lambda uow: uow.sessions.note_use(1, at=NOW))
    found = await storage.read(lambda uow: uow.sessions.get(1))
    assert found == replace(SESSION, used_at=NOW + HOUR)
    await storage.run(lambda uow: uow.sessions.forget(before=NOW))
    assert await storage.read(lambda uow: uow.sessions.get(1)) is not None
    await storage.run(lambda uow: uow.sessions.forget(before=NOW + HOUR))
    assert await storage.read(lambda uow: uow.sessions.get(1)) is None


async def test_of_many_who_use_a_link_at_once_one_does(storage: Storage) -> None:
    await storage.run(lambda uow: uow.sign_in_links.add(LINK, digest="a"))
    assert await storage.read(lambda uow: uow.sign_in_links.find("a")) == LINK
    used = await asyncio.gather(
        *(storage.run(lambda uow: uow.sign_in_links.use("a", at=NOW + HOUR)) for _ in range(5))
    )
    assert sorted(used) == [False, False, False, False, True]
    assert await storage.read(lambda uow: uow.sign_in_links.find("a")) == replace(LINK, used_at=NOW + HOUR)
    assert not await storage.run(lambda uow: uow.sign_in_links.use("b", at=NOW))


async def test_links_are_counted_by_account_and_forgotten(storage: Storage) -> None:
    def add(uow: UnitOfWork) -> None:
        uow.sign_in_links.add(LINK, digest="a")
        uow.sign_in_links.add(replace(LINK, made_at=NOW + HOUR), digest="b")
        uow.sign_in_links.add(replace(LINK, account=BO), digest="c")

    await storage.run(add)
    assert await storage.read(lambda uow: uow.sign_in_links.made_since(ANA, NOW)) == 2
    assert await storage.read(lambda uow: uow.sign_in_links.made_since(ANA, NOW + HOUR)) == 1
    await storage.run(lambda uow: uow.sign_in_links.forget(before=NOW + HOUR))
    assert await storage.read(lambda uow: uow.sign_in_links.made_since(ANA, NOW)) == 1


async def test_refusals_are_counted_by_address_within_a_while(storage: Storage) -> None:
    async def refused(address: str, *, after: timedelta) -> int:
        at = NOW + after
        await storage.run(lambda uow: uow.sign_in_links.note_refusal(address, at=at, since=at - HOUR))
        return await storage.read(lambda uow: uow.sign_in_links.refusals(address, since=at - HOUR))

    minute = timedelta(minutes=1)
    assert await refused("203.0.113.5", after=0 * minute) == 1
    assert await refused("203.0.113.5", after=30 * minute) == 2
    assert await refused("203.0.113.6", after=30 * minute) == 1
    assert await refused("203.0.113.5", after=61 * minute) == 1
    later = NOW + timedelta(hours=3)
    assert await storage.read(lambda uow: uow.sign_in_links.refusals("203.0.113.5", since=later)) == 0


async def test_sessions_of_a_provider_are_found_by_who_it_is_there_and_by_their_session_there(
    storage: Storage,
) -> None:
    groups = frozenset({"acme:=support", "acme:=leads"})
    one = replace(SESSION, provider=ProviderSession(name="acme", subject="ana-1", sid="s1", groups=groups))
    two = replace(SESSION, id=2, provider=ProviderSession(name="acme", subject="ana-1", sid="s2"))
    other = replace(SESSION, id=3, provider=ProviderSession(name="other", subject="ana-1", sid="s1"))
    by_link = replace(SESSION, id=4)

    def add(uow: UnitOfWork) -> None:
        for each in (one, two, other, by_link):
            uow.sessions.add(each, digest=f"d{each.id}")

    await storage.run(add)

    async def found(*, name: str = "acme", subject: str = "", sid: str = "") -> list[Session]:
        return list(await storage.read(lambda uow: uow.sessions.of_provider(name, subject=subject, sid=sid)))

    assert await found(subject="ana-1") == [one, two]
    assert await found(sid="s1") == [one]
    assert await found(subject="bo-1", sid="s1") == []
    assert await found(name="", subject="") == []
    await storage.run(lambda uow: uow.sessions.end(1, at=NOW))
    assert await found(subject="ana-1") == [two]


async def test_what_is_good_once_is_used_once_and_forgotten_after_a_while(storage: Storage) -> None:
    used = await asyncio.gather(
        *(storage.run(lambda uow: uow.sign_in_links.use_once("a", at=NOW)) for _ in range(5))
    )
    assert sorted(used) == [False, False, False, False, True]
    await storage.run(lambda uow: uow.sign_in_links.forget(before=NOW))
    assert not await storage.run(lambda uow: uow.sign_in_links.use_once("a", at=NOW))
    await storage.run(lambda uow: uow.sign_in_links.forget(before=NOW + HOUR))
    assert await storage.run(lambda uow: uow.sign_in_links.use_once("a", at=NOW))
