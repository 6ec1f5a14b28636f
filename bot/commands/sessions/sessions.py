"""`/ticket sessions` and `/desk-admin sessions`: where somebody is signed in, each with a button that ends it."""

from collections.abc import Sequence

from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.domain.errors import Refused
from bot.domain.sessions.session import Session
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, PrivateReply, RichText
from bot.services.sessions.open_sessions import end_session, open_sessions
from bot.text.sentences import joined, words

_END = "ticket end-session"


def list_own(call: Call) -> PrivateReply:
    return _listing(call, open_sessions(call.context, call.context.accounts), "sign_in.sessions_own")


def list_all(call: Call) -> PrivateReply:
    """Of one person with all of their accounts, or of everybody."""
    if not call.option("person"):
        return _listing(call, open_sessions(call.context, None), "sign_in.sessions_all")
    person = find_person(call.context, call.option("person"))
    accounts = call.context.uow.identities.accounts_of(person.key)
    return _listing(call, open_sessions(call.context, accounts), "sign_in.sessions_of", name=person.name)


def end(call: Call) -> PrivateReply:
    number = call.option("session")
    if not (number.isascii() and number.isdecimal()):
        raise Refused("refusals.button_too_old")
    session = end_session(call.context, int(number))
    return call.answer("sign_in.session_ended", browser=session.browser, name=_name(call, session))


def _listing(call: Call, sessions: Sequence[Session], title: str, **facts: str) -> PrivateReply:
    if not sessions:
        return call.answer(f"{title}_none", **facts)
    shown: list[RichText] = [call.say(title, **facts)]
    buttons = []
    for place, each in enumerate(sessions, start=1):
        shown.append(_line(call, each, place))
        label = words(call.context.language, "sign_in.button_end", number=str(place))
        buttons.append(Button(label=label, verb=_END, options={"session": str(each.id)}, is_dangerous=True))
    return PrivateReply(text=joined(*shown, by="\n"), buttons=tuple(buttons), is_page=True)


def _line(call: Call, session: Session, place: int) -> RichText:
    return call.say(
        "sign_in.session_line",
        number=str(place),
        browser=session.browser,
        name=_name(call, session),
        since=Moment(session.created_at, call.context.actor.time_zone),
        used=Moment(session.used_at, call.context.actor.time_zone),
    )


def _name(call: Call, session: Session) -> str:
    person = call.context.uow.people.find(session.account)
    return person.name if person is not None else session.account


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.OWN_SESSIONS,
        place=83,
        handler=list_own,
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
    ),
    Command(
        name="desk-admin sessions",
        place=52,
        who=Role.ADMIN,
        handler=list_all,
        options=(Option(name="person", kind=OptionKind.PERSON, is_required=False),),
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        example="sessions @ana",
    ),
    Command(
        name=_END,
        handler=end,
        options=(Option(name="session", kind=OptionKind.WORD, is_required=False, is_form_only=True),),
        by_mention=ByMention.NEVER,
        replies_privately=True,
        is_listed=False,
    ),
)
