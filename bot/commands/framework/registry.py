"""The list of all commands, and how a word finds one.

The agents' verbs also work under `/ticket`, for platforms that cannot show commands by role.
"""

from collections.abc import Mapping

from bot.commands.absences import DUTY_COMMANDS
from bot.commands.alerts import ALERT_COMMANDS
from bot.commands.desk import DESK_COMMANDS
from bot.commands.desk_admin import DESK_ADMIN_COMMANDS
from bot.commands.framework.command import Command, Role
from bot.commands.framework.option_helps import option_helps
from bot.commands.macros import MACRO_COMMANDS
from bot.commands.panel import PANEL_COMMANDS
from bot.commands.report import REPORT_COMMANDS
from bot.commands.sla import SLA_COMMANDS
from bot.commands.ticket import TICKET_COMMANDS
from bot.commands.transcript import TRANSCRIPT_COMMANDS
from bot.domain.desk import Desk
from bot.domain.suggestions import nearest
from bot.ports.intake import CommandHelp

GROUPS = ("ticket", "desk", "desk-admin")


class Registry:
    """Commands by group and verb."""

    def __init__(
        self,
        commands: tuple[Command, ...] = (
            *TICKET_COMMANDS,
            *PANEL_COMMANDS,
            *DESK_COMMANDS,
            *MACRO_COMMANDS,
            *DUTY_COMMANDS,
            *ALERT_COMMANDS,
            *TRANSCRIPT_COMMANDS,
            *SLA_COMMANDS,
            *REPORT_COMMANDS,
            *DESK_ADMIN_COMMANDS,
        ),
    ) -> None:
        self._commands = commands
        self._by_name = {(each.group, each.verb): each for each in commands}
        self._helps: tuple[Desk, tuple[CommandHelp, ...]] | None = None

    def all(self) -> tuple[Command, ...]:
        return self._commands

    def find(self, group: str, verb: str) -> Command | None:
        """The command of this group, or under `ticket` the agents' command of that verb."""
        found = self._by_name.get((group, verb))
        if found is None and group == "ticket":
            found = self._by_name.get(("desk", verb))
        return found

    def nearest(self, group: str, word: str, *, for_agent: bool = True) -> Command | None:
        """What was probably meant: a verb that starts so, else one that is spelled nearly so."""
        verbs = [each.verb for each in self._commands if each.group == group]
        if group == "ticket" and for_agent:
            verbs += [each.verb for each in self._commands if each.group == "desk"]
        starting = next((verb for verb in verbs if word and verb.startswith(word)), None)
        meant = starting or nearest(word, verbs)
        return self.find(group, meant) if meant else None

    def of_group(self, group: str) -> tuple[Command, ...]:
        return tuple(each for each in self._commands if each.group == group)

    def name_of(self, group: str, desk: Desk) -> str:
        return "/" + desk.command_names.get(group, group)

    def helps(self, desk: Desk) -> tuple[CommandHelp, ...]:
        """Every command under its configured name, for a platform's menus and completion; asked for often."""
        if self._helps is None or self._helps[0] is not desk:
            self._helps = (desk, self.helps_by_name(desk.command_names, desk=desk))
        return self._helps[1]

    def helps_by_name(self, names: Mapping[str, str], *, desk: Desk | None = None) -> tuple[CommandHelp, ...]:
        """Every command, with these names for the groups; with a desk, what its options may be."""
        return tuple(
            CommandHelp(
                group=names.get(each.group, each.group),
                verb=each.verb,
                usage=each.usage,
                summary=each.summary,
                for_agents=each.group != "ticket" or each.who is not Role.EVERYONE,
                key=each.group,
                takes_ticket=each.on_ticket is not None,
                has_form=bool(each.form_title),
                is_in_menus=each.is_in_menus,
                options=option_helps(each, desk),
            )
            for each in self._commands
        )
