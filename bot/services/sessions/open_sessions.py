"""Sessions that go on: listed, and ended by their person or by an administrator."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.errors import AlreadySo, NotAllowed
from bot.domain.sessions.session import Session, SessionEnd
from bot.domain.sessions.session_events import SessionEnded
from bot.services.context.context import Context

LISTED: Final = 20
"""Sessions that are shown at most."""


def open_sessions(context: Context, accounts: Iterable[str] | None) -> Sequence[Session]:
    """Of these accounts, or of everybody: those that are not over, the one used last first."""
    found = context.uow.sessions.unended(accounts, limit=LISTED)
    return [each for each in found if not each.is_over(context.now, context.desk.sign_in)]


def end_session(context: Context, number: int) -> Session:
    """By its person or an administrator. Raises NotAllowed for others, and AlreadySo for one that is over."""
    session = context.uow.sessions.get(number)
    if session is None or not _may_end(context, session):
        raise NotAllowed("sign_in.no_such_session")
    if session.is_over(context.now, context.desk.sign_in):
        raise AlreadySo("sign_in.over_already")
    close_session(context, session, SessionEnd.ENDED)
    return session


def close_session(context: Context, session: Session, cause: SessionEnd) -> None:
    """Of several at once one writes it down."""
    if not context.uow.sessions.end(session.id, at=context.now):
        return
    ended = SessionEnded(
        actor=context.actor.key,
        at=context.now,
        session=session.id,
        account=session.account,
        browser=session.browser,
        cause=cause,
    )
    context.uow.audit_log.append(None, [ended])


def _may_end(context: Context, session: Session) -> bool:
    return session.account in context.accounts or context.desk.is_admin(context.actor)
