"""What may be meant while somebody types `asset_tag=4711 tier=…`: names of fields, then the values to choose from."""

from collections.abc import Iterator

from bot.domain.tickets.custom_field import NO, YES, CustomField, FieldKind
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.text.sentences import words

Suggestion = tuple[str, str]
"""The whole of what is then typed, and what to show for it."""


def suggested_assignments(context: Context, ticket: Ticket | None, typed: str) -> list[Suggestion]:
    """The last name or value that is being typed, completed behind what stands before it."""
    fields = context.desk.custom_fields.of(ticket) if ticket is not None else _of_teams(context)
    before, name, value = _last(typed)
    if value is None:
        matching = [
            each for each in fields if name.casefold() in each.name or _is_called(each, name, context)
        ]
        return [
            (f"{before}{each.name}=", f"{before}{each.name}= · {each.label_in(context.language)}")
            for each in matching
        ]
    field = next((each for each in fields if each.name == name), None)
    found = _values(field, context.language) if field is not None else ()
    fitting = [each for each in found if value.strip('"').casefold() in each.casefold()]
    whole = [f"{before}{name}={_quoted(each)}" for each in fitting]
    return [(each, each) for each in whole]


def _last(typed: str) -> tuple[str, str, str | None]:
    """What stands before the last assignment, its name, and its value once it has begun."""
    head, sign, value = typed.rpartition("=")
    if not sign:
        before, _, name = typed.rpartition(" ")
        return f"{before} " if before else "", name, None
    if value.count('"') != 1 and " " in value and not value.startswith(" "):
        done, _, name = value.rpartition(" ")
        return f"{head}={done} ", name, None
    before, _, name = head.rpartition(" ")
    return f"{before} " if before else "", name, value


def _values(field: CustomField, language: str) -> Iterator[str]:
    if field.kind is FieldKind.YES_NO:
        yield from (words(language, f"commands.{each}") for each in (YES, NO))
    yield from (field.choice_in(each, language) for each in field.choices)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _is_called(field: CustomField, name: str, context: Context) -> bool:
    return name.casefold() in field.label_in(context.language).casefold()


def _of_teams(context: Context) -> list[CustomField]:
    """Of any ticket of the actor's teams."""
    fields = context.desk.custom_fields
    teams = context.desk.teams_of(context.actor)
    return list(dict.fromkeys(each for team in teams for each in fields.by_team.get(team.name, ())))
