"""`/ticket web` and `/desk web`: a link that signs the actor in at their browser, for them alone."""

from bot.commands.framework.command import ByMention, Call, Command, Role
from bot.domain.errors import Refused
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import LIFE, SignInSide
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.services.sessions.sign_in_links import ADDRESS_SETTING, link_address, make_link
from bot.text.sentences import words

_MINUTES = int(LIFE.total_seconds()) // 60


def open_requests(call: Call) -> PrivateReply:
    return _link(call, SignInSide.REQUESTS)


def open_work(call: Call) -> PrivateReply:
    return _link(call, SignInSide.WORK)


def _link(call: Call, side: SignInSide) -> PrivateReply:
    context = call.context
    if not context.public_url:
        raise Refused("sign_in.no_address", variable=ADDRESS_SETTING)
    secret = make_link(context, context.actor, way=SignInWay.LINK, side=side)
    button = Button(
        label=words(context.language, "sign_in.button_open"),
        verb=call.command.name,
        url=link_address(context.public_url, secret),
        is_primary=True,
    )
    text = call.say("sign_in.link", name=context.actor.name, number=_MINUTES)
    return PrivateReply(text=text, buttons=(button,), is_news=True)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SIGN_IN_OWN,
        place=82,
        handler=open_requests,
        by_mention=ByMention.NEVER,
        replies_privately=True,
    ),
    Command(
        name=verbs.SIGN_IN_WORK,
        place=82,
        who=Role.STAFF,
        handler=open_work,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        menu_group="team",
    ),
)
