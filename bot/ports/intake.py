"""The intake port: what a platform calls when people do something, and what it may ask of the desk."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import CommandGiven, InboundEvent, Location, SuggestionsWanted, VerbChosen
from bot.messages.outbound import Form, Reply, RichText


class ShortcutOn(StrEnum):
    """What a shortcut is used on."""

    ANYTHING = "anything"
    """It can be chosen anywhere."""
    MESSAGE = "message"
    """A message, which the command is then about."""
    THREAD = "thread"
    """A message of a ticket's thread: the command is for that ticket."""
    PERSON = "person"
    """Somebody, who is the first of the command's options that is a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A command as an entry of a platform's own menus, where the platform has one for that; in English.

    `label` has at most 24 characters (https://docs.slack.dev/reference/app-manifest), `about` says what it does.
    """

    on: ShortcutOn
    label: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """What a menu says of it: `summary` in English, `translations` in other languages, by their codes."""

    summary: str
    translations: Mapping[str, str] = field(default_factory=dict)

    def summary_in(self, language: str) -> str:
        """In English where it is not translated."""
        return self.translations.get(language, self.summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionHelp(MenuEntry):
    """One option of a verb, for platforms with typed options.

    `kind` is text, word, person, agent, team, priority, tags, category, yes_no, macro, own_macro, flag, fields,
    verb or search.
    `choices` are (value, label), all there are; with `is_suggested` the platform asks `Intake.suggest` while
    somebody types.
    """

    name: str
    kind: str
    is_required: bool
    choices: tuple[tuple[str, str], ...] = ()
    is_suggested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHelp(MenuEntry):
    """One verb as a platform may offer it: `/group verb usage`, and its options by name.

    `group` is the configured name, `key` the canonical one (`ticket`, `desk`, `desk-admin`).
    """

    group: str
    verb: str
    usage: str
    """With placeholders in English; `usages` has them by language."""
    for_agents: bool
    usages: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    takes_ticket: bool = False
    has_form: bool = False
    """Whether a form asks for what is left out."""
    takes_files: bool = False
    """Whether files may come with it, where a platform's commands can bring some."""
    menu_group: str = ""
    """The group of verbs that holds it, where a platform has room for few verbs side by side; empty for none."""
    menu_verb: str = ""
    """What it is called in that group, where that is not its verb."""
    shortcuts: tuple[Shortcut, ...] = ()
    options: tuple[OptionHelp, ...] = ()

    def usage_in(self, language: str) -> str:
        """With English placeholders where nobody translated them."""
        return self.usages.get(language, self.usage)

    @property
    def place_in_menu(self) -> tuple[str, str]:
        """The group of verbs, if any, and its name there."""
        return self.menu_group, self.menu_verb or self.verb

    @property
    def name(self) -> str:
        """As `VerbChosen.verb` has it, whatever the group is called here."""
        return f"{self.key} {self.verb}"


Take: TypeAlias = Callable[[InboundEvent], Awaitable[Reply | None]]


class Intake(Protocol):
    """What a platform calls when people do something.

    Events of one conversation (`bot.messages.inbound.conversation_key`) enter one at a time, in the order of arrival.
    """

    async def take(self, event: InboundEvent) -> Reply | None:
        """Commit the event; returns what to show its actor at once.

        When it returns, the event is committed and may be acknowledged. Raises StorageUnavailable when it
        could not be: then a message must be offered again, and the person who pressed a button, sent a
        form or a command is told "not done, try again".
        """
        ...

    def turn(self, conversation: str) -> AbstractAsyncContextManager[Take]:
        """Wait for what came before in this conversation, and hold off what comes after; gives its `take`.

        For a platform that has to look something up before it has the event: entered as soon as something
        arrives, it keeps the order of arrival. The turn may be wider than the conversation that it turns out to be,
        such as all of a channel.
        """
        ...

    def form_for(self, event: CommandGiven | VerbChosen) -> Form | None:
        """The form to open at once for this command or button, or None when it needs none. No transaction.

        For a submitted form with `is_step` it is the form that comes next.
        """
        ...

    def form_closed(self, event: VerbChosen) -> None:
        """The form that would have sent this was closed unsent. Returns at once."""
        ...

    async def writing(self, actor: Person, location: Location) -> RichText:
        """Somebody begins to write in this thread, on a platform that can tell.

        Returns what to tell them alone: who else is answering; nothing where nobody is, and for whoever is no agent
        there. Raises StorageUnavailable.
        """
        ...

    def language(self) -> str:
        """What the desk speaks where it is not known who reads."""
        ...

    def command_helps(self) -> Sequence[CommandHelp]:
        """Every command, for menus and completion, under its configured names."""
        ...

    def command_groups(self, actor: Person) -> frozenset[str]:
        """The configured names of the groups in which there is a command for this person."""
        ...

    async def suggest(self, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        """Values for an option that is being typed, best first, as (value, label); nothing the actor may not see.

        Reads only; raises StorageUnavailable.
        """
        ...

    def communities(self, platform: str) -> Mapping[str, str]:
        """The communities of this platform that the desk serves, with their titles; empty for any."""
        ...

    def wants_mark(self, channel: ChannelRef, mark: str) -> bool:
        """Whether this reaction means something there, so that the message under it is worth fetching."""
        ...

    def named_people(self) -> frozenset[str]:
        """Whom the configuration names: keys, e-mail addresses and groups, of every platform."""
        ...

    async def meet(self, people: Sequence[Person]) -> None:
        """Know these people, though they have done nothing yet: they can be given tickets, and be pinged."""
        ...

    async def was_away(self, platform: str, *, since: datetime, until: datetime) -> None:
        """Nothing that was said there between these instants (the platform's clock) may have been heard.

        Returns at once; what was missed is read from the platform's history by and by.
        """
        ...
