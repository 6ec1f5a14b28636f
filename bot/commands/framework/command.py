"""What a command is: its place, its words, who may use it, and the function that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.desk import Desk
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import Location, MessagePosted
from bot.messages.outbound import Form, PrivateReply, RichText, Span
from bot.ports.intake import Shortcut, ShortcutOn
from bot.ports.settings_file import SettingsFile
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets.copy_rules import is_read_by_requester
from bot.services.tickets.merges.readers import says_who_else
from bot.text.catalogue import FALLBACK, has
from bot.text.sentences import joined, say, words

AUDIENCE = "commands"
EVERYBODY, AGENTS, KNOWLEDGE, ADMINS = "ticket", "desk", "kb", "desk-admin"
GROUPS = (EVERYBODY, AGENTS, KNOWLEDGE, ADMINS)
"""The groups of commands by their canonical names, in the order in which they are listed."""


EXCERPT = 100
"""Characters of somebody's words that the answer to them repeats."""


class Role(StrEnum):
    """Who may use a command. An agent here is an agent or lead of the ticket's team."""

    EVERYONE = "everyone"
    AGENT = "agent"
    STAFF = "staff"
    """Agents, leads and administrators."""
    ADMIN = "admin"

    def label(self, language: str) -> str:
        return words(language, f"commands.role_{self}")


class OptionKind(StrEnum):
    """What an option's value is. A text takes all the words that are left; a verb is another command's."""

    TEXT = "text"
    PERSON = "person"
    AGENT = "agent"
    """Somebody whom the ticket can be assigned to."""
    TEAM = "team"
    PRIORITY = "priority"
    TAGS = "tags"
    WORD = "word"
    CATEGORY = "category"
    YES_NO = "yes_no"
    MACRO = "macro"
    OWN_MACRO = "own_macro"
    """One that was written in chat and that the actor may change."""
    FIELDS = "fields"
    """Custom fields and their values, all that is left: `asset_tag=4711 tier=gold`."""
    FLAG = "flag"
    """A word that is the option's own name: `now`; given or not."""
    VERB = "verb"
    SEARCH = "search"
    """Words and filters: all that is left, completed while it is typed."""
    VIEW = "view"
    """The name of a view: all that is left, completed while it is typed."""
    SAVED_VIEW = "saved_view"
    """The name of one that was saved in chat, in quotation marks where it has several words."""
    OWN_TEAM = "own_team"
    """One of the actor's teams."""
    ARTICLE = "article"
    """The name of an article: all that is left, completed while it is typed."""
    OWN_ARTICLE = "own_article"
    """The same of one that the actor may change."""
    ORDER = "order"
    """In which order a list is shown."""
    OWN_REQUESTS = "own_requests"
    """Which of one's own requests a list shows: open ones, closed ones or all."""


TAKES_ALL = frozenset(
    OptionKind[each] for each in ("TEXT", "TAGS", "FIELDS", "SEARCH", "VIEW", "ARTICLE", "OWN_ARTICLE")
)
"""Options that take all the words that are left."""


class ByMention(StrEnum):
    """When what follows `@deskbell` is this command, and not a sentence that happens to begin with its verb."""

    NEVER = "never"
    ALONE = "alone"
    """Nothing may follow the verb."""
    BRIEFLY = "briefly"
    """A ticket, one word or nothing follows; in a ticket's thread, anything."""
    ALWAYS = "always"


