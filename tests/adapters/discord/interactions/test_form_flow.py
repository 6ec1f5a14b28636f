"""How forms go on: page by page, after a refusal, after a first step, and while the desk starts anew."""

from dataclasses import replace

from bot.messages.inbound import VerbChosen
from bot.messages.outbound import (
    Address,
    Button,
    Field,
    Form,
    FormRefused,
    Notice,
    OutboundMessage,
    PrivateReply,
)
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use, started_anew
from tests.adapters.discord.interactions.interaction_kit import ASK, HELPS, chosen, told, with_commands
from tests.fakes.discord import Shown
from tests.said import said

OPENED = PrivateReply(text=("IT-1 is open.",))
LONG = Form(
    title="Long",
    verb="ticket open",
    ticket=None,
    fields=tuple(Field(name=f"f{number}", label=f"Field {number}") for number in range(7)),
)


async def test_a_refused_form_says_why_and_opens_again_with_what_was_typed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {"ticket open": ASK}
        in_use.intake.answer = FormRefused("Asset tag is missing.", {"text": "Say which mouse."})
        shown = await in_use.ana.types_command("/ticket open", "help")
        refused = await in_use.ana.submits(shown, {"What do you need?": "A mouse", "About": "Pears"})
        assert "Say which mouse." in refused.text
        assert refused.reply is not None
        again = await in_use.ana.presses(refused.reply, "Edit again")
        assert again.modal is not None
        in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
        done = await in_use.ana.submits(again, {"What do you need?": "The red mouse", "About": "Pears"})
        assert done.text == "IT-1 is open."
        last = in_use.intake.events[-1]
        assert isinstance(last, VerbChosen)
        assert last.options["text"] == "The red mouse"
        assert last.options["kind"] == "p"


async def test_a_form_of_more_than_five_rows_goes_on_after_a_button() -> None:
    fields = tuple(Field(name=f"f{number}", label=f"Field {number}") for number in range(7))
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {
            "ticket open": Form(title="Long", verb="ticket open", ticket=None, fields=fields)
        }
        in_use.intake.answer = PrivateReply(text=("IT-1 is open.",))
        shown = await in_use.ana.types_command("/ticket open", "help")
        first = await in_use.ana.submits(shown, {f"Field {number}": f"v{number}" for number in range(5)})
        assert first.reply is not None
        second = await in_use.ana.presses(first.reply, "Continue")
        done = await in_use.ana.submits(second, {"Field 5": "v5", "Field 6": "v6"})
        assert done.text == "IT-1 is open."
        (event,) = in_use.intake.of(VerbChosen)
        assert isinstance(event, VerbChosen)
        assert event.options == {f"f{number}": f"v{number}" for number in range(7)}


async def test_files_may_come_with_a_form() -> None:
    form = Form(
        title="Ask",
        verb="ticket open",
        ticket=None,
        fields=(Field(name="text", label="What?"),),
        takes_files=True,
    )
    async with discord_in_use(helps=HELPS) as in_use:
        await with_commands(in_use)
        in_use.intake.forms = {"ticket open": form}
        shown = await in_use.ana.types_command("/ticket open", "help")
        await in_use.ana.submits(shown, {"What?": "Look", "Files": [("log.txt", b"lines")]})
        (event,) = in_use.intake.of(VerbChosen)
        assert isinstance(event, VerbChosen)
        (file,) = event.files
        assert (file.name, b"".join([chunk async for chunk in file.read()])) == ("log.txt", b"lines")


async def asks(in_use: DiscordInUse, form: Form = ASK) -> Shown:
    """Ana types the command, and what it needs is asked for."""
    await with_commands(in_use)
    in_use.intake.forms = {"ticket open": form}
    in_use.intake.answer = OPENED
    return await in_use.ana.types_command("/ticket open", "help")


async def test_a_form_that_was_open_while_the_desk_started_anew_is_taken() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use, replace(ASK, fixed={"category": "Fruit"}))
        async with started_anew(in_use):
            done = await in_use.ana.submits(shown, {"What do you need?": "A mouse"})
            assert done.text == "IT-1 is open."
            (event,) = chosen(in_use)
            assert (event.options["text"], event.options["category"]) == ("A mouse", "Fruit")


async def test_and_when_it_is_refused_then_what_was_typed_is_there_again() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use)
        in_use.intake.answer = FormRefused("Say which mouse.")
        async with started_anew(in_use):
            refused = await in_use.ana.submits(shown, {"What do you need?": "A mouse"})
            assert refused.reply is not None
            again = await in_use.ana.presses(refused.reply, "Edit again")
            assert again.modal is not None
            assert again.modal.values == {"What do you need?": "A mouse"}


async def test_a_form_that_the_desk_forgot_gives_back_what_was_typed() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use, LONG)
        async with started_anew(in_use):
            lost = await in_use.ana.submits(
                shown, {f"Field {number}": f"word {number}" for number in range(5)}
            )
            assert said("platforms.form_unknown") in lost.text
            assert all(f"word {number}" in lost.text for number in range(5))
            assert in_use.intake.events == []


