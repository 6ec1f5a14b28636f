"""What a message may hold: https://discord.com/developers/docs/resources/message#create-message.

Embeds: https://discord.com/developers/docs/resources/message#embed-object-embed-limits.
"""

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.rules.refusals import Json, Problems

CONTENT = 2000
NONCE = 25
EMBEDS = 10
EMBEDS_TOGETHER = 6000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
ATTACHMENTS = 10
STICKERS = 3
ALLOWED_IDS = 100
POLL_QUESTION = 300
POLL_ANSWERS = 10
POLL_ANSWER = 55
POLL_HOURS = 32 * 24
THREAD_NAME = 100
CHANNEL_NAME = 100
TOPIC = 1024
FORUM_TOPIC = 4096
SLOW_MODE_S = 21_600
POST_TAGS = 5
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
ACTIVE_THREADS = 1000  # https://support.discord.com/hc/en-us/articles/4403205878423-Threads-FAQ
GUILD_CHANNELS = 500
PINS = 250  # https://discord.com/developers/docs/resources/message#pin-message
REACTIONS = 20
WEBHOOKS = 15
WEBHOOK_NAME = 80

# https://support.discord.com/hc/en-us/articles/25444343291031-File-Attachments-FAQ, by the guild's boost level.
FILE_BYTES = {0: 10 * 1024**2, 1: 10 * 1024**2, 2: 50 * 1024**2, 3: 100 * 1024**2}


def check_text(problems: Problems, body: Json) -> None:
    content = body.get("content")
    if content is not None and not isinstance(content, str):
        problems.add("content", "STRING_TYPE_CONVERT", "Could not interpret as string.")
    elif content:
        problems.too_long("content", len(content), CONTENT)
    nonce = body.get("nonce")
    if nonce is not None:
        problems.too_long("nonce", len(str(nonce)), NONCE)
    stickers = body.get("sticker_ids") or []
    if len(stickers) > STICKERS:
        problems.add("sticker_ids", "BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {STICKERS} in length.")


def check_allowed_mentions(problems: Problems, allowed: Json | None) -> None:
    """https://discord.com/developers/docs/resources/message#allowed-mentions-object."""
    if allowed is None:
        return
    for kind in ("users", "roles"):
        ids = allowed.get(kind) or []
        where = f"allowed_mentions.{kind}"
        if len(ids) > ALLOWED_IDS:
            problems.add(where, "BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {ALLOWED_IDS} in length.")
        if ids and kind in (allowed.get("parse") or []):
            problems.add(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
    for number, kind in enumerate(allowed.get("parse") or []):
        if kind not in ("roles", "users", "everyone"):
            problems.choice(f"allowed_mentions.parse.{number}", kind, "('roles', 'users', 'everyone')")


def check_embeds(problems: Problems, embeds: Any) -> None:
    if embeds is None:
        return
    if not isinstance(embeds, list):
        problems.add("embeds", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    problems.too_long("embeds", len(embeds), EMBEDS)
    for number, embed in enumerate(embeds):
        _check_embed(problems, f"embeds.{number}", embed)
    if sum(len(text) for embed in embeds for text in embed_texts(embed)) > EMBEDS_TOGETHER:
        problems.add(
            "embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS_TOGETHER}"
        )


def check_poll(problems: Problems, poll: Json | None) -> None:
    """https://discord.com/developers/docs/resources/poll#poll-create-request-object."""
    if poll is None:
        return
    problems.length("poll.question.text", (poll.get("question") or {}).get("text") or "", 1, POLL_QUESTION)
    answers = poll.get("answers") or []
    if not 1 <= len(answers) <= POLL_ANSWERS:
        problems.add(
            "poll.answers", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {POLL_ANSWERS} in length."
        )
    for number, answer in enumerate(answers):
        text = (answer.get("poll_media") or {}).get("text") or ""
        problems.length(f"poll.answers.{number}.poll_media.text", text, 1, POLL_ANSWER)
    if not 1 <= poll.get("duration", 24) <= POLL_HOURS:
        problems.add(
            "poll.duration", "NUMBER_TYPE_MAX", f"int value should be less than or equal to {POLL_HOURS}."
        )


def embed_texts(embed: Json) -> Iterator[str]:
    """What counts towards the limit of all embeds together, in reading order."""
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    yield from filter(None, (author.get("name"), embed.get("title"), embed.get("description")))
    for found in embed.get("fields") or []:
        yield from (found.get("name") or "", found.get("value") or "")
    yield from filter(None, (footer.get("text"),))


def _check_embed(problems: Problems, where: str, embed: Json) -> None:
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    problems.too_long(f"{where}.title", len(embed.get("title") or ""), EMBED_TITLE)
    problems.too_long(f"{where}.description", len(embed.get("description") or ""), EMBED_DESCRIPTION)
    problems.too_long(f"{where}.footer.text", len(footer.get("text") or ""), FOOTER)
    problems.too_long(f"{where}.author.name", len(author.get("name") or ""), AUTHOR)
    fields = embed.get("fields") or []
    problems.too_long(f"{where}.fields", len(fields), EMBED_FIELDS)
    for number, found in enumerate(fields):
        for key, most in (("name", FIELD_NAME), ("value", FIELD_VALUE)):
            if not str(found.get(key) or "").strip():
                problems.required(f"{where}.fields.{number}.{key}")
            problems.too_long(f"{where}.fields.{number}.{key}", len(found.get(key) or ""), most)
    if not any(embed_texts(embed)) and not (embed.get("image") or embed.get("thumbnail")):
        problems.required(f"{where}.description")
    for key, url in _links(embed):
        scheme = str(url).partition(":")[0]
        if scheme not in ("http", "https", "attachment"):
            problems.add(
                f"{where}.{key}",
                "URL_TYPE_INVALID_SCHEME",
                f"Scheme \"{scheme}\" must be one of ('http', 'https').",
            )
    if not 0 <= (embed.get("color") or 0) <= 0xFFFFFF:
        problems.add(
            f"{where}.color", "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215."
        )


def _links(embed: Json) -> Iterator[tuple[str, Any]]:
    if embed.get("url"):
        yield "url", embed["url"]
    for part, key in (("image", "url"), ("thumbnail", "url"), ("author", "url"), ("author", "icon_url")):
        found = (embed.get(part) or {}).get(key)
        if found:
            yield f"{part}.{key}", found
