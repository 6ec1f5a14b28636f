"""`macros` of `desk.yaml`: what they become, and what is wrong with them."""

from pathlib import Path

import pytest

from bot.domain.macros.macro import Macro, MacroAssignee
from bot.domain.tickets.ticket import Priority, Status
from tests.config.desk_files import SMALL, complaints, load

NEXT = len(SMALL.splitlines()) + 1


def test_a_macro_is_a_reply_with_its_changes(tmp_path: Path) -> None:
    text = f"""{SMALL}
macros:
  restart: {{text: Turn it off and on.}}
  vpn:
    title: The VPN is known
    text: We are on it.
    status: on_hold
    priority: high
    add_tags: VPN
    remove_tags: [new]
    team: network
"""
    assert load(tmp_path, text).desk.macros == {
        "restart": Macro(name="restart", title="restart", text="Turn it off and on."),
        "vpn": Macro(
            name="vpn",
            title="The VPN is known",
            text="We are on it.",
            status=Status.ON_HOLD,
            priority=Priority.HIGH,
            add_tags=("vpn",),
            remove_tags=("new",),
            team="network",
        ),
    }


@pytest.mark.parametrize(
    ("macro", "sentence"),
    [
        ("a: {}", "missing(option=text, path=arrow(path=macros, step=a))"),
        ("a: {text: ''}", "empty(option=text)"),
        ("a: {text: b, txet: c}", "not_a_key(option=txet, hint=did_you_mean(word=text))"),
        ("a: {text: b, status: open}", "macro_status(status=open, choices=pending or on_hold or resolved)"),
        (
            "a: {text: b, status: resolvd}",
            "not_a_choice(option=status, value=resolvd, hint=did_you_mean(word=resolved))",
        ),
        ("a: {text: b, team: netwrk}", "unknown_team(name=netwrk, hint=did_you_mean(word=network))"),
        (f"a: {{text: b, add_tags: {'x' * 41}}}", "text_too_long(option=add_tags, number=40)"),
        ("a b: {text: c}", "not_a_macro_name(text=a b)"),
        ("new: {text: c}", "macro_name_taken(text=new)"),
        (f"{'x' * 41}: {{text: c}}", f"macro_name_too_long(text={'x' * 41}, number=40)"),
        (
            "a: {text: 'Hi {requester.nmae}'}",
            "macro_placeholder(text={requester.nmae}, hint=did_you_mean(word=requester.name))",
        ),
        ("a: {text: b, texts: {de: '{tickt.number}'}}", "macro_placeholder(text={tickt.number}, hint="),
        ("a: {text: b, texts: {german: c}}", "not_a_language("),
        ("a: {text: '{requester.name'}", "macro_placeholder_open(text={requester.name)"),
        ("a: {text: '{field.asset}'}", "macro_placeholder(text={field.asset}, hint="),
        ("a: {text: b, team: network, assign: me}", "macro_team_and_assign"),
        ("a: {text: b, assign: bo}", "not_a_choice(option=assign, value=bo"),
        ("a: {text: b, fields: {tier: gold}}", "unknown_custom_field("),
    ],
)
def test_a_mistake_in_a_macro_is_told(tmp_path: Path, macro: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, f"{SMALL}macros:\n  {macro}\n")
    assert line == NEXT + 1
    assert found.startswith(sentence)


FIELDS = """
fields:
  asset_tag: {label: Asset tag}
  tier: {label: Tier, kind: choice, choices: [Gold, Silver], for: agents}
  seats: {label: Seats, kind: number}
  insured: {label: Insured, kind: yes_no}
"""


def test_a_macro_sets_fields_and_speaks_languages(tmp_path: Path) -> None:
    text = f"""{SMALL}{FIELDS}
macros:
  a:
    text: Hi {{requester.first_name}}, {{field.asset_tag}} {{{{field.tier}}}}
    texts: {{de: "Hallo {{requester.first_name}}"}}
    fields: {{tier: Gold, seats: 3, insured: true}}
    assign: me
"""
    macro = load(tmp_path, text).desk.macros["a"]
    assert macro.fields == {"tier": "Gold", "seats": "3", "insured": "yes"}
    assert macro.assign is MacroAssignee.SENDER
    assert macro.text_in("de") == "Hallo {requester.first_name}"
    assert macro.text_in("fr").startswith("Hi ")


@pytest.mark.parametrize(
    ("macro", "sentence"),
    [
        ("text: '{field.tier}'", "macro_placeholder_for_agents(text={field.tier})"),
        (
            "text: '{field.asset_tga}'",
            "macro_placeholder(text={field.asset_tga}, hint=did_you_mean(word=field.asset_tag))",
        ),
        ("text: b\n    fields: {tier: Bronze}", "field_never(field=tier, value=Bronze"),
        ("text: b\n    fields: {seats: '>= 3'}", "field_never(field=seats, value=>= 3"),
    ],
)
def test_fields_that_cannot_be_shown_or_filled_so_are_told_at_their_line(
    tmp_path: Path, macro: str, sentence: str
) -> None:
    before = f"{SMALL}{FIELDS}\nmacros:\n  a:\n"
    ((line, found),) = complaints(tmp_path, f"{before}    {macro}\n")
    assert line == len(before.splitlines()) + len(macro.splitlines())
    assert found.startswith(sentence)
