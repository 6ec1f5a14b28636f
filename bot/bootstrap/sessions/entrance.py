"""What signing in at a browser is made of, from the settings and the configuration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from adapters.http.console.console_door import CONSOLE
from adapters.http.cookies import Cookies
from adapters.http.gate import Gate
from adapters.http.portal.request_routes import REQUESTS
from adapters.http.refusals import Refusals
from adapters.http.server import HttpServer
from adapters.http.sign_in_pages import SignInPages
from adapters.http.sign_in_routes import SignInRoutes
from adapters.http.visits import Visits
from adapters.identity.routes import ProviderRoutes, back_to
from bot.bootstrap.configuration import ReloadableConfiguration
from bot.bootstrap.sessions.identity_client import IdentityClientOnDemand
from bot.clocks import ShiftedClock
from bot.domain.directory import Person
from bot.domain.sessions.sign_in_link import SignInSide
from bot.messages import verbs
from bot.ports.clock import Clock
from bot.ports.platform import Platform
from bot.ports.sessions.identity import SignInChoice
from bot.ports.sessions.sign_ins import SignIns
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.services.sessions.entrants import Entrants
from bot.services.sessions.provider_sign_ins import DeskProviderSignIns, Providers
from bot.services.sessions.sign_ins import DeskSignIns
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """`gate` is for every page that knows its reader; `visits`, `cookies` and `refusals` are what it is made of."""

    sign_ins: SignIns
    gate: Gate
    visits: Visits
    cookies: Cookies
    refusals: Refusals
    routes: SignInRoutes
    providers: Providers
    provider_routes: ProviderRoutes

    def all_routes(self) -> list[web.RouteDef]:
        return [*self.provider_routes.routes(), *self.routes.routes()]

    async def close(self) -> None:
        await self.providers.client.close()


def make_entrance(
    settings: Settings,
    in_force: ReloadableConfiguration,
    *,
    storage: Storage,
    contexts: ContextFactory,
    address: Callable[[], str],
    platforms: Callable[[], Mapping[str, Platform]],
) -> Entrance:
    """`address` is the one under which people open the desk; `platforms` are those that it is on."""

    def language() -> str:
        return in_force.desk().language

    def is_member(person: Person) -> bool:
        """Of the browser workspace those are that `desk.yaml` lists; other platforms say who left."""
        if person.platform != in_force.configuration.names.workspace:
            return True
        return any(each.key == person.key for each in in_force.configuration.workspace.people)

    def workspace(platform: str) -> str:
        found = platforms().get(platform)
        return found.workspace() if found is not None and found.workspace is not None else ""

    providers = Providers(
        client=IdentityClientOnDemand(settings.sign_in_secrets),
        secrets=settings.sign_in_secrets,
        redirect=lambda name: back_to(address(), name),
        workspace=workspace,
        platforms=platforms,
        address=settings.public_url or "",
    )
    vouched = DeskProviderSignIns(
        storage=storage, contexts=contexts, entrants=Entrants(is_member), providers=providers
    )
    sign_ins = DeskSignIns(storage=storage, contexts=contexts, is_member=is_member)
    visits = Visits(settings.hosts, is_behind_proxy=settings.public_url is not None)
    cookies, refusals = Cookies(address), Refusals(language)
    gate = Gate(sign_ins, visits=visits, cookies=cookies, refusals=refusals)
    routes = SignInRoutes(
        sign_ins,
        gate=gate,
        visits=visits,
        cookies=cookies,
        pages=_pages(settings, in_force, vouched.choices),
        landing=lambda person, side: _landing(settings, in_force, person, side),
        command=lambda going: _link_command(in_force, going),
        language=language,
    )
    return Entrance(
        sign_ins=sign_ins,
        gate=gate,
        visits=visits,
        cookies=cookies,
        refusals=refusals,
        routes=routes,
        providers=providers,
        provider_routes=ProviderRoutes(vouched, entrance=routes, visits=visits, cookies=cookies),
    )


def address_for_people(settings: Settings, http: HttpServer, clock: Clock) -> str:
    """Where it listens, for a desk that is tried or is a page alone; else the operator says where, or it is empty."""
    is_open_there = isinstance(clock, ShiftedClock) or settings.is_opened_where_it_listens
    return settings.public_url or (http.url if is_open_there else "")


def _pages(
    settings: Settings, in_force: ReloadableConfiguration, choices: Callable[[], Sequence[SignInChoice]]
) -> SignInPages:
    return SignInPages(
        lambda: in_force.desk().name, choices=choices, has_chat=lambda: _has_chat(settings, in_force)
    )


def _has_chat(settings: Settings, in_force: ReloadableConfiguration) -> bool:
    """Whether people can type a command without being signed in: on a page where all pretend, too."""
    return settings.has_chat or (settings.web_enabled and in_force.configuration.workspace.pretends)


def _link_command(in_force: ReloadableConfiguration, going: str) -> str:
    """What people type for a link who are going to this path."""
    verb = verbs.SIGN_IN_WORK if going.startswith(CONSOLE) else verbs.SIGN_IN_OWN
    return verbs.typed(in_force.desk().command_names, verb)


def _landing(settings: Settings, in_force: ReloadableConfiguration, person: Person, side: SignInSide) -> str:
    """What they asked for; what all see first is the workspace for those who are in it."""
    workspace = in_force.configuration.workspace
    is_there = settings.web_enabled and not workspace.pretends
    if side is SignInSide.START and is_there and any(each.key == person.key for each in workspace.people):
        return "/"
    return LANDINGS[side]


LANDINGS: Final = {
    SignInSide.REQUESTS: REQUESTS,
    SignInSide.WORK: CONSOLE,
    SignInSide.START: REQUESTS,
}
"""Where those are led who asked for a link with `/ticket web`, with `/desk web` and at a terminal."""
