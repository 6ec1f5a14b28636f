"""What interactions say, read as the desk's events. Payloads as Discord documents them:
https://discord.com/developers/docs/interactions/application-commands
"""

from datetime import UTC, datetime

from adapters.discord.api.addresses import Json
from adapters.discord.interactions import inbound
from adapters.discord.interactions.form_memory import FormMark, read_mark
from adapters.discord.interactions.inbound import InteractionActor
from adapters.discord.render.action_ids import Press
from bot.domain.directory import ChannelRef, Person
from bot.messages.inbound import Location, MessagePosted
from bot.ports.intake import CommandHelp

ANA = Person(key="discord:7", name="Ana")
SPOT = Location(channel=ChannelRef("discord", "5"), thread="6", community="discord:1")
BY = InteractionActor(
    key="discord:interaction:99", actor=ANA, location=SPOT, at=datetime(2026, 3, 2, tzinfo=UTC)
)
ASSIGN = CommandHelp(
    group="support", key="desk", verb="assign", usage="assign PERSON", summary="To whom.", for_agents=True
)


def data(*options: Json, name: str = "support", verb: str = "assign") -> Json:
    return {
        "id": "1",
        "type": 1,
        "name": name,
        "options": [{"type": 1, "name": verb, "options": list(options)}],
    }


def test_a_command_is_known_by_the_name_that_the_desk_gave_it() -> None:
    command = inbound.given(data())
    assert inbound.help_for([ASSIGN], command) is ASSIGN
    assert inbound.help_for([ASSIGN], inbound.given(data(name="desk"))) is None
    assert inbound.help_for([ASSIGN], inbound.given(data(verb="claim"))) is None


def test_a_commands_options_are_texts_people_their_keys_and_the_ticket_apart() -> None:
    command = inbound.given(
        data(
            {"type": 6, "name": "person", "value": "8"},
            {"type": 3, "name": "ticket", "value": "IT-12"},
            {"type": 3, "name": "reason", "value": "Knows | the = thing"},
        )
    )
    event = inbound.command_given(BY, command, ASSIGN)
    assert (event.verb, event.ticket) == ("desk assign", "IT-12")
    assert event.options == {"person": "discord:8", "reason": "Knows | the = thing"}
    assert (event.key, event.actor, event.location) == (BY.key, ANA, SPOT)
    assert command.users == (8,)


def test_a_command_without_options_means_the_ticket_of_the_thread() -> None:
    event = inbound.command_given(BY, inbound.given(data()), ASSIGN)
    assert (event.ticket, event.options, event.location.thread) == (None, {}, "6")


def test_while_a_ticket_is_typed_none_is_named_yet() -> None:
    typed = {"type": 3, "name": "ticket", "value": "IT", "focused": True}
    wanted = inbound.suggestions_wanted(BY, inbound.given(data(typed)), ASSIGN)
    assert (wanted.verb, wanted.option, wanted.typed, wanted.ticket) == ("desk assign", "ticket", "IT", None)


def test_while_another_option_is_typed_the_ticket_is_known() -> None:
    options = (
        {"type": 3, "name": "ticket", "value": "IT-12"},
        {"type": 3, "name": "tags", "value": "print", "focused": True},
    )
    wanted = inbound.suggestions_wanted(BY, inbound.given(data(*options)), ASSIGN)
    assert (wanted.option, wanted.typed, wanted.ticket) == ("tags", "print", "IT-12")


def test_a_message_that_a_button_named_comes_as_itself() -> None:
    about = MessagePosted(key="k", actor=ANA, location=SPOT, at=BY.at, message_id="31", text="Hello")
    press = Press(verb="ticket open", options={"community": "discord:1", "message": "31"})
    event = inbound.pressed(BY, press, about=about)
    assert (event.options, event.about) == ({"community": "discord:1"}, about)


def test_a_number_that_another_button_carries_stays_with_it() -> None:
    press = Press(verb="ticket separate", ticket="IT-1", options={"message": "4711"})
    assert inbound.pressed(BY, press).options == {"message": "4711"}


def test_a_form_says_what_it_is_for_where_that_fits() -> None:
    purpose = Press(verb="desk reply", ticket="IT-12", options={"category": "Net|work = all"})
    mark = FormMark(kind="m", token="1162000000000000001", purpose=purpose)
    assert read_mark(mark.written()) == mark


def test_a_form_that_carries_too_much_keeps_its_place_at_least() -> None:
    mark = FormMark(kind="m", token="1", purpose=Press(verb="desk reply", options={"text": "x" * 200}))
    written = mark.written()
    assert len(written) <= 100
    assert read_mark(written) == FormMark(kind="m", token="1")


def test_other_apps_marks_are_none_of_ours() -> None:
    assert read_mark("km") is None
    assert read_mark("km|1|x") is None
    assert read_mark("d|desk claim|IT-1") is None
    assert read_mark("") is None


def test_a_commands_file_is_no_text() -> None:
    options = ({"type": 3, "name": "text", "value": "Here"}, {"type": 11, "name": "file", "value": "77"})
    command = inbound.given(data(*options))
    assert (command.options, command.files) == ({"text": "Here"}, ("77",))
