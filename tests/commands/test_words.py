"""The words of commands: all there, short enough for the platforms, and in the language of whoever reads them."""

from dataclasses import replace

import pytest

from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command
from bot.commands.framework.registry import Registry
from bot.domain.calendars.typed_windows import USUAL
from bot.domain.tickets.queue_order import QueuePart
from bot.domain.tickets.ticket import Status
from bot.messages.outbound import Form
from bot.text.catalogue import has, languages
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import BO
from tests.said import said
from tests.text.keys_in_code import keys_needed_by, optional_keys_of

COMMANDS = all_commands()
EVERY_LANGUAGE = pytest.mark.parametrize("language", languages())
LONGEST_SUMMARY = 100
"""https://discord.com/developers/docs/interactions/application-commands#application-command-object"""
LONGEST_SHORTCUT = 24
"""https://docs.slack.dev/reference/app-manifest"""
LONGEST_BUTTON = 24
"""https://docs.slack.dev/reference/views/modal-views"""
LONGEST_LABEL = 45
"""https://discord.com/developers/docs/components/reference#label"""
IN_GERMAN = replace(BO, language="de")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: str(each.name))
def test_every_command_has_all_its_words(command: Command) -> None:
    assert [key for key in sorted(keys_needed_by(command)) if not has("en", key)] == []


def test_no_two_commands_share_their_words() -> None:
    keys = [key for command in COMMANDS for key in keys_needed_by(command) | optional_keys_of(command)]
    assert len(set(keys)) == len(keys)


@EVERY_LANGUAGE
def test_they_fit_wherever_they_are_shown(language: str) -> None:
    for command in COMMANDS:
        summary = command.summary(language)
        assert summary.endswith("."), command.name
        assert len(summary) <= LONGEST_SUMMARY, command.name
        if command.has_form:
            assert len(command.submit(language)) <= LONGEST_BUTTON, command.name
            for option in command.options:
                assert len(command.label(option, language)) <= LONGEST_LABEL, (command.name, option.name)
        for key in (command.key("shortcut", on) for on in command.shortcuts):
            assert len(said(key, language=language)) <= LONGEST_SHORTCUT, key


def test_what_can_be_typed_is_named_in_them_as_it_is_typed() -> None:
    report, queue = (
        next(each for each in COMMANDS if each.name == name) for name in ("desk report", "desk queue")
    )
    assert USUAL in report.summary("en")
    which = next(each for each in queue.options if each.name == "which")
    label = queue.label(which, "en")
    assert [part for part in QueuePart if f"“{part}”" not in label] == []
    assert len(label) <= LONGEST_LABEL


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_what_is_to_be_typed_is_called_in_the_readers_language(language: str) -> None:
    listing = next(each for each in COMMANDS if each.name == "ticket list")
    asked = [each.name for each in listing.options]
    words = [said(f"commands.placeholder_{each}", language=language) for each in asked]
    assert listing.usage(language) == f"list {' '.join(f'[{each}]' for each in words)}"
    assert words[:2] != [said(f"commands.placeholder_{each}") for each in asked[:2]]
    helps = {each.name: each for each in Registry(COMMANDS).helps_by_name({})}
    assert helps["ticket list"].usage_in(language) == listing.usage(language)
    assert helps["ticket list"].usage_in("fi") == listing.usage("en")


def test_menus_learn_them_in_each_language_that_has_them() -> None:
    helps = {each.name: each for each in Registry(COMMANDS).helps_by_name({})}
    claim, assign = helps["desk claim"], helps["desk assign"]
    assert claim.summary == claim.summary_in("fi") == said("commands.desk_claim_summary")
    german = said("commands.desk_claim_summary", language="de")
    assert claim.translations["de"] == claim.summary_in("de") == german != claim.summary
    (person,) = assign.options
    assert person.summary_in("de") == said("commands.desk_assign_person_label", language="de")
    assert person.summary == said("commands.desk_assign_person_label")


