"""`/ticket panel`: a message in a channel whose buttons ask for help, for those who type no commands."""

from bot.commands.framework.command import ByMention, Call, Command, Option, Role
from bot.domain.errors import Refused
from bot.messages.outbound import PrivateReply
from bot.ports.storage.outbox import RowKind

LONGEST_TITLE = 200


def post_panel(call: Call) -> PrivateReply:
    """Its buttons are drawn when it is delivered; what they ask follows the configuration of that day."""
    context, title = call.context, call.option("title")
    if call.location.is_direct:
        raise Refused("answers.panel_not_in_directs")
    if len(title) > LONGEST_TITLE:
        raise Refused("answers.panel_title_too_long", limit=LONGEST_TITLE)
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(call.location.channel).id,
        key=f"panel:{context.uow.new_id()}",
        payload={
            "sentence": "requester.panel_titled" if title else "requester.panel",
            "words": {"title": title or context.desk.name},
        },
        now=context.now,
    )
    return call.answer("answers.panel_posted")


COMMANDS: tuple[Command, ...] = (
    Command(
        name="ticket panel",
        place=110,
        who=Role.STAFF,
        handler=post_panel,
        options=(Option(name="title", is_required=False),),
        by_mention=ByMention.ALONE,
        example="panel What do you need?",
    ),
)
