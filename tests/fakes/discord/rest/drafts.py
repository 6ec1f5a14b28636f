"""From a request's body to what is to be said: every limit is checked here, whichever route it came by."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.discord.rules.components import check_components, numbered
from tests.fakes.discord.rules.limits import (
    ATTACHMENTS,
    FILE_BYTES,
    check_allowed_mentions,
    check_embeds,
    check_poll,
    check_text,
)
from tests.fakes.discord.rules.refusals import Json, Problems, Refusal, invalid
from tests.fakes.discord.world.payloads import stamp
from tests.fakes.discord.world.records import NO_FLAGS, Attachment, Message, MessageFlag, Reference
from tests.fakes.discord.world.world import World

_MAY_SET = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.EPHEMERAL


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a request, `files[n]`."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message holds, whoever says it."""

    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    stickers: list[Json] = field(default_factory=list)
    poll: Json | None = None
    snapshots: list[Json] = field(default_factory=list)
    flags: MessageFlag = NO_FLAGS
    allowed_mentions: Json | None = None
    reference: Reference | None = None
    nonce: str | int | None = None
    is_tts: bool = False

    def is_empty(self) -> bool:
        held = self.embeds or self.components or self.attachments or self.stickers or self.snapshots
        return not (self.content or held or self.poll)


def read_draft(
    world: World,
    body: Json,
    uploads: Mapping[int, Upload],
    *,
    guild_id: int | None,
    reference: Reference | None = None,
    is_ephemeral: bool = False,
) -> Draft:
    """Raises `Refusal`: 50035 with everything that is wrong, 40005 for too large files, 50006 for nothing."""
    _check(body, uploads, world, guild_id)
    draft = Draft(
        # Discord takes the blanks off both ends.
        content=(body.get("content") or "").strip(),
        embeds=[_kept_embed(embed) for embed in body.get("embeds") or []],
        components=numbered(body.get("components") or []),
        attachments=_attachments(world, body, uploads, is_ephemeral=is_ephemeral),
        stickers=[_sticker(world, guild_id, sticker) for sticker in body.get("sticker_ids") or []],
        poll=_kept_poll(body.get("poll"), world.pace.now()),
        flags=MessageFlag(body.get("flags") or 0) & _MAY_SET,
        allowed_mentions=body.get("allowed_mentions"),
        reference=reference,
        nonce=body.get("nonce"),
        is_tts=bool(body.get("tts")),
    )
    if draft.is_empty():
        raise Refusal(50006)
    return draft


def read_changes(
    world: World, message: Message, body: Json, uploads: Mapping[int, Upload], *, guild_id: int | None
) -> Draft:
    """An edit: what is not named stays as it is; files that `attachments` does not name are taken off.

    https://discord.com/developers/docs/resources/message#edit-message
    """
    _check(body, uploads, world, guild_id)
    kept = message.attachments
    if body.get("attachments") is not None:
        named = {str(entry.get("id")) for entry in body["attachments"]}
        kept = [attachment for attachment in kept if str(attachment.id) in named]
    embeds = message.embeds
    if "embeds" in body:
        embeds = [_kept_embed(embed) for embed in body["embeds"] or []]
    flags = message.flags
    if body.get("flags") is not None:
        suppressed = MessageFlag(body["flags"]) & MessageFlag.SUPPRESS_EMBEDS
        flags = (flags & ~MessageFlag.SUPPRESS_EMBEDS) | suppressed
    draft = Draft(
        content=(body["content"] or "").strip() if "content" in body else message.content,
        embeds=embeds,
        components=numbered(body["components"] or []) if "components" in body else message.components,
        attachments=[*kept, *_attachments(world, body, uploads)],
        stickers=message.stickers,
        poll=message.poll,
        snapshots=message.snapshots,
        flags=flags,
        allowed_mentions=body.get("allowed_mentions"),
    )
    if len(draft.attachments) > ATTACHMENTS:
        raise invalid("attachments", "BASE_TYPE_MAX_LENGTH", f"Must be {ATTACHMENTS} or fewer in length.")
    if draft.is_empty():
        raise Refusal(50006)
    return draft


def file_limit(world: World, guild_id: int | None) -> int:
    """Bytes that one request's file may have there; a direct message has what an unboosted guild has."""
    tier = world.guilds[guild_id].premium_tier if guild_id is not None else 0
    return FILE_BYTES[tier]


def _check(body: Json, uploads: Mapping[int, Upload], world: World, guild_id: int | None) -> None:
    most = file_limit(world, guild_id)
    if any(len(upload.content) > most for upload in uploads.values()):
        raise Refusal(40005)
    problems = Problems()
    check_text(problems, body)
    check_embeds(problems, body.get("embeds"))
    check_components(problems, body.get("components"), body.get("flags") or 0)
    check_allowed_mentions(problems, body.get("allowed_mentions"))
    check_poll(problems, body.get("poll"))
    problems.too_long("attachments", max(len(uploads), len(body.get("attachments") or [])), ATTACHMENTS)
    problems.raise_if_any()


def _attachments(
    world: World, body: Json, uploads: Mapping[int, Upload], *, is_ephemeral: bool = False
) -> list[Attachment]:
    """https://discord.com/developers/docs/reference#uploading-files: ids of `attachments` are the files' numbers."""
    described = {str(entry.get("id")): entry for entry in body.get("attachments") or []}
    found = []
    for number, upload in sorted(uploads.items()):
        entry = described.get(str(number), {})
        named = Upload(entry.get("filename") or upload.filename, upload.content)
        description = entry.get("description")
        found.append(kept_file(world, named, description=description, is_ephemeral=is_ephemeral))
    return found


def kept_file(
    world: World, upload: Upload, *, description: str | None = None, is_ephemeral: bool = False
) -> Attachment:
    return Attachment(
        world.ids.new(),
        stored_name(upload.filename),
        upload.content,
        mimetypes.guess_type(upload.filename)[0],
        description,
        is_ephemeral,
    )


def stored_name(filename: str) -> str:
    """Discord keeps letters, digits, dots, dashes and underscores of a file's name."""
    return re.sub(r"[^\w.-]", "", filename.replace(" ", "_")) or "unknown"


def _kept_embed(embed: Json) -> Json:
    kept = {key: value for key, value in embed.items() if value is not None}
    for field_body in kept.get("fields", []):
        field_body.setdefault("inline", False)
    return kept | {"type": "rich"}


def _kept_poll(poll: Json | None, now: datetime) -> Json | None:
    """https://discord.com/developers/docs/resources/poll#poll-object. It is open for so many hours."""
    if poll is None:
        return None
    answers = [{"answer_id": n, **answer} for n, answer in enumerate(poll["answers"], start=1)]
    return {
        "question": poll["question"],
        "answers": answers,
        "expiry": stamp(now + timedelta(hours=poll.get("duration", 24))),
        "allow_multiselect": bool(poll.get("allow_multiselect")),
        "layout_type": poll.get("layout_type", 1),
        "results": {"is_finalized": False, "answer_counts": []},
    }


def _sticker(world: World, guild_id: int | None, sticker_id: str) -> Json:
    """https://discord.com/developers/docs/resources/sticker#sticker-item-object."""
    known = world.guilds[guild_id].stickers if guild_id is not None else []
    found = next((sticker for sticker in known if sticker["id"] == str(sticker_id)), None)
    if found is None:
        raise Refusal(10060)
    return {key: found[key] for key in ("id", "name", "format_type")}
