"""`link` and `unlink`: which accounts are one person's, said by the person with a code, or by an administrator."""

from collections.abc import Iterable

from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.domain.directory import Person
from bot.domain.people.identity import LinkWay
from bot.domain.people.link_code import LIFE, MOST_TRIES, is_code, read_code
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.services.outbox.direct_notices import tell_directly
from bot.services.people.identities import link_accounts, unlink_account
from bot.services.people.link_codes import find_code, is_out_of_tries, send_code
from bot.text.amounts import listed
from bot.text.sentences import words
from bot.views.people.person_page import account_name

_CONFIRMED = "confirmed"
"""The option of the button that confirms."""
_UNLINK = "ticket unlink"
_MINUTES = int(LIFE.total_seconds()) // 60


def link_own(call: Call) -> PrivateReply:
    """A code for the actor's other account; or with a code, the account that it was sent to becomes the actor's."""
    if not call.option("code"):
        send_code(call.context)
        command = f"{_typed(call, verbs.LINK)} CODE"
        return call.answer("people.code_sent", command=command, number=_MINUTES)
    return _link_by_code(call)


def _link_by_code(call: Call) -> PrivateReply:
    """What is wrong with a code is answered and not raised: the try is to be counted."""
    context = call.context
    if not is_code(call.option("code")):
        return _no_code(call, call.option("code"))
    if is_out_of_tries(context):
        return _refused(call, "people.too_many_tries", number=MOST_TRIES)
    code = find_code(context, call.option("code"))
    if code is None:
        return _refused(call, "people.no_such_code", command=_typed(call, verbs.LINK))
    other = context.uow.people.find(code.account)
    if other is None or other.key == context.actor.key:
        return _refused(call, "people.type_it_elsewhere")
    if not call.option(_CONFIRMED):
        return _ask(call, other)
    link_accounts(context, context.actor, other, way=LinkWay.CODE)
    context.uow.link_codes.drop(other.key)
    _tell(call, other, context.actor, key=code.code)
    return call.answer("people.linked", account=account_name(other), command=_typed(call, _UNLINK))


def _no_code(call: Call, typed: str) -> PrivateReply:
    """With where the desk is: who types `link discord` may mean a platform that it is not on."""
    known = call.context.capabilities
    platforms = [each.capitalize() for each, can in known.items() if not can.is_machine]
    return _refused(
        call,
        "people.not_a_code",
        text=typed,
        platforms=listed(platforms, call.context.language),
        command=_typed(call, verbs.LINK),
    )


def _ask(call: Call, other: Person) -> PrivateReply:
    button = Button(
        label=words(call.context.language, "people.button_link"),
        verb=call.command.name,
        options={"code": read_code(call.option("code")), _CONFIRMED: "yes"},
        is_primary=True,
    )
    return PrivateReply(text=call.say("people.confirm_link", account=account_name(other)), buttons=(button,))


def _refused(call: Call, key: str, **facts: RichText | str | int) -> PrivateReply:
    return PrivateReply(text=call.say(key, **facts), is_error=True)


def unlink_own(call: Call) -> PrivateReply:
    """The account that the actor uses is on its own again."""
    actor = call.context.actor
    _tell_parted(call, actor, unlink_account(call.context, actor))
    return call.answer("people.unlinked_own")


def link_others(call: Call) -> PrivateReply:
    """By an administrator, who knows that these two are one person's. Both accounts are told."""
    context = call.context
    one, other = (find_person(context, call.option(each)) for each in ("person", "other"))
    link_accounts(context, one, other, way=LinkWay.ADMIN)
    key = f"{context.now.isoformat()}:{one.key}:{other.key}"
    _tell(call, one, other, key=key)
    _tell(call, other, one, key=key)
    undo = f"{_typed(call, 'desk-admin unlink')} {other.key}"
    names = {"account": account_name(one), "other": account_name(other)}
    return call.answer("people.linked_others", command=undo, **names)


def unlink_other(call: Call) -> PrivateReply:
    context = call.context
    account = find_person(context, call.option("person"))
    others = unlink_account(context, account)
    _tell_parted(call, account, others)
    undo = f"{_typed(call, 'desk-admin link')} {account.key} {min(others)}"
    return call.answer("people.unlinked", account=account_name(account), command=undo)


def _tell(call: Call, person: Person, other: Person, *, key: str) -> None:
    """Whoever's account it is learns of it there, and how to undo it."""
    if call.context.reaches(person):
        command = _typed(call, _UNLINK)
        tell_directly(
            call.context,
            person.key,
            "requester.account_linked",
            key=key,
            account=account_name(other),
            command=command,
        )


def _tell_parted(call: Call, account: Person, others: Iterable[str]) -> None:
    """Each of the accounts that are one person's no more, except the one that this was said with."""
    context = call.context
    parted = [found for each in sorted(others) if (found := context.uow.people.find(each)) is not None]
    for person, other in [*((each, account) for each in parted), *((account, each) for each in parted)]:
        if person.key != context.actor.key and context.reaches(person):
            tell_directly(
                context,
                person.key,
                "requester.account_unlinked",
                key=f"{context.now.isoformat()}:{other.key}",
                account=account_name(other),
                command=_typed(call, verbs.LINK),
            )


def _typed(call: Call, verb: str) -> str:
    return verbs.typed(call.context.desk.command_names, verb)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.LINK,
        place=80,
        handler=link_own,
        options=(Option(name="code", kind=OptionKind.WORD, is_required=False),),
        by_mention=ByMention.ALONE,
        example="link 7KQ2-MXPA",
    ),
    Command(
        name=_UNLINK,
        place=81,
        handler=unlink_own,
        by_mention=ByMention.ALONE,
    ),
    Command(
        name="desk-admin link",
        place=50,
        who=Role.ADMIN,
        handler=link_others,
        options=(
            Option(name="person", kind=OptionKind.PERSON),
            Option(name="other", kind=OptionKind.PERSON),
        ),
        has_form=True,
        example="link @ana discord:1122334455667788990",
    ),
    Command(
        name="desk-admin unlink",
        place=51,
        who=Role.ADMIN,
        handler=unlink_other,
        options=(Option(name="person", kind=OptionKind.PERSON),),
        has_form=True,
        example="unlink @ana",
    ),
)
