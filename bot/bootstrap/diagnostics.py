"""What stands in the desk's way, asked of everything it depends on: each finding says how to fix it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

import structlog

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.bootstrap.language_model_findings import findings_of_model
from bot.bootstrap.lookup_findings import findings_of_lookups
from bot.bootstrap.sessions.provider_findings import findings_of_providers
from bot.bootstrap.sorting_findings import findings_of_sorting
from bot.bootstrap.watched_storage import WatchedStorage
from bot.domain.desk import Desk
from bot.domain.directory import is_address
from bot.domain.errors import StorageUnavailable
from bot.domain.findings import Finding, Severity
from bot.domain.sentence import sentence
from bot.ports.language_model import LanguageModelClient
from bot.ports.lookups import LookupClient
from bot.ports.platform import Platform
from bot.ports.storage.outbox import RowState
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.on_call.roster import Roster
from bot.services.sessions.provider_sign_ins import Providers
from bot.services.sessions.sign_in_links import no_links
from bot.services.teams.gone_teams import gone_sentence, gone_teams

NOBODY_REACHES_IT = sentence("operations.no_platform")

log = structlog.get_logger(__name__)

DEAF_AFTER = timedelta(minutes=10)
"""A running desk moves its watermarks on every half minute."""


class DeskDiagnostics:
    def __init__(
        self,
        *,
        storage: WatchedStorage,
        platforms: Mapping[str, Platform],
        contexts: ContextFactory,
        lookup_client: LookupClient,
        model_client: LanguageModelClient,
        providers: Providers,
    ) -> None:
        self._providers = providers
        self._model_client = model_client
        self._lookup_client = lookup_client
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
        findings += self._of_links(desk)
        findings += await findings_of_lookups(self._lookup_client, desk)
        findings += await findings_of_model(self._model_client, desk)
        findings += await findings_of_providers(self._providers, desk)
        return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))

    async def _of_storage(self) -> list[Finding]:
        try:
            counts = await self._storage.read(lambda uow: uow.outbox.count_by_state())
            watermarks = await self._storage.read(lambda uow: uow.watermarks.all())
            missing = await self._storage.read(self._missing_in_rotas)
            gone = await self._storage.read(lambda uow: list(gone_teams(uow, self._contexts.desk())))
            sorting = await self._storage.read(
                lambda uow: list(findings_of_sorting(uow, self._contexts.desk()))
            )
        except StorageUnavailable as error:
            return [Finding.error(error.sentence)]
        return [
            *await self._of_writing(),
            *_of_outbox(counts),
            *self._of_watermarks(watermarks),
            *missing,
            *(Finding.warning(gone_sentence(self._contexts.desk(), each)) for each in gone if each.tickets),
            *sorting,
        ]

    async def _of_writing(self) -> list[Finding]:
        """A file or a server may be read and not written."""
        try:
            await self._storage.write_nothing()
        except StorageUnavailable as error:
            return [Finding.error(error.sentence)]
        return []

    def _missing_in_rotas(self, uow: UnitOfWork) -> list[Finding]:
        """People of rotas who have left, or whom the desk has not met: they are passed over."""
        desk = self._contexts.desk()
        roster = Roster(uow, desk, now=self._contexts.clock.now())
        return [
            Finding.warning(sentence("operations.rota_unreachable", person=reference, rota=rota.name))
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
            Finding.warning(sentence("operations.staff_unknown", people=tuple(theirs), team=team.name))
            for team in desk.teams.values()
            if (theirs := sorted(team.staff & unknown))
        ]

    def _of_links(self, desk: Desk) -> list[Finding]:
        return [Finding.hint(no_links(desk))] if not self._contexts.public_url() else []

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
                yield Finding.warning(sentence("operations.nothing_heard", platform=name, since=at))
            elif name.partition(":")[0] in self._platforms and ":" in name:
                yield Finding.warning(sentence("operations.channel_unread", channel=name, since=at))


def _of_configuration(desk: Desk, platforms: Mapping[str, Platform]) -> Iterator[Finding]:
    if all(each.receiver is None for each in platforms.values()):
        yield Finding.error(NOBODY_REACHES_IT)
    for platform in sorted({channel.platform for _, channel in desk.channels()} - set(platforms)):
        known = KNOWN_PLATFORMS.get(platform)
        if known and known.set_up_by:
            how = sentence("operations.platform_missing", platform=platform, setting=known.set_up_by)
        else:
            how = sentence("operations.platform_missing_settings", platform=platform)
        yield Finding.error(how)
    if desk.operator_channel is None:
        yield Finding.hint(sentence("operations.no_operator_channel"))


def _of_outbox(counts: Mapping[RowState, int]) -> Iterator[Finding]:
    set_aside = counts.get(RowState.DEAD, 0) + counts.get(RowState.PARKED, 0)
    if set_aside:
        yield Finding.warning(sentence("operations.undelivered", count=set_aside))


async def _of_platform(platform: Platform, desk: Desk) -> list[Finding]:
    if platform.diagnostics is None:
        return []
    try:
        return list(await platform.diagnostics.diagnose(desk))
    except Exception as error:
        log.exception("a platform could not be examined", platform=platform.name)
        return [
            Finding.error(
                sentence("operations.not_examined", platform=platform.name, error=type(error).__name__)
            )
        ]


async def _addresses_known(platform: Platform, addresses: Collection[str]) -> frozenset[str] | None:
    if platform.diagnostics is None:
        return None
    try:
        return await platform.diagnostics.known_addresses(addresses)
    except Exception:
        log.exception("a platform could not be asked for people", platform=platform.name)
        return None
