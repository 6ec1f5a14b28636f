"""One outbound message made so in Slack, whatever happened to earlier attempts, and what came of it."""

from dataclasses import dataclass, field, replace

import structlog

from adapters.kit.outcomes import Unsure, come_again, shows_no, unclear
from adapters.kit.rate_limits import Busy, Urgency
from adapters.kit.recent import Recent
from adapters.slack.api.addresses import Identity, user_of
from adapters.slack.api.calls import Calls, SlackRefused
from adapters.slack.api.dm_channels import DmChannels
from adapters.slack.api.errors import MAY_NOT_BE_DELETED, TOKEN_LOST, outcome, token_lost
from adapters.slack.api.people import People
from adapters.slack.api.uploads import PART, ReservedUpload, Uploads
from adapters.slack.delivery.posts import FoundPost, PostLabel, Posts, RootIsGone, Target
from adapters.slack.render.home import home_view
from adapters.slack.render.messages import TEXT_LIMIT, Post, RenderOptions, post_of
from bot.domain.directory import ChannelRef
from bot.domain.sentence import sentence
from bot.messages import parts
from bot.messages.delivery import Delivered, Delivery, RootGone
from bot.messages.outbound import Copy, Home, MessageContent, Notice, OutboundMessage, ThreadHeader
from bot.outage import Outage
from bot.text.sentences import words

log = structlog.get_logger(__name__)

BEGUN_REMEMBERED = 1_000


@dataclass(slots=True)
class _Work:
    """One message on its way: what is to be shown, where, and what of it is there already."""

    message: OutboundMessage
    place: Target
    contents: list[MessageContent]
    found: FoundPost
    reserved: ReservedUpload = field(default_factory=lambda: ReservedUpload(uploads=(), files=()))

    @property
    def last(self) -> int:
        return len(self.contents) - 1

    def label(self, number: int) -> PostLabel:
        files = self.found.files if number == self.last else ()
        return PostLabel(key=self.message.key, part=number, files=files)