class ReadBy(StrEnum):
    """Who reads the words of an option besides whoever writes them; forms and answers say it."""

    REQUESTER = "requester"
    NOTE = "note"
    TEAM = "team"
    """What the requester writes; what anybody else writes with the same command, the requester sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """`name` is also the placeholder in the usage. `is_form_only`: offered by forms, never typed;
    `is_typed_only`: typed and pressed, never asked for by a form.

    `read_by` is given for words that stay on a ticket. `alone` are words that, typed in its place, need none of the
    options after it. `or_queue`: somebody else, or the queue in place of a person. `or_self`: oneself, unless a form
    says otherwise.
    """

    name: str
    kind: OptionKind = OptionKind.TEXT
    is_required: bool = True
    is_form_only: bool = False
    is_typed_only: bool = False
    read_by: ReadBy | None = None
    alone: frozenset[str] = frozenset()
    or_queue: bool = False
    or_self: bool = False

    def says_who_reads(self, language: str) -> str:
        """`The requester sees this`; nothing where it depends on who writes, or nobody else reads it."""
        if self.read_by not in (ReadBy.REQUESTER, ReadBy.NOTE):
            return ""
        return words(language, f"commands.is_read_by_{self.read_by}")


class Operations(Protocol):
    """What an operator may ask of the running process."""

    def reload(self) -> Sentence:
        """Read `desk.yaml` again; returns what happened. Raises ConfigurationError, and the old one stays."""
        ...

    @property
    def settings_file(self) -> SettingsFile: ...

    def status_lines(self) -> list[Sentence]:
        """What this process is: its version, platforms and configuration."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One use of a command. `about` is the message that a message shortcut was used on."""

    context: Context
    command: "Command"
    group: str = ""
    """What was typed before the verb, `desk-admin`; empty for a button or form."""
    location: Location
    options: Mapping[str, str] = field(default_factory=dict)
    about: MessagePosted | None = None
    files: tuple[StoredFile, ...] = ()
    """Files that came with a form."""
    is_released: bool = False
    """Whether it was held back and is done now."""
    is_form: bool = False
    """It is a form that was sent."""
    operations: Operations
    registry: "CommandSource"

    def option(self, name: str) -> str:
        """The value, or nothing."""
        return self.options.get(name, "").strip()

    def say(self, key: str, **facts: Span | RichText | int) -> RichText:
        """A sentence of the catalogue in the actor's language."""
        return say(self.context.language, key, **facts)

    def answer(self, key: str, **facts: Span | RichText | int) -> PrivateReply:
        """The same as all that the actor is answered."""
        return PrivateReply(text=self.say(key, **facts))

    def seen(self, readers: ReadBy, words: str, *, on: Ticket | None = None) -> RichText:
        """`The requester sees: “on its way”`; or that nobody is there to see what was said on that ticket."""
        if readers is ReadBy.REQUESTER and on is not None and not is_read_by_requester(self.context.uow, on):
            return self.say("answers.seen_by_nobody")
        seen = self.say(f"answers.seen_by_{readers.name.lower()}", text=excerpt(words))
        return joined(seen, self._who_else(on)) if readers is ReadBy.REQUESTER and on is not None else seen

    def _who_else(self, ticket: Ticket) -> RichText:
        """Requesters of duplicates read the team's words, but not why a ticket is on hold, nor its new subject."""
        if self.command.name in (verbs.HOLD, verbs.SUBJECT) or not self.context.is_agent_of(ticket):
            return ()
        return says_who_else(self.context.uow, ticket, language=self.context.language)


def excerpt(words: str) -> str:
    """The beginning of somebody's words, in one line, for an answer that repeats them."""
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


