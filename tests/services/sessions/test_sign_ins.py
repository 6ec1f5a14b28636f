"""A link signs somebody in once; a session lasts while it is used, and no longer than anybody's may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.directory import Person
from bot.domain.errors import AlreadySo, LimitReached, NotAllowed
from bot.domain.sessions.policy import SignInPolicy
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import MOST_LINKS, MOST_REFUSALS, SignInSide
from bot.ports.sessions.sign_ins import NewSession, Right
from bot.services.sessions.open_sessions import LISTED, end_session
from bot.services.sessions.secret import digest_of
from bot.services.sessions.sign_in_links import make_link
from bot.services.sessions.sign_ins import DeskSignIns
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.said import said, told

HERE, ELSEWHERE = "203.0.113.5", "198.51.100.7"
USED = said("sign_in.refused_used", command="/ticket web", sessions="/ticket sessions")
LATE = said("sign_in.refused_late", command="/ticket web", number=10)
UNKNOWN = said("sign_in.refused_unknown", command="/ticket web")


class Door:
    """The desk's sign-ins as a browser uses them."""

    def __init__(self, desk: HeadlessDesk) -> None:
        self.desk = desk
        self.listed = True
        self.sign_ins = DeskSignIns(
            storage=desk.storage, contexts=desk.contexts, is_member=lambda _: self.listed
        )

    async def link(self, who: Person = ANA, *, way: SignInWay = SignInWay.LINK) -> str:
        return await self.desk.works(
            who, lambda context: make_link(context, who, way=way, side=SignInSide.REQUESTS)
        )

    async def enters(self, link: str, *, address: str = HERE, replaces: str = "") -> NewSession:
        return await self.sign_ins.sign_in(link, address=address, browser="Firefox, Linux", replaces=replaces)

    async def refused(self, link: str, *, address: str = HERE) -> str:
        with pytest.raises(NotAllowed) as refusal:
            await self.enters(link, address=address)
        return told(refusal.value)

    async def is_in(self, session: NewSession) -> bool:
        return await self.sign_ins.signed_in(session.secret) is not None

    async def logged(self) -> list[tuple[str, str]]:
        entries = await self.desk.storage.read(lambda uow: uow.audit_log.recent(limit=50))
        return [
            (each.event, each.details.get("reason") or each.details.get("cause", "")) for each in entries
        ][::-1]


@pytest.fixture
def door(headless: HeadlessDesk) -> Door:
    return Door(headless)


async def test_a_link_signs_its_person_in_once_and_is_kept_as_a_digest(door: Door) -> None:
    link = await door.link()
    assert (await door.sign_ins.look_at(link, address=HERE)).person.name == ANA.name
    session = await door.enters(link)
    found = await door.sign_ins.signed_in(session.secret)
    assert found is not None
    assert (found.person.key, found.session.browser) == (ANA.key, "Firefox, Linux")
    assert await door.refused(link) == USED
    assert await door.logged() == [
        ("SignInLinkMade", ""),
        ("PersonSignedIn", ""),
        ("SignInRefused", "used"),
    ]
    for secret in (link, session.secret):
        assert await door.sign_ins.signed_in(digest_of(secret)) is None


async def test_looking_at_a_link_uses_nothing_up(door: Door) -> None:
    link = await door.link()
    for _ in range(MOST_REFUSALS + 1):
        await door.sign_ins.look_at(link, address=ELSEWHERE)
    assert await door.is_in(await door.enters(link))


async def test_a_link_is_refused_after_ten_minutes(door: Door) -> None:
    link = await door.link()
    await door.desk.passes(minutes=10)
    with pytest.raises(NotAllowed) as refusal:
        await door.sign_ins.look_at(link, address=HERE)
    assert told(refusal.value) == await door.refused(link) == LATE


async def test_what_is_no_link_is_refused_and_too_many_of_them_end_it_for_that_address(door: Door) -> None:
    for _ in range(MOST_REFUSALS):
        assert await door.refused("nonsense") == UNKNOWN
    link = await door.link()
    assert await door.refused(link) == said("sign_in.refused_too_many")
    assert await door.refused(link) == said("sign_in.refused_too_many")
    logged = [reason for event, reason in await door.logged() if event == "SignInRefused"]
    assert logged == ["unknown"] * MOST_REFUSALS + ["too_many"]
    assert await door.is_in(await door.enters(link, address=ELSEWHERE))
    door.desk.clock.move(timedelta(minutes=61))
    assert await door.is_in(await door.enters(await door.link()))


async def test_nobody_is_given_links_without_end_but_the_terminal_always_makes_one(door: Door) -> None:
    for _ in range(MOST_LINKS):
        await door.link()
    with pytest.raises(LimitReached) as refusal:
        await door.link()
    assert told(refusal.value) == said("sign_in.too_many_links", number=MOST_LINKS)
    await door.link(BO)
    assert await door.is_in(await door.enters(await door.link(way=SignInWay.TERMINAL)))
    door.desk.clock.move(timedelta(minutes=61))
    await door.link()