class SlackDelivery:
    def __init__(
        self, *, calls: Calls, posts: Posts, uploads: Uploads, dm_channels: DmChannels, people: People
    ) -> None:
        self._calls = calls
        self._posts = posts
        self._uploads = uploads
        self._dm_channels = dm_channels
        self._people = people
        self._begun: Recent[str, FoundPost] = Recent(most=BEGUN_REMEMBERED)
        self._as_author = True
        self._token = Outage("sending to Slack")

    def granted(self, scopes: frozenset[str] | None) -> None:
        """Whether messages may carry the author's name; where Slack does not say, the first one tells."""
        self._as_author = scopes is None or "chat:write.customize" in scopes

    async def deliver(self, message: OutboundMessage, identity: Identity) -> Delivery:
        try:
            delivery = await self._deliver(message, identity)
        except Busy as busy:
            return come_again(busy)
        except Unsure as error:
            return unclear(error, platform="Slack")
        except RootIsGone:
            channel = message.address.channel
            return RootGone(sentence("deliveries.root_gone", channel=str(channel)))
        except SlackRefused as refused:
            return self._refused(refused, message.address.channel, identity)
        self._token.worked()
        return delivery

    async def _deliver(self, message: OutboundMessage, identity: Identity) -> Delivery:
        match message.content:
            case Home() as home:
                return await self._publish(message, home, identity)
            case ThreadHeader() as header:
                return shows_no(header, platform="Slack")
            case content:
                return await self._show(message, content, identity)

    async def _show(
        self, message: OutboundMessage, content: MessageContent | None, identity: Identity
    ) -> Delivery:
        try:
            return await self._in_channel(message, content, identity)
        except SlackRefused as refused:
            if refused.error != "not_in_channel":
                raise
            await self._join(message.address.channel.channel, refused)
            return await self._in_channel(message, content, identity)

    async def _in_channel(
        self, message: OutboundMessage, content: MessageContent | None, identity: Identity
    ) -> Delivery:
        channel = await self._dm_channels.channel_id(message.address.channel)
        place = Target(channel=channel, thread=message.address.thread, urgency=Urgency.of(message))
        if content is None:
            return await self._remove(message, place, identity)
        if isinstance(content, Copy):
            await self._people.meet([user_of(content.author_key) or ""])
        if message.shown:
            return await self._change(message, content, place, identity)
        return await self._post(message, content, place, identity)

    async def _publish(self, message: OutboundMessage, home: Home, identity: Identity) -> Delivery:
        """https://docs.slack.dev/reference/methods/views.publish"""
        user = user_of(message.address.channel.home_of or "")
        arguments = {"user_id": user, "view": home_view(home, identity=identity, language=message.language)}
        await self._calls.call(
            "views.publish", arguments=arguments, urgency=Urgency.REFRESH, caller=message.key
        )
        return Delivered(())

    async def _join(self, channel: str, refused: SlackRefused) -> None:
        """A public channel is open to the desk where `channels:join` is granted; any other needs an invitation."""
        try:
            await self._calls.call("conversations.join", arguments={"channel": channel})
        except SlackRefused as error:
            log.info("the desk cannot join a channel by itself", channel=channel, reason=error.error)
            raise error if error.error == "is_archived" else refused from error

    async def _post(
        self, message: OutboundMessage, content: MessageContent, place: Target, identity: Identity
    ) -> Delivery:
        """Post what is not there yet; what an earlier attempt left is brought up to date instead."""
        self._posts.check_root(place)
        if message.is_retry:
            found = await self._posts.find(message.key, place)
        else:
            found = self._begun.get(message.key) or FoundPost()
        work = _Work(message, place, parts.split(content, limit=TEXT_LIMIT), found)
        await self._reserve_files(work)
        self._remember(work)
        for number, part in enumerate(work.contents):
            await self._show_part(work, number, part, identity)
        for number in [each for each in found.parts if each > work.last]:
            await self._posts.remove(place.channel, found.parts.pop(number))
        files = await self._send_files(work, identity)
        self._begun.pop(message.key, None)
        return Delivered((*(found.parts[number] for number in sorted(found.parts)), *files))

    async def _show_part(self, work: _Work, number: int, part: MessageContent, identity: Identity) -> None:
        post = self._render(part, identity, work.message.language)
        label = work.label(number)
        ts = work.found.parts.get(number)
        if ts is not None and await self._posts.change(post, ts, work.place, label):
            return
        shown = await self._posts.post(post, work.place, label)
        work.found.parts[number] = str(shown["ts"])
        if post.name and shown.get("username") != post.name:
            # Slack passes over a name it may not show, without a word: say it in the text from now on.
            self._as_author = False
            await self._posts.change(
                self._render(part, identity, work.message.language), str(shown["ts"]), work.place, label
            )

    async def _change(
        self, message: OutboundMessage, content: MessageContent, place: Target, identity: Identity
    ) -> Delivery:
        """Change the parts there are; those a shorter text no longer needs are removed."""
        there = [part for part in message.shown if not part.startswith(PART)]
        files = tuple(part for part in message.shown if part.startswith(PART))
        ending = words(message.language, "platforms.shortened", command=f"@{identity.name} show")
        contents = parts.fit(content, limit=TEXT_LIMIT, count=len(there), ending=ending)
        found = FoundPost(files=tuple(part.removeprefix(PART) for part in files))
        work = _Work(message, place, contents, found)
        kept = [
            ts
            for number, (ts, part) in enumerate(zip(there, contents, strict=False))
            if await self._posts.change(
                self._render(part, identity, message.language), ts, place, work.label(number)
            )
        ]
        for ts in there[len(contents) :]:
            await self._posts.remove(place.channel, ts)
        if kept:
            return Delivered((*kept, *files))
        if place.thread is None:
            return RootGone(sentence("deliveries.message_gone", channel=str(message.address.channel)))
        return Delivered(message.shown)

    async def _remove(self, message: OutboundMessage, place: Target, identity: Identity) -> Delivery:
        for part in message.shown:
            if part.startswith(PART):
                await self._uploads.remove(part.removeprefix(PART))
            else:
                await self._remove_post(message, part, place, identity)
        return Delivered(())

    async def _remove_post(
        self, message: OutboundMessage, ts: str, place: Target, identity: Identity
    ) -> None:
        try:
            await self._posts.remove(place.channel, ts)
        except SlackRefused as refused:
            if refused.error != MAY_NOT_BE_DELETED or message.instead is None:
                raise
            work = _Work(message, place, [message.instead], FoundPost())
            await self._posts.change(
                self._render(message.instead, identity, message.language), ts, place, work.label(0)
            )

    async def _reserve_files(self, work: _Work) -> None:
        """Ids for the files before the text is posted, whose metadata keeps them; not again on a retry."""
        last = work.contents[-1]
        if not isinstance(last, Copy | Notice) or not last.files:
            return
        if work.found.files and await self._uploads.is_there(work.found.files[0]):
            return
        work.reserved = await self._uploads.reserve(last.files, language=work.message.language)
        work.found.files = tuple(upload.id for upload in work.reserved.uploads)
        work.contents[-1] = replace(last, files=work.reserved.files)

    async def _send_files(self, work: _Work, identity: Identity) -> tuple[str, ...]:
        """The files' parts, once they are there. What Slack refuses is said under the text instead."""
        uploads = work.reserved.uploads
        if uploads:
            try:
                await self._uploads.send(uploads, channel=work.place.channel, thread=work.place.thread)
            except (SlackRefused, OSError) as error:
                log.warning("files could not be copied", to=work.place.channel, reason=str(error))
                await self._explain_files(work, identity)
        return tuple(PART + file for file in work.found.files)

    async def _explain_files(self, work: _Work, identity: Identity) -> None:
        last = work.contents[-1]
        assert isinstance(last, Copy | Notice), "only copies and notices have files"
        problem = words(work.message.language, "platforms.file_not_copied")
        files = tuple(replace(each, problem=each.problem or problem) for each in last.files)
        work.contents[-1] = replace(last, files=files)
        work.found.files = ()
        post = self._render(work.contents[-1], identity, work.message.language)
        await self._posts.change(post, work.found.parts[work.last], work.place, work.label(work.last))

    def _render(self, part: MessageContent, identity: Identity, language: str) -> Post:
        pictures = {}
        if isinstance(part, Copy) and part.author_key:
            pictures[part.author_key] = self._people.picture_of(part.author_key)
        showing = RenderOptions(
            identity=identity, as_author=self._as_author, pictures=pictures, language=language
        )
        return post_of(part, showing)

    def _remember(self, work: _Work) -> None:
        """What has begun is gone on with, not begun again, when the rate limit cuts it short."""
        self._begun[work.message.key] = work.found

    def _refused(self, refused: SlackRefused, channel: ChannelRef, identity: Identity) -> Delivery:
        if refused.error in TOKEN_LOST:
            self._token.failed(token_lost(refused.error))
        return outcome(refused, where=channel.channel, name=identity.name)
