"""What one person alone needs to know, told in direct messages."""

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Work


def tell_directly(work: Work, person: str, sentence: str, /, *, key: str, **words: str) -> None:
    """A sentence to one person, by their key, once for each `key`. Instants among the words are in ISO 8601."""
    work.uow.outbox.tell(
        RowKind.NOTICE,
        conversation=work.uow.conversations.of_channel(ChannelRef.direct(person)).id,
        key=f"direct:{person}:{key}:{sentence}",
        payload={"sentence": sentence, "words": words},
        now=work.now,
    )
