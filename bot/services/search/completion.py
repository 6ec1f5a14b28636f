"""What may be meant while somebody types a search: filters, and their values from what they may see alone."""

from collections.abc import Iterable

from bot.caches.known_staff import agents_among, staff_met
from bot.domain.directory import kept_as
from bot.domain.knowledge.article import EVERYBODY
from bot.domain.search.past_events import DAYS
from bot.domain.search.query import FilterName
from bot.domain.search.vocabulary import EVENTS, NONE
from bot.domain.tickets.custom_field import NO, YES, FieldKind
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.search.ticket_search import SearchScope, visibility_in, vocabulary_in
from bot.text.catalogue import languages
from bot.text.terms import language_name

MOST_SUGGESTED = 25
LOOKED_AT = 200
"""Tickets whose tags are offered."""
PERIODS = ("<1d", "<1w", ">2w", ">1m", "today", "yesterday")
OFFERED = {
    FilterName.OPENED: PERIODS,
    FilterName.UPDATED: PERIODS,
    FilterName.DUE: ("<1h", "<4h", "<1d", "today", "tomorrow"),
    FilterName.TIME: (">30m", ">1h", ">2h", ">4h", ">8h"),
    FilterName.HOUR: DAYS,
}
"""To everybody alike, whatever the desk."""


def complete(context: Context, typed: str, *, scope: SearchScope) -> list[tuple[str, str]]:
    """Whole searches that continue what was typed, with what to show for each; the last word is completed.

    What was typed comes first, so that it can be sent as it is.
    """
    head, last = _last_word(typed)
    minus = "-" if last.startswith("-") else ""
    name, colon, begun = last.removeprefix("-").partition(":")
    names = vocabulary_in(context, scope).choices
    if colon:
        known = next((each for each in names if each == name.casefold()), None)
        values = _values(context, known, begun, scope) if known is not None else []
        words = [(f"{known}:{_quoted(value)}", f"{known}:{title}") for value, title in values]
    else:
        words = [(f"{each}:", f"{each}:…") for each in names if each.startswith(name.casefold())]
    whole = [(typed, typed)] if typed.strip() else []
    made = [(f"{head}{minus}{word}", f"{head}{minus}{title}") for word, title in words]
    return [*whole, *(each for each in made if each[0] != typed)][:MOST_SUGGESTED]


def _last_word(typed: str) -> tuple[str, str]:
    """What stays, and the word that is being typed; a value in quotation marks may hold spaces."""
    if typed.count('"') % 2:
        begin = typed.rindex('"')
        head, _, name = typed[:begin].rpartition(" ")
        return (f"{head} " if head else ""), f"{name}{typed[begin + 1 :]}"
    head, space, last = typed.rpartition(" ")
    return head + space, last


def _values(context: Context, name: FilterName, begun: str, scope: SearchScope) -> list[tuple[str, str]]:
    """Of several values parted by commas the last one is completed."""
    before, comma, last = begun.rpartition(",")
    offered = _offered(context, name, last.strip('"'), scope)
    wanted = last.strip('"').removeprefix("@").casefold()
    fitting = [each for each in offered if any(wanted in part.casefold() for part in each)]
    fitting.sort(key=lambda each: not any(part.casefold().startswith(wanted) for part in each))
    return [(f"{before}{comma}{value}", f"{before}{comma}{title}") for value, title in fitting]


def _offered(context: Context, name: FilterName, begun: str, scope: SearchScope) -> Iterable[tuple[str, str]]:
    match name:
        case FilterName.TAG:
            return [(each, each) for each in (*_tags_in_use(context), NONE)]
        case FilterName.ASSIGNED | FilterName.BY:
            teams = context.desk.teams_of(context.actor)
            people = agents_among(staff_met(context.uow, teams).values(), teams, actor=context.actor)
            return [("me", "me"), *((each.key, each.name) for each in people if each != context.actor)]
        case FilterName.FROM:
            visibility = visibility_in(context, scope)
            name_begun = begun.removeprefix("@")
            asked = context.uow.search.requesters(name_begun, visibility=visibility, limit=MOST_SUGGESTED)
            return [("me", "me"), *((each.key, each.name) for each in asked)]
        case FilterName.LANGUAGE:
            return [(each, language_name(each, context.language)) for each in languages()]
        case FilterName.FIELD:
            return _fields(context, begun)
        case FilterName.ARTICLE:
            outlines = context.uow.articles.outlines()
            return [(each.name, each.title) for each in outlines if each.audience == EVERYBODY]
        case FilterName.ZONE:
            zones = dict.fromkeys(each.calendar.zone.key for each in context.desk.teams.values())
            return [(each, each) for each in zones]
        case _ if name in EVENTS:
            details = vocabulary_in(context, scope).choices[name].items()
            return [*details, *((each, each) for each in PERIODS)]
        case _ if name in OFFERED:
            return [(each, each) for each in OFFERED[name]]
        case _:
            return vocabulary_in(context, scope).choices[name].items()


def _fields(context: Context, begun: str) -> list[tuple[str, str]]:
    """A field's name, and behind the equals sign what may be chosen in it."""
    name, equals, _ = begun.partition("=")
    fields = context.desk.custom_fields
    if not equals:
        return [(f"{each.name}=", f"{each.label_in(context.language)}=…") for each in fields.every()]
    field = fields.definition(name)
    if field is None:
        return []
    choices = (YES, NO) if field.kind is FieldKind.YES_NO else field.choices
    return [(f"{name}={each}", f"{name}={each}") for each in choices]


def _tags_in_use(context: Context) -> list[str]:
    teams = kept_as(context.desk.teams_of(context.actor))
    tickets = context.uow.tickets.search(TicketFilter(teams=teams), limit=LOOKED_AT)
    return sorted({tag for each in tickets if context.is_agent_of(each) for tag in each.tags})


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
