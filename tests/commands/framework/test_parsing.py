"""What people type, and what is understood."""

import pytest

from bot.commands.catalogue import all_commands
from bot.commands.framework.parsing import mistaken_reference, parse, read_reference, read_tags, split_verb
from bot.commands.framework.registry import Registry

REGISTRY = Registry(all_commands())


@pytest.mark.parametrize(
    "word", ["IT-12", "it-12", "#12", "12", "#IT-12", "IT-12:", "(IT-12)", "IT-12,", "it12"]
)
def test_a_ticket_is_found_however_its_number_is_written(word: str) -> None:
    reference = read_reference(word, prefix="IT")
    assert reference is not None
    assert reference.number == 12


@pytest.mark.parametrize("word", ["HR-12", "IT-", "twelve", "12a", "١٢", "-12", "1234567890123", ""])
def test_other_words_are_no_tickets(word: str) -> None:
    assert read_reference(word, prefix="IT") is None


def parsed(
    line: str, *, group: str = "desk", in_thread: bool = False
) -> tuple[int | None, dict[str, str], list[str]]:
    verb, rest = split_verb(line)
    command = REGISTRY.find(group, verb)
    assert command is not None, verb
    result = parse(command, rest, prefix="IT", in_ticket_thread=in_thread)
    number = result.reference.number if result.reference else None
    return number, dict(result.options), [option.name for option in result.missing]


def test_a_reply_is_everything_after_the_ticket() -> None:
    assert parsed("reply IT-3 It works now,\nplease try.") == (3, {"text": "It works now,\nplease try."}, [])


def test_a_reply_whose_text_begins_on_a_new_line_keeps_its_ticket() -> None:
    assert parsed("reply IT-3\nHello Ana") == (3, {"text": "Hello Ana"}, [])


def test_in_a_tickets_thread_a_bare_number_belongs_to_the_text() -> None:
    assert parsed("reply 12 boxes came", in_thread=True) == (None, {"text": "12 boxes came"}, [])
    assert parsed("reply IT-12 boxes came", in_thread=True) == (12, {"text": "boxes came"}, [])
    assert parsed("reply 12 boxes came") == (12, {"text": "boxes came"}, [])


def test_a_number_alone_is_the_ticket_in_a_thread_too() -> None:
    assert parsed("claim 12", in_thread=True) == (12, {}, [])


def test_what_is_missing_is_named() -> None:
    assert parsed("assign IT-3") == (3, {}, ["person"])
    assert parsed("reply") == (None, {}, ["text"])


def test_a_name_of_two_words_goes_in_quotation_marks() -> None:
    assert parsed('assign 3 "Bo Berg"') == (3, {"person": "Bo Berg"}, [])
    assert parsed("on-behalf-of “Ana Alves” her laptop is dead") == (
        None,
        {"person": "Ana Alves", "text": "her laptop is dead"},
        [],
    )


def test_a_transfer_takes_a_team_and_a_reason() -> None:
    assert parsed("transfer IT-3 network it is the switch") == (
        3,
        {"team": "network", "reason": "it is the switch"},
        [],
    )


def test_tags_are_added_and_with_a_minus_removed() -> None:
    assert read_tags("vpn +Office, -printer vpn") == (("vpn", "office"), ("printer",))
    assert read_tags(" - + ") == ((), ())
    assert read_tags('"Two words" -“old, one” x"') == (("two-words", "x"), ("old-one",))


@pytest.mark.parametrize(("word", "meant"), [("clam", "claim"), ("res", "resolve"), ("histroy", "history")])
def test_a_half_typed_or_misspelt_verb_finds_its_command(word: str, meant: str) -> None:
    nearest = REGISTRY.nearest("desk", word)
    assert nearest is not None
    assert nearest.verb == meant


def test_the_agents_verbs_work_under_ticket_too() -> None:
    for command in (each for each in REGISTRY.all() if each.group == "desk"):
        assert REGISTRY.find("ticket", command.verb) is not None


def test_every_command_is_declared_whole() -> None:
    for command in REGISTRY.all():
        assert (command.handler is None) != (command.on_ticket is None), command.name
        needed = any(option.is_required for option in command.options)
        assert not needed or command.has_form, f"{command.name} needs a form to ask for what is missing"


def test_each_verb_fits_every_platform() -> None:
    """Discord's application commands: https://discord.com/developers/docs/interactions/application-commands"""
    for command in REGISTRY.all():
        assert 1 <= len(command.verb) <= 32
        assert command.verb == command.verb.lower()
        assert len(command.options) <= 25


def test_after_options_of_a_word_each_the_ticket_may_come_last() -> None:
    assert parsed("priority high IT-12") == (12, {"priority": "high"}, [])
    assert parsed("priority high please") == (None, {"priority": "high"}, [])


@pytest.mark.parametrize(
    ("text", "mistaken"),
    [
        ("T-13 Please send me the serial number", "T-13"),
        ("it 13 on its way", "it 13"),
        ("IT-9999999999999 on its way", "IT-9999999999999"),
        ("IT-13 on its way", ""),
        ("13 boxes came", ""),
        ("it works now", ""),
        ("USB-C and HDMI-2b cables", ""),
    ],
)
def test_what_looks_like_a_ticket_and_is_none_is_told_from_words(text: str, mistaken: str) -> None:
    assert mistaken_reference(text, prefix="IT") == mistaken
