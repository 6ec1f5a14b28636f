"""Every address of a desk, as its router has them, filled in for each ticket."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.ports.sessions.sign_ins import Right
from tests.stories.access.planted import Guest, Planted

SAFE: Final = frozenset({"GET", "HEAD"})
STREAMS: Final = frozenset({"GET /console/live"})
"""They do not end by themselves: what they begin with is read."""
PARAMETERS: Final = {
    "reference": "{reference}",
    "digest": "{digest}",
    "file": "{file}",
    "channel": "{team}",
    "root": "{root}",
    "message": "{root}",
    "deed": "reply|close|reopen|rate|private",
    "form": "cover|away",
    "version": "0",
    "name": "console.css|nothing",
    "path": "nothing",
    "number": "1",
    "link": "a-link",
}
"""What each parameter of an address is, by its name: several ways with a bar between them."""
QUERIES: Final = {
    "GET /": ("", "token=0"),
    "GET /api/channels/{channel}/messages": ("", "before=100&limit=50"),
    "GET /api/opening": ("", "channel={team}&speaks=en"),
    "GET /api/suggestions": (
        "group=desk&verb=claim&typed={word}",
        "group=desk&verb=view&typed={word}",
        "group=desk&verb=search&typed={word}",
        "group=ticket&verb=show&typed={reference}",
    ),
    "GET /console/do": (
        "verb=desk+note&ticket={reference}&back=/console/tickets/{reference}&typed=1",
        "verb=desk+who&ticket={reference}",
        "verb=desk+search&x-query={word}",
        "verb=desk+queue",
        "verb=desk+mine",
        "verb=desk+report",
        "verb=desk+problems",
        "verb=desk-admin+audit&x-ticket={reference}",
        "verb=desk-admin+outbox",
        "verb=ticket+list",
    ),
    "POST /console/do": (
        "verb=desk+note&ticket={reference}&back=/console/tickets/{reference}",
        "verb=desk+claim&ticket={reference}&pressed=1",
        "verb=desk+history&ticket={reference}&pressed=1",
        "verb=ticket+show&ticket={reference}&pressed=1",
    ),
    "GET /console/verbs": ("ticket={reference}",),
    "GET /console/values": (
        "verb=desk+assign&option=person&typed=b&ticket={reference}",
        "verb=desk+merge&option=into&typed={word}&ticket={reference}",
        "verb=desk+search&option=query&typed={word}",
    ),
    "POST /console/bulk": ("back=/console/tickets&ticket=",),
    "POST /console/closed": ("verb=desk+note&ticket={reference}&back=",),
    "GET /console/tickets": (
        "",
        "q={word}",
        "q=in:any+{word}&view=&order=oldest&page=1&behind=&said=0",
        "q={reference}",
        "behind={reference}",
        "view=all",
    ),
    "POST /console/rows": ("q={word}&view=&order=&page=1&behind={reference}",),
    "GET /console/tickets/{reference}": ("", "back=/console/tickets&said=0"),
    "GET /console/columns": ("back=/console/tickets",),
    "POST /console/columns": ("back=/console/tickets",),
    "GET /console/live": ("ticket={reference}&since=0&table=1",),
    "GET /console/team": ("said=0",),
    "GET /console/health": ("said=0",),
    "GET /console/settings/versions": ("said=0",),
    "GET /console/settings": ("said=0", "line=1"),
    "GET /console/settings/entry": ("of=team&name=it&q=a", "of=rule", "of=nothing&name={word}"),
    "POST /console/settings/entry": ("of=team&name=it&q=a",),
    "POST /console/settings/entry/move": ("of=rule&name=people&by=up&q=",),
    "POST /console/settings/entry/remove": ("of=team&name=it&q=",),
    "GET /console/figures": ("", "report=agents&team=people&period=", "report=inboxes&team=&period=90d"),
    "GET /console/figures/export": ("report=agents&team=&period=&format=jsonl", "report=inboxes"),
    "GET /console/knowledge": ("q={word}&page=1&state=&gaps=1&said=0",),
    "GET /console/knowledge/article": ("name=nothing&number=1&said=0&version=1",),
    "GET /console/knowledge/picture": ("name=nothing&digest={digest}",),
    "GET /kb/{name}": ("", "picture={digest}", "person=ana"),
    "GET /requests/answers": ("offer=1",),
    "GET /requests": ("", "q={word}&open=1&closed=1"),
    "GET /requests/articles": ("page=1",),
    "GET /requests/{reference}": ("", "done=sent"),
    "GET /requests/new": ("", "in=help-it"),
    "GET /sign-in": ("", "next=/requests/{reference}"),
}
BODIES: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "POST /account/end": ({"session": "0"},),
    "POST /account/end-others": ({},),
    "POST /account/sign-out": ({},),
    "POST /api/actions": (
        {"json": {"channel": "{team}", "thread": None, "message": "{root}", "button": 0}},
        {"json": {"channel": "{team}", "thread": None, "message": "{root}", "button": {"menu": 0}}},
        {
            "json": {
                "channel": "help-it",
                "private": {"verb": "desk show", "ticket": "{reference}", "options": {}},
            }
        },
    ),
    "POST /api/channels/{channel}/messages": (
        {"json": {"text": "Hello", "thread": "{root}", "files": []}},
        {"json": {"text": "/ticket show {reference}", "thread": None, "files": ["{file}"]}},
    ),
    "POST /api/channels/{channel}/read": ({"json": {"up_to": None}},),
    "POST /api/clock": ({"json": {"forward_s": 1}},),
    "POST /api/files": ({"file": b"a file of mine"},),
    "POST /api/forms": (
        {
            "json": {
                "form": {"verb": "desk note", "ticket": "{reference}", "fixed": {}, "is_step": False},
                "values": {"text": "mine"},
                "files": ["{file}"],
                "channel": "help-it",
            }
        },
        {
            "json": {
                "form": {"verb": "ticket reply", "ticket": "{reference}", "fixed": {}, "is_step": False},
                "values": {"text": "mine"},
                "files": [],
                "channel": "help-it",
            }
        },
    ),
    "POST /api/forms/closed": (
        {"json": {"form": {"verb": "desk note", "ticket": "{reference}", "fixed": {}}, "channel": "help-it"}},
    ),
    "POST /api/home": ({"json": {}},),
    "POST /api/make-ticket": ({"json": {"channel": "{team}", "thread": None, "message": "{root}"}},),
    "POST /api/people": ({"json": {"channel": "help-it", "reference": "ana"}},),
    "POST /api/writing": ({"json": {"channel": "{team}", "thread": "{root}"}},),
    "PATCH /api/messages/{message}": ({"json": {"text": "mine"}},),
    "DELETE /api/messages/{message}": ({"json": {}},),
    "POST /console/bulk": ({"pick": "{reference}"}, {"which": "all", "x-query": "{word}"}),
    "POST /console/closed": ({},),
    "POST /console/columns": ({"f-columns": "state"},),
    "POST /console/do": ({"f-text": "mine"},),
    "POST /console/rows": ({"shown": '["{reference}"]', "others": '["{reference}"]'},),
    "POST /console/settings/preview": ({"f-text": "desk: no", "x-over": "1"},),
    "POST /console/settings/entry": ({"f-title": "mine", "x-over": "1", "x-step": "again", "x-opened": ""},),
    "POST /console/settings/entry/move": ({"x-over": "1"},),
    "POST /console/settings/entry/remove": ({"x-over": "1"},),
    "POST /console/settings/save": ({"f-text": "desk: no", "x-over": "1"},),
    "POST /console/team/{form}": ({"f-person": "web:cleo", "f-until": "2026-03-06T18:00"},),
    "POST /requests/answers": ({"f-offer": "1", "f-choice": "ask"},),
    "POST /requests/new": ({"in": "nowhere", "f-text": "mine"},),
    "POST /requests/{reference}/{deed}": ({"f-text": "mine", "f-score": "5"},),
    "POST /sign-in": ({},),
    "POST /sign-in/back-channel/{name}": ({"logout_token": "x"},),
}
"""What is sent to each address that changes something: a form's fields, JSON, or a file."""
WITHOUT_SESSION: Final = frozenset({"POST /sign-in", "POST /sign-in/back-channel/{name}"})
"""What they take is checked otherwise, and their own tests say how."""
ENDS: Final = ("/account/end", "/account/end-others", "/account/sign-out")
"""After these there is no session left."""
MADE_UP: Final = (
    (re.compile(rb'name="key" value="[\w-]+"'), b'name="key"'),
    (re.compile(rb"said=[\w-]+"), b"said"),
)
"""What is another one in each answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    method: str
    pattern: str
    right: Right

    @property
    def name(self) -> str:
        return f"{self.method} {self.pattern}"

    @property
    def side(self) -> str:
        first = self.pattern.strip("/").partition("/")[0]
        return {"api": "chat"}.get(first, first)


@dataclass(frozen=True, slots=True)
class Asked:
    route: Route
    path: str
    body: str = ""
    """As JSON, so that what is the same is asked once."""
    template: str = ""

    @property
    def named_for(self) -> str:
        """The same of each ticket."""
        return f"{self.route.name} {self.template}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def words(self) -> str:
        head = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{head}\n\n{self.body.decode(errors='replace')}"

    def as_if(self, there: Planted, nothing: Planted) -> tuple[int, Mapping[str, str], bytes]:
        """With the ticket's own names as those of the one that there is not."""
        pairs = [
            (getattr(there, each), getattr(nothing, each)) for each in ("reference", "digest", "file", "team")
        ]
        pairs += [(f'"{there.root}"', f'"{nothing.root}"')]
        pairs += [(there.word(each), nothing.word(each)) for each in ("subject",)]
        body, headers = self.body, dict(self.headers)
        for made_up, plain in MADE_UP:
            body = made_up.sub(plain, body)
        for mine, none in pairs:
            body = body.replace(mine.encode(), none.encode())
            headers = {name: value.replace(mine, none) for name, value in headers.items()}
        headers = {
            name: MADE_UP[1][0].sub(b"said", value.encode()).decode() for name, value in headers.items()
        }
        return self.status, headers, body


