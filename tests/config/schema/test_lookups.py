"""`lookups` of desk.yaml: each mistake has its line, and no secret may stand there."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.lookups.lookup import LookupField
from tests.config.desk_files import SMALL, complaints, load

WHOLE = """\
lookups:
  crm:
    title: Customers
    url: https://crm.example/people?email={email}&by={handle}
    headers:
      Authorization: Bearer $DESKBELL_LOOKUP_CRM
      Accept-Language: en
    fields:
      tier: account.tier
      device: {path: devices.0.model, label: Laptop, labels: {de: Rechner}}
    timeout: 0.5s
    keep: 12h
    when_failing: ""
"""
LEAST = "lookups:\n  crm:\n    url: https://crm.example/{key}\n    fields: {account_tier: tier}\n"


def wrong(folder: Path, before: str, after: str) -> list[tuple[int, str]]:
    """What is said of the whole file with this changed, by line of the look-ups' own part."""
    assert before in WHOLE
    first = SMALL.count("\n")
    return [(line - first, told) for line, told in complaints(folder, SMALL + WHOLE.replace(before, after))]


def test_a_look_up_is_read_whole(tmp_path: Path) -> None:
    crm = load(tmp_path, SMALL + WHOLE).desk.lookups["crm"]
    assert (crm.name, crm.title, crm.host) == ("crm", "Customers", "crm.example")
    assert (crm.timeout, crm.keep, crm.when_failing) == (timedelta(seconds=0.5), timedelta(hours=12), "")
    assert crm.fields == (
        LookupField(name="tier", label="Tier", path=("account", "tier")),
        LookupField(name="device", label="Laptop", labels={"de": "Rechner"}, path=("devices", "0", "model")),
    )


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    crm = load(tmp_path, SMALL + LEAST).desk.lookups["crm"]
    assert (crm.title, crm.fields[0].label, crm.headers) == ("crm", "Account tier", {})
    assert (crm.timeout, crm.keep) == (timedelta(seconds=2), timedelta(hours=1))
    assert crm.when_failing is None


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://crm.example/{key}", "not_a_lookup_url(text=ftp://crm.example/{key})"),
        ("crm.example/{key}", "not_a_lookup_url(text=crm.example/{key})"),
        ("https://[::1/{key}", "not_a_lookup_url(text=https://[::1/{key})"),
        ("https://bo:hush@crm.example/{key}", "lookup_url_with_password"),
        ("https://{handle}.crm.example/", "lookup_placeholder_outside"),
        ("https://crm.example/#{key}", "lookup_placeholder_outside"),
        ("https://crm.example/people", "lookup_without_placeholder"),
        ("https://crm.example/?api_key=hush&q={key}", "lookup_secret_in_url(name=api_key)"),
        (
            "https://crm.example/{mail}",
            "unknown_placeholder(name=mail, hint=did_you_mean(word=email))",
        ),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused(tmp_path: Path, url: str, told: str) -> None:
    assert wrong(tmp_path, "https://crm.example/people?email={email}&by={handle}", f'"{url}"') == [(4, told)]


@pytest.mark.parametrize(
    ("header", "line", "told"),
    [
        (
            "Authorization: Bearer hush",
            6,
            "lookup_secret_in_header(name=Authorization, example=$DESKBELL_LOOKUP_TOKEN)",
        ),
        ("X-Api-Key: hush", 6, "lookup_secret_in_header(name=X-Api-Key, example=$DESKBELL_LOOKUP_TOKEN)"),
        (
            "Authorization: Bearer $SLACK_BOT_TOKEN",
            6,
            "lookup_setting_name(name=SLACK_BOT_TOKEN, prefix=DESKBELL_LOOKUP_)",
        ),
        ("two words: x", 6, "not_a_header(text=two words)"),
        ('X-Line: "a\\nb"', 6, "not_a_header(text=X-Line)"),
    ],
)
def test_a_secret_stands_in_no_header_and_no_other_setting_does(
    tmp_path: Path, header: str, line: int, told: str
) -> None:
    found = wrong(tmp_path, "Authorization: Bearer $DESKBELL_LOOKUP_CRM", header)
    assert found == [(line, told)]
    assert "hush" not in str(found)


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        ("account.tier", "account..tier", 9, "not_a_fact_path(text=account..tier)"),
        ("timeout: 0.5s", "timeout: 30s", 11, "lookup_timeout"),
        ("timeout: 0.5s", "timeout: 0s", 11, "lookup_timeout"),
        ("timeout: 0.5s", "timeout: soon", 11, "not_seconds(text=soon)"),
        ("keep: 12h", "keep: 90d", 12, "lookup_kept_long"),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_line(
    tmp_path: Path, before: str, after: str, line: int, told: str
) -> None:
    assert wrong(tmp_path, before, after) == [(line, told)]


def test_two_look_ups_cannot_bring_a_fact_of_one_name(tmp_path: Path) -> None:
    other = "  hr:\n    url: https://hr.example/{key}\n    fields: {tier: level}\n"
    first = SMALL.count("\n")
    found = complaints(tmp_path, SMALL + WHOLE + other)
    assert found == [(first + 16, f"repeated_lookup_field(name=tier, line={first + 9})")]
