"""Direct messages: what is said there goes on with the person's open ticket, and what only they need to know."""

from bot.domain.conversation import Conversation
from bot.domain.directory import ChannelRef
from bot.ports.outbox import RowKind
from bot.services.work import Work


def goes_on_here(work: Work, channel: ChannelRef) -> Conversation | None:
    """The conversation that a message without a thread belongs to; None for one that begins something new."""
    if not channel.is_direct or work.has_threads_in_directs(channel.platform):
        return None
    return work.uow.conversations.unfinished_in(channel, requester=work.actor.key)


def tell_directly(work: Work, person: str, sentence: str, /, *, key: str, **words: str) -> None:
    """A sentence to one person, by their key, once for each `key`. Instants among the words are in ISO 8601."""
    work.uow.outbox.tell(
        RowKind.NOTICE,
        conversation=work.uow.conversations.of_channel(ChannelRef.direct(person)).id,
        key=f"direct:{person}:{key}:{sentence}",
        payload={"sentence": sentence, "words": words},
        now=work.now,
    )
