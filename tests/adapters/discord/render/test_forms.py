"""Forms as Discord's modals, held to Discord's limits by the server's own rules, and what comes back from them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.api.addresses import Json
from adapters.discord.render import forms
from bot.messages.outbound import Field, Form
from tests.fakes.discord.rules.modals import RADIO, TEXT_INPUT, SeenModal, check_modal, seen_modal
from tests.fakes.discord.rules.refusals import Problems
from tests.said import said

TEAMS = tuple((f"team-{number}", f"Team {number}") for number in range(60))


def form_of(*fields: Field, title: str = "Ask for help", takes_files: bool = False) -> Form:
    return Form(title=title, verb="ticket open", ticket=None, fields=fields, takes_files=takes_files)


def page_of(form: Form, page: int = 0, **more: Any) -> SeenModal:
    """A page, as it is shown by a Discord that refuses what does not fit."""
    modal = forms.modal(form, custom_id="km|1|0", page=page, **({"values": {}, "language": "en"} | more))
    problems = Problems()
    check_modal(problems, modal)
    problems.raise_if_any()
    return seen_modal(1, modal)


def sent(**responder: tuple[int, object]) -> Json:
    """A submission: by the name of each field, its component's type and what was entered."""
    rows = [
        {"type": 18, "component": {"type": kind, "custom_id": name.replace("__", "#")} | _entered(entered)}
        for name, (kind, entered) in responder.items()
    ]
    return {"custom_id": "km|1|0", "components": rows}


def _entered(entered: object) -> Json:
    return {"values": entered} if isinstance(entered, list) else {"value": entered}


KINDS = st.sampled_from(
    ["text", "long_text", "number", "choice", "choices", "person", "people", "date", "yes_no"]
)
WORDS = st.text(min_size=1, max_size=300)
CHOICES = st.lists(st.tuples(st.text("abc", min_size=1, max_size=9), WORDS), unique_by=lambda each: each[0])


@st.composite
def fields(draw: st.DrawFn, name: str) -> Field:
    kind = draw(KINDS)
    return Field(
        name=name,
        label=draw(WORDS),
        kind=kind,
        is_required=draw(st.booleans()),
        value=draw(st.sampled_from(["", "a", "discord:7", "discord:7,web:ana,discord:8", "x" * 5_000])),
        hint=draw(st.sampled_from(["", "As to a colleague", "h" * 200])),
        choices=tuple(draw(CHOICES)) if kind in ("choice", "choices", "yes_no") else (),
    )


@given(data=st.data(), title=WORDS, count=st.integers(1, 12), takes_files=st.booleans())
def test_every_page_of_any_form_is_taken_by_discord(
    data: st.DataObject, title: str, count: int, takes_files: bool
) -> None:
    form = form_of(
        *(data.draw(fields(f"f{number}")) for number in range(count)), title=title, takes_files=takes_files
    )
    shown = [page_of(form, page) for page in range(len(forms.pages(form)))]
    asked = {field.custom_id.partition("#")[0] for page in shown for field in page.fields}
    assert asked - {forms.FILES} == {field.name for field in form.fields}


def test_a_few_choices_show_at_once_and_more_are_in_a_menu() -> None:
    few = Field(name="few", label="Few", kind="choice", choices=TEAMS[:5])
    more = Field(name="more", label="More", kind="choice", choices=TEAMS[:25])
    shown = page_of(form_of(few, more))
    assert [field.kind for field in shown.fields] == [RADIO, 3]


def test_a_choice_of_sixty_is_in_three_menus_and_the_one_that_was_used_counts() -> None:
    team = Field(name="team", label="Team", kind="choice", value="team-30", choices=TEAMS)
    shown = page_of(form_of(team))
    assert shown.labels == ("Team (1/3)", "Team (2/3)", "Team (3/3)")
    assert not any(field.is_required for field in shown.fields)
    options = [option for field in shown.fields for option in field.component["options"]]
    assert [option["value"] for option in options] == [value for value, _ in TEAMS]
    assert [option["value"] for option in options if option.get("default")] == ["team-30"]
    filled = forms.filled(sent(team__1=(3, []), team__2=(3, ["team-30"]), team__3=(3, [])))
    assert filled.values == {"team": "team-30"}


def test_two_choices_where_one_is_asked_for_are_none_that_could_be_meant() -> None:
    filled = forms.filled(sent(team__1=(3, ["team-1"]), team__2=(3, ["team-30"])))
    assert filled.values["team"] not in dict(TEAMS)


def test_a_choice_that_no_menus_hold_is_typed() -> None:
    many = tuple((str(number), str(number)) for number in range(200))
    (field,) = page_of(form_of(Field(name="asset", label="Asset", kind="choice", choices=many))).fields
    assert field.kind == TEXT_INPUT


def test_a_label_that_is_too_long_is_told_whole_beside_its_hint() -> None:
    label = "Which of your computers does this happen on, if any?"
    shown = page_of(form_of(Field(name="f", label=label, hint="Its number")))
    assert f"{label} Its number" in shown


def test_what_was_typed_before_is_there_again() -> None:
    form = form_of(
        Field(name="text", label="What?", kind="long_text"),
        Field(
            name="priority", label="How urgent?", kind="choice", choices=(("low", "Low"), ("high", "High"))
        ),
        Field(name="who", label="For whom?", kind="person"),
    )
    shown = page_of(form, values={"text": "A mouse", "priority": "high", "who": "discord:7"})
    assert shown.values == {"What?": "A mouse"}
    _, priority, who = shown.fields
    assert [each["label"] for each in priority.component["options"] if each.get("default")] == ["High"]
    assert who.component["default_values"] == [{"id": "7", "type": "user"}]


def test_several_that_were_chosen_are_chosen_again_where_the_form_goes_on() -> None:
    form = form_of(Field(name="parts", label="Parts", kind="choices", choices=TEAMS[:9]))
    chosen = forms.filled(sent(parts=(3, ["team-1", "team-4"]))).values
    (parts,) = page_of(form, values=chosen).fields
    options = parts.component["options"]
    assert [each["value"] for each in options if each.get("default")] == ["team-1", "team-4"]


def test_files_that_came_before_are_named_where_others_can_take_their_place() -> None:
    form = form_of(Field(name="text", label="What?"), takes_files=True)
    assert said("platforms.form_files_replaced", names="log.txt and screen.png") in page_of(
        form, files=["log.txt", "screen.png"]
    )
    assert said("platforms.form_files_replaced", names="")[:8] not in page_of(form)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ((4, "A mouse"), "A mouse"),
        ((4, ""), ""),
        ((3, ["low"]), "low"),
        ((3, []), ""),
        ((21, "high"), "high"),
        ((21, None), ""),
        ((5, ["7"]), "discord:7"),
        ((5, ["7", "8"]), "discord:7,discord:8"),
        ((5, []), ""),
    ],
)
def test_whatever_is_filled_in_comes_back_as_text(answer: tuple[int, object], value: str) -> None:
    assert forms.filled(sent(field=answer)).values == {"field": value}


def test_whoever_and_whatever_was_chosen_is_named_by_its_id() -> None:
    filled = forms.filled(sent(who=(5, ["7", "8"]), files=(19, ["31", "32"])))
    assert (filled.users, filled.files) == ((7, 8), ("31", "32"))
    assert "files" not in filled.values
