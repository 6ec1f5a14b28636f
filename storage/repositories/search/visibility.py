"""A `Sight` as conditions on the rows of tickets, so that what may not be seen is never read."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from bot.domain.search.sight import Sight
from storage.tables import tickets

_COMMUNITY = tickets.c.community
_TEAM = tickets.c.team


def is_seen(sight: Sight) -> ColumnElement[bool]:
    """As `Sight.covers`."""
    if not sight.teams:
        return tickets.c.requester == sight.person
    return or_(
        tickets.c.requester == sight.person,
        _is_worked(sight),
        and_(tickets.c.is_private.is_(False), _is_near(sight)),
    )


def has_readable_notes(sight: Sight) -> ColumnElement[bool]:
    """As `Sight.reads_notes`."""
    if not sight.teams:
        return false()
    return and_(tickets.c.requester != sight.person, _is_worked(sight))


def _is_worked(sight: Sight) -> ColumnElement[bool]:
    orphans = or_(
        _COMMUNITY.in_(sorted(sight.heirs - {""})),
        and_(_has_no_community(sight), true() if "" in sight.heirs else false()),
    )
    return or_(_TEAM.in_(sorted(sight.teams)), and_(_TEAM.not_in(sorted(sight.known_teams)), orphans))


def _is_near(sight: Sight) -> ColumnElement[bool]:
    if sight.sees_everywhere:
        return true()
    gone = and_(_TEAM.not_in(sorted(sight.known_teams)), true() if "" in sight.neighbours else false())
    beside = or_(_TEAM.in_(sorted(sight.neighbours - {""})), gone)
    return or_(_COMMUNITY.in_(sorted(sight.communities)), and_(_has_no_community(sight), beside))


def _has_no_community(sight: Sight) -> ColumnElement[bool]:
    return or_(_COMMUNITY.is_(None), _COMMUNITY.not_in(sorted(sight.known_communities)))
