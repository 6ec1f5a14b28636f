"""What one person alone needs to know, told in direct messages."""

from bot.domain.directory import ChannelRef
from bot.domain.sentence import Sentence
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context


def tell_directly(
    context: Context, person: str, sentence: str, /, *, key: str, **words: str | Sentence
) -> None:
    """A sentence to one person, by their key, once for each `key`. Instants among the words are in ISO 8601."""
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(ChannelRef.direct(person)).id,
        key=f"direct:{person}:{key}:{sentence}",
        payload={"sentence": sentence, "words": words},
        now=context.now,
    )
