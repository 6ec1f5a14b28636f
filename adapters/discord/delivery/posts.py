"""Messages in Discord: posted once, found again after an unknown outcome, changed and removed.

The desk's own carry a nonce, by which Discord knows a repetition for a few minutes
(https://discord.com/developers/docs/resources/message#create-message). A webhook's post has none, and no fetched
message shows one: before a retry the history is looked through.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.discord.api.addresses import Identity, Json, snowflake_at
from adapters.discord.api.calls import Calls, DiscordRefused, Upload
from adapters.discord.api.errors import IS_GONE, UNKNOWN_WEBHOOK, WEBHOOK_IS_GONE
from adapters.discord.api.webhooks import Webhooks
from adapters.discord.delivery.message_ref import MessageRef
from adapters.discord.delivery.target import Target
from adapters.discord.render.messages import Post
from adapters.kit.recent import Recent

REMEMBERED = 20_000
PAGE = 100
PAGES_SEARCHED = 10
BEFORE_WANTED = timedelta(minutes=1)
UNKNOWN_AGE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLabel:
    """Which part of which outbound message it is. `is_retry`: Discord may know it, as it read then."""

    key: str
    part: int
    is_retry: bool = False

    @property
    def nonce(self) -> str:
        """At most 25 characters."""
        digest = hashlib.blake2b(f"{self.key}/{self.part}".encode(), digest_size=15).digest()
        return base64.b32encode(digest).decode()


class Posts:
    def __init__(self, calls: Calls, *, webhooks: Webhooks) -> None:
        self._calls = calls
        self._webhooks = webhooks
        self._owners: Recent[int, str] = Recent(most=REMEMBERED)
        self._shown: Recent[int, bytes] = Recent(most=REMEMBERED)

    async def post(
        self,
        post: Post,
        target: Target,
        label: PostLabel,
        *,
        uploads: Sequence[Upload] = (),
        holds_files: bool = False,
    ) -> MessageRef:
        """Raises as `Calls.call` does."""
        if post.name and target.webhook is not None:
            payload = await self._by_webhook(post, target, target.webhook, uploads)
        else:
            payload = await self._by_desk(post, target, label, uploads)
        shown = MessageRef(
            message=int(payload["id"]),
            room=target.room if target.marks_room else None,
            webhook=int(payload["webhook_id"]) if payload.get("webhook_id") else None,
            holds_files=holds_files,
        )
        self._own(shown.message, label.key)
        if label.is_retry and shown.webhook is None:
            # Where Discord knew the nonce, an earlier attempt's words stand there.
            await self.change(post, shown, target)
        else:
            self._note_shown(shown.message, post)
        return shown

    async def change(self, post: Post, shown: MessageRef, target: Target) -> bool:
        """Whether it is still there to be changed. What reads so already costs no call."""
        digest = _digest(post)
        if self._shown.pop(shown.message, None) == digest:
            self._note_shown(shown.message, post)
            return True
        try:
            await self._patch(post, shown, target)
        except DiscordRefused as refused:
            if refused.code in IS_GONE:
                return False
            raise
        self._note_shown(shown.message, post)
        return True

    async def remove(self, shown: MessageRef, target: Target) -> None:
        """Gone already is as good as removed."""
        self._shown.pop(shown.message, None)
        try:
            if shown.webhook is not None and self._webhooks.token(shown.webhook) is not None:
                await self._by_its_webhook("DELETE", shown.webhook, shown, target)
            else:
                # A moderator's right, where the webhook is gone.
                await self._calls.call(
                    "DELETE",
                    "/channels/{channel_id}/messages/{message_id}",
                    channel_id=shown.room or target.room,
                    message_id=shown.message,
                    urgency=target.urgency,
                )
        except DiscordRefused as refused:
            if refused.code not in IS_GONE:
                raise

    async def find(
        self,
        posts: Sequence[Post],
        target: Target,
        *,
        key: str,
        wanted_at: datetime | None,
        identity: Identity,
    ) -> dict[int, MessageRef]:
        """Which of these posts an earlier attempt left there, by their number. Raises as `Calls.call` does."""
        after = snowflake_at((wanted_at or datetime.now(UTC) - UNKNOWN_AGE) - BEFORE_WANTED)
        found: dict[int, MessageRef] = {}
        for message in await self._said_after(after, target):
            if self._owners.get(int(message["id"]), key) != key:
                continue
            number = next(
                (
                    number
                    for number, post in enumerate(posts)
                    if number not in found and _is_shown_by(post, message, target, identity)
                ),
                None,
            )
            if number is not None:
                found[number] = MessageRef(
                    message=int(message["id"]),
                    room=target.room if target.marks_room else None,
                    webhook=int(message["webhook_id"]) if message.get("webhook_id") else None,
                )
                self._own(int(message["id"]), key)
        return found

    def knows(self, message: int, post: Post, *, key: str) -> None:
        """It was posted in another way, and shows this."""
        self._own(message, key)
        self._note_shown(message, post)

    def forget(self, message: int) -> None:
        """Somebody changed or deleted it."""
        self._shown.pop(message, None)

    async def _said_after(self, after: int, target: Target) -> list[Json]:
        """Oldest first. https://discord.com/developers/docs/resources/message#get-channel-messages"""
        said: list[Json] = []
        for _ in range(PAGES_SEARCHED):
            page: list[Json] = await self._calls.call(
                "GET",
                "/channels/{channel_id}/messages",
                channel_id=target.room,
                query={"after": str(after), "limit": PAGE},
                urgency=target.urgency,
            )
            said += sorted(page, key=lambda message: int(message["id"]))
            if len(page) < PAGE:
                break
            after = int(said[-1]["id"])
        return said

    async def _by_desk(self, post: Post, target: Target, label: PostLabel, uploads: Sequence[Upload]) -> Json:
        body = post.body | {"nonce": label.nonce, "enforce_nonce": True}
        if target.responder is not None:
            body["message_reference"] = {"message_id": str(target.responder), "fail_if_not_exists": False}
        payload: Json = await self._calls.call(
            "POST",
            "/channels/{channel_id}/messages",
            channel_id=target.room,
            body=body,
            uploads=uploads,
            urgency=target.urgency,
        )
        return payload

    async def _by_webhook(self, post: Post, target: Target, webhook: int, uploads: Sequence[Upload]) -> Json:
        """https://discord.com/developers/docs/resources/webhook#execute-webhook"""
        body = post.body | {"username": post.name}
        if post.picture.startswith(("https://", "http://")):
            body["avatar_url"] = post.picture
        payload: Json = await self._with_webhook(
            webhook,
            "POST",
            "/webhooks/{webhook_id}/{webhook_token}",
            body=body,
            uploads=uploads,
            query={"wait": "true"} | _in_thread(target),
            urgency=target.urgency,
            once=True,
        )
        return payload

    async def _by_its_webhook(
        self, method: str, webhook: int, shown: MessageRef, target: Target, *, body: Json | None = None
    ) -> None:
        """https://discord.com/developers/docs/resources/webhook#edit-webhook-message"""
        await self._with_webhook(
            webhook,
            method,
            "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
            message_id=shown.message,
            body=body,
            query=_in_thread(target),
            urgency=target.urgency,
        )

    async def _with_webhook(self, webhook: int, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401
        """Raises as `Calls.call` does, with 10015 for a webhook that the desk has no more."""
        token = self._webhooks.token(webhook)
        if token is None:
            raise DiscordRefused(status=404, code=UNKNOWN_WEBHOOK, message="Unknown Webhook")
        try:
            return await self._calls.call(method, path, webhook=(webhook, token), **options)
        except DiscordRefused as refused:
            if refused.code in WEBHOOK_IS_GONE:
                self._webhooks.forget(webhook)
            raise

    async def _patch(self, post: Post, shown: MessageRef, target: Target) -> None:
        """Whom an edit may ping is said anew, for it counts again."""
        body = {name: post.body[name] for name in ("content", "embeds", "components", "allowed_mentions")}
        if shown.webhook is not None:
            await self._by_its_webhook("PATCH", shown.webhook, shown, target, body=body)
            return
        await self._calls.call(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=shown.room or target.room,
            message_id=shown.message,
            body=body | {"flags": post.body["flags"]},
            urgency=target.urgency,
        )

    def _own(self, message: int, key: str) -> None:
        self._owners[message] = key

    def _note_shown(self, message: int, post: Post) -> None:
        self._shown[message] = _digest(post)


def _in_thread(target: Target) -> dict[str, str | int]:
    return {"thread_id": str(target.room)} if target.is_thread else {}


def _digest(post: Post) -> bytes:
    """Of what an edit can change. Nobody but the desk edits its messages, so it stays true until the next one."""
    told = json.dumps([post.body["content"], post.body["embeds"], post.body["components"]], sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=16).digest()


def _is_shown_by(post: Post, message: Json, target: Target, identity: Identity) -> bool:
    """Whether this message shows just that, and is the desk's."""
    webhook = message.get("webhook_id")
    is_ours = (
        str(webhook) == str(target.webhook) if webhook else str(message["author"]["id"]) == str(identity.user)
    )
    titles = [
        embed.get("title") for embed in message.get("embeds") or () if embed.get("type", "rich") == "rich"
    ]
    sizes = sorted(int(file["size"]) for file in message.get("attachments") or ())
    return (
        is_ours
        # Discord takes white space off both ends.
        and message.get("content", "").strip() == post.body["content"].strip()
        and titles == [embed.get("title") for embed in post.body["embeds"]]
        and sizes == sorted(post.sizes)
        and (not webhook or message["author"].get("username") == post.name)
    )
