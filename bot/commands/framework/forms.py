"""A command's options as a form, made from the configuration alone: no transaction, so it opens at once."""

from collections.abc import Mapping, Sequence

from bot.caches.known_staff import KnownStaff
from bot.commands.framework.command import Command, Option, OptionKind
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.search.query import OFFERED_ORDERS, OwnRequests
from bot.domain.tickets.custom_field import NO, YES, CustomField, FieldKind
from bot.domain.tickets.ticket import Priority
from bot.messages import verbs
from bot.messages.inbound import CommandGiven, VerbChosen
from bot.messages.outbound import Field, Form
from bot.services.tickets.merges.readers import ALSO
from bot.text import terms
from bot.text.catalogue import best
from bot.text.sentences import say, words
from bot.views.card import OWED

ONESELF = "me"
"""What is read as whoever sends the form."""
_KINDS = {OptionKind.TEXT: "long_text", OptionKind.PERSON: "person", OptionKind.AGENT: "person"}
_TIMES = frozenset({"until", "when", "since"})
"""Options that a line holds, although typed they take all the words that are left."""


def form_of(
    command: Command,
    desk: Desk,
    *,
    ticket: str | None,
    given: Mapping[str, str],
    language: str,
    community: str | None = None,
    agents: Sequence[tuple[str, str]] = (),
    teams: Sequence[tuple[str, str]] = (),
    actor: str = "",
) -> Form | None:
    """The form that asks for the command's options, with what was typed already filled in.

    `community` is the server whose tickets are talked about where the form opens, if that is known: other
    servers' teams are not offered there. `agents` are whom the ticket can be assigned to, as values and names; where
    none is known, anybody can be named, and who cannot have it is refused. `teams` are those of whoever is asked,
    whose key is `actor`.
    """
    if not command.has_form:
        return None
    options = [option for option in command.options if _is_useful(option, desk)]
    fields = tuple(
        _field(
            command,
            option,
            given,
            _agents_for(option, agents, actor=actor, language=language)
            if option.kind is OptionKind.AGENT
            else tuple(teams)
            if option.kind is OptionKind.OWN_TEAM
            else choices_of(option, desk, language=language, community=community),
            language=language,
        )
        for option in options
    )
    title = command.form_title(language)
    return Form(
        title=f"{title} · {ticket}" if ticket else title,
        verb=command.name,
        ticket=ticket,
        fields=fields,
        submit=command.submit(language),
        fixed={
            name: value for name, value in given.items() if all(name != option.name for option in options)
        },
        takes_files=command.takes_files,
        notice=say(language, "answers.also_sent", people=given[ALSO]) if given.get(ALSO) else (),
        tells_closing=command.is_answer,
    )


def input_for(custom: CustomField, *, language: str, name: str = "", value: str = "") -> Field:
    """The field of a form that asks for a custom field; it is called like that unless `name` says otherwise."""
    choices = tuple((each, custom.choice_in(each, language)) for each in custom.choices)
    if custom.kind is FieldKind.YES_NO:
        choices = tuple((each, words(language, f"commands.{each}")) for each in (YES, NO))
    return Field(
        name=name or custom.name,
        label=custom.label_in(language),
        kind=custom.kind.value,
        is_required=custom.is_required,
        value=value,
        hint=custom.hint,
        choices=choices,
    )


def _agents_for(
    option: Option, agents: Sequence[tuple[str, str]], *, actor: str, language: str
) -> tuple[tuple[str, str], ...]:
    """Where none is known there is nothing to choose from, and anybody can be named."""
    if option.or_self and agents:
        oneself = (ONESELF, words(language, "commands.oneself"))
        return (oneself, *(each for each in agents if each[0] != actor))
    if not option.or_queue or not agents:
        return tuple(agents)
    return (*(each for each in agents if each[0] != actor), queue_choice(language))


def queue_choice(language: str) -> tuple[str, str]:
    """In place of a person."""
    return verbs.word(verbs.QUEUE), words(language, "commands.back_to_queue")


def _is_useful(option: Option, desk: Desk) -> bool:
    return not option.is_typed_only and (option.kind is not OptionKind.CATEGORY or bool(desk.categories))


def _field(
    command: Command,
    option: Option,
    given: Mapping[str, str],
    choices: tuple[tuple[str, str], ...],
    *,
    language: str,
) -> Field:
    kind = "text" if option.name in _TIMES else _KINDS.get(option.kind, "text")
    typed = given.get(option.name, "") or (ONESELF if option.or_self and choices else "")
    return Field(
        name=option.name,
        label=command.label(option, language),
        kind="choice" if choices else kind,
        is_required=option.is_required
        or option.kind is OptionKind.FLAG
        or (option.name == command.owed_words and bool(given.get(OWED))),
        value=_chosen(typed or (NO if option.kind is OptionKind.FLAG else ""), choices),
        hint="" if choices and option.kind is OptionKind.AGENT else command.hint(option, language),
        choices=choices,
    )


def _chosen(typed: str, choices: tuple[tuple[str, str], ...]) -> str:
    """The value of the choice that was typed: by its name, or by a person's handle, which ends their key."""
    folded = typed.removeprefix("@").casefold()
    meant = [value for value, label in choices if folded in (label.casefold(), value.rpartition(":")[2])]
    return meant[0] if folded and len(meant) == 1 else typed


def choices_of(
    option: Option, desk: Desk, *, language: str, community: str | None = None
) -> tuple[tuple[str, str], ...]:
    """All values that the option can have, with what to show for them; none where it can be anything."""
    match option.kind:
        case OptionKind.PRIORITY:
            return tuple((str(each), terms.capitalised(terms.priority(each, language))) for each in Priority)
        case OptionKind.TEAM:
            teams = [team for team in desk.teams.values() if desk.is_within(team.name, community)]
            return tuple((team.name, team.title) for team in teams)
        case OptionKind.CATEGORY:
            return tuple((each, desk.custom_fields.category_in(each, language)) for each in desk.categories)
        case OptionKind.FLAG:
            return tuple((each, words(language, f"commands.{each}")) for each in (NO, YES))
        case OptionKind.ORDER:
            return tuple(
                (str(each), terms.capitalised(terms.order(each, language))) for each in OFFERED_ORDERS
            )
        case OptionKind.OWN_REQUESTS:
            return tuple((str(each), words(language, f"answers.list_{each}")) for each in OwnRequests)
        case OptionKind.YES_NO:
            return (("no", words(language, "commands.no")), ("yes", words(language, "commands.yes")))
        case _:
            return ()


def own_teams(desk: Desk, actor: Person) -> list[tuple[str, str]]:
    """The teams that the actor works for, as values and titles."""
    return [(team.name, team.title) for team in desk.teams_of(actor)]


def form_at(
    command: Command,
    event: CommandGiven | VerbChosen,
    desk: Desk,
    staff: KnownStaff,
    *,
    ticket: str | None,
    given: Mapping[str, str],
    at: ChannelRef | None,
) -> Form | None:
    """The command's form, with those who can be chosen in this channel."""
    return form_of(
        command,
        desk,
        ticket=ticket,
        given=given,
        language=best(event.actor.language, desk.language),
        community=desk.community_at(at) if at is not None else None,
        agents=staff.offered_to(event.actor, desk, at=at),
        teams=own_teams(desk, event.actor),
        actor=event.actor.key,
    )
