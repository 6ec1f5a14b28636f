"""Which known account is meant by whom a provider vouches for."""

from bot.domain.directory import Person
from bot.domain.sessions.identity_provider import IdentityProvider, ProviderRefusal
from bot.ports.sessions.identity import VouchedPerson
from bot.services.context.context import Context
from bot.services.sessions.entrants import Entrants, rights_of


def vouched_account(
    context: Context, provider: IdentityProvider, vouched: VouchedPerson, entrants: Entrants
) -> Person | ProviderRefusal:
    """By the account that a platform's own provider names; else by an address that is surely one person's.

    Where that leads to nobody, or to several, an account that the provider names decides.
    """
    if provider.platform:
        return _named(context, vouched.account, entrants)
    found = _by_address(context, vouched, entrants)
    if isinstance(found, ProviderRefusal) and vouched.account:
        return _named(context, vouched.account, entrants)
    return found


def _named(context: Context, account: str, entrants: Entrants) -> Person | ProviderRefusal:
    person = context.uow.people.find(account)
    if person is None:
        return ProviderRefusal.UNKNOWN
    return person if entrants.may_enter(context, person) else ProviderRefusal.LEFT


def _by_address(context: Context, vouched: VouchedPerson, entrants: Entrants) -> Person | ProviderRefusal:
    """Of somebody's linked accounts that have it, the one that may do most."""
    if not vouched.email:
        return ProviderRefusal.UNKNOWN
    address = vouched.email.casefold()
    have_it = [
        each
        for each in context.uow.people.search(vouched.email)
        if each.email is not None and each.email.casefold() == address
    ]
    if not have_it:
        return ProviderRefusal.UNKNOWN
    if not vouched.is_email_confirmed:
        return ProviderRefusal.UNCONFIRMED
    may_enter = [each for each in have_it if entrants.may_enter(context, each)]
    if not may_enter:
        return ProviderRefusal.LEFT
    if len({context.uow.identities.accounts_of(each.key) for each in may_enter}) > 1:
        return ProviderRefusal.SEVERAL
    return min(may_enter, key=lambda each: (-len(rights_of(each, context.desk)), each.key))
