"""The links that sign somebody in: asked for in chat, or made at the terminal by whoever runs the desk."""

from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import LimitReached, Refused
from bot.domain.sentence import Sentence, sentence
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.session_events import SignInLinkMade
from bot.domain.sessions.sign_in_link import COUNTED_WITHIN, KEPT_FOR, MOST_LINKS, SignInLink, SignInSide
from bot.messages import verbs
from bot.services.context.context import Context
from bot.services.sessions.secret import digest_of, new_secret

PATH: Final = "/sign-in"
ADDRESS_SETTING: Final = "DESKBELL_PUBLIC_URL"


def make_link(context: Context, account: Person, *, way: SignInWay, side: SignInSide) -> str:
    """Its secret, which is kept nowhere. Raises LimitReached for who asked too often, and Refused for a bot."""
    if account.is_bot:
        raise Refused("sign_in.bots_do_not", name=account.name)
    links = context.uow.sign_in_links
    if way is SignInWay.LINK:
        context.uow.people.hold(account.key)
        if links.made_since(account.key, context.now - COUNTED_WITHIN) >= MOST_LINKS:
            raise LimitReached("sign_in.too_many_links", number=MOST_LINKS)
    secret = new_secret()
    links.forget(before=context.now - KEPT_FOR)
    made = SignInLink(account=account.key, way=way, side=side, made_at=context.now)
    links.add(made, digest=digest_of(secret))
    event = SignInLinkMade(actor=context.actor.key, at=context.now, account=account.key, way=way)
    context.uow.audit_log.append(None, [event])
    return secret


def link_address(url: str, secret: str) -> str:
    """Below the address under which people reach the desk."""
    return f"{url}{PATH}/{secret}"


def no_links(desk: Desk) -> Sentence:
    """For the operator: nobody who asks gets a link, as it is not said where people open the desk."""
    commands = tuple(
        verbs.typed(desk.command_names, each) for each in (verbs.SIGN_IN_OWN, verbs.SIGN_IN_WORK)
    )
    return sentence("operations.sign_in_no_address", commands=commands, variable=ADDRESS_SETTING)
