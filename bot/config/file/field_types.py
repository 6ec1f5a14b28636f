"""The single values of `desk.yaml`: how each is written, what it becomes, and what to say when it is neither.

A name of something defined elsewhere in the file is checked against `Names`, which the loader gathers
from the raw file, so that every unknown name is found in one pass.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.config.file.problems import did_you_mean, suggestion
from bot.domain.directory import ChannelRef, is_group
from bot.domain.normalised_text import normalised
from bot.domain.replies.held_reply import LONGEST_HOLD, SHORTEST_HOLD
from bot.domain.sentence import Fact, Sentence, sentence
from bot.domain.suggestions import nearest
from bot.domain.tickets.ticket import LONGEST_TAG, MOST_TAGS

Names = Mapping[str, frozenset[str]]
"""By kind (`team`, `calendar` …) the names that the file defines, and those of platforms with private threads."""
WEBHOOK = "webhook"
PRIVATE_THREADS = "private_threads"
KEEPS_POSTS = "keeps_posts"
SIGN_IN_KIND = "sign_in_kind"
SIGN_IN_PLATFORM = "sign_in_platform"
FIELD = "field"
FIELD_ANYWHERE = "custom_field"
REQUIRED = "required_to_resolve"
LOOKED_UP = "lookup_field"

_DURATION = re.compile(r"(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?")
_SECONDS = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*s")
_PERSON = re.compile(r"[a-z][a-z0-9_]*:[^\s:]+|[^\s@:]+@[^\s@:]+")
_SERVER = re.compile(r"[a-z][a-z0-9_]*:[^\s:#@]+")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]*:[^\s:#@][^\s:]*")
_OFFSET = re.compile(r"(?:gmt|utc|z)?\s*([+-]\s*\d{1,2})(?::?00)?", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,3})\s*%")
RESERVED_FIELDS = frozenset({"text", "category", "private", "more", "step"})
"""What the desk's own form asks."""


def wrong(key: str, *, at: str | int | None = None, **facts: Fact) -> PydanticCustomError:
    """An error with a sentence of the catalogue's; `at` names the entry of the value that is to blame."""
    return PydanticCustomError("desk", "{sentence}", {"sentence": Sentence(key, facts), "at": at})


def lacking(name: str) -> PydanticCustomError:
    """A key of this section that only some of its other keys ask for."""
    return PydanticCustomError("missing", "{at}", {"at": name})


def checked(check: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Runs `check` on text, and says so when something else stands there."""

    def run(value: Any) -> Any:  # noqa: ANN401
        if not isinstance(value, str):
            raise wrong("configuration.no_value" if value is None else "configuration.not_text")
        return check(value.strip())

    return run


def _scalar(check: Callable[[str], Any], **schema: Any) -> tuple[PlainValidator, WithJsonSchema]:  # noqa: ANN401
    return PlainValidator(checked(check)), WithJsonSchema({"type": "string", **schema})


def _channel(text: str) -> ChannelRef:
    if not _CHANNEL.fullmatch(text):
        name = text.rpartition(":")[2].strip("#@ ").replace(" ", "-").lower() or "help-it"
        raise wrong("configuration.not_a_channel", text=text, name=name)
    return ChannelRef.parse(text)


def _server(text: str) -> str:
    if not _SERVER.fullmatch(text):
        raise wrong("configuration.not_a_server", text=text)
    return text


def _person(text: str) -> str:
    if not _PERSON.fullmatch(text):
        raise wrong("configuration.not_a_person", text=text)
    return text.lower() if "@" in text.partition(":")[0] or is_group(text) else text


def _open_time(text: str) -> timedelta:
    if text.endswith("d"):
        hint = sentence("configuration.write_open_time")
        raise wrong("configuration.length_in_days", text=text, hint=hint)
    return _duration(text, hint="configuration.write_open_time")


def _elapsed_time(text: str) -> timedelta:
    return _duration(text, hint="configuration.write_elapsed_time")


def _duration(text: str, *, hint: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    length = timedelta(days=days, hours=hours, minutes=minutes)
    if not length:
        raise wrong("configuration.not_a_length", text=text, hint=sentence(hint))
    return length


def _undo_time(text: str) -> timedelta:
    found = _SECONDS.fullmatch(text)
    length = timedelta(seconds=float(found[1])) if found else timedelta()
    if not SHORTEST_HOLD <= length <= LONGEST_HOLD:
        bounds = [int(each.total_seconds()) for each in (SHORTEST_HOLD, LONGEST_HOLD)]
        raise wrong("configuration.not_an_undo_time", text=text, least=bounds[0], most=bounds[1])
    return length


def _seconds(text: str) -> timedelta:
    found = _SECONDS.fullmatch(text)
    if not found:
        raise wrong("configuration.not_seconds", text=text)
    return timedelta(seconds=float(found[1]))


def _zone(text: str) -> ZoneInfo:
    if text not in _usual_zones() and text not in (zones := available_timezones()):
        raise wrong("configuration.not_a_zone", text=text, hint=_nearest_zone(text, zones))
    return ZoneInfo(text)


@cache
def _usual_zones() -> frozenset[str]:
    """Those that come with Deskbell; to find those of the machine, all of its files are opened."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def offset_in(text: str) -> int | None:
    """Hours ahead of UTC, of `GMT+1` as people mean it; None for all else.

    Files of time zones mean the opposite by the same sign: `Etc/GMT+1` is an hour behind.
    """
    found = _OFFSET.fullmatch(text.strip())
    return int(found[1].replace(" ", "")) if found else None


def _nearest_zone(text: str, zones: set[str]) -> Sentence:
    offset = offset_in(text)
    if offset is not None:
        fixed = f"Etc/GMT{-offset:+d}" if offset else "UTC"
        told = sentence("configuration.zone_of_offset", zone=fixed)
        return told if fixed in zones else sentence("configuration.write_zone")
    city = text.rpartition("/")[2].replace(" ", "_").lower()
    places = {zone for zone in zones if "/" in zone}
    same_city = sorted(zone for zone in places if zone.lower().rpartition("/")[2] == city)
    meant = same_city[0] if same_city else nearest(text, places)
    return suggestion(meant) if meant else sentence("configuration.write_zone")


def _word(text: str) -> str:
    if not normalised(text):
        raise wrong("configuration.word_of_signs", text=text)
    return text


def _share(text: str) -> float:
    found = _SHARE.fullmatch(text)
    if not found or not 0 < int(found[1]) <= 500:
        raise wrong("configuration.not_a_share", text=text)
    return int(found[1]) / 100


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{0,9}", text):
        raise wrong("configuration.not_a_prefix", text=text)
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", text):
        raise wrong("configuration.not_a_language", text=text)
    return text


def _field_name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text):
        raise wrong("configuration.not_a_field_name", text=text)
    if text in RESERVED_FIELDS:
        raise wrong("configuration.field_reserved", text=text)
    return text


