"""A `Visibility` as conditions on the rows of tickets, so that what may not be seen is never read."""

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from bot.domain.search.visibility import Visibility
from storage.tables.desk import tickets

_COMMUNITY = tickets.c.community
_TEAM = tickets.c.team


def is_seen(visibility: Visibility) -> ColumnElement[bool]:
    """As `Visibility.covers`."""
    own = or_(_is_requester(visibility), _is_among(visibility.shared))
    if not visibility.teams:
        return own
    is_open = or_(tickets.c.is_private.is_(False), _is_among(visibility.followed))
    return or_(own, _is_worked(visibility), and_(is_open, _is_near(visibility)))


def has_readable_notes(visibility: Visibility) -> ColumnElement[bool]:
    """As `Visibility.reads_notes`."""
    if not visibility.teams:
        return false()
    is_followed = and_(_is_among(visibility.followed), _is_near(visibility))
    return and_(not_(_is_requester(visibility)), or_(_is_worked(visibility), is_followed))


def _is_requester(visibility: Visibility) -> ColumnElement[bool]:
    """As `Visibility.is_account`."""
    if not visibility.accounts:
        return tickets.c.requester == visibility.person
    return tickets.c.requester.in_(sorted(visibility.accounts | {visibility.person}))


def _is_among(ids: frozenset[int]) -> ColumnElement[bool]:
    return tickets.c.id.in_(sorted(ids)) if ids else false()


def _is_worked(visibility: Visibility) -> ColumnElement[bool]:
    orphans = or_(
        _COMMUNITY.in_(sorted(visibility.heirs - {""})),
        _has_no_community(visibility) if "" in visibility.heirs else false(),
    )
    return or_(
        _TEAM.in_(sorted(visibility.teams)), and_(_TEAM.not_in(sorted(visibility.known_teams)), orphans)
    )


def _is_near(visibility: Visibility) -> ColumnElement[bool]:
    if visibility.sees_everywhere:
        return true()
    gone = _TEAM.not_in(sorted(visibility.known_teams)) if "" in visibility.neighbours else false()
    beside = or_(_TEAM.in_(sorted(visibility.neighbours - {""})), gone)
    return or_(_COMMUNITY.in_(sorted(visibility.communities)), and_(_has_no_community(visibility), beside))


def _has_no_community(visibility: Visibility) -> ColumnElement[bool]:
    return or_(_COMMUNITY.is_(None), _COMMUNITY.not_in(sorted(visibility.known_communities)))
