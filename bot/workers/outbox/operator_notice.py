"""What operators are told in their channel, among it that a message was set aside."""

from collections.abc import Mapping

from bot.domain.sentence import Sentence
from bot.messages import verbs
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.services.context.context import Context


def tell_operators(context: Context, said: str, *, key: str, words: Mapping[str, str | Sentence]) -> None:
    """One line, once for each `key`; nothing where they have no channel."""
    channel = context.desk.operator_channel
    if channel is None:
        return
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(channel).id,
        key=key,
        payload={"sentence": said, "words": words},
        now=context.now,
    )


def tell_of_undelivered(context: Context, row: OutboxRow, reason: Sentence) -> None:
    """Except about the operators' channel itself."""
    if context.desk.operator_channel == row.conversation.channel:
        return
    outbox = verbs.typed(context.desk.command_names, verbs.OUTBOX)
    tell_operators(
        context,
        "team.undelivered_operators",
        key=f"undelivered:{row.id}:{row.attempts}",
        words={
            "kind": row.kind.term,
            "number": str(row.id),
            "channel": str(row.conversation.channel),
            "reason": reason,
            "retry": f"{outbox} retry {row.id}",
            "drop": f"{outbox} drop {row.id}",
        },
    )