@dataclass(slots=True)
class Walk:
    routes: Sequence[Route]
    unknown: list[str] = field(default_factory=list)
    """What nobody said how to fill."""

    def asked(self, ticket: Planted, *, safe: bool, is_end: bool = False) -> Iterator[Asked]:
        """`is_end`: what ends the session, for which no ticket matters."""
        for route in self.routes:
            if (route.method in SAFE) is not safe or (route.pattern in ENDS) is not is_end:
                continue
            if route.method == "HEAD" and ticket.kind not in ("private", "nothing"):
                continue
            for path in self._paths(route):
                for query in QUERIES.get(route.name.replace("HEAD ", "GET "), ("",)):
                    address = f"{path}?{query}" if query else path
                    for body in self._bodies(route):
                        sent = json.dumps(body, default=repr)
                        yield Asked(
                            route, _filled(address, ticket), _filled(sent, ticket), f"{address} {sent}"
                        )

    def _paths(self, route: Route) -> list[str]:
        paths = [route.pattern]
        for name in re.findall(r"\{(\w+)\}", route.pattern):
            values = PARAMETERS.get(name)
            if values is None:
                self.unknown.append(f"say how to fill {{{name}}} of {route.name}")
                return []
            paths = [each.replace(f"{{{name}}}", value, 1) for each in paths for value in values.split("|")]
        return paths

    def _bodies(self, route: Route) -> Sequence[Mapping[str, Any]]:
        if route.method in SAFE or route.method == "*":
            return ({},)
        if route.name not in BODIES:
            self.unknown.append(f"say what to send to {route.name}")
        return BODIES.get(route.name, ())


