"""The home page in the browser: drawn when somebody opens it, and seen by them alone."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.directory import ChannelRef
from bot.messages import verbs
from bot.messages.delivery import Delivered
from bot.messages.inbound import HomeOpened, VerbChosen
from bot.messages.outbound import (
    Address,
    Button,
    Home,
    HomeLine,
    HomeSection,
    MessageLink,
    OutboundMessage,
    Tone,
)
from tests.adapters.web.workspace_in_use import Page, WorkspaceInUse
from tests.said import said

CLAIM = Button(label="Claim", verb=verbs.CLAIM, ticket="IT-1")
HOME = Home(
    title="Acme IT desk",
    sections=(
        HomeSection(
            title="Unassigned",
            lines=(
                HomeLine(
                    text=(MessageLink("IT-1", ChannelRef("web", "network"), "7"), " VPN"),
                    buttons=(CLAIM,),
                    tone=Tone.ALERT,
                ),
            ),
            nothing="None",
            more=3,
        ),
        HomeSection(title="Your requests", nothing=said("home.no_requests")),
    ),
)


async def shows_home(in_use: WorkspaceInUse, person: str, home: Home = HOME) -> None:
    address = Address(channel=ChannelRef.home(f"web:{person}"))
    delivery = await in_use.platform.deliver(OutboundMessage(key="home", address=address, content=home))
    assert isinstance(delivery, Delivered)


async def test_opening_it_asks_the_desk_for_it(in_use: WorkspaceInUse, noor: Page) -> None:
    await noor.post("/api/home", {})
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, HomeOpened)
    assert (event.actor.key, event.location.channel) == ("web:noor", ChannelRef.home("web:noor"))


async def test_each_opening_is_another(in_use: WorkspaceInUse, noor: Page) -> None:
    await noor.post("/api/home", {"client_key": "first"})
    await noor.post("/api/home", {"client_key": "second"})
    first, second = await in_use.intake.saw(2)
    assert first.key != second.key


async def test_it_arrives_on_its_persons_pages(in_use: WorkspaceInUse, noor: Page) -> None:
    await noor.open_live()
    await shows_home(in_use, "noor")
    home = (await noor.hears("home"))["home"]
    assert home["title"] == "Acme IT desk"
    unassigned, requests = home["sections"]
    (line,) = unassigned["lines"]
    assert line["text"] == [{"t": "link", "label": "IT-1", "channel": "network", "message": "7"}, " VPN"]
    assert (line["tone"], unassigned["nothing"]) == ("alarm", "")
    assert unassigned["more"] == said("platforms.and_more", count=3)
    many = replace(HOME, sections=(replace(HOME.sections[0], more=990, has_many_more=True),))
    await shows_home(in_use, "noor", many)
    (unassigned,) = (await noor.hears("home"))["home"]["sections"]
    assert unassigned["more"] == said("platforms.and_many_more", count=990)
    assert requests == {
        "title": "Your requests",
        "lines": [],
        "nothing": HOME.sections[1].nothing,
        "more": "",
    }


async def test_nobody_else_sees_it(in_use: WorkspaceInUse, ana: Page, noor: Page) -> None:
    await ana.open_live()
    await noor.open_live()
    await shows_home(in_use, "noor")
    await noor.hears("home")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await ana.hears("home")


async def test_its_buttons_are_pressed_in_direct_messages(in_use: WorkspaceInUse, noor: Page) -> None:
    await noor.open_live()
    await shows_home(in_use, "noor")
    (line,) = (await noor.hears("home"))["home"]["sections"][0]["lines"]
    (button,) = line["buttons"]
    await noor.post("/api/actions", {"channel": "@noor", "private": button["private"]})
    (event,) = await in_use.intake.saw(1)
    assert isinstance(event, VerbChosen)
    assert (event.verb, event.ticket, event.is_on_private_reply) == (verbs.CLAIM, "IT-1", True)
    assert event.location.channel == ChannelRef.direct("web:noor")


async def test_it_is_of_no_use_to_somebody_who_is_not_in_the_workspace(in_use: WorkspaceInUse) -> None:
    await shows_home(in_use, "gone")


async def test_a_desk_that_is_away_says_so(in_use: WorkspaceInUse, noor: Page) -> None:
    in_use.intake.database_is_gone()
    answer = await noor.call("POST", "/api/home", {})
    assert answer.status == 503
