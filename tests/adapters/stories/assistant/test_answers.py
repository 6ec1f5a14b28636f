"""A draft is edited and sent by the agent, and a plan is run once its person presses the button."""

from pathlib import Path

from tests.adapters.stories.assistant.desk_with_model import is_answered, with_model
from tests.adapters.stories.platforms import Platform
from tests.fakes.language_model.endpoint import open_endpoint
from tests.said import said

LABEL = said("commands.desk_reply_text_label")


async def test_a_draft_opens_the_form_of_a_reply_and_goes_as_the_agent_edited_it(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_endpoint() as endpoint:
        endpoint.key, endpoint.says = "", "Please change the toner."
        desk = with_model(platform, endpoint.url)
        async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
            asked = await office.says("ana", "requests", "The printer prints blank pages")
            await office.types("bo", "team", "/desk assistant draft", ticket="IT-1")
            await is_answered(office)
            told = office.reads_directly("bo")[-1]
            assert "Please change the toner." in told.words
            assert not any("toner" in each.words for each in office.reads_thread("ana", asked))
            await office.fills(
                "bo", told, said("assistant.button_use"), {LABEL: "Please change the toner, Ana."}
            )
            await office.settle()
            assert any("toner, Ana." in each.words for each in office.reads_thread("ana", asked))


async def test_plain_words_become_commands_that_run_at_a_press(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_endpoint() as endpoint:
        endpoint.key, endpoint.says = "", ""
        endpoint.calls = [("propose", {"commands": ["/desk claim IT-1", "/desk-admin reload"]})]
        desk = with_model(platform, endpoint.url)
        async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
            await office.says("ana", "requests", "The printer prints blank pages")
            await office.types("bo", "team", "/desk assistant ask", words="take the printer")
            await is_answered(office)
            told = office.reads_directly("bo")[-1]
            assert "/desk claim IT-1" in told.words
            assert "/desk-admin" not in told.words
            assert office.called("bo") not in (await office.card("IT-1")).words
            await office.presses("bo", told, said("assistant.button_do"))
            await is_answered(office)
            assert office.called("bo") in (await office.card("IT-1")).words
            assert any(said("assistant.plan_done") in each.words for each in office.reads_directly("bo"))


async def test_one_asks_in_a_direct_message(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_endpoint() as endpoint:
        endpoint.key, endpoint.says = "", ""
        endpoint.calls = [("propose", {"commands": ["/desk queue"]})]
        desk = with_model(platform, endpoint.url)
        async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
            await office.writes_directly("bo", "ask what is there to do?")
            await is_answered(office)
            assert any("/desk queue" in each.words for each in office.reads_directly("bo"))
