"""What `lookups` of `desk.yaml` may say: which systems are asked about requesters, and what is taken from answers."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, Field, ValidatorFunctionWrapHandler, WrapValidator

from bot.config.file.field_types import ElapsedTime, FieldName, Labels, Seconds, checked, wrong
from bot.config.file.problems import did_you_mean
from bot.config.file.section import Section
from bot.domain.lookups.lookup import PLACEHOLDER, PLACEHOLDERS, REFERENCE, SETTINGS, Lookup, LookupField

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
"""A token: RFC 9110, 5.6.2."""
_SECRET = re.compile(
    r"authoriz|authentic|cookie|token|secret|passw|credential|api.?key|access.?key", re.IGNORECASE
)
"""Names of headers and parameters whose values are secrets."""
_PATH = re.compile(r"[^.\s]+(\.[^.\s]+)*")
_LONGEST_KEPT = timedelta(days=30)


def _url(text: str) -> str:
    try:
        address = urlsplit(text)
        is_right = address.scheme in ("http", "https") and address.hostname and address.port != 0
    except ValueError:
        is_right = False
    if not is_right or any(sign.isspace() for sign in text):
        raise wrong("configuration.not_a_lookup_url", text=text)
    if "@" in address.netloc:
        raise wrong("configuration.lookup_url_with_password")
    if "{" in address.netloc or "{" in address.fragment:
        raise wrong("configuration.lookup_placeholder_outside")
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            hint = did_you_mean(name, PLACEHOLDERS)
            raise wrong("configuration.unknown_placeholder", name=name, hint=hint)
    if not PLACEHOLDER.search(text):
        raise wrong("configuration.lookup_without_placeholder")
    for name, _ in parse_qsl(address.query):
        if _SECRET.search(name):
            raise wrong("configuration.lookup_secret_in_url", name=name)
    return text


def _headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        if not _HEADER.fullmatch(name) or not value.isprintable():
            raise wrong("configuration.not_a_header", text=name, at=name)
        named = [found["braced"] or found["plain"] for found in REFERENCE.finditer(value)]
        for each in named:
            if not each.startswith(SETTINGS) or each == SETTINGS or each.upper() != each:
                raise wrong("configuration.lookup_setting_name", name=each, prefix=SETTINGS, at=name)
        if not named and _SECRET.search(name):
            example = f"${SETTINGS}TOKEN"
            raise wrong("configuration.lookup_secret_in_header", name=name, example=example, at=name)
    return headers


def _path(text: str) -> str:
    if not _PATH.fullmatch(text):
        raise wrong("configuration.not_a_fact_path", text=text)
    return text


def _timeout(length: timedelta) -> timedelta:
    if not timedelta(milliseconds=100) <= length <= timedelta(seconds=5):
        raise wrong("configuration.lookup_timeout")
    return length


def _keep(length: timedelta) -> timedelta:
    if length > _LONGEST_KEPT:
        raise wrong("configuration.lookup_kept_long")
    return length


class LookupFieldSection(Section):
    """A fact that is taken from the answer."""

    path: Annotated[str, AfterValidator(checked(_path))] = Field(
        description="Where it is in the answer: `account.tier`, and `devices.0.model` for the first of a list."
    )
    label: str | None = Field(
        None, min_length=1, max_length=75, description="What agents read; the name when left out."
    )
    labels: Labels = Field({}, description="Instead of the label, by the reader’s language: `{de: Gerät}`.")


def _path_alone(value: Any, handler: ValidatorFunctionWrapHandler) -> LookupFieldSection:  # noqa: ANN401
    section: LookupFieldSection = handler({"path": value} if isinstance(value, str) else value)
    return section


LookedUpField = Annotated[
    LookupFieldSection, WrapValidator(_path_alone, json_schema_input_type=str | LookupFieldSection)
]
"""A path stands for a fact with this path and no more."""


class LookupSection(Section):
    """Another system that is asked about requesters, such as a CRM or an inventory."""

    title: str | None = Field(None, max_length=75, description="What agents read; the name when left out.")
    url: Annotated[str, AfterValidator(checked(_url))] = Field(
        description="Where to ask: `https://crm.example/people?email={email}`; `{name}`, `{handle}` and `{key}` "
        "stand for other words of the person."
    )
    headers: Annotated[dict[str, str], AfterValidator(_headers)] = Field(
        {}, description="Headers; secrets are settings: `Authorization: Bearer $DESKBELL_LOOKUP_CRM_TOKEN`."
    )
    fields: dict[FieldName, LookedUpField] = Field(
        min_length=1,
        description="The facts by name, and where each is in the answer: `{tier: account.tier}`.",
    )
    timeout: Annotated[Seconds, AfterValidator(_timeout)] = Field(
        timedelta(seconds=2), description="How long to wait for an answer: `2s`, 5 s at most."
    )
    keep: Annotated[ElapsedTime, AfterValidator(_keep)] = Field(
        timedelta(hours=1), description="How long an answer is good for: `1h`, 30 days at most."
    )
    when_failing: str | None = Field(
        None,
        max_length=100,
        description="What agents read while it fails; empty for nothing, Deskbell’s own words when left out.",
    )

    def compiled(self, name: str) -> Lookup:
        return Lookup(
            name=name,
            title=self.title or name,
            url=self.url,
            headers=self.headers,
            fields=tuple(_field(each, section) for each, section in self.fields.items()),
            timeout=self.timeout,
            keep=self.keep,
            when_failing=self.when_failing,
        )


def _field(name: str, section: LookupFieldSection) -> LookupField:
    return LookupField(
        name=name,
        label=section.label or name.replace("_", " ").capitalize(),
        labels=section.labels,
        path=tuple(section.path.split(".")),
    )
