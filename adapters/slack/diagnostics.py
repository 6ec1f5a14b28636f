"""What keeps the desk from working in Slack, and how an operator fixes it."""

from collections.abc import AsyncIterator, Collection, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from slack_sdk.errors import SlackApiError

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from adapters.slack.api.addresses import Json
from adapters.slack.api.calls import Calls, SlackRefused, scopes_in
from adapters.slack.api.errors import app_token_lost, sign_in_refused
from adapters.slack.capabilities import PLATFORM
from adapters.slack.manifest import NEEDED, SCOPES, purpose_of
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Takes
from bot.domain.findings import Finding, Severity
from bot.domain.sentence import sentence

JOIN = "channels:join"
MOST_ADDRESSES = 50
"""E-mail addresses that are asked for at once; Slack answers about so many in a minute."""
WORST_CLOCK_S = 60
"""Slack's signatures are refused from five minutes on; a clock that is off by one is worth a word."""

NO_ANSWER: Final = "operations.slack_no_answer"


class SlackDiagnostics:
    def __init__(self, calls: Calls, *, app_token: str | None) -> None:
        self._calls = calls
        self._app_token = app_token

    async def examine(self, desk: Desk) -> list[Finding]:
        """Everything that can be seen from here; never raises for what Slack answers."""
        answer, findings = await self.account()
        if answer is None:
            return findings
        scopes, name = scopes_in(answer["headers"]), str(answer.get("user"))
        joins = scopes is None or JOIN in scopes
        findings += [each async for each in self._channels(desk, name=name, joins=joins)]
        findings += _private_inboxes(desk)
        return findings + [each async for each in self._groups(desk)]

    async def account(self) -> tuple[Json | None, list[Finding]]:
        """What Slack says of the bot token, None where Slack refuses it or says nothing; and what the tokens lack."""
        try:
            answer = await self._calls.call_patiently("auth.test")
        except SlackRefused as refused:
            return None, [Finding.error(sign_in_refused(refused))]
        except Unsure as error:
            return None, [Finding.error(sentence(NO_ANSWER, error=str(error)))]
        findings = [*_scopes(answer), *_clock(answer)]
        if self._app_token:
            findings += [each async for each in self._socket(self._app_token)]
        return answer, findings

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str] | None:
        """One call each, https://docs.slack.dev/reference/methods/users.lookupByEmail.

        Of many, the first are asked for and the rest taken for known.
        """
        known = set(addresses)
        for address in sorted(addresses)[:MOST_ADDRESSES]:
            try:
                await self._calls.call_patiently("users.lookupByEmail", arguments={"email": address})
            except SlackRefused as refused:
                if refused.error != "users_not_found":
                    return None
                known.discard(address)
            except Unsure:
                return None
        return frozenset(known)

    async def _socket(self, app_token: str) -> AsyncIterator[Finding]:
        try:
            await self._calls.client.apps_connections_open(app_token=app_token)
        except SlackApiError as error:
            word = str(error.response.get("error")) if error.response else "no answer"
            yield Finding.error(app_token_lost(word))

    async def _channels(self, desk: Desk, *, name: str, joins: bool) -> AsyncIterator[Finding]:
        """`joins`: the desk may enter public channels by itself, as it does to post there."""
        for place, channel in desk.channels(PLATFORM):
            asked = {"place": place, "channel": str(channel)}
            try:
                answer = await self._calls.call_patiently(
                    "conversations.info", arguments={"channel": channel.channel}
                )
            except SlackRefused as refused:
                hidden = sentence("operations.slack_channel_hidden", **asked, error=refused.error, name=name)
                yield Finding.error(hidden)
                continue
            except Unsure as error:
                yield Finding.warning(
                    sentence("operations.slack_channel_unanswered", **asked, error=str(error))
                )
                continue
            found = answer["channel"]
            if found.get("is_archived"):
                archived = sentence(
                    "operations.slack_channel_archived", place=place, channel=f"#{found.get('name')}"
                )
                yield Finding.error(archived)
            elif not found.get("is_member"):
                yield _absence(place, found, joins=joins and not _is_listened_in(desk, channel), name=name)

    async def _groups(self, desk: Desk) -> AsyncIterator[Finding]:
        """Every `slack:@group` that teams are made of."""
        wanted = {
            reference
            for team in desk.teams.values()
            for reference in team.agents | team.leads
            if reference.startswith(f"{PLATFORM}:@")
        }
        if not wanted:
            return
        try:
            answer = await self._calls.call_patiently("usergroups.list", arguments={"include_users": True})
        except (SlackRefused, Unsure, Busy) as error:
            yield Finding.error(sentence("operations.slack_groups_unread", error=str(error)))
            return
        handles = {f"{PLATFORM}:@{group['handle']}": group for group in answer.get("usergroups") or ()}
        for reference in sorted(wanted - handles.keys()):
            yield Finding.error(sentence("operations.slack_group_unknown", name=reference))
        for reference in sorted(wanted & handles.keys()):
            if not handles[reference].get("users"):
                yield Finding.warning(sentence("operations.slack_group_empty", name=reference))


def _is_listened_in(desk: Desk, channel: ChannelRef) -> bool:
    """Whether what people write there is a request before the desk has posted anything."""
    inbox = desk.inbox_at(channel)
    return inbox is not None and inbox.takes is not Takes.COMMANDS_ONLY


def _absence(place: str, found: Json, *, joins: bool, name: str) -> Finding:
    """A public channel in which the desk only posts is joined with the first post."""
    where = f"#{found.get('name')}"
    if joins:
        joins_later = sentence("operations.slack_joins_later", place=place, channel=where)
        return Finding.hint(joins_later)
    return Finding.error(sentence("operations.slack_not_in_channel", place=place, channel=where, name=name))


def _private_inboxes(desk: Desk) -> Iterator[Finding]:
    """An app deletes its own messages only: https://docs.slack.dev/reference/methods/chat.delete"""
    for name, inbox in desk.inboxes.items():
        takes_posts = inbox.takes is not Takes.COMMANDS_ONLY
        if inbox.channel.platform == PLATFORM and inbox.is_private and takes_posts:
            yield Finding.warning(
                sentence("operations.slack_private_inbox", name=name, channel=str(inbox.channel))
            )


def _scopes(answer: Json) -> Iterator[Finding]:
    granted = scopes_in(answer["headers"])
    if granted is None:
        return
    for scope in sorted(set(SCOPES) - granted):
        severity = Severity.ERROR if scope in NEEDED else Severity.WARNING
        missing = sentence("operations.slack_scope_missing", scope=scope, reason=purpose_of(scope))
        yield Finding(severity=severity, sentence=missing)


def _clock(answer: Json) -> Iterator[Finding]:
    """Slack's clock by its answer's date."""
    date = {name.lower(): value for name, value in answer["headers"].items()}.get("date")
    if date is None:
        return
    off = abs(datetime.now(UTC) - parsedate_to_datetime(date))
    if off.total_seconds() > WORST_CLOCK_S:
        yield Finding.error(sentence("operations.slack_clock", length=off))