def _filled(text: str, ticket: Planted) -> str:
    for name in ("reference", "digest", "file", "team", "root"):
        text = text.replace(f"{{{name}}}", getattr(ticket, name))
    return text.replace("{word}", ticket.word("subject"))


def walk_of(rights: Mapping[str, Right | None]) -> Walk:
    routes = []
    for name, right in rights.items():
        method, _, pattern = name.partition(" ")
        assert right is not None, name
        routes.append(Route(method=method, pattern=pattern, right=right))
    return Walk(sorted(routes, key=lambda each: (each.pattern, each.method)))


async def ask(guest: Guest, url: str, asked: Asked, *, token: str | None, origin: str = "null") -> Told:
    """`token` goes where forms and scripts put it; None: it is left out."""
    method = "GET" if asked.route.method == "*" else asked.route.method
    body = json.loads(asked.body) if method not in SAFE else {}
    headers = dict(guest.headers)
    kept: dict[str, Any] = {}
    is_api = asked.route.side == "chat"
    if method not in SAFE:
        headers |= {"Origin": url if is_api and origin == "null" else origin}
        headers |= {"X-Form-Token": token} if is_api and token is not None else {}
        if "json" in body:
            kept["json"] = body["json"]
        elif "file" in body:
            form = aiohttp.FormData()
            form.add_field("file", b"mine", filename="mine.txt", content_type="text/plain")
            kept["data"] = form
        else:
            kept["data"] = {"key": uuid4().hex, **body, **({"token": token} if token is not None else {})}
    async with guest.session.request(
        method, f"{url}{asked.path}", headers=headers, allow_redirects=False, **kept
    ) as response:
        is_stream = asked.route.name in STREAMS and response.status == 200
        content = await (response.content.readany() if is_stream else response.read())
        told = {name: value for name, value in response.headers.items() if name not in {"Date", "Set-Cookie"}}
        return Told(status=response.status, headers=told, body=content)


class Noted(Mapping[str, str]):
    """A query that notes which names it is asked for."""

    def __init__(self, given: Mapping[str, str], names: set[str]) -> None:
        self._given = given
        self._names = names

    def __getitem__(self, name: str) -> str:
        self._names.add(name)
        return self._given[name]

    def __contains__(self, name: object) -> bool:
        self._names.add(str(name))
        return name in self._given

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def items(self) -> Any:
        return self._given.items()


def noting(names: dict[str, set[str]]) -> property:
    """What stands for `web.Request.query`, and notes for each route what its handler asks for."""

    def query(request: web.Request) -> Noted:
        resource = request.match_info.route.resource
        method = request.match_info.route.method
        name = f"{method} {resource.canonical if resource else ''}".replace("HEAD ", "GET ")
        return Noted(request.rel_url.query, names.setdefault(name, set()))

    return property(query)


def unfilled(names: Mapping[str, set[str]]) -> list[str]:
    """Names that a handler reads from its address and that no filling gives."""
    left = []
    for route, asked in names.items():
        given = {
            part.partition("=")[0] for each in QUERIES.get(route, ()) for part in each.split("&") if part
        }
        left += [f"say how to fill ?{each}= of {route}" for each in sorted(asked - given)]
    return left
