"""What the desk shows people, free of any platform's markup.

Text from people stays text: only the span classes here may become bold, a mention or a link, and an
adapter escapes every plain string it renders.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.directory import ChannelRef
from bot.domain.tickets.conversation import StoredFile
from bot.messages.ask_again import AskAgain


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, shown as a quotation on lines of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines in letters of one width, so that columns stand below one another; about 40 letters fit a phone's line."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown in each reader's own time zone; `time_zone` is for platforms that cannot do that.

    `words`: how it is said to the one person it is for, such as `Tuesday 3 March, 10:30`. A moment that has them
    stands in a sentence: platforms show its day by name too, and the words themselves where they show text alone.
    """

    at: datetime
    time_zone: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person who is meant to be pinged. `key` is the person's key, `name` what to show elsewhere."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class MessageLink:
    """A link to a message on a platform; `label` is the text shown, `thread` what it was said in."""

    label: str
    channel: ChannelRef
    message_id: str
    thread: str | None = None


Span = str | Bold | Code | Quote | Preformatted | Moment | Mention | MessageLink
RichText = tuple[Span, ...]
"""Spans in reading order; plain strings may hold newlines."""


class Tone(StrEnum):
    """How a message looks: its colour on platforms that have one."""

    NEUTRAL = "neutral"
    GOOD = "good"
    ATTENTION = "attention"
    WARNING = "warning"
    ALERT = "alarm"
    MUTED = "muted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Sends `VerbChosen(verb, ticket, options)`; or opens `url`. `opens_form`: asks for the rest in a form first.
    `confirm`: a question to ask before sending; `agree` answers it, else the label. `not_for`: the key of a person
    whose own page leaves it out.
    """

    label: str
    verb: str
    ticket: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False
    is_primary: bool = False
    is_dangerous: bool = False
    confirm: str = ""
    agree: str = ""
    not_for: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """Entries to choose one from under a label, as many of them as a platform's menu takes."""

    label: str
    entries: tuple[Button, ...]

    def label_of(self, shown: int) -> str:
        """What to write on it where only the first ones are shown."""
        return self.label if shown >= len(self.entries) else f"{self.label} ({shown}/{len(self.entries)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence of the desk's own: an acknowledgement, a change of state, a ping."""

    text: RichText
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    tone: Tone = Tone.NEUTRAL
    mentions: tuple[Mention, ...] = ()
    """Whom this message pings; a platform pings nobody else."""
    followers: tuple[str, ...] = ()
    """Keys of people for whom what is said in the thread that it is in, or begins, counts as unread from now on."""
    files: tuple[StoredFile, ...] = ()
    is_passing: bool = False
    """Whether it changes again soon, so that others go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What somebody said elsewhere on the ticket, shown with name and time."""

    author: str
    text: str
    said_at: datetime
    files: tuple[StoredFile, ...] = ()
    label: str = ""
    """`internal note`, `public reply` … ; empty where it goes without saying."""
    is_note: bool = False
    """Whether only the team reads it."""
    is_edited: bool = False
    author_key: str = ""
    """The author's key, for their picture; empty when the desk no longer knows it."""
    picture: str = ""
    """The address of the author's picture; empty when none is known."""
    quote: str = ""
    """What this answers, where its author referred to an earlier message: `Ana Lima: The blue one`."""
    source: MessageLink | None = None
    """Where it was said, for whoever may go there; a file that cannot be copied is found there."""
    mentions: tuple[Mention, ...] = ()
    followers: tuple[str, ...] = ()
    """Keys of people for whom what is said in this thread from now on counts as unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One running promise on a card. `stage` is a `Tone`: how near it is."""

    label: str
    at: datetime | None
    note: str = ""
    stage: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A ticket's live state in the team's channel. `menu` holds the verbs that have no button of their own."""

    reference: str
    subject: str
    excerpt: str
    requester: str
    status: str
    """As the team reads it, like the priority; `state` and `level` name them the same in every language."""
    state: str
    priority: str
    level: str
    assignee: str | None
    team: str
    tags: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    """What the form was answered that the excerpt does not say, each with its label; the category first."""
    dues: tuple[Due, ...] = ()
    why_here: str = ""
    is_private: bool = False
    opened_at: datetime
    source: MessageLink | None = None
    thread_says: str = ""
    """What becomes of what people write in the thread under it."""
    notes_label: str = ""
    """What each message in that thread is called where all of them are internal notes; else empty."""
    buttons: tuple[Button, ...] = ()
    menu: tuple[Button, ...] = ()
    tone: Tone = Tone.NEUTRAL
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What is at risk in a channel: one message, edited in place, that pings nobody.

    A line is a ticket, and `more` says how many are not listed and how to see them. A platform without room for all
    lines shows the first ones and `shortened`.
    """

    title: RichText
    lines: tuple[RichText, ...] = ()
    more: RichText = ()
    shortened: RichText = ()
    tone: Tone = Tone.NEUTRAL

    @property
    def whole(self) -> RichText:
        return self.text(lines=len(self.lines))

    def text(self, *, lines: int) -> RichText:
        """What is shown of it where there is room for so many lines."""
        ending = self.more if lines >= len(self.lines) else self.shortened
        text = self.title
        for line in (*self.lines[:lines], *([ending] if ending else [])):
            text += ("\n", *line)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeLine:
    """One ticket on somebody's home page, or a sentence; `buttons` belong to it."""

    text: RichText
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSection:
    """`nothing` is said where there are no lines; `more` counts those left out, which `whole` lists as well."""

    title: str
    lines: tuple[HomeLine, ...] = ()
    nothing: str = ""
    more: int = 0
    has_many_more: bool = False
    whole: Button | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One person's page, seen by them alone, in place of the one before. A button without a ticket asks for help."""

    title: str
    sections: tuple[HomeSection, ...]
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadHeader:
    """The head of a conversation's thread, on platforms whose threads have one.

    `is_finished`: the ticket is closed, so the thread is put out of the way; it comes back when the ticket is
    reopened. `is_locked`: then it takes no more words, either. `tags` are for platforms that show a thread's tags
    (team, priority, status).
    `is_private`: where the thread does not begin with somebody's message, only its `members` see it.
    """

    title: str
    is_finished: bool = False
    is_locked: bool = False
    tags: tuple[str, ...] = ()
    is_private: bool = False
    members: tuple[str, ...] = ()
    """Keys of the people a private thread is for."""
    former: tuple[str, ...] = ()
    """Keys of people who were among them and are not to see it any more."""


