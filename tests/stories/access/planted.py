"""A desk whose tickets hold words that occur nowhere else, and people who may read some of them."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp

from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import SignInSide
from bot.ports.unit_of_work import UnitOfWork
from bot.services.sessions.sign_in_links import make_link
from tests.adapters.http.sign_in.front_door import Browser
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

ADDRESS: Final = "http://localhost"
ROLES: Final = {
    "nobody": "",
    "requester": "ana",
    "follower": "dan",
    "other employee": "eve",
    "foreign agent": "fay",
    "agent": "bo",
    "lead": "cleo",
    "admin": "lee",
    "ended session": "bo",
}
EVE_AND_FAY: Final = """\
    - {id: eve, name: Eve Eng, role: employee}
    - {id: fay, name: Fay Frey, role: agent}
    - {id: bo,"""
CHANGES: Final = (
    ("agents: [web:bo, web:cleo]\n    leads: [web:lee]", "agents: [web:bo]\n    leads: [web:cleo]"),
    ("agents: [web:cleo]\n    leads: [web:lee]", "agents: [web:fay]"),
    ("agents: [web:bo]\n    leads: [web:lee]", "agents: [web:bo]\n    leads: [web:cleo]"),
    (
        "    - {id: bo,",
        EVE_AND_FAY,
    ),
)
"""So that each role is somebody's alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One ticket, and what finds it. The one that there is not has all of it, of the same lengths."""

    kind: str
    reference: str
    team: str
    """Whose channel it is worked in."""
    digest: str
    file: str
    """Its file's id in the page."""
    root: str
    """The message of its card."""

    def word(self, what: str) -> str:
        return f"{what}q{self.kind}".ljust(16, "q")

    @property
    def said(self) -> frozenset[str]:
        """What its requester reads."""
        return frozenset(map(self.word, ("subject", "answer", "file", "within")))

    @property
    def noted(self) -> frozenset[str]:
        """What the team alone reads."""
        return frozenset({self.word("note")})


def readers(kind: str, side: str) -> tuple[frozenset[str], frozenset[str]]:
    """Who may read what was said of such a ticket, and who the notes, on that side of the desk."""
    asked = {"requester", "follower"}
    work = {"foreign agent"} if kind == "foreign" else {"agent", "lead"}
    agents = {"foreign agent", "agent", "lead"}
    if side == "requests":
        return frozenset(asked), frozenset()
    if side == "console":
        return frozenset(asked | work | (set() if kind in SECRET else agents)), frozenset(work)
    if side == "chat":
        everybody = set(ROLES) - {"nobody", "ended session"}
        return frozenset(asked | work | (set() if kind in SECRET else everybody)), frozenset(work)
    return frozenset(), frozenset()


SECRET: Final = frozenset({"private", "inbox"})
"""Kinds of tickets of which nobody else may know that they exist."""
HOW: Final = {
    "public": ("help-it", "team-it", "My printer jams"),
    "private": ("help-it", "team-people", "My payslip is wrong"),
    "foreign": ("help-it", "team-network", "No vpn"),
    "inbox": ("hr-private", "team-people", "My manager shouts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedDesk:
    office: Office
    tickets: tuple[Planted, ...]
    absent: Planted
    people: Mapping[str, "Guest"]


class Guest:
    """Somebody at a browser, in one role. `token` is that of their forms."""

    def __init__(self, role: str, url: str, session: aiohttp.ClientSession) -> None:
        self.role = role
        self.browser = Browser(url, session)
        self.token = ""
        self._url = url
        self.session = session

    @property
    def headers(self) -> dict[str, str]:
        return {"User-Agent": "Firefox", "Accept-Encoding": "identity", **self.browser.kept}

    async def enters(self, office: Office) -> None:
        who = ROLES[self.role]
        if not who:
            return
        await self.browser.signs_in(await _link(office, who))
        self.token = (await self.browser.opens("/account")).token
        if self.role == "ended session":
            kept = dict(self.browser.cookies)
            await self.browser.sends("/account/sign-out", token=self.token)
            self.browser.cookies = kept


async def _link(office: Office, who: str) -> str:
    people = office.desk.in_force.configuration.workspace.people
    person = next(each for each in people if each.id == who).as_person()

    def make(uow: UnitOfWork) -> str:
        context = office.desk.contexts.context(uow, uow.people.find(person.key) or person)
        uow.people.remember(person)
        return make_link(context, person, way=SignInWay.TERMINAL, side=SignInSide.REQUESTS)

    return await office.desk.storage.run(make)


@asynccontextmanager
async def planted_desk(folder: Path) -> AsyncIterator[PlantedDesk]:
    """Everything was asked and answered; from now on, the page acts for nobody but who is signed in."""
    text = DESK.read_text(encoding="utf-8")
    for before, after in CHANGES:
        assert before in text, before
        text = text.replace(before, after, 1)
    config = folder / "desk.yaml"
    config.write_text(f"{text}\nknowledge: {{answers: beside}}\n", encoding="utf-8")
    async with open_office(folder, config=config, secrets={"DESKBELL_PUBLIC_URL": ADDRESS}) as office:
        tickets = [await _plant(office, kind, number) for number, kind in enumerate(HOW, start=1)]
        absent = Planted(
            kind="nothing", reference="IT-9", team="team-it", digest="0" * 64, file="0" * 24, root="9999"
        )
        web, workspace = office.desk.web, office.desk.in_force.configuration.workspace
        assert web is not None
        web.replace(people=workspace.people, channels=workspace.channels, pretends=False)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            people = {role: Guest(role, office.desk.http.url, session) for role in ROLES}
            for each in people.values():
                await each.enters(office)
            yield PlantedDesk(office=office, tickets=tuple(tickets), absent=absent, people=people)


async def _plant(office: Office, kind: str, number: int) -> Planted:
    channel, team, words = HOW[kind]
    ticket = Planted(kind=kind, reference=f"IT-{number}", team=team, digest="", file="", root="")
    await office.types_with_file(
        "ana",
        f"/ticket open {words} {ticket.word('subject')}",
        name=f"{ticket.word('file')}.txt",
        content=ticket.word("within").encode(),
        channel=channel,
    )
    agent = "fay" if kind == "foreign" else "bo"
    for typed in (
        f"claim {ticket.reference}",
        f"note {ticket.reference} {ticket.word('note')}",
        f"reply {ticket.reference} {ticket.word('answer')}",
    ):
        await office.types(agent, f"/desk {typed}", channel=team)
    await office.types("ana", f"/ticket add {ticket.reference} @dan")
    card = await office.card(agent, team, ticket.reference)
    seen = [card, *await office.sees_thread(agent, team, card["id"])]
    file = next(_files_in(json.loads(json.dumps(seen))))

    def digest(uow: UnitOfWork) -> str:
        found = uow.tickets.find("IT", number)
        assert found is not None
        said = uow.messages.of_ticket(found.id)
        return next(file.digest for each in said for file in each.files if file.digest)

    kept = await office.desk.storage.read(digest)
    return Planted(
        kind=kind, reference=ticket.reference, team=team, digest=kept, file=file, root=str(card["id"])
    )


def _files_in(value: Any) -> Any:
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "files":
                yield from (file["id"] for file in each if "id" in file)
            yield from _files_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _files_in(each)
