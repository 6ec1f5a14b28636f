"""What stands in the desk's way in Slack, and how an operator mends it."""

from collections.abc import AsyncIterator, Collection, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from adapters.slack.api.addresses import Json
from adapters.slack.api.calls import Calls, SlackRefused, scopes_in
from adapters.slack.api.errors import TOKEN_LOST, app_token_sentence, token_sentence
from adapters.slack.capabilities import PLATFORM
from adapters.slack.manifest import NEEDED, SCOPES
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Takes
from bot.domain.findings import Finding, Severity

JOIN = "channels:join"
MOST_ADDRESSES = 50
"""E-mail addresses that are asked for at once; Slack answers about so many in a minute."""
WORST_CLOCK_S = 60
"""Slack's signatures are refused from five minutes on; a clock that is off by one is worth a word."""


class SlackDiagnostics:
    def __init__(self, calls: Calls, *, app_token: str | None) -> None:
        self._calls = calls
        self._app_token = app_token

    async def examine(self, desk: Desk) -> list[Finding]:
        """Everything that can be seen from here; never raises for what Slack answers."""
        try:
            answer = await self._calls.call_patiently("auth.test")
        except SlackRefused as refused:
            lost = token_sentence(refused.error) if refused.error in TOKEN_LOST else str(refused)
            return [_error(lost)]
        except Unsure as error:
            return [_error(f"Slack does not answer ({error}). Is SLACK_API_URL right, and the way out open?")]
        findings = [*_scopes(answer), *_clock(answer)]
        if self._app_token:
            findings += [each async for each in self._socket(self._app_token)]
        scopes, name = scopes_in(answer["headers"]), str(answer.get("user"))
        joins = scopes is None or JOIN in scopes
        findings += [each async for each in self._channels(desk, name=name, joins=joins)]
        findings += _private_inboxes(desk)
        return findings + [each async for each in self._groups(desk)]

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
            word = error.response.get("error") if error.response else "no answer"
            yield _error(app_token_sentence(word))

    async def _channels(self, desk: Desk, *, name: str, joins: bool) -> AsyncIterator[Finding]:
        """`joins`: the desk may enter public channels by itself, as it does to post there."""
        for what, channel in desk.channels(PLATFORM):
            try:
                answer = await self._calls.call_patiently(
                    "conversations.info", arguments={"channel": channel.channel}
                )
            except SlackRefused as refused:
                yield _error(
                    f"{what}: Slack does not show the channel `{channel}` ({refused.error}). Use its id, which "
                    f"its details show at the bottom; if it is private, invite the desk there with `/invite @{name}`."
                )
                continue
            except Unsure as error:
                yield _warning(f"{what}: Slack did not answer about `{channel}` ({error}).")
                continue
            found = answer["channel"]
            if found.get("is_archived"):
                yield _error(
                    f"{what}: #{found.get('name')} is archived. Unarchive it or name another channel."
                )
            elif not found.get("is_member"):
                yield _absence(what, found, joins=joins and not _is_listened_in(desk, channel), name=name)

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
            yield _error(f"User groups cannot be read ({error}), so teams made of them have no members.")
            return
        handles = {f"{PLATFORM}:@{group['handle']}": group for group in answer.get("usergroups") or ()}
        for reference in sorted(wanted - handles.keys()):
            yield _error(
                f"There is no user group `{reference}` in Slack; correct desk.yaml or make the group."
            )
        for reference in sorted(wanted & handles.keys()):
            if not handles[reference].get("users"):
                yield _warning(f"Nobody is in the user group `{reference}`.")


def _is_listened_in(desk: Desk, channel: ChannelRef) -> bool:
    """Whether what people write there is a request before the desk has posted anything."""
    inbox = desk.inbox_at(channel)
    return inbox is not None and inbox.takes is not Takes.COMMANDS_ONLY


def _absence(what: str, found: Json, *, joins: bool, name: str) -> Finding:
    """A public channel in which the desk only posts is joined with the first post."""
    where = f"#{found.get('name')}"
    if joins:
        return Finding(
            severity=Severity.HINT,
            sentence=f"{what}: the desk is not in {where} yet. It is public, so the desk joins with its first post.",
        )
    return _error(f"{what}: the desk is not in {where}. Invite it there with `/invite @{name}`.")


def _private_inboxes(desk: Desk) -> Iterator[Finding]:
    """An app deletes its own messages only: https://docs.slack.dev/reference/methods/chat.delete"""
    for name, inbox in desk.inboxes.items():
        takes_posts = inbox.takes is not Takes.COMMANDS_ONLY
        if inbox.channel.platform == PLATFORM and inbox.is_private and takes_posts:
            yield _warning(
                f"Inbox `{name}`: everyone in `{inbox.channel}` reads the requests that are posted there, because "
                "Slack lets no app remove people’s posts. Use `takes: commands_only` to keep them private."
            )


def _scopes(answer: Json) -> Iterator[Finding]:
    granted = scopes_in(answer["headers"])
    if granted is None:
        return
    for scope in sorted(SCOPES.keys() - granted):
        severity = Severity.ERROR if scope in NEEDED else Severity.WARNING
        sentence = (
            f"The scope `{scope}` is missing, so the desk cannot {SCOPES[scope]}. Add it under OAuth & "
            "Permissions and reinstall the app."
        )
        yield Finding(severity=severity, sentence=sentence)


def _clock(answer: Json) -> Iterator[Finding]:
    """Slack's clock by its answer's date."""
    date = {name.lower(): value for name, value in answer["headers"].items()}.get("date")
    if date is None:
        return
    off_s = abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    if off_s > WORST_CLOCK_S:
        yield _error(
            f"This machine’s clock differs from Slack’s by {off_s:.0f} s; from 300 s on every event is refused. "
            "Switch on time synchronisation."
        )


def _error(sentence: str) -> Finding:
    return Finding(severity=Severity.ERROR, sentence=sentence)


def _warning(sentence: str) -> Finding:
    return Finding(severity=Severity.WARNING, sentence=sentence)
