"""The command that lists what a message only counts: of one team where it speaks of one."""

from collections.abc import Collection

from bot.domain.directory import Team
from bot.messages import verbs
from bot.messages.outbound import Code
from bot.services.context.view import View


def queue_command(view: View, teams: Collection[Team], which: str = "") -> Code:
    """`/desk queue network overdue`; without a part, all of it.

    Readers of a message about several teams are in some of them, and see those.
    """
    names = [each.name for each in teams] if len(teams) == 1 else []
    return Code(
        " ".join([verbs.typed(view.desk.command_names, verbs.QUEUE), *names, *([which] if which else [])])
    )
