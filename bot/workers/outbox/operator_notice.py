"""What operators are told in their channel of a message that was set aside."""

from bot.domain.sentence import Sentence
from bot.messages import verbs
from bot.ports.storage.outbox import OutboxRow, RowKind
from bot.services.context.context import Context


def tell_operators(context: Context, row: OutboxRow, reason: Sentence) -> None:
    """One line in the operators' channel, except about that channel itself."""
    channel = context.desk.operator_channel
    if channel is None or channel == row.conversation.channel:
        return
    outbox = verbs.typed(context.desk.command_names, verbs.OUTBOX)
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(channel).id,
        key=f"undelivered:{row.id}:{row.attempts}",
        payload={
            "sentence": "team.undelivered_operators",
            "words": {
                "kind": row.kind.term,
                "number": str(row.id),
                "channel": str(row.conversation.channel),
                "reason": reason,
                "retry": f"{outbox} retry {row.id}",
                "drop": f"{outbox} drop {row.id}",
            },
        },
        now=context.now,
    )
