"""Links become sessions, and sessions are looked up with each request of a browser.

A refusal is written down, so it is answered from its transaction and raised behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.directory import DESK, Person
from bot.domain.errors import NotAllowed
from bot.domain.sessions.session import Session, SessionEnd
from bot.domain.sessions.session_events import SignInRefused
from bot.domain.sessions.sign_in_link import COUNTED_WITHIN, LIFE, MOST_REFUSALS, Refusal, SignInLink
from bot.messages import verbs
from bot.ports.sessions.sign_ins import NewSession, OpenSession, SignedIn, SignInOffer
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.sessions.entrants import Entrants, begin_session, rights_of
from bot.services.sessions.open_sessions import close_session, end_session, open_sessions
from bot.services.sessions.secret import digest_of
from bot.text.catalogue import best


class DeskSignIns:
    """`bot.ports.sessions.sign_ins.SignIns` of a desk. `is_member`: whether its platform still lists this person."""

    def __init__(
        self, *, storage: Storage, contexts: ContextFactory, is_member: Callable[[Person], bool]
    ) -> None:
        self._storage = storage
        self._contexts = contexts
        self._entrants = Entrants(is_member)

    async def look_at(self, link: str, *, address: str) -> SignInOffer:
        digest = digest_of(link)
        found = await self._storage.read(
            lambda uow: self._checked(self._contexts.context(uow), digest, address=address)
        )
        if isinstance(found, Refusal):
            await self._storage.run(
                lambda uow: self._refuse(self._contexts.context(uow), digest, found, address=address)
            )
            raise self._refused(found)
        offered, person = found
        return SignInOffer(person=person, side=offered.side)

    async def sign_in(self, link: str, *, address: str, browser: str, replaces: str) -> NewSession:
        digest = digest_of(link)

        def use(uow: UnitOfWork) -> NewSession | Refusal:
            context = self._contexts.context(uow)
            found = self._checked(context, digest, address=address)
            if not isinstance(found, Refusal) and not uow.sign_in_links.use(digest, at=context.now):
                found = Refusal.USED
            if isinstance(found, Refusal):
                self._refuse(context, digest, found, address=address)
                return found
            used, person = found
            return begin_session(
                self._contexts.context(uow, person),
                way=used.way,
                side=used.side,
                browser=browser,
                replaces=replaces,
            )

        outcome = await self._storage.run(use)
        if isinstance(outcome, Refusal):
            raise self._refused(outcome)
        return outcome

    async def signed_in(self, secret: str) -> SignedIn | None:
        digest = digest_of(secret)
        found = await self._storage.read(lambda uow: self._session(self._contexts.context(uow), digest))
        if found is None:
            return None
        session, person = found
        if person is None:
            await self._storage.run(
                lambda uow: close_session(self._contexts.context(uow), session, SessionEnd.LEFT)
            )
            return None
        now, desk = self._contexts.clock.now(), self._contexts.desk()
        if session.is_use_due(now):
            await self._storage.run(lambda uow: uow.sessions.note_use(session.id, at=now))
        rights = rights_of(person, desk)
        return SignedIn(
            session=session, person=person, rights=rights, language=best(person.language, desk.language)
        )

    async def accounts_of(self, signed_in: SignedIn) -> frozenset[str]:
        return await self._storage.read(lambda uow: uow.identities.accounts_of(signed_in.person.key))

    async def sign_out(self, secret: str) -> None:
        digest = digest_of(secret)

        def end(uow: UnitOfWork) -> None:
            session = uow.sessions.find(digest)
            if session is not None:
                actor = uow.people.find(session.account)
                close_session(self._contexts.context(uow, actor), session, SessionEnd.SIGNED_OUT)

        await self._storage.run(end)

    async def sessions_of(self, signed_in: SignedIn) -> Sequence[OpenSession]:
        def read(uow: UnitOfWork) -> list[OpenSession]:
            context = self._contexts.context(uow, signed_in.person)
            found = open_sessions(context, context.accounts)
            people = uow.people.find_many(each.account for each in found)
            listed = [
                OpenSession(
                    session=each,
                    account=people[each.account].name if each.account in people else each.account,
                    ends_at=each.ends_at(context.desk.sign_in),
                    is_this=each.id == signed_in.session.id,
                )
                for each in found
            ]
            return sorted(listed, key=lambda each: not each.is_this)

        return await self._storage.read(read)

    async def end(self, signed_in: SignedIn, session: int) -> None:
        await self._storage.run(
            lambda uow: end_session(self._contexts.context(uow, signed_in.person), session)
        )

    async def end_others(self, signed_in: SignedIn) -> int:
        def end(uow: UnitOfWork) -> int:
            context = self._contexts.context(uow, signed_in.person)
            count = 0
            # No more are listed at a time than are shown; what somebody wants ended is all of them.
            while others := [
                each for each in open_sessions(context, context.accounts) if each.id != signed_in.session.id
            ]:
                for each in others:
                    close_session(context, each, SessionEnd.ENDED)
                count += len(others)
            return count

        return await self._storage.run(end)

    def _checked(self, context: Context, digest: str, *, address: str) -> tuple[SignInLink, Person] | Refusal:
        """The link and whom it signs in, or why it does not."""
        links = context.uow.sign_in_links
        if links.refusals(address, since=context.now - COUNTED_WITHIN) >= MOST_REFUSALS:
            return Refusal.TOO_MANY
        link = links.find(digest)
        if link is None:
            return Refusal.UNKNOWN
        refusal = link.refusal_at(context.now)
        if refusal is not None:
            return refusal
        person = self._entrants.person(context, link.account)
        return Refusal.LEFT if person is None else (link, person)

    def _refuse(self, context: Context, digest: str, reason: Refusal, *, address: str) -> None:
        """Counted and written down; once there were too many, that alone, and once: a log is no place to fill."""
        links, since = context.uow.sign_in_links, context.now - COUNTED_WITHIN
        count = links.refusals(address, since=since)
        if count > MOST_REFUSALS:
            return
        links.note_refusal(address, at=context.now, since=since)
        link = links.find(digest)
        refused = SignInRefused(
            actor=DESK, at=context.now, account=link.account if link is not None else "", reason=reason
        )
        context.uow.audit_log.append(None, [refused])

    def _refused(self, reason: Refusal) -> NotAllowed:
        names = self._contexts.desk().command_names
        command, sessions = verbs.typed(names, verbs.SIGN_IN_OWN), verbs.typed(names, verbs.OWN_SESSIONS)
        match reason:
            case Refusal.UNKNOWN:
                return NotAllowed("sign_in.refused_unknown", command=command)
            case Refusal.USED:
                return NotAllowed("sign_in.refused_used", command=command, sessions=sessions)
            case Refusal.LATE:
                minutes = int(LIFE.total_seconds()) // 60
                return NotAllowed("sign_in.refused_late", command=command, number=minutes)
            case Refusal.LEFT:
                return NotAllowed("sign_in.refused_left")
            case Refusal.TOO_MANY:
                return NotAllowed("sign_in.refused_too_many")

    def _session(self, context: Context, digest: str) -> tuple[Session, Person | None] | None:
        """One that is not over, and whose it is; nobody's where they left."""
        session = context.uow.sessions.find(digest)
        if session is None or session.is_over(context.now, context.desk.sign_in):
            return None
        person = self._entrants.person(context, session.account)
        if person is not None and session.provider.groups:
            person = replace(person, groups=person.groups | session.provider.groups)
        return session, person