async def test_help_and_refusals_are_in_the_actors_language(at_work: DeskAtWork) -> None:
    agents = said("commands.role_agent", language="de")
    assert (await at_work.types(IN_GERMAN, "/ticket help claim")).splitlines() == [
        "/desk claim [TICKET]",
        said("commands.desk_claim_summary", language="de"),
        said("commands.usable_by", language="de", who=agents),
        said("commands.example", language="de", command="/desk claim IT-12"),
    ]
    await at_work.asks()
    refused = await at_work.types(IN_GERMAN, "/desk assign IT-1 zoe")
    assert refused == said("commands.unknown_person", language="de", text="zoe")
    assert await at_work.types(BO, "/desk assign IT-1 zoe") == said("commands.unknown_person", text="zoe")


async def test_a_form_is_in_the_actors_language(at_work: DeskAtWork) -> None:
    await at_work.asks()

    def form(language: str) -> Form:
        who = replace(BO, language=language)
        made = at_work.desk.intake.form_for(at_work.desk.pressed(who, "desk priority", "IT-1"))
        assert made is not None
        return made

    german, english = form("de"), form("en")
    assert (german.title, german.submit, german.fields[0].label) == (
        f"{said('commands.desk_priority_form', language='de')} · IT-1",
        said("commands.desk_priority_submit", language="de"),
        said("commands.desk_priority_priority_label", language="de"),
    )
    assert dict(german.fields[0].choices)["high"] == "Hoch"
    assert english.title == f"{said('commands.desk_priority_form')} · IT-1"
    assert dict(english.fields[0].choices)["high"] == "High"


async def test_a_list_says_the_tickets_states_in_the_readers_language(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead")
    new = said(f"terms.status_{Status.NEW}", language="de")
    assert f"· {new} ·" in await at_work.types(IN_GERMAN, "/desk queue")
    assert f"· {new} ·" not in await at_work.types(BO, "/desk queue")


async def test_what_a_question_asks_for_is_said_in_words_of_its_own(at_work: DeskAtWork) -> None:
    missing = said("commands.desk_on_behalf_of_text_missing")
    usage = said("commands.usage", command="/desk on-behalf-of PERSON TEXT…")
    assert await at_work.types(BO, "/desk on-behalf-of @ana") == f"{missing} {usage}"
    label = said("commands.desk_subject_subject_label")
    await at_work.asks()
    usage = said("commands.usage", command="/desk subject [TICKET] SUBJECT…")
    assert await at_work.types(BO, "/desk subject IT-1") == f"{said('refusals.missing', label=label)} {usage}"


def test_options_that_only_buttons_give_need_no_words() -> None:
    unasked = [
        (command.name, option.name)
        for command in COMMANDS
        for option in command.options
        if command.key(option.name, "label") not in keys_needed_by(command)
    ]
    assert unasked == [
        ("ticket edit", "message"),
        ("ticket recall", "message"),
        ("ticket close", "resolution"),
        ("ticket reopen", "resolution"),
        ("ticket separate", "message"),
        ("ticket end-session", "session"),
        ("ticket judge-answers", "offer"),
        ("ticket judge-answers", "choice"),
        ("ticket similar-answer", "choice"),
        ("ticket sort", "asked"),
        ("ticket sort", "choice"),
        ("desk who", "ticket"),
        ("desk use-answer", "assistant"),
        ("desk held-outcome", "held"),
        ("desk held-outcome", "leaves_at"),
        ("desk held-outcome", "became"),
        ("desk edit", "message"),
        ("desk recall", "message"),
        ("desk time-start", "toggle"),
        ("desk do-plan", "assistant"),
        ("desk drop-plan", "assistant"),
        ("desk remove-person-note", "number"),
        ("desk-admin settings save", "path"),
        ("desk-admin settings save", "value"),
        ("desk-admin settings save", "number"),
        ("desk-admin settings save", "over"),
    ]