async def test_a_form_that_was_sent_is_not_sent_again_from_another_window() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use)
        await in_use.ana.submits(shown, {"What do you need?": "A mouse"})
        again = await in_use.ana.submits(shown, {"What do you need?": "A keyboard"})
        assert said("platforms.form_sent_already") in again.text
        assert "A keyboard" in again.text
        assert [event.options["text"] for event in chosen(in_use)] == ["A mouse"]


async def test_files_stay_with_a_form_that_was_refused() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use, replace(ASK, takes_files=True))
        in_use.intake.answer = FormRefused("Say which mouse.")
        values = {"What do you need?": "A mouse", "Files": [("log.txt", b"lines")]}
        refused = await in_use.ana.submits(shown, values)
        assert refused.reply is not None
        again = await in_use.ana.presses(refused.reply, "Edit again")
        assert again.modal is not None
        assert said("platforms.form_files_replaced", names="log.txt") in again.modal
        in_use.intake.answer = OPENED
        await in_use.ana.submits(again, {"What do you need?": "The red mouse"})
        assert [file.name for file in chosen(in_use)[-1].files] == ["log.txt"]


async def test_the_first_choice_leads_to_the_form_that_it_needs() -> None:
    step = Form(
        title="Ask for help",
        verb="ticket open",
        ticket=None,
        fields=(
            Field(name="category", label="About", kind="choice", choices=(("Net", "Net"), ("Pay", "Pay"))),
        ),
        fixed={"step": "category"},
        is_step=True,
    )
    async with discord_in_use(helps=HELPS) as in_use:
        first = await asks(in_use, step)
        in_use.intake.next_forms = {"ticket open": replace(ASK, title="Ask · Pay", fixed={"category": "Pay"})}
        assert first.reply is not None
        shown = await in_use.ana.chooses(first.reply, "Pay")
        assert shown.modal is not None
        assert shown.modal.title == "Ask · Pay"
        await in_use.ana.submits(shown, {"What do you need?": "My salary is wrong"})
        (event,) = chosen(in_use)
        assert (event.options["category"], event.options["text"]) == ("Pay", "My salary is wrong")


async def test_a_first_choice_that_needs_no_form_is_all() -> None:
    choices = (("Net", "Net"), ("Pay", "Pay"))
    category = Field(name="category", label="About", kind="choice", choices=choices)
    step = replace(ASK, fields=(category,), fixed={"step": "category"}, is_step=True)
    async with discord_in_use(helps=HELPS) as in_use:
        first = await asks(in_use, step)
        assert first.reply is not None
        await in_use.ana.chooses(first.reply, "Net")
        (event,) = chosen(in_use)
        assert event.options == {"step": "category", "category": "Net"}
        assert [each.text for each in told(in_use)][-1] == "IT-1 is open."


async def test_a_choice_of_many_is_made_in_one_of_several_menus() -> None:
    teams = tuple((f"team-{number}", f"Team {number}") for number in range(60))
    team = Field(name="team", label="Team", kind="choice", choices=teams)
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use, replace(ASK, fields=(team,)))
        await in_use.ana.submits(shown, {"Team (2/3)": "Team 30"})
        (event,) = chosen(in_use)
        assert event.options == {"team": "team-30"}


async def test_somebody_whose_form_does_not_open_is_told() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        callback = "POST /interactions/{interaction_id}/{interaction_token}/callback"
        await with_commands(in_use)
        in_use.server.plan_failures(callback, code=50035, status=400, times=1)
        shown = await asks(in_use)
        assert shown.modal is None
        reason = said("platforms.form_not_opened", platform="Discord")
        assert said("refusals.not_done", reason=reason) in shown.text


async def test_a_form_of_a_buttons_whose_deed_shows_elsewhere_says_nothing(in_use: DiscordInUse) -> None:
    button = Button(label="Note", verb="desk note", ticket="IT-1", opens_form=True)
    notice = Notice(text=("IT-1",), buttons=(button,))
    await in_use.platform.deliver(
        OutboundMessage(key="1", address=Address(channel=in_use.ref("help")), content=notice)
    )
    in_use.intake.forms = {"desk note": replace(ASK, verb="desk note", ticket="IT-1")}
    shown = await in_use.ana.presses(in_use.ana.reads("help")[-1], "Note")
    await in_use.ana.submits(shown, {"What do you need?": "She has the old model"})
    (event,) = chosen(in_use)
    assert (event.verb, event.ticket, event.is_form) == ("desk note", "IT-1", True)
    assert told(in_use) == []


async def test_whoever_is_picked_in_a_form_is_made_known_first() -> None:
    async with discord_in_use(helps=HELPS) as in_use:
        shown = await asks(in_use)
        await in_use.ana.submits(shown, {"What do you need?": "A mouse", "For whom": [in_use.bo]})
        assert [(person.key, person.name) for person in in_use.intake.met] == [
            (f"discord:{in_use.bo.id}", "Bo")
        ]
        assert chosen(in_use)[-1].options["who"] == f"discord:{in_use.bo.id}"