Fitting = Callable[[Context], TicketFilter]
Handler = Callable[[Call], PrivateReply | Form | None]
TicketHandler = Callable[[Call, Ticket], PrivateReply | Form | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`/group verb`, and all that parsing, dispatch, menus, help and manifests need to know of it.

    Its words stand in the catalogue for the audience `commands`, by its name: `desk_reply_summary`,
    `desk_reply_form` (the form's title), `desk_reply_submit`, `desk_reply_text_label`, `desk_reply_text_hint`. A
    command that works on a ticket has `on_ticket`; any other has `handler`. `fitting` says which tickets to offer
    when none was named. `takes_files`: files may come with its form. `reads` commands change nothing and lock
    nothing, unless the option `writes_with` is given. `has_form` lets forms ask for the options.
    """

    name: str
    """`group verb`: a constant of `bot.messages.verbs` where other code refers to the command."""
    who: Role = Role.EVERYONE
    options: tuple[Option, ...] = ()
    handler: Handler | None = None
    on_ticket: TicketHandler | None = None
    fitting: Fitting | None = None
    would_do: Callable[[Context, Ticket], bool] | None = None
    """Which of these tickets it would refuse, where no filter says so: they are not offered."""
    nothing_fits: str = ""
    """Key of what is said where no ticket fits, and naming one would not help."""
    reads: bool = False
    only_shows: bool = False
    """What it writes is for itself, such as what is to be looked up again: opening a page may do it."""
    writes_with: str = ""
    writes_ending: str = ""
    """Typed words that end so make it write something, too."""
    asks_without: frozenset[str] = frozenset()
    """Options with none of which it changes nothing, and only asks what it is to do."""
    has_form: bool = False
    takes_files: bool = False
    example: str = ""
    place: int = 1_000
    """Where help, menus and tables list it within its group: lower comes first."""
    aliases: tuple[str, ...] = ()
    """Other verbs that are understood for it when typed or pressed, and listed nowhere."""
    spoken: tuple[str, ...] = ()
    """Whole messages that mean it where somebody writes to the desk alone: `my tickets`."""
    meant_by: Mapping[str, str] = field(default_factory=dict)
    """Words that people type as a verb, and what they would have to type behind this one: they are told."""
    menu_group: str = ""
    """On platforms with room for few verbs side by side, the group that holds it: `/desk team away`. Typed, it is
    `/desk away` everywhere, and `/desk team away` is understood."""
    menu_verb: str = ""
    """What it is called in that group, where that is not its verb: `send` for `macro`. A verb of two words names both
    itself: `macro new` is `new` in the group `macro`."""
    lacks: Callable[[Context], Sentence | None] | None = None
    """Why the actor cannot use it on any ticket, such as that there is nothing to choose from."""
    shortcuts: tuple[ShortcutOn, ...] = ()
    by_mention: ByMention = ByMention.BRIEFLY
    is_listed: bool = True
    """False for what buttons alone do: no help, menu or table names it."""
    is_default: bool = False
    """What a bare `/group` means; its verb is understood under every group. One command has it."""
    is_for_words: bool = False
    """What a bare `/group` means in its own group, and words there that begin with no verb."""
    opens_ticket: bool = False
    """Its form asks which server it is for, where that is not known."""
    asks_by_category: bool = False
    """Its form begins with the category, where categories ask for something of their own."""
    confirms_choice: bool = False
    """Asks once more where the ticket was chosen from a list, which may have stood there for long."""
    owed_words: str = ""
    """The option that may not be left out while the requester is owed an answer."""
    lets_followers: bool = False
    """Whether colleagues who were added to a ticket may use it there like its team's agents."""
    is_there: Callable[[Desk], bool] | None = None
    """Whether a desk has it at all; None: each does. One that is not there is known to nobody."""
    replies_privately: bool = False
    """Its answer is said even where the ticket's card is in sight, because no card shows it."""

    def is_in(self, desk: Desk) -> bool:
        return self.is_there is None or self.is_there(desk)

    @property
    def group(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def verb(self) -> str:
        return self.name.partition(" ")[2]

    def key(self, *what: str) -> str:
        """Where words of it stand in the catalogue: `commands.desk_on_call_summary`."""
        name = "_".join((self.group, self.verb, *what)).replace("-", "_").replace(" ", "_")
        return f"{AUDIENCE}.{name}"

    def summary(self, language: str) -> str:
        """What it does, in one sentence of at most 100 characters."""
        return words(language, self.key("summary"))

    def form_title(self, language: str) -> str:
        return words(language, self.key("form"))

    def submit(self, language: str) -> str:
        """What the form's button says."""
        return words(language, self.key("submit"))

    def label(self, option: Option, language: str) -> str:
        return words(language, self.key(option.name, "label"))

    def hint(self, option: Option, language: str) -> str:
        """Its own, else who reads it; nothing where it needs none."""
        key = self.key(option.name, "hint")
        return words(language, key) if has(FALLBACK, key) else option.says_who_reads(language)

    def confirmation(self, ticket: Ticket, language: str) -> str:
        """The question that confirms the choice of the ticket."""
        if not self.confirms_choice:
            return ""
        subject = subject_of(ticket.subject, limit=EXCERPT)
        return words(language, self.key("confirm"), reference=ticket.reference, subject=subject)

    def agreement(self, language: str) -> str:
        """What confirms the choice of a ticket: what is done, as its form's button says it."""
        return self.submit(language) if self.confirms_choice else ""

    def missing(self, option: Option) -> Sentence:
        """What is said where the option is needed and not given; a label that is a question has one of its own."""
        key = self.key(option.name, "missing")
        if has(FALLBACK, key):
            return sentence(key)
        return sentence("refusals.missing", label=sentence(self.key(option.name, "label")))

    def shortcut(self, on: ShortcutOn) -> Shortcut:
        label, about = self.key("shortcut", on), self.key("shortcut", on, "about")
        return Shortcut(on=on, label=words(FALLBACK, label), about=words(FALLBACK, about))

    @property
    def is_answer(self) -> bool:
        """Whether agents can write with it what the requester, or the team beside a ticket, reads."""
        is_read = any(each.read_by is not None or each.kind is OptionKind.MACRO for each in self.options)
        return self.on_ticket is not None and is_read

    @property
    def is_note(self) -> bool:
        """Whether what is written with it is for the team alone."""
        return all(each.read_by in (None, ReadBy.NOTE) for each in self.options)

    @property
    def shows_on_card(self) -> bool:
        """Whether the ticket's card, which is the team's, shows what it did."""
        return self.group == AGENTS and not self.replies_privately

    @property
    def menu_place(self) -> tuple[str, str]:
        """The group of verbs that holds it, empty for none, and what it is called there."""
        group, _, verb = self.verb.rpartition(" ")
        return (group, verb) if group else (self.menu_group, self.menu_verb or self.verb)

    def usage(self, language: str) -> str:
        """The verb with its placeholders: optional ones in brackets, free text with dots."""
        shown = [self.verb]
        if self.on_ticket is not None:
            shown.append(f"[{placeholder('ticket', language)}]")
        for option in self.options:
            if not option.is_form_only:
                dots = "…" if option.kind in TAKES_ALL else ""
                is_typed = option.kind is OptionKind.FLAG
                word = option.name if is_typed else placeholder(option.name, language) + dots
                shown.append(word if option.is_required else f"[{word}]")
        return " ".join(shown)


def placeholder(option: str, language: str) -> str:
    """What stands in a command's usage for a value to type."""
    return words(language, f"commands.placeholder_{option}")


class CommandSource(Protocol):
    """The registry, as handlers see it."""

    def all(self) -> tuple[Command, ...]: ...

    def named(self, name: str) -> Command | None: ...

    def called(self, verb: str) -> Command | None:
        """The command of this verb, whatever its group, as help reads it."""
        ...

    def nearest(self, group: str, word: str, *, for_agent: bool = True) -> Command | None:
        """The command whose verb was probably meant."""
        ...

    def name_of(self, group: str, desk: Desk) -> str:
        """The configured top-level name of a group, with its slash."""
        ...
