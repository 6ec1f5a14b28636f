"""A requester's own requests as pages for browsers, and where what they do there belongs."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.directory import Person
from bot.domain.tickets.conversation import StoredFile
from bot.messages.inbound import Location
from bot.messages.outbound import Form, FormRefused, PrivateReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever is signed in. `token` is what the forms of their pages carry, `key` makes each of them one deed."""

    person: Person
    language: str
    token: str = field(repr=False)
    key: str
    has_console: bool = False
    """Whether they answer requests, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """`is_found`: else it says that there is no such request, whether or not somebody else has one."""

    html: str
    is_found: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChoice:
    """Which of their requests somebody looks at: the pages of open and closed ones, or of what is sought."""

    sought: str = ""
    open_page: int = 1
    closed_page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedForm:
    """A form that was sent and not accepted: why, and what it held."""

    refused: FormRefused
    typed: Mapping[str, str] = field(default_factory=dict)
    had_files: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingPlace:
    """Where somebody may ask. `name` is an inbox's; empty for a direct message, whose team the desk finds.

    `title` and `description` are the operator's words.
    """

    name: str
    location: Location
    title: str = ""
    description: str = ""


class RequestPages(Protocol):
    """All but `style` and `read` raise StorageUnavailable."""

    @property
    def style(self) -> bytes: ...

    async def mine(self, visitor: Visitor, listing: ListChoice) -> RequestPage:
        """Their own requests and those that were shared with them, open ones first.

        Where something is sought, articles that answer it come before them.
        """
        ...

    async def articles(self, visitor: Visitor, *, page: int) -> RequestPage:
        """The articles that they may read, by title."""
        ...

    async def one(
        self, visitor: Visitor, reference: str, *, done: str = "", given: RefusedForm | None = None
    ) -> RequestPage:
        """One of these, as its requester's side reads it. `done` names what was just done."""
        ...

    async def missing(self, visitor: Visitor) -> RequestPage:
        """What is said of a request that there is not, and of one that is somebody else's."""
        ...

    async def location_of(self, visitor: Visitor, reference: str) -> Location | None:
        """Where what they do about it is done; None for what they may not know of."""
        ...

    async def file(self, visitor: Visitor, reference: str, digest: str) -> StoredFile | None:
        """A file of the requester's side of one of these; None for any other."""
        ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Raises FileNotFoundError for what is not kept any more."""
        ...

    def places(self, visitor: Visitor) -> Sequence[AskingPlace]: ...

    async def choice(self, visitor: Visitor) -> RequestPage:
        """Of one of the places, where there are several."""
        ...

    async def ask(
        self, visitor: Visitor, form: Form, *, place: AskingPlace, given: RefusedForm | None = None
    ) -> RequestPage:
        """The form to ask with, filled in with what was sent before where that was not accepted."""
        ...

    async def answered(self, visitor: Visitor, reply: PrivateReply) -> RequestPage:
        """What may answer a request before it is one, with buttons that decide."""
        ...

    async def offered(self, visitor: Visitor, offer: str) -> RequestPage | None:
        """The same, opened again. None for what is decided, and for what was shown to somebody else."""
        ...

    async def newest(self, visitor: Visitor) -> str | None:
        """The reference of what they asked last."""
        ...