MessageContent = Notice | Copy | Card | Board
"""What one message shows. A home page and a thread's header are no messages: only some platforms have them."""
Content = MessageContent | Home | ThreadHeader


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to show it. `thread` is the platform's id of the thread's first message; None for top level."""

    channel: ChannelRef
    thread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """One thing that should be so on a platform: this content, shown once, here.

    `shown` holds the platform's ids of the parts already posted, in order: empty means post, otherwise
    edit them; `content` None means remove them. `key` stays the same for every attempt. `is_retry`: an
    earlier attempt may have succeeded unknown to us, so the platform is asked before anything is posted.
    `is_urgent`: where the platform's limits make messages wait, this one goes before the others. `thread_header` is
    what a thread is opened with where this message needs one; None outside tickets. `wanted_at` is when it was
    wanted first (UTC): nothing that an earlier attempt left is older. `instead` is what a message becomes that is to
    be removed where the platform keeps it from being removed; None: it stays as it is, and that is refused.
    """

    key: str
    address: Address
    content: Content | None
    shown: tuple[str, ...] = ()
    is_retry: bool = False
    is_urgent: bool = False
    thread_header: ThreadHeader | None = None
    wanted_at: datetime | None = None
    instead: Notice | None = None
    language: str = "en"
    """In which the platform's own words beside it are, such as `edited`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form; `choices` are (value, label).

    `kind` is text, long_text, number, choice, choices, person, people, date or yes_no. What is filled in is text: for
    `people` their keys and for `choices` their values with commas between, for `date` as in `2026-03-02`, for
    `number` as in `1234.5` where the platform has inputs for numbers; `yes_no` is a choice of `yes` and `no`.
    """

    name: str
    label: str
    kind: str = "text"
    is_required: bool = True
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form; submitting it sends `VerbChosen(verb, ticket, options=fixed | fields, is_form=True)`.
    `is_step`: this is not sent yet. The platform asks `Intake.form_for` with the event, and shows the form it returns
    instead; it takes the event as usual when there is none. `is_asked_privately`: what is sent `is_on_private_reply`.
    `submit` is on its button; empty for the platform's own word.
    """

    title: str
    verb: str
    ticket: str | None
    fields: tuple[Field, ...]
    submit: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    is_step: bool = False
    takes_files: bool = False
    """Where the platform's forms can take some."""
    instead: RichText = ()
    """What is said where it was asked for with a message, which no form can follow."""
    notice: RichText = ()
    """What is said above its fields."""
    is_asked_privately: bool = False
    tells_closing: bool = False
    """Whether the desk is to hear that it was closed unsent (`Intake.form_closed`), where a platform notices that."""

    def with_notice(self, notice: RichText, *, instead: RichText = ()) -> Self:
        return replace(self, notice=notice, instead=instead or self.instead)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateReply:
    """Shown to the actor alone, at once. `is_page`: a page of a list, in one message where that has room for it.
    `is_news`: it says more than what the actor did, so it is said where a card shows that, too. `is_turned`: it takes
    the place of the message whose button asked for it, where that can be. `is_question`: it waits for one of its
    buttons. `again`: how to learn what becomes of it. `files`: pictures below its words.
    """

    text: RichText
    buttons: tuple[Button, ...] = ()
    is_error: bool = False
    is_page: bool = False
    is_turned: bool = False
    is_news: bool = False
    is_question: bool = False
    again: AskAgain | None = None
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class FormRefused:
    """The form stays open. `fields`: what is wrong, by name; `reason`: for platforms that show nothing there."""

    reason: str
    fields: Mapping[str, str] = field(default_factory=dict)


Reply = PrivateReply | FormRefused | Form
