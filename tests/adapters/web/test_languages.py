"""Everybody at the page reads their own language: the configured one, else their browser's, else the desk's."""

from collections.abc import Mapping

import pytest

from bot.ports.workspace import WorkspacePerson
from tests.adapters.web.workspace_in_use import CHANNELS, PEOPLE, Page, WorkspaceInUse
from tests.said import said

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
UNKNOWN = {"Accept-Language": "tlh"}


@pytest.mark.parametrize(("headers", "language"), [(GERMAN, "de"), (UNKNOWN, "en"), ({}, "en")])
async def test_who_writes_is_known_by_the_language_of_their_browser(
    in_use: WorkspaceInUse, ana: Page, headers: Mapping[str, str], language: str
) -> None:
    await ana.call("POST", "/api/channels/help-it/messages", {"text": "Hallo"}, headers=headers)
    (event,) = await in_use.intake.saw(1)
    assert event.actor.language == language


async def test_what_the_configuration_says_of_somebody_counts_before_their_browser(
    in_use: WorkspaceInUse, ana: Page
) -> None:
    speaks_french = WorkspacePerson(platform="web", id="ana", name="Ana Lima", language="fr")
    in_use.platform.replace(people=(speaks_french, *PEOPLE[1:]), channels=CHANNELS)
    await ana.call("POST", "/api/channels/help-it/messages", {"text": "Hallo"}, headers=GERMAN)
    (event,) = await in_use.intake.saw(1)
    assert event.actor.language == "fr"


async def test_where_nothing_is_known_the_desks_language_counts(in_use: WorkspaceInUse, ana: Page) -> None:
    in_use.platform.replace(people=PEOPLE, channels=CHANNELS, language="es")
    await ana.call("POST", "/api/channels/help-it/messages", {"text": "Hola"}, headers=UNKNOWN)
    (event,) = await in_use.intake.saw(1)
    assert event.actor.language == "es"
    assert (await ana.get("/api/state"))["language"] == "es"


async def test_a_refusal_is_in_the_language_of_whoever_reads_it(ana: Page) -> None:
    answer = await ana.call("GET", "/api/threads/help-it/1", headers=GERMAN)
    assert answer.body["error"] == said("platforms.no_thread", language="de")


async def test_where_the_browser_asks_for_none_there_is_the_page_is_in_the_desks_language(
    in_use: WorkspaceInUse, ana: Page
) -> None:
    in_use.platform.replace(people=PEOPLE, channels=CHANNELS, language="es")
    page = (await ana.call("GET", "/", headers=UNKNOWN)).body.decode()
    assert '<html lang="es"' in page
    assert '{"language": "es"' in page
