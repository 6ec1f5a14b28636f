"""Whom an identity provider vouches for becomes a session, if the desk knows one account of theirs: nobody is made.

A refusal is written down, so it is answered from its transaction and raised behind it.
"""

import hmac
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.domain.directory import DESK, Person
from bot.domain.errors import NotAllowed
from bot.domain.sessions.identity_provider import OF_PEOPLE, IdentityProvider, ProviderRefusal
from bot.domain.sessions.session import ProviderSession, SessionEnd, SignInWay
from bot.domain.sessions.session_events import ProviderSignInRefused
from bot.domain.sessions.sign_in_link import COUNTED_WITHIN, KEPT_FOR, MOST_REFUSALS, SignInSide
from bot.messages import verbs
from bot.ports.sessions.identity import (
    CodeAnswer,
    Departure,
    IdentityClient,
    IdentityFailed,
    IdentityFailureKind,
    SignInChoice,
    SignInQuestion,
    VouchedPerson,
)
from bot.ports.sessions.sign_ins import NewSession
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.sessions.attempts import Attempt, new_attempt, opened
from bot.services.sessions.entrants import Entrants, begin_session
from bot.services.sessions.open_sessions import close_session
from bot.services.sessions.secret import digest_of
from bot.services.sessions.vouched_accounts import vouched_account
from bot.text.error_text import english

log = structlog.get_logger(__name__)

