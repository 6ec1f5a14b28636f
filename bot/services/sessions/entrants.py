"""Who may sign in, what they may then do, and the session that they get."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.sessions.session import NO_PROVIDER, ProviderSession, Session, SessionEnd, SignInWay
from bot.domain.sessions.session_events import PersonSignedIn
from bot.domain.sessions.sign_in_link import SignInSide
from bot.ports.sessions.sign_ins import NewSession, Right
from bot.services.context.context import Context
from bot.services.sessions.open_sessions import close_session
from bot.services.sessions.secret import digest_of, new_secret

KEPT_AFTER: Final = timedelta(days=60)
"""How long sessions are kept beyond the time that any may last."""


class Entrants:
    """`is_member`: whether its platform still lists this person."""

    def __init__(self, is_member: Callable[[Person], bool]) -> None:
        self._is_member = is_member

    def person(self, context: Context, account: str) -> Person | None:
        """While they may sign in: nobody who left, or whose platform this desk is not on."""
        person = context.uow.people.find(account)
        return person if person is not None and self.may_enter(context, person) else None

    def may_enter(self, context: Context, person: Person) -> bool:
        is_there = not person.is_bot and person.is_active and context.reaches(person)
        return is_there and self._is_member(person)


def rights_of(person: Person, desk: Desk) -> frozenset[Right]:
    teams = desk.teams_of(person)
    has = {
        Right.ANYBODY: True,
        Right.SIGNED_IN: True,
        Right.AGENT: bool(teams),
        Right.LEAD: any(team.has_lead(person) for team in teams),
        Right.ADMIN: desk.is_admin(person),
    }
    return frozenset(right for right, is_so in has.items() if is_so)


def begin_session(
    context: Context,
    *,
    way: SignInWay,
    side: SignInSide,
    browser: str,
    replaces: str,
    provider: ProviderSession = NO_PROVIDER,
    title: str = "",
) -> NewSession:
    """The actor's. The session of the secret `replaces`, if any, is over; `title` is what the provider is called."""
    before = context.uow.sessions.find(digest_of(replaces)) if replaces else None
    if before is not None:
        close_session(context, before, SessionEnd.REPLACED)
    secret, person = new_secret(), context.actor
    session = Session(
        id=context.uow.new_id(),
        account=person.key,
        way=way,
        browser=browser,
        created_at=context.now,
        used_at=context.now,
        provider=provider,
    )
    longest = context.desk.sign_in.longest
    context.uow.sessions.forget(before=context.now - longest - KEPT_AFTER)
    context.uow.sessions.add(session, digest=digest_of(secret))
    event = PersonSignedIn(
        actor=person.key, at=context.now, session=session.id, way=way, browser=browser, provider=title
    )
    context.uow.audit_log.append(None, [event])
    return NewSession(secret=secret, person=person, side=side, lasts_s=int(longest.total_seconds()))
