"""`bot.ports.request_pages.RequestPages` of a desk: read in one transaction, rendered after it."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.documents.portal.help_articles import HelpArticle, article_list, found_articles
from bot.documents.portal.own_requests import (
    RequestList,
    Standing,
    found_by_words,
    list_of,
    newest_request,
    shown_again,
    zone_of_page,
)
from bot.documents.portal.portal_page import PortalPage
from bot.documents.portal.request_view import file_on, location_on, request_view
from bot.documents.portal.visitor_pages import VisitorPages
from bot.domain.directory import ChannelRef, Inbox, Person, Takes
from bot.domain.search.query import TicketState
from bot.domain.tickets.conversation import StoredFile
from bot.messages import verbs
from bot.messages.inbound import Location
from bot.messages.outbound import Form, PrivateReply
from bot.ports.file_store import FileStore
from bot.ports.request_pages import AskingPlace, ListChoice, RefusedForm, RequestPage, Visitor
from bot.ports.unit_of_work import Storage
from bot.services.context.context import Context, ContextFactory
from bot.text.amounts import size

SENT: Final = "sent"
"""What was just done, where it was to write on a request."""
ASKED: Final = "asked"
"""What the page says in its place to who wrote nothing but that they want news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """How one request stands on its own page, there to who has just asked that, and in a list."""

    whole: Standing
    asked: Standing
    brief: Standing


class RequestReader(VisitorPages):
    """`is_open_to` says whether somebody may be in the channel of an inbox, where that is known."""

    def __init__(
        self,
        *,
        storage: Storage,
        contexts: ContextFactory,
        files: FileStore,
        standings: Standings,
        is_open_to: Callable[[Person, Inbox], bool],
        file_limit: int,
    ) -> None:
        super().__init__(storage=storage, contexts=contexts)
        self._files = files
        self._standings = standings
        self._is_open_to = is_open_to
        self._file_limit = file_limit
        self._page = PortalPage()

    @property
    def style(self) -> bytes:
        return self._page.style

    async def mine(self, visitor: Visitor, listing: ListChoice) -> RequestPage:
        outlook = self._standings.brief
        if listing.sought:
            return await self._found(visitor, listing)

        def both(context: Context) -> tuple[RequestList, RequestList, bool]:
            first = list_of(context, TicketState.OPEN, page=listing.open_page, outlook=outlook)
            page = listing.closed_page
            second = list_of(context, TicketState.FINISHED, page=page, outlook=outlook, zone=first.zone)
            return first, second, bool(article_list(context, page=1).count)

        is_open, is_closed, has_articles = await self._read(visitor, both)
        return self._rendered(
            "mine.html",
            visitor,
            zone=is_open.zone or is_closed.zone,
            listing=listing,
            found=None,
            open=is_open,
            closed=is_closed,
            has_articles=has_articles,
        )

    async def _found(self, visitor: Visitor, listing: ListChoice) -> RequestPage:
        """Articles on the first page alone."""

        def both(context: Context) -> tuple[RequestList, Sequence[HelpArticle]]:
            page, outlook = listing.open_page, self._standings.brief
            articles = found_articles(context, listing.sought) if page == 1 else ()
            return found_by_words(context, listing.sought, page=page, outlook=outlook), articles

        found, articles = await self._read(visitor, both)
        return self._rendered(
            "mine.html", visitor, zone=found.zone, listing=listing, found=found, articles=articles
        )

    async def articles(self, visitor: Visitor, *, page: int) -> RequestPage:
        listed = await self._read(visitor, lambda context: article_list(context, page=page))
        return self._rendered("articles.html", visitor, list=listed)

    async def one(
        self, visitor: Visitor, reference: str, *, done: str = "", given: RefusedForm | None = None
    ) -> RequestPage:
        asked = self._standings.asked if done == SENT else None
        shown = await self._read(
            visitor,
            lambda context: request_view(context, reference, standing=self._standings.whole, asked=asked),
        )
        if shown is None:
            return await self.missing(visitor)
        told = ASKED if shown.is_news_asked else done
        return self._rendered("request.html", visitor, zone=shown.zone, request=shown, done=told, given=given)

    async def missing(self, visitor: Visitor) -> RequestPage:
        return RequestPage(html=self._html("missing.html", visitor), is_found=False)

    async def location_of(self, visitor: Visitor, reference: str) -> Location | None:
        return await self._read(visitor, lambda context: location_on(context, reference))

    async def file(self, visitor: Visitor, reference: str, digest: str) -> StoredFile | None:
        return await self._read(visitor, lambda context: file_on(context, reference, digest))

    def read(self, digest: str) -> AsyncIterator[bytes]:
        return self._files.read(digest)

    def places(self, visitor: Visitor) -> Sequence[AskingPlace]:
        """Inboxes of the account's platform, and one that leaves the choice to the desk.

        Where people mostly talk and some message becomes a request, nobody would go to ask. Where servers are kept
        apart, it is not known here which of them somebody is in: the form asks.
        """
        desk, person = self._contexts.desk(), visitor.person
        directly = AskingPlace(name="", location=Location(channel=ChannelRef.direct(person.key)))
        if desk.communities_on(person.platform):
            return (directly,)
        inboxes = [
            AskingPlace(
                name=each.name,
                location=Location(channel=each.channel),
                title=each.title_in(visitor.language),
                description=each.description_in(visitor.language),
            )
            for each in desk.inboxes.values()
            if each.channel.platform == person.platform
            and each.takes not in (Takes.ON_REQUEST, Takes.ON_REACTION)
            and self._is_open_to(person, each)
        ]
        return (*inboxes, directly)

    async def choice(self, visitor: Visitor) -> RequestPage:
        return self._rendered("choice.html", visitor, places=self.places(visitor))

    async def ask(
        self, visitor: Visitor, form: Form, *, place: AskingPlace, given: RefusedForm | None = None
    ) -> RequestPage:
        return self._rendered(
            "ask.html",
            visitor,
            form=form,
            place=place,
            given=given,
            has_choice=len(self.places(visitor)) > 1,
            has_number_inputs=self._has_number_inputs(visitor.person.platform),
        )

    async def answered(self, visitor: Visitor, reply: PrivateReply) -> RequestPage:
        return self._rendered("answered.html", visitor, reply=reply, word=verbs.word)

    async def offered(self, visitor: Visitor, offer: str) -> RequestPage | None:
        reply = await self._read(visitor, lambda context: shown_again(context, offer))
        return await self.answered(visitor, reply) if reply is not None else None

    async def newest(self, visitor: Visitor) -> str | None:
        return await self._read(visitor, newest_request)

    def _has_number_inputs(self, platform: str) -> bool:
        known = self._contexts.capabilities.get(platform)
        return known is not None and known.has_number_inputs

    def _rendered(self, template: str, visitor: Visitor, **values: Any) -> RequestPage:  # noqa: ANN401
        return RequestPage(html=self._html(template, visitor, **values))

    def _html(
        self,
        template: str,
        visitor: Visitor,
        *,
        zone: ZoneInfo | None = None,
        **values: Any,  # noqa: ANN401
    ) -> str:
        desk = self._contexts.desk()
        return self._page.render(
            template,
            visitor,
            desk=desk.name,
            zone=zone or zone_of_page(visitor.person, desk),
            command=verbs.typed(desk.command_names, verbs.OPEN),
            limit=size(self._file_limit, visitor.language),
            **values,
        )