def _reaction(text: str) -> str:
    name = text.strip(":").lower()
    if not name or any(each.isspace() for each in name):
        raise wrong("configuration.not_a_reaction", text=text)
    return name


def _command(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]{1,32}", text.removeprefix("/")):
        raise wrong("configuration.not_a_command", text=text)
    return text.removeprefix("/")


def known(kind: str) -> Callable[[str, ValidationInfo], str]:
    """A check that the file defines this name; skipped where nothing is known about the file."""

    def check(name: str, info: ValidationInfo) -> str:
        names: Names | None = info.context
        if names is not None and name not in names[kind]:
            raise wrong(f"configuration.unknown_{kind}", name=name, hint=did_you_mean(name, names[kind]))
        return name

    return check


def _listed(value: Any) -> Any:  # noqa: ANN401
    return [value] if isinstance(value, str) else value


Channel = Annotated[ChannelRef, *_scalar(_channel, pattern=f"^{_CHANNEL.pattern}$")]
Server = Annotated[str, *_scalar(_server, examples=["discord:110000000000000001"])]
PersonReference = Annotated[str, *_scalar(_person)]
OpenTime = Annotated[timedelta, *_scalar(_open_time, examples=["30m", "4h", "1h 30m"])]
ElapsedTime = Annotated[timedelta, *_scalar(_elapsed_time, examples=["5d", "12h"])]
UndoTime = Annotated[timedelta, *_scalar(_undo_time, pattern=f"^{_SECONDS.pattern}$", examples=["10 s"])]
Seconds = Annotated[timedelta, *_scalar(_seconds, examples=["2s", "0.5s"])]
TimeZone = Annotated[ZoneInfo, *_scalar(_zone, examples=["Europe/Berlin"])]
TicketPrefix = Annotated[str, *_scalar(_prefix, pattern="^[A-Z][A-Z0-9]{0,9}$")]
LanguageCode = Annotated[str, *_scalar(_language, pattern="^[a-z]{2}$")]
Label = Annotated[str, Field(min_length=1, max_length=75)]
Labels = dict[LanguageCode, Label]
"""By language, what people read."""
FieldName = Annotated[str, *_scalar(_field_name, pattern="^[a-z][a-z0-9_]{0,39}$")]
Reaction = Annotated[str, *_scalar(_reaction, examples=["ticket"])]
CommandName = Annotated[str, *_scalar(_command)]
Share = Annotated[float, *_scalar(_share, examples=["80%"])]
Word = Annotated[str, AfterValidator(checked(_word))]
AsList = BeforeValidator(_listed, json_schema_input_type=str | list[str])
Tags = Annotated[list[Annotated[str, Field(max_length=LONGEST_TAG)]], Field(max_length=MOST_TAGS), AsList]
"""What a ticket may be tagged with."""

CommunityName = Annotated[str, AfterValidator(known("community"))]
TeamName = Annotated[str, AfterValidator(known("team"))]
CalendarName = Annotated[str, AfterValidator(known("calendar"))]
WebhookName = Annotated[str, AfterValidator(known(WEBHOOK))]
RotaName = Annotated[str, AfterValidator(known("rota"))]
InboxName = Annotated[str, AfterValidator(known("inbox"))]
GroupName = Annotated[str, AfterValidator(known("group"))]
TierName = Annotated[str, AfterValidator(known("tier"))]
Category = Annotated[str, AfterValidator(known("category"))]
PolicyName = Annotated[str, AfterValidator(known("sla_policy"))]
EscalationName = Annotated[str, AfterValidator(known("escalation_policy"))]
