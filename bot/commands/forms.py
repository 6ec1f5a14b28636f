"""A command's options as a form, made from the configuration alone: no transaction, so it opens at once."""

from collections.abc import Mapping

from bot.commands.command import Command, Option, OptionKind
from bot.domain.desk import Desk
from bot.domain.ticket import Priority
from bot.messages.outbound import Field, Form


def form_of(command: Command, desk: Desk, *, ticket: str | None, given: Mapping[str, str]) -> Form | None:
    """The form that asks for the command's options, with what was typed already filled in."""
    if not command.form_title:
        return None
    fields = tuple(_field(option, desk, given) for option in command.options if _is_useful(option, desk))
    return Form(
        title=f"{command.form_title} · {ticket}" if ticket else command.form_title,
        verb=command.name,
        ticket=ticket,
        fields=fields,
        submit=command.verb.capitalize() if ticket else "Send",
        takes_files=command.takes_files,
    )


def _is_useful(option: Option, desk: Desk) -> bool:
    return option.kind is not OptionKind.CATEGORY or bool(desk.categories)


def _field(option: Option, desk: Desk, given: Mapping[str, str]) -> Field:
    kind = {OptionKind.TEXT: "long_text", OptionKind.PERSON: "person"}.get(option.kind, "text")
    choices = choices_of(option, desk)
    return Field(
        name=option.name,
        label=option.label or option.name,
        kind="choice" if choices else kind,
        is_required=option.is_required,
        value=given.get(option.name, ""),
        hint=option.hint,
        choices=choices,
    )


def choices_of(option: Option, desk: Desk) -> tuple[tuple[str, str], ...]:
    """All values that the option can have, with what to show for them; none where it can be anything."""
    match option.kind:
        case OptionKind.PRIORITY:
            return tuple((str(each), each.capitalize()) for each in Priority)
        case OptionKind.TEAM:
            return tuple((team.name, team.title) for team in desk.teams.values())
        case OptionKind.CATEGORY:
            return tuple((each, each) for each in desk.categories)
        case OptionKind.MACRO:
            return tuple((each.name, each.title) for each in desk.macros.values())
        case OptionKind.YES_NO:
            return (("no", "No"), ("yes", "Yes"))
        case _:
            return ()
