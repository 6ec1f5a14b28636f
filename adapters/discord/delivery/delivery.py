"""One outbound message made so in Discord, whatever happened to earlier attempts, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from adapters.discord.api.addresses import Identity
from adapters.discord.api.calls import Calls, DiscordRefused, Upload
from adapters.discord.api.channel_cache import Channel, ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.api.errors import (
    IS_ARCHIVED,
    MISSING_PERMISSIONS,
    SEND_MESSAGES,
    TOO_LARGE,
    UNKNOWN_CHANNEL,
    WEBHOOK_IS_GONE,
    outcome,
)
from adapters.discord.api.webhooks import Webhooks
from adapters.discord.delivery.files import Files
from adapters.discord.delivery.in_progress import PostsInProgress
from adapters.discord.delivery.message_ref import MessageRef
from adapters.discord.delivery.posts import PostLabel, Posts
from adapters.discord.delivery.target import Target, Targets, inside
from adapters.discord.delivery.thread_creation import ThreadCreation
from adapters.discord.delivery.threads import TITLE_LIMIT, ThreadIsGone, ThreadIsLocked, Threads, title_of
from adapters.discord.permissions import label_of
from adapters.discord.render.command_words import AS_IT_IS, CommandWords
from adapters.discord.render.messages import (
    RenderOptions,
    heading,
    in_parts,
    in_so_many,
    post_of,
    without_files,
)
from adapters.kit.outcomes import Unsure, come_again, shows_no, unclear
from adapters.kit.rate_limits import Busy, Urgency
from adapters.kit.text import cut
from bot.domain.sentence import Fact, OneOf, Sentence, sentence
from bot.messages.delivery import Delivered, Delivery, Postponed, RefusedByPlatform, RootGone
from bot.messages.outbound import Card, Copy, Home, MessageContent, Notice, OutboundMessage, ThreadHeader
from bot.ports.file_store import FileStore
from bot.text.sentences import words

T = TypeVar("T")
PATIENCE_S = 50.0
"""A delivery's lease is a minute: when that is over, somebody else may take it up."""
COMMAND = "/ticket show"
_FILES_REFUSED = {
    MISSING_PERMISSIONS: "platforms.file_not_allowed",
    TOO_LARGE: "platforms.file_too_large_for",
}
"""The sentence about files that Discord refused with this code."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """One message on its way: where to, how to show it there, and what of it stands there already, by its number."""

    message: OutboundMessage
    target: Target
    thread: Channel | None
    showing: RenderOptions
    file_limit: int
    in_progress: dict[int, MessageRef] = field(default_factory=dict)


class DiscordDelivery:
    """`scale`: real seconds for each second of Discord's."""

    def __init__(
        self,
        *,
        calls: Calls,
        channel_cache: ChannelCache,
        dm_channels: DmChannels,
        files: FileStore,
        file_limit: int,
        scale: float = 1.0,
        command_words: CommandWords = AS_IT_IS,
    ) -> None:
        self._channel_cache = channel_cache
        self._command_words = command_words
        self.webhooks = Webhooks(calls)
        self.posts = Posts(calls, webhooks=self.webhooks)
        self._threads = Threads(calls, channel_cache=channel_cache, scale=scale)
        self._targets = Targets(channel_cache=channel_cache, dm_channels=dm_channels, threads=self._threads)
        self._thread_creation = ThreadCreation(calls, channel_cache=channel_cache, threads=self._threads)
        self._files = Files(files, limit=file_limit)
        self._in_progress = PostsInProgress()

    async def deliver(self, message: OutboundMessage, identity: Identity) -> Delivery:
        channel = message.address.channel
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._finish(message, identity)
        except Busy as busy:
            # What has begun counts, so that the next attempt looks for it, in whichever process that is.
            return come_again(busy, is_counted=self._in_progress.has(message.key))
        except Unsure as error:
            return unclear(error, platform="Discord")
        except TimeoutError:
            return Postponed(0, sentence("deliveries.discord_timeout"))
        except ThreadIsGone:
            return RootGone(sentence("deliveries.thread_gone", channel=self._named(message)))
        except ThreadIsLocked:
            locked = sentence("deliveries.discord_thread_locked", channel=self._named(message))
            return RefusedByPlatform(locked)
        except ValueError:
            return RefusedByPlatform(sentence("deliveries.discord_not_a_channel", channel=str(channel)))
        except DiscordRefused as refused:
            where = self._named(message)
            if refused.code in WEBHOOK_IS_GONE and not message.shown:
                return Postponed(0, sentence("deliveries.discord_webhook_deleted", channel=where))
            return outcome(refused, where=where, needs=_needs(message))

    async def _finish(self, message: OutboundMessage, identity: Identity) -> Delivery:
        """Only what is altogether done is forgotten: a thread may still have to be put away again."""
        delivery = await self._deliver(message, identity)
        self._in_progress.finish(message.key)
        return delivery

    async def _deliver(self, message: OutboundMessage, identity: Identity) -> Delivery:
        match message.content:
            case ThreadHeader() as header:
                return await self._show_header(message, header)
            case Home() as home:
                return shows_no(home, platform="Discord")
            case None:
                work = await self._begin(message, identity)
                return await self._in_open_thread(work, lambda: self._remove(work))
            case content:
                return await self._show(message, content, identity)

    async def _show(self, message: OutboundMessage, content: MessageContent, identity: Identity) -> Delivery:
        if not message.shown and message.address.thread is None:
            opened = await self._open(message, content, identity)
            if opened is not None:
                return opened
        work = await self._begin(message, identity)
        if message.shown:
            return await self._in_open_thread(work, lambda: self._change(work, content))
        return await self._in_open_thread(work, lambda: self._post(work, content, identity))

    async def _show_header(self, message: OutboundMessage, header: ThreadHeader) -> Delivery:
        """Direct messages have no head, and what begins no thread shows nothing."""
        root = message.address.thread
        if root is not None and not message.address.channel.is_direct:
            await self._threads.show(int(message.address.channel.channel), int(root), header)
        return Delivered(())

    async def _open(
        self, message: OutboundMessage, content: MessageContent, identity: Identity
    ) -> Delivery | None:
        """A forum's post or a private thread, which begins with this message; None where neither is called for."""
        if message.address.channel.is_direct:
            return None
        parent = await self._channel_cache.get(
            int(message.address.channel.channel), urgency=Urgency.of(message)
        )
        header = message.thread_header
        if parent.is_forum:
            return await self._open_post(message, parent, content, identity)
        if header is None or not header.is_private or not isinstance(content, Notice):
            return None
        thread = await self._opened_thread(message)
        if thread is None:
            thread = await self._thread_creation.private(
                message, parent, header, identity, urgency=Urgency.of(message)
            )
            self._in_progress.note_thread(message.key, thread.id)
        await self._threads.let_in(thread, header, urgency=Urgency.of(message))
        target = inside(thread, parent=parent.id, urgency=Urgency.of(message))
        work = await self._work(message, target, thread)
        shown = await self._post(work, content, identity)
        return Delivered((str(thread.id), *shown.parts)) if isinstance(shown, Delivered) else shown

    async def _open_post(
        self, message: OutboundMessage, forum: Channel, content: MessageContent, identity: Identity
    ) -> Delivery:
        """The first part begins the post; the others stand in it."""
        showing = self._showing(message, as_author=False)
        thread = await self._opened_thread(message)
        if thread is None:
            limit = self._channel_cache.file_limit(forum)
            first, uploads = await self._files.uploads(
                self._files.checked(in_parts(content, showing), limit=limit, language=message.language)[0],
                language=message.language,
            )
            title = (
                title_of(message.thread_header)
                if message.thread_header is not None
                else cut(heading(content), TITLE_LIMIT)
            )
            post = post_of(first, showing)
            thread, was_there = await self._thread_creation.in_forum(
                message, forum, post, uploads, identity, title=title, urgency=Urgency.of(message)
            )
            if not was_there:
                self.posts.knows(thread.id, post, key=message.key)
            self._in_progress.note_thread(message.key, thread.id)
            self._in_progress.parts(message.key)[0] = MessageRef(message=thread.id)
        target = inside(thread, parent=forum.id, urgency=Urgency.of(message))
        return await self._post(await self._work(message, target, thread), content, identity)

    async def _opened_thread(self, message: OutboundMessage) -> Channel | None:
        """The thread that an earlier attempt opened, as far as this process knows."""
        opened = self._in_progress.thread(message.key)
        return await self._channel_cache.get(opened) if opened is not None else None

    async def _begin(self, message: OutboundMessage, identity: Identity) -> _Work:
        target, thread = await self._targets.of(message, urgency=Urgency.of(message))
        is_copy = isinstance(message.content, Copy) or any(
            MessageRef.read(mark).webhook for mark in message.shown
        )
        if is_copy and not message.address.channel.is_direct:
            webhook = await self.webhooks.of(target.parent, identity, urgency=target.urgency)
            target = replace(target, webhook=webhook)
        return await self._work(message, target, thread)

    def _showing(self, message: OutboundMessage, *, as_author: bool) -> RenderOptions:
        return RenderOptions(
            link_of=self._channel_cache.link_of,
            as_author=as_author,
            language=message.language,
            command_words=self._command_words,
        )

    async def _work(self, message: OutboundMessage, target: Target, thread: Channel | None) -> _Work:
        showing = self._showing(message, as_author=target.webhook is not None)
        room = thread or self._channel_cache.known(target.room)
        limit = self._channel_cache.file_limit(room or await self._channel_cache.get(target.room))
        return _Work(message=message, target=target, thread=thread, showing=showing, file_limit=limit)

    async def _in_open_thread(self, work: _Work, act: Callable[[], Awaitable[T]]) -> T:
        """An archived thread takes nothing: it is opened for this, and put back where its ticket is closed."""
        try:
            done = await act()
        except DiscordRefused as refused:
            if refused.code == UNKNOWN_CHANNEL and work.thread is not None:
                self._channel_cache.is_deleted(work.thread.id)
                raise ThreadIsGone from refused
            if refused.code != IS_ARCHIVED or work.thread is None:
                raise
            return await self._reopened(work, work.thread, act)
        if work.thread is not None and not work.thread.is_put_away:
            async with self._threads.held(work.thread.id):
                await self._threads.put_back(work.thread, work.message.thread_header)
        return done

    async def _reopened(self, work: _Work, thread: Channel, act: Callable[[], Awaitable[T]]) -> T:
        async with self._threads.held(thread.id):
            self._channel_cache.forget(thread.id)
            work.thread = await self._threads.reopen(thread, urgency=work.target.urgency)
            done = await act()
            await self._threads.put_back(work.thread, work.message.thread_header)
            return done

    async def _post(self, work: _Work, content: MessageContent, identity: Identity) -> Delivery:
        """Post what is not there yet; what an earlier attempt left is brought up to date instead."""
        key, target = work.message.key, work.target
        said = in_parts(content, work.showing)
        contents = self._files.checked(said, limit=work.file_limit, language=work.message.language)
        posts = [post_of(part, work.showing) for part in contents]
        work.in_progress = self._in_progress.parts(key)
        if work.message.is_retry:
            found = await self.posts.find(
                posts, target, key=key, wanted_at=work.message.wanted_at, identity=identity
            )
            for number, mark in found.items():
                work.in_progress.setdefault(number, replace(mark, holds_files=number >= len(said)))
        for number, part in enumerate(contents):
            await self._post_part(work, number, part, holds_files=number >= len(said))
        for number in [each for each in work.in_progress if each >= len(contents)]:
            await self.posts.remove(work.in_progress.pop(number), target)
        return Delivered(tuple(work.in_progress[number].written() for number in sorted(work.in_progress)))

    async def _post_part(self, work: _Work, number: int, part: MessageContent, *, holds_files: bool) -> None:
        there = work.in_progress.get(number)
        if there is not None and await self.posts.change(post_of(part, work.showing), there, work.target):
            return
        part, uploads = await self._files.uploads(part, language=work.message.language)
        try:
            work.in_progress[number] = await self._say(work, number, part, uploads, holds_files=holds_files)
        except DiscordRefused as refused:
            key = _FILES_REFUSED.get(refused.code)
            if not uploads or key is None or not isinstance(part, Copy | Notice):
                raise
            part = without_files(part, problem=words(work.message.language, key, platform="Discord"))
            work.in_progress[number] = await self._say(work, number, part, (), holds_files=holds_files)

    async def _say(
        self, work: _Work, number: int, part: MessageContent, uploads: Sequence[Upload], *, holds_files: bool
    ) -> MessageRef:
        label = PostLabel(key=work.message.key, part=number, is_retry=work.message.is_retry)
        post = post_of(part, work.showing)
        return await self.posts.post(post, work.target, label, uploads=uploads, holds_files=holds_files)

    async def _change(self, work: _Work, content: MessageContent) -> Delivery:
        """Change the parts there are; those a shorter text no longer needs are removed."""
        first, *others = work.message.shown
        is_private_thread = self._is_private_thread(work, others)
        marks = [MessageRef.read(mark) for mark in (others if is_private_thread else work.message.shown)]
        texts = [mark for mark in marks if not mark.holds_files]
        files = [mark for mark in marks if mark.holds_files]
        showing = replace(work.showing, as_author=any(mark.webhook for mark in texts))
        contents = in_so_many(content, showing, count=len(texts), command=COMMAND)
        language = work.message.language
        checked = self._files.checked(contents, limit=work.file_limit, language=language)
        contents = checked[: len(contents)]
        kept = [
            mark
            for mark, part in zip(texts, contents, strict=False)
            if await self.posts.change(post_of(part, showing), mark, work.target)
        ]
        for mark in texts[len(contents) :]:
            await self.posts.remove(mark, work.target)
        if kept:
            left = [mark.written() for mark in (*kept, *files)]
            return Delivered((first, *left) if is_private_thread else tuple(left))
        if work.message.address.thread is None:
            return RootGone(sentence("deliveries.message_gone", channel=self._named(work.message)))
        return Delivered(work.message.shown)

    def _is_private_thread(self, work: _Work, others: Sequence[str]) -> bool:
        """Whether the first part is a thread that began with no message; a forum's post is its first message, too."""
        parent = self._channel_cache.known(work.target.parent)
        is_in_forum = parent is not None and parent.is_forum
        return not is_in_forum and bool(others) and MessageRef.read(others[0]).room is not None

    async def _remove(self, work: _Work) -> Delivery:
        for mark in work.message.shown:
            await self.posts.remove(MessageRef.read(mark), work.target)
        return Delivered(())

    def _named(self, message: OutboundMessage) -> Sentence:
        """The channel as an operator finds it: its name where known, and its id."""
        channel = message.address.channel
        room = self._channel_cache.known(channel.channel) if channel.channel.isdecimal() else None
        if room is None or not room.name:
            return sentence("deliveries.discord_channel", channel=str(channel))
        return sentence("deliveries.discord_channel_named", name=room.name, channel=str(channel))


def _needs(message: OutboundMessage) -> Fact:
    """The permission that a refused message lacked most probably."""
    if isinstance(message.content, ThreadHeader):
        return label_of("manage_threads")
    if message.content is None:
        return sentence("deliveries.discord_manage_messages")
    if message.address.thread is not None:
        return OneOf((label_of("send_messages_in_threads"), label_of("create_public_threads")))
    if isinstance(message.content, Card):
        return OneOf((SEND_MESSAGES, label_of("embed_links")))
    return SEND_MESSAGES
