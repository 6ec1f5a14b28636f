"""What stands in the desk's way, asked of everything it depends on: each finding says how to mend it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

import structlog

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.bootstrap.watched_storage import WatchedStorage
from bot.domain.desk import Desk
from bot.domain.directory import is_address
from bot.domain.errors import StorageUnavailable
from bot.domain.findings import Finding, Severity
from bot.domain.sentence import Sentence
from bot.ports.platform import Platform
from bot.ports.storage.outbox import RowState
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.on_call.roster import Roster
from bot.text.english import counted

NOBODY_REACHES_IT = (
    "No platform is set up, so nobody could reach this desk. Set up Slack or Discord as docs/running says, or "
    "switch the browser workspace on with DESKBELL_WEB_ENABLED=true. To try Deskbell first, run `make demo`."
)

log = structlog.get_logger(__name__)

DEAF_AFTER = timedelta(minutes=10)
"""A running desk moves its watermarks on every half minute."""


class DeskDiagnostics:
    def __init__(
        self, *, storage: WatchedStorage, platforms: Mapping[str, Platform], contexts: ContextFactory
    ) -> None:
        self._storage = storage
        self._platforms = platforms
        self._contexts = contexts

    async def examine(self) -> list[Finding]:
        """Everything found, the worst first. Nothing that is wrong keeps the rest from being looked at."""
        desk = self._contexts.desk()
        findings = [*_of_configuration(desk, self._platforms), *await self._of_storage()]
        for platform in self._platforms.values():
            findings += await _of_platform(platform, desk)
        findings += await self._of_addresses(desk)
        return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))

    async def _of_storage(self) -> list[Finding]:
        try:
            counts = await self._storage.read(lambda uow: uow.outbox.count_by_state())
            watermarks = await self._storage.read(lambda uow: uow.watermarks.all())
            missing = await self._storage.read(self._missing_in_rotas)
        except StorageUnavailable as error:
            return [_error(error.sentence)]
        return [*await self._of_writing(), *_of_outbox(counts), *self._of_watermarks(watermarks), *missing]

    async def _of_writing(self) -> list[Finding]:
        """A file or a server may be read and not written."""
        try:
            await self._storage.write_nothing()
        except StorageUnavailable as error:
            return [_error(error.sentence)]
        return []

    def _missing_in_rotas(self, uow: UnitOfWork) -> list[Finding]:
        """People of rotas who have left, or whom the desk has not met: they are passed over."""
        desk = self._contexts.desk()
        roster = Roster(uow, desk, now=self._contexts.clock.now())
        return [
            _warning(
                f"`{reference}` of the rota `{rota.name}` is passed over: the desk has not met them, or they are "
                "deactivated on their platform. Have them write to the desk once, or take them out."
            )
            for rota in desk.rotas.values()
            for reference in roster.unreachable(rota)
        ]

    async def _of_addresses(self, desk: Desk) -> list[Finding]:
        """Agents and leads by e-mail address whom no platform knows; nothing where one of them cannot tell."""
        unknown = {each for team in desk.teams.values() for each in team.staff if is_address(each)}
        unknown -= await self._met(unknown)
        for platform in self._platforms.values() if unknown else ():
            known = await _addresses_known(platform, unknown)
            if known is None:
                return []
            unknown -= known
        return [
            _warning(
                f"No platform knows {', '.join(theirs)} of team `{team.name}`, so tickets cannot be assigned to "
                "them. Correct desk.yaml, or name people by their ids, such as `slack:U0123ABCD`."
            )
            for team in desk.teams.values()
            if (theirs := sorted(team.staff & unknown))
        ]

    async def _met(self, addresses: Collection[str]) -> set[str]:
        """Those whose owners the desk has met on its platforms: they need not be asked about."""

        def met(uow: UnitOfWork) -> set[str]:
            return {
                address
                for address in addresses
                for person in uow.people.search(address)
                if person.is_active and person.platform in self._platforms
            }

        try:
            return await self._storage.read(met)
        except StorageUnavailable:
            return set()

    def _of_watermarks(self, watermarks: Mapping[str, datetime]) -> Iterator[Finding]:
        now = self._contexts.clock.now()
        for name, at in watermarks.items():
            if name in self._platforms and now - at > DEAF_AFTER:
                yield _warning(
                    f"Nothing said in {name} since {at:%Y-%m-%d %H:%M} UTC is known to be here. "
                    "Is the desk running, and connected? What it missed is read when it is back."
                )
            elif name.partition(":")[0] in self._platforms and ":" in name:
                yield _warning(
                    f"What was said in {name} since {at:%Y-%m-%d %H:%M} UTC could not be read. "
                    "Let the desk into the channel and give it the right to read it."
                )


def _of_configuration(desk: Desk, platforms: Mapping[str, Platform]) -> Iterator[Finding]:
    if all(each.receiver is None for each in platforms.values()):
        yield _error(NOBODY_REACHES_IT)
    for platform in sorted({channel.platform for _, channel in desk.channels()} - set(platforms)):
        known = KNOWN_PLATFORMS.get(platform)
        setting = f"`{known.set_up_by}`" if known and known.set_up_by else "its variables, see .env.example"
        yield _error(
            f"desk.yaml names channels of `{platform}`, which is not set up. Set {setting}, or take the channels out."
        )
    if desk.operator_channel is None:
        yield Finding(
            severity=Severity.HINT,
            sentence="There is no channel for operators, so delivery problems are only in the log. "
            "Name one as `operator_channel` under `desk` in desk.yaml.",
        )


def _of_outbox(counts: Mapping[RowState, int]) -> Iterator[Finding]:
    set_aside = counts.get(RowState.DEAD, 0) + counts.get(RowState.PARKED, 0)
    if set_aside:
        yield _warning(
            f"{counted(set_aside, 'message')} could not be delivered. "
            "`deskbell outbox` lists why; fix the cause and retry."
        )


async def _of_platform(platform: Platform, desk: Desk) -> list[Finding]:
    if platform.diagnostics is None:
        return []
    try:
        return list(await platform.diagnostics.diagnose(desk))
    except Exception as error:
        log.exception("a platform could not be examined", platform=platform.name)
        return [_error(f"{platform.name} could not be examined ({type(error).__name__}); see the log.")]


async def _addresses_known(platform: Platform, addresses: Collection[str]) -> frozenset[str] | None:
    if platform.diagnostics is None:
        return None
    try:
        return await platform.diagnostics.known_addresses(addresses)
    except Exception:
        log.exception("a platform could not be asked for people", platform=platform.name)
        return None


def _error(sentence: str | Sentence) -> Finding:
    return Finding(severity=Severity.ERROR, sentence=sentence)


def _warning(sentence: str | Sentence) -> Finding:
    return Finding(severity=Severity.WARNING, sentence=sentence)
