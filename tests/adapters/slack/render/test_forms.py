"""Forms in Slack: titles of 24 characters that name the ticket, and an input that fits each kind of field."""

from dataclasses import replace

import pytest

from adapters.slack.api.addresses import Json
from adapters.slack.render.forms import TITLE_LIMIT, filled_in, modal
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import Command
from bot.messages.outbound import Field, Form
from bot.text.catalogue import languages


def shown(title: str) -> str:
    form = Form(title=title, verb="desk reply", ticket="IT-1", fields=())
    return str(modal(form, channel="C1", thread=None, language="en")["title"]["text"])


@pytest.mark.parametrize(
    "command", [each for each in all_commands() if each.has_form], ids=lambda each: str(each.name)
)
@pytest.mark.parametrize("language", languages())
def test_the_title_of_every_form_fits_with_a_number_of_five_digits(command: Command, language: str) -> None:
    title = command.form_title(language)
    if command.on_ticket is not None:
        title += " · IT-10422"
    assert len(title) <= TITLE_LIMIT
    assert shown(title) == title


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Reply · IT-1042", "Reply · IT-1042"),
        ("Reply to the requester · IT-1042", "Reply to the… · IT-1042"),
        ("Internal note · SERVICES-1042", "SERVICES-1042"),
        ("Ask for help · Hardware and telephones", "Ask for help · Hardware…"),
        ("Ask for help with hardware", "Ask for help with…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsg…"),
    ],
)
def test_a_longer_title_is_cut_between_words_and_keeps_the_number(title: str, read: str) -> None:
    assert shown(title) == read


YES_NO = (("yes", "Ja"), ("no", "Nein"))


def element(field: Field) -> Json:
    form = Form(title="Fields", verb="desk set", ticket="IT-1", fields=(field,))
    (block,) = modal(form, channel="C1", thread=None, language="de")["blocks"]
    found: Json = block["element"]
    return found


def test_a_number_has_an_input_of_its_own() -> None:
    seats = element(Field(name="seats", label="Seats", kind="number", value="12.5"))
    assert (seats["type"], seats["initial_value"]) == ("number_input", "12.5")


def test_of_several_choices_those_that_hold_are_chosen() -> None:
    choices = (("Screen", "Screen"), ("Battery", "Battery"))
    parts = element(Field(name="parts", label="Parts", kind="choices", value="Battery", choices=choices))
    assert parts["type"] == "multi_static_select"
    assert [each["value"] for each in parts["initial_options"]] == ["Battery"]


def test_yes_is_a_box_and_where_an_answer_is_needed_both_are_offered() -> None:
    insured = Field(name="insured", label="Insured", kind="yes_no", choices=YES_NO, is_required=False)
    assert [each["text"]["text"] for each in element(insured)["options"]] == ["Ja"]
    needed = element(replace(insured, is_required=True, value="no"))
    assert (needed["type"], needed["initial_option"]["value"]) == ("radio_buttons", "no")


@pytest.mark.parametrize(
    ("before", "ticked", "answer"),
    [("", False, ""), ("", True, "yes"), ("yes", True, "yes"), ("yes", False, "no")],
)
def test_a_box_that_is_unticked_says_no_and_one_left_alone_says_nothing(
    before: str, ticked: bool, answer: str
) -> None:
    field = Field(
        name="insured", label="Insured", kind="yes_no", choices=YES_NO, is_required=False, value=before
    )
    form = Form(title="Fields", verb="desk set", ticket="IT-1", fields=(field,))
    view = modal(form, channel="C1", thread=None, language="en")
    chosen = view["blocks"][0]["element"]["options"] if ticked else []
    state = {"insured": {"value": {"type": "checkboxes", "selected_options": chosen}}}
    assert filled_in({**view, "state": {"values": state}}) == {"insured": answer}
