"""How a word finds a command, among all that there are.

The agents' verbs also work under `/ticket`, for platforms that cannot show commands by role.
"""

import re
from collections.abc import Iterable, Mapping

from bot.commands.framework.access import has_role
from bot.commands.framework.command import ADMINS, AGENTS, EVERYBODY, KNOWLEDGE, Command, Role
from bot.commands.framework.option_helps import option_helps
from bot.commands.framework.parsing import split_verb
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.normalised_text import normalised
from bot.domain.suggestions import nearest, slipped_from
from bot.messages import verbs
from bot.ports.intake import CommandHelp
from bot.text.catalogue import FALLBACK, languages
from bot.text.sentences import translations

_NUMBER = re.compile(r"#?(?:[a-z]{1,10}[-\s]?)?\d{1,12}", re.IGNORECASE | re.ASCII)
"""What looks like a ticket's number, right or wrong."""


class Registry:
    """Commands by group and verb. Raises ValueError for two of one name, and for none or several defaults."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = tuple(commands)
        self._by_name: dict[tuple[str, str], Command] = {}
        self._by_menu = {
            (each.group, *each.menu_place): each for each in self._commands if each.menu_place[0]
        }
        for each in self._commands:
            for verb in (each.verb, *each.aliases):
                if (each.group, verb) in self._by_name:
                    raise ValueError(f"two commands are called `{each.group} {verb}`")
                self._by_name[each.group, verb] = each
        defaults = [each for each in self._commands if each.is_default]
        if len(defaults) > 1:
            raise ValueError(f"several commands are the default: {', '.join(each.name for each in defaults)}")
        self._for_words = {each.group: each for each in self._commands if each.is_for_words}
        self._spoken = {normalised(words): each for each in self._commands for words in each.spoken}
        self.default = defaults[0] if defaults else None
        self._helps: tuple[Desk, tuple[CommandHelp, ...]] | None = None

    def all(self) -> tuple[Command, ...]:
        return self._commands

    def find(self, group: str, verb: str) -> Command | None:
        """The command of this group, or under `ticket` the agents' command of that verb."""
        found = self._by_name.get((group, verb))
        if found is None and group == EVERYBODY:
            found = self._by_name.get((AGENTS, verb))
        return found

    def named(self, name: str) -> Command | None:
        """The command of a `group verb`, as buttons and forms carry it."""
        group, _, verb = name.partition(" ")
        return self.find(group, verb)

    def as_typed(self, text: str, *, group: str = EVERYBODY) -> str:
        """What was said, as the command of the group that it means would be typed; any other text as it is."""
        meant = self._spoken.get(normalised(text))
        if meant is not None and (meant.group == group or meant.is_default):
            return meant.verb
        question, _, about = text.partition(" for ")
        meant = self._spoken.get(normalised(question)) if group not in (EVERYBODY, KNOWLEDGE) else None
        return f"{meant.verb} {about}" if meant is not None and meant.group == group else text.strip()

    def called(self, verb: str) -> Command | None:
        """The command of this verb, whatever its group: everybody's before the agents' before the admins'."""
        return self.find(EVERYBODY, verb) or self.find(ADMINS, verb)

    def read(self, group: str, words: str) -> tuple[Command | None, str]:
        """The command that typed words begin with, and the rest of them; a bare group means the default command.

        `away 2h` and, as menus with groups of verbs put it, `team away 2h` are one; so are `on-call` and `on call`.
        """
        verb, rest = split_verb(words)
        grouped, after = self._in_menu(group, verb, rest)
        if grouped is not None:
            return grouped, after
        inner, after = split_verb(rest)
        joined = self.find(group, f"{verb}-{inner}") if inner else None
        if joined is not None:
            return joined, after
        found = self.find(group, verb)
        if found is not None:
            return found, rest
        if self.default is not None and verb == self.default.verb:
            return self.default, rest
        own = self._for_words.get(group)
        if own is not None:
            return own, words.strip()
        return (self.default if not verb else None), rest

    def read_typed(self, group: str, words: str) -> tuple[Command | None, str]:
        """The same of a typed command, in which a ticket's number alone asks to see it: `/ticket IT-12`."""
        command, rest = self.read(group, words)
        if command is None and group in (EVERYBODY, AGENTS) and _NUMBER.fullmatch(words.strip()):
            return self.read(group, f"{verbs.word(verbs.SHOW)} {words}")
        return command, rest

    def _in_menu(self, group: str, verb: str, rest: str) -> tuple[Command | None, str]:
        """The command that a group of verbs and a verb in it name, and what follows them."""
        inner, after = split_verb(rest)
        groups = (EVERYBODY, AGENTS) if group == EVERYBODY else (group,)
        found = (self._by_menu.get((each, verb, inner)) for each in groups)
        return next((each for each in found if each is not None), None), after

    def nearest(self, group: str, word: str, *, for_agent: bool = True) -> Command | None:
        """What was probably meant: a verb that starts so, else one that is spelled nearly so."""
        spoken = self._spoken.get(normalised(word))
        if spoken is not None and spoken.group == group:
            return spoken
        listed = [each for each in self._commands if each.group == group and each.is_listed]
        known = [each.verb for each in listed if for_agent or each.who is not Role.STAFF]
        if group == EVERYBODY and for_agent:
            known += [each.verb for each in self._commands if each.group == AGENTS]
        starting = next((verb for verb in known if word and verb.startswith(word)), None)
        meant = starting or nearest(word, known)
        return self.find(group, meant) if meant else None

    def meant_by(self, group: str, word: str) -> str | None:
        """What somebody has to type who types this as a verb."""
        known = (each for each in self._commands if each.group == group and word in each.meant_by)
        found = next(known, None)
        return f"{found.verb} {found.meant_by[word]}".strip() if found is not None else None

    def spelled_right(self, words: str) -> str | None:
        """The same words where the verb, or a whole message that is spoken, was one slip of the finger away."""
        verb, rest = split_verb(words)
        groups = (EVERYBODY, AGENTS)
        listed = [each for each in self._commands if each.is_listed and each.group in groups]
        known = [verb for each in listed for verb in (each.verb, *each.aliases)]
        said = {spoken: each.verb for each in listed for spoken in each.spoken}
        if (meant := slipped_from(normalised(words), said)) is not None:
            return said[meant]
        meant = slipped_from(verb, known)
        return f"{meant} {rest}".strip() if meant is not None else None

    @staticmethod
    def typed_right(command: Command, words: str) -> str:
        """All that was typed, to be copied, where its verb was a slip of the finger away and a text follows."""
        verb, rest = split_verb(words)
        said = rest.split()
        is_slip = len(said) > 1 and slipped_from(verb, [command.verb]) is not None
        return " ".join((command.verb, *said)) if is_slip else ""

    def name_of(self, group: str, desk: Desk) -> str:
        return "/" + desk.command_names.get(group, group)

    def groups_for(self, desk: Desk, actor: Person) -> frozenset[str]:
        """Names of the groups that hold a command for this person, as this desk calls them."""
        groups = {each.group for each in self._commands if each.is_listed and has_role(desk, actor, each)}
        return frozenset(desk.command_names.get(group, group) for group in groups)

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
                usage=each.usage(FALLBACK),
                usages={language: each.usage(language) for language in languages()},
                summary=each.summary(FALLBACK),
                translations=translations(each.key("summary")),
                for_agents=each.group not in (EVERYBODY, KNOWLEDGE) or each.who is not Role.EVERYONE,
                key=each.group,
                takes_ticket=each.on_ticket is not None,
                has_form=each.has_form,
                takes_files=each.takes_files,
                menu_group=each.menu_place[0],
                menu_verb=each.menu_place[1],
                shortcuts=tuple(map(each.shortcut, each.shortcuts)),
                options=option_helps(each, desk),
            )
            for each in self._commands
            if each.is_listed and (desk is None or each.is_in(desk))
        )
