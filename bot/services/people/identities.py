"""Accounts become one person's, and are parted again: each time written down, and in a way that can be undone.

Linked accounts are one requester: either sees what was asked with the other, and may go on with it. What somebody may
do as an agent comes from `desk.yaml` for the account that they use, and no link adds to it.
"""

from bot.domain import events as happened
from bot.domain.directory import DESK, Person
from bot.domain.errors import AlreadySo, Refused
from bot.domain.people.identity import Link, LinkWay, of_one_address
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context


def meet_person(context: Context, person: Person) -> None:
    """Know this person; whoever is new or changed is linked by their address, where it is surely theirs."""
    if context.uow.people.remember(person):
        _link_by_address(context, person)


def link_accounts(context: Context, one: Person, other: Person, *, way: LinkWay) -> None:
    """By the actor. Raises AlreadySo, and Refused for a bot and for an account with itself."""
    if one.key == other.key:
        raise Refused("people.same_account", name=one.name)
    if one.is_bot or other.is_bot:
        raise Refused("people.bots_have_no_accounts", name=(one if one.is_bot else other).name)
    if other.key in context.uow.identities.accounts_of(one.key):
        raise AlreadySo("people.linked_already", name=one.name, other=other.name)
    _link(context, one.key, other.key, way=way, by=context.actor.key)


def unlink_account(context: Context, account: Person) -> frozenset[str]:
    """Part it from all that it is linked to, which no address undoes; returns their keys. Raises AlreadySo."""
    identities = context.uow.identities
    accounts = identities.accounts_of(account.key)
    others = accounts - {account.key}
    if not others:
        raise AlreadySo("people.not_linked", name=account.name)
    ways = {frozenset((each.account, each.other)): each.way for each in identities.links_among(accounts)}
    for other in sorted(others):
        identities.put(
            Link(
                account=account.key,
                other=other,
                way=ways.get(frozenset((account.key, other)), LinkWay.ADMIN),
                by=context.actor.key,
                at=context.now,
                is_removed=True,
            )
        )
    parted = happened.AccountUnlinked(
        actor=context.actor.key, at=context.now, account=account.key, others=tuple(sorted(others))
    )
    context.uow.audit_log.append(None, [parted])
    return others


def _link_by_address(context: Context, person: Person) -> None:
    if not person.email or not context.vouches_for_address(person):
        return
    for other in of_one_address(person, context.uow.people.search(person.email)):
        if context.vouches_for_address(other) and _may_link_by_themselves(context.uow, person, other):
            _link(context, person.key, other.key, way=LinkWay.ADDRESS, by=DESK)


def _may_link_by_themselves(uow: UnitOfWork, person: Person, other: Person) -> bool:
    """Not what somebody parted, and not two accounts of one platform, where an address may have changed hands."""
    theirs, others = uow.identities.accounts_of(person.key), uow.identities.accounts_of(other.key)
    if other.key in theirs:
        return False
    platforms = {each.partition(":")[0] for each in theirs}
    if any(each.partition(":")[0] in platforms for each in others):
        return False
    return not any(
        each.is_removed and (each.account in theirs) != (each.other in theirs)
        for each in uow.identities.links_among(theirs | others)
    )


def _link(context: Context, one: str, other: str, *, way: LinkWay, by: str) -> None:
    context.uow.identities.put(Link(account=one, other=other, way=way, by=by, at=context.now))
    linked = happened.AccountsLinked(actor=by, at=context.now, account=one, other=other, way=way)
    context.uow.audit_log.append(None, [linked])
