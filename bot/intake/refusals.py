"""What somebody reads whose wish is refused: said to them alone; a form stays open with what was typed."""

from bot.domain.desk import Desk
from bot.domain.errors import AlreadySo, FieldsRefused, LimitReached, Refused
from bot.messages import verbs
from bot.messages.inbound import InboundEvent, VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply, Reply
from bot.messages.plain import quoted
from bot.services.context.context import Context
from bot.text.catalogue import best
from bot.text.error_text import explain, tell
from bot.text.sentences import say


def refusal_of(event: InboundEvent, refusal: Refused, *, desk: Desk) -> Reply:
    language = best(event.actor.language, desk.language)
    if isinstance(event, VerbChosen) and event.is_form and not isinstance(refusal, AlreadySo):
        fields = refusal.fields if isinstance(refusal, FieldsRefused) else {}
        wrong = {name: quoted(tell(language, why)) for name, why in fields.items()}
        return FormRefused(quoted(explain(language, refusal)), wrong)
    return PrivateReply(text=explain(language, refusal), is_error=not isinstance(refusal, AlreadySo))


def in_words(reply: Reply | None) -> Reply | None:
    """What a message is answered, which no form can follow."""
    return PrivateReply(text=reply.instead, is_error=True) if isinstance(reply, Form) else reply


def must_be_shown(reply: Reply | None) -> bool:
    """Whether it says what no card shows: a refusal, a question, news of others, a form."""
    return isinstance(reply, Form) or (
        isinstance(reply, PrivateReply) and (reply.is_error or reply.is_question or reply.is_news)
    )


def turned_away(context: Context, refusal: LimitReached) -> Reply:
    """Said instead of raised: the message has had its answer, and must open nothing when it is read once more."""
    return PrivateReply(text=explain(context.language, refusal), is_error=True)


def no_messages_here(context: Context) -> Reply:
    """To whoever speaks to the desk where it takes no messages."""
    names = context.desk.command_names
    text = say(
        context.language,
        "requester.no_messages_here",
        command=verbs.typed(names, verbs.OPEN),
        help=verbs.typed(names, verbs.HELP),
    )
    return PrivateReply(text=text, is_error=True)