async def test_a_session_ends_when_it_is_not_used_and_in_the_end_whatever_one_does(door: Door) -> None:
    door.desk.desk = replace(
        door.desk.desk, sign_in=SignInPolicy(idle=timedelta(hours=2), longest=timedelta(hours=5))
    )
    used, unused = await door.enters(await door.link()), await door.enters(await door.link())
    for minutes in (100, 100, 99):
        door.desk.clock.move(timedelta(minutes=minutes))
        assert await door.is_in(used)
    assert not await door.is_in(unused)
    door.desk.clock.move(timedelta(minutes=1))
    assert not await door.is_in(used)


async def test_a_use_is_written_down_once_a_minute(door: Door) -> None:
    session = await door.enters(await door.link())

    async def used_s() -> float:
        found = await door.sign_ins.signed_in(session.secret)
        assert found is not None
        kept = await door.desk.storage.read(lambda uow: uow.sessions.get(found.session.id))
        assert kept is not None
        return (kept.used_at - kept.created_at).total_seconds()

    seen = []
    for _ in range(4):
        door.desk.clock.move(timedelta(seconds=30))
        seen.append(await used_s())
    assert seen == [0, 60, 60, 120]


async def test_who_left_is_signed_out_and_stays_out_when_they_come_back(door: Door) -> None:
    session, link = await door.enters(await door.link()), await door.link()
    await door.desk.meets(replace(ANA, is_active=False))
    assert not await door.is_in(session)
    assert await door.refused(link) == said("sign_in.refused_left")
    assert ("SessionEnded", "left") in await door.logged()
    await door.desk.meets(ANA)
    assert not await door.is_in(session)


async def test_whom_the_workspace_lists_no_more_is_signed_out(door: Door) -> None:
    session = await door.enters(await door.link())
    door.listed = False
    assert not await door.is_in(session)


async def test_signing_in_again_replaces_the_session_of_that_browser_alone(door: Door) -> None:
    here, there = await door.enters(await door.link()), await door.enters(await door.link())
    again = await door.enters(await door.link(BO), replaces=here.secret)
    assert [await door.is_in(each) for each in (here, there, again)] == [False, True, True]
    assert again.secret != here.secret
    await door.sign_ins.sign_out(again.secret)
    assert not await door.is_in(again)
    causes = [cause for event, cause in await door.logged() if event == "SessionEnded"]
    assert causes == ["replaced", "signed_out"]


async def test_sessions_are_listed_with_the_one_that_asks_first_and_ended_elsewhere(door: Door) -> None:
    sessions = [await door.enters(await door.link()) for _ in range(3)]
    this = await door.sign_ins.signed_in(sessions[0].secret)
    assert this is not None
    listed = await door.sign_ins.sessions_of(this)
    assert [each.is_this for each in listed] == [True, False, False]
    await door.sign_ins.end(this, listed[1].session.id)
    with pytest.raises(AlreadySo):
        await door.sign_ins.end(this, listed[1].session.id)
    assert await door.sign_ins.end_others(this) == 1
    assert [await door.is_in(each) for each in sessions] == [True, False, False]


async def test_all_others_are_ended_however_few_are_listed(door: Door) -> None:
    links = [await door.link(way=SignInWay.TERMINAL) for _ in range(LISTED + 4)]
    here, *others = [await door.enters(each) for each in links]
    this = await door.sign_ins.signed_in(here.secret)
    assert this is not None
    assert await door.sign_ins.end_others(this) == len(others)
    assert [await door.is_in(each) for each in (here, others[0], others[-1])] == [True, False, False]


async def test_nobody_ends_sessions_of_others_except_administrators(door: Door) -> None:
    session = await door.enters(await door.link())
    found = await door.sign_ins.signed_in(session.secret)
    assert found is not None
    with pytest.raises(NotAllowed):
        await door.desk.works(BO, lambda context: end_session(context, found.session.id))
    door.desk.desk = replace(door.desk.desk, admins=frozenset({LEE.key}))
    await door.desk.works(LEE, lambda context: end_session(context, found.session.id))
    assert not await door.is_in(session)


async def test_rights_are_those_of_now(door: Door) -> None:
    async def rights(who: Person) -> frozenset[Right]:
        found = await door.sign_ins.signed_in((await door.enters(await door.link(who))).secret)
        assert found is not None
        return found.rights

    everyone = {Right.ANYBODY, Right.SIGNED_IN}
    assert await rights(ANA) == everyone
    assert await rights(BO) == everyone | {Right.AGENT}
    door.desk.desk = replace(door.desk.desk, admins=frozenset({ANA.key}))
    assert await rights(ANA) == everyone | {Right.ADMIN}