CANCELLED: Final = "access_denied"
"""Its person did not want to: https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """What is asked of them with what. `secrets` are settings by their names.

    `platforms` are those that the desk is on, `address` the one that the operator said people open it under;
    `redirect` is where a provider of this name sends people back; `workspace` the one of a platform that the desk
    is in, empty where that is not known.
    """

    client: IdentityClient
    secrets: Mapping[str, str] = field(repr=False)
    redirect: Callable[[str], str]
    workspace: Callable[[str], str]
    platforms: Callable[[], Container[str]]
    address: str


class DeskProviderSignIns:
    """`bot.ports.sessions.identity.ProviderSignIns` of a desk."""

    def __init__(
        self, *, storage: Storage, contexts: ContextFactory, entrants: Entrants, providers: Providers
    ) -> None:
        self._storage = storage
        self._contexts = contexts
        self._entrants = entrants
        self._providers = providers

    def choices(self) -> tuple[SignInChoice, ...]:
        """Those with which anybody can."""
        platforms = self._providers.platforms()
        offered = [each for each in self._contexts.desk().sign_in.providers if each.is_of_use(platforms)]
        return tuple(SignInChoice(name=each.name, title=each.title) for each in offered)

    async def leave(self, name: str) -> Departure:
        provider = self._provider(name)
        secret = self._secret(provider)
        attempt = new_attempt(provider.name, self._contexts.clock.now())
        question = SignInQuestion(
            redirect=self._providers.redirect(provider.name),
            state=attempt.state(secret),
            nonce=attempt.nonce(secret),
            challenge=attempt.challenge(secret),
            workspace=self._providers.workspace(provider.platform) if provider.platform else "",
        )
        try:
            address = await self._providers.client.address(provider, question)
        except IdentityFailed as failed:
            raise self._failed(provider, failed) from None
        return Departure(address=address, kept=attempt.sealed(secret))

    async def come_back(
        self, name: str, kept: str, answer: Mapping[str, str], *, address: str, browser: str, replaces: str
    ) -> NewSession:
        provider = self._provider(name)
        secret = self._secret(provider)
        attempt = await self._own_attempt(provider, kept, answer.get("state", ""), secret, address=address)
        if error := answer.get("error", ""):
            raise self._declined(provider, error)
        try:
            vouched = await self._providers.client.redeem(
                provider,
                CodeAnswer(
                    code=answer.get("code", ""),
                    issuer=answer.get("iss", ""),
                    redirect=self._providers.redirect(provider.name),
                    nonce=attempt.nonce(secret),
                    verifier=attempt.verifier(secret),
                ),
            )
        except IdentityFailed as failed:
            if failed.kind is IdentityFailureKind.UNTRUSTED:
                await self._refuse(provider, ProviderRefusal.UNTRUSTED, address=address)
            raise self._failed(provider, failed) from None
        return await self._enter(provider, vouched, address=address, browser=browser, replaces=replaces)

    async def end_sessions(self, name: str, token: str, *, address: str) -> int:
        provider = self._provider(name)
        try:
            order = await self._providers.client.logout(provider, token)
        except IdentityFailed as failed:
            if failed.kind is IdentityFailureKind.UNTRUSTED:
                await self._refuse(provider, ProviderRefusal.UNTRUSTED, address=address)
            raise

        def end(uow: UnitOfWork) -> int | None:
            context = self._contexts.context(uow)
            uow.sign_in_links.forget(before=context.now - KEPT_FOR)
            if not uow.sign_in_links.use_once(
                digest_of(f"logout {provider.name} {order.token}"), at=context.now
            ):
                return None
            found = uow.sessions.of_provider(provider.name, subject=order.subject, sid=order.sid)
            for each in found:
                close_session(context, each, SessionEnd.PROVIDER)
            return len(found)

        ended = await self._storage.run(end)
        if ended is None:
            await self._refuse(provider, ProviderRefusal.USED, address=address)
            raise self._refused(provider, ProviderRefusal.USED)
        return ended

    def _provider(self, name: str) -> IdentityProvider:
        provider = self._contexts.desk().sign_in.provider(name)
        if provider is None or not provider.is_of_use(self._providers.platforms()):
            raise NotAllowed("sign_in.provider_gone")
        return provider

    def _secret(self, provider: IdentityProvider) -> str:
        secret = self._providers.secrets.get(provider.secret, "")
        if not secret:
            log.warning(
                "a setting is missing for signing in", provider=provider.name, setting=provider.secret
            )
            raise NotAllowed("sign_in.provider_not_ready", provider=provider.title)
        return secret

    async def _own_attempt(
        self, provider: IdentityProvider, kept: str, state: str, secret: str, *, address: str
    ) -> Attempt:
        """Which began in this browser, with this provider, a while ago at most, and was not used before."""

        def checked(uow: UnitOfWork) -> Attempt | ProviderRefusal:
            context = self._contexts.context(uow)
            refusals = uow.sign_in_links.refusals(address, since=context.now - COUNTED_WITHIN)
            attempt = opened(kept, secret)
            if refusals >= MOST_REFUSALS:
                found: Attempt | ProviderRefusal = ProviderRefusal.TOO_MANY
            elif (
                attempt is None or attempt.provider != provider.name or not _is(attempt.state(secret), state)
            ):
                found = ProviderRefusal.ELSEWHERE
            elif not attempt.is_in_time(context.now):
                found = ProviderRefusal.LATE
            else:
                uow.sign_in_links.forget(before=context.now - KEPT_FOR)
                is_first = uow.sign_in_links.use_once(digest_of(f"attempt {state}"), at=context.now)
                found = attempt if is_first else ProviderRefusal.USED
            if isinstance(found, ProviderRefusal):
                _note_refusal(context, provider, found, address=address)
            return found

        outcome = await self._storage.run(checked)
        if isinstance(outcome, ProviderRefusal):
            raise self._refused(provider, outcome)
        return outcome

    async def _enter(
        self, provider: IdentityProvider, vouched: VouchedPerson, *, address: str, browser: str, replaces: str
    ) -> NewSession:
        if vouched.workspace and not self._providers.workspace(provider.platform):
            log.warning("the desk is not connected to this platform", platform=provider.platform)
            raise NotAllowed("sign_in.provider_unreachable", provider=provider.title)

        def enter(uow: UnitOfWork) -> NewSession | ProviderRefusal:
            context = self._contexts.context(uow)
            found = self._account(context, provider, vouched)
            if isinstance(found, ProviderRefusal):
                _note_refusal(context, provider, found, address=address, account=vouched.account)
                return found
            return begin_session(
                self._contexts.context(uow, found),
                way=SignInWay.PROVIDER,
                side=SignInSide.START,
                browser=browser,
                replaces=replaces,
                provider=ProviderSession(
                    name=provider.name,
                    subject=vouched.subject,
                    sid=vouched.sid,
                    groups=provider.references(vouched.groups),
                ),
                title=provider.title,
            )

        outcome = await self._storage.run(enter)
        if isinstance(outcome, ProviderRefusal):
            raise self._refused(provider, outcome)
        return outcome

    def _account(
        self, context: Context, provider: IdentityProvider, vouched: VouchedPerson
    ) -> Person | ProviderRefusal:
        if provider.platform and vouched.workspace != self._providers.workspace(provider.platform):
            return ProviderRefusal.FOREIGN
        return vouched_account(context, provider, vouched, self._entrants)

    async def _refuse(self, provider: IdentityProvider, reason: ProviderRefusal, *, address: str) -> None:
        await self._storage.run(
            lambda uow: _note_refusal(self._contexts.context(uow), provider, reason, address=address)
        )

    def _declined(self, provider: IdentityProvider, error: str) -> NotAllowed:
        if error == CANCELLED:
            return NotAllowed("sign_in.provider_cancelled", provider=provider.title)
        log.warning("a provider let nobody in", provider=provider.name, error=error[:60])
        return NotAllowed("sign_in.provider_declined", provider=provider.title)

    def _failed(self, provider: IdentityProvider, failed: IdentityFailed) -> NotAllowed:
        log.warning("signing in with a provider failed", provider=provider.name, why=english(failed.why))
        return NotAllowed(f"sign_in.provider_{failed.kind}", provider=provider.title)

    def _refused(self, provider: IdentityProvider, reason: ProviderRefusal) -> NotAllowed:
        title = provider.title
        command = verbs.typed(self._contexts.desk().command_names, verbs.SIGN_IN_OWN)
        match reason:
            case ProviderRefusal.LEFT:
                return NotAllowed("sign_in.refused_left")
            case ProviderRefusal.UNKNOWN if provider.platform:
                return NotAllowed("sign_in.provider_unmet", provider=title, command=command)
            case ProviderRefusal.UNKNOWN | ProviderRefusal.UNCONFIRMED | ProviderRefusal.SEVERAL:
                return NotAllowed(f"sign_in.provider_{reason}", provider=title, command=command)
            case ProviderRefusal.FOREIGN | ProviderRefusal.UNTRUSTED:
                return NotAllowed(f"sign_in.provider_{reason}", provider=title)
            case _:
                return NotAllowed(f"sign_in.provider_{reason}")


def _note_refusal(
    context: Context, provider: IdentityProvider, reason: ProviderRefusal, *, address: str, account: str = ""
) -> None:
    """Written down; what anybody can send is counted, too.

    Once there was too much of that, that alone is written down, and once: a log is no place to fill. Whom a provider
    vouches for keeps no colleague of theirs at the same address out.
    """
    if reason not in OF_PEOPLE:
        links, since = context.uow.sign_in_links, context.now - COUNTED_WITHIN
        if links.refusals(address, since=since) > MOST_REFUSALS:
            return
        links.note_refusal(address, at=context.now, since=since)
    refused = ProviderSignInRefused(
        actor=DESK, at=context.now, provider=provider.title, account=account, reason=reason
    )
    context.uow.audit_log.append(None, [refused])


def _is(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode(errors="replace"))
