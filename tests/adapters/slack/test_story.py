"""The whole story in Slack, with the whole desk: by HTTP and by socket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.office import Office, open_office


@pytest.fixture(params=["http", "socket"])
async def office(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> AsyncIterator[Office]:
    by_socket = request.param == "socket"
    async with open_office(tmp_path, sqlite_template, by_socket=by_socket) as office:
        yield office


async def test_from_asking_to_reopening(office: Office) -> None:
    ana, bo, cleo = office.ana, office.bo, office.cleo

    request = await ana.says("help-it", "My VPN is dead")
    await office.settle()
    (told,) = office.thread(ana, request)
    assert told.startswith("deskbell: IT-1 is with Service Desk.")
    card = await office.card("IT-1")
    assert "My VPN is dead" in card.words
    assert card.buttons == ("Claim", "Reply", "Note", "Resolve")

    await cleo.types("/desk claim IT-1", "team-it")
    await office.settle()
    card = await office.card("IT-1")
    assert "Cleo Chen" in card.words
    assert "Claim" not in card.buttons

    await cleo.presses(card, "Reply")
    form = await cleo.sees_modal()
    await cleo.submits(form, {form.fields[0]: "Which client do you use?"})
    await office.settle()
    assert "Cleo Chen: Cleo Chen: Which client do you use?" in office.thread(ana, request)

    await ana.says("help-it", "The blue one", thread=request)
    await bo.says("team-it", "That one is broken since Monday", thread=card)
    await office.settle()
    assert "Ana Lima: Ana Lima: The blue one" in office.thread(bo, card)
    assert not any("Monday" in line for line in office.thread(ana, request))

    await bo.says("help-it", "We are replacing it", thread=request)
    await office.settle()
    assert "Bo Berg: Bo Berg: We are replacing it" in office.thread(bo, card)

    await cleo.says("help-it", "@deskbell resolve it was replaced", thread=request)
    await office.settle()
    assert "resolved" in (await office.card("IT-1")).words
    await ana.says("help-it", "It is broken again", thread=request)
    await office.settle()
    assert "resolved" not in (await office.card("IT-1")).words
