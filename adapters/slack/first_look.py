"""A workspace as whoever sets up a desk there must see it: whose tokens they are, its channels and its people."""

from collections.abc import Sequence

from adapters.kit.outcomes import Unsure
from adapters.slack.api.addresses import Json
from adapters.slack.api.calls import Calls, SlackRefused
from adapters.slack.api.rate_limiter import RateLimiter
from adapters.slack.capabilities import PLATFORM
from adapters.slack.diagnostics import NO_ANSWER, SlackDiagnostics
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.ports.first_look import Choice, FirstLook

MOST_LISTED = 2_000
"""Channels or people; who is not among them is named by id or address."""
SLACKBOT = "USLACKBOT"


async def look_at_slack(*, bot_token: str, app_token: str | None, api_url: str) -> FirstLook:
    """Never raises for what Slack answers: https://docs.slack.dev/reference/methods/auth.test."""
    calls = Calls(token=bot_token, api_url=api_url, limiter=RateLimiter())
    try:
        account, findings = await SlackDiagnostics(calls, app_token=app_token).account()
        if account is None:
            is_unanswered = any(each.sentence.key == NO_ANSWER for each in findings)
            return FirstLook(findings=findings, is_unanswered=is_unanswered)
        return await look_around(calls, place=str(account.get("team") or account["team_id"]), seen=findings)
    finally:
        await calls.close()


async def look_around(calls: Calls, *, place: str, seen: Sequence[Finding] = ()) -> FirstLook:
    """In the workspace of this name. `seen` is what was found out before."""
    findings = list(seen)
    channels = await _listed(
        calls,
        "conversations.list",
        findings,
        items="channels",
        arguments={"types": "public_channel,private_channel", "exclude_archived": True},
    )
    people = await _listed(calls, "users.list", findings, items="members")
    groups = await _groups(calls)
    return FirstLook(
        places=[place],
        findings=findings,
        channels=[Choice(reference=f"{PLATFORM}:{each['id']}", name=f"#{each['name']}") for each in channels],
        people=[*groups, *(_person(each) for each in people if _is_human(each))],
    )


async def _listed(
    calls: Calls, method: str, findings: list[Finding], *, items: str, arguments: Json | None = None
) -> list[Json]:
    """The first pages; what is refused is a finding, and the list is what was read before."""
    listed: list[Json] = []
    try:
        async for page in calls.pages(method, items=items, arguments=arguments, is_patient=True):
            listed += page
            if len(listed) >= MOST_LISTED:
                break
    except (SlackRefused, Unsure) as error:
        findings.append(Finding.warning(sentence("operations.first_look_unread", error=str(error))))
    return listed


async def _groups(calls: Calls) -> list[Choice]:
    """User groups; a workspace without them, or a token without that scope, has none to offer."""
    try:
        answer = await calls.call_patiently("usergroups.list")
    except (SlackRefused, Unsure):
        return []
    handles = [str(group["handle"]) for group in answer.get("usergroups") or ()]
    return [Choice(reference=f"{PLATFORM}:@{handle}", name=f"@{handle}") for handle in handles]


def _is_human(member: Json) -> bool:
    return not member.get("is_bot") and not member.get("deleted") and member["id"] != SLACKBOT


def _person(member: Json) -> Choice:
    profile = member.get("profile") or {}
    name = profile.get("real_name") or member.get("real_name") or member.get("name") or member["id"]
    key, address = f"{PLATFORM}:{member['id']}", str(profile.get("email") or "")
    return Choice(reference=address or key, name=str(name), other=key if address else "")
