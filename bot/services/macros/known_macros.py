"""Which macros somebody has on a ticket: their own, those of its team, and those of desk.yaml.

Of one name the nearest counts: one's own goes before the team's, and the team's before that of desk.yaml.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.directory import Team
from bot.domain.errors import Refused
from bot.domain.macros.macro import Macro
from bot.domain.macros.written_macro import MacroOwner, MacroScope, WrittenMacro
from bot.domain.suggestions import nearest
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMacro:
    """`written` is None for one of desk.yaml."""

    macro: Macro
    written: WrittenMacro | None = None

    @property
    def team(self) -> str | None:
        """The name of the team whose it is; None for one's own and those of desk.yaml."""
        owner = self.written.owner if self.written is not None else None
        return owner.key if owner is not None and owner.scope is MacroScope.TEAM else None

    @property
    def is_own(self) -> bool:
        return self.written is not None and self.written.owner.scope is MacroScope.PERSON


def macros_for(context: Context, ticket: Ticket | None) -> Sequence[KnownMacro]:
    """What the actor can send on the ticket; without one, on any of their teams. Nearest first, each name once.

    None that would send the ticket to another community's team.
    """
    if ticket is None:
        community, teams = None, context.desk.teams_of(context.actor)
    else:
        community, teams = context.desk.community_of(ticket), (context.team_of(ticket),)
    known: dict[str, KnownMacro] = {}
    for each in (*written_macros(context, teams), *_of_file(context)):
        if _exists(context, each.macro.team) and context.desk.is_within(each.macro.team, community):
            known.setdefault(each.macro.name.casefold(), each)
    return tuple(known.values())


def written_macros(context: Context, teams: Iterable[Team]) -> Sequence[KnownMacro]:
    """The actor's own, then those of these teams."""
    owners = [*own_accounts(context), *(MacroOwner(MacroScope.TEAM, each.name) for each in teams)]
    found = [KnownMacro(macro=each.macro, written=each) for each in context.uow.macros.of(owners)]
    return sorted(found, key=lambda each: (not each.is_own, not _is_of_account(context, each)))


def _is_of_account(context: Context, known: KnownMacro) -> bool:
    """Whether it was made with the very account that the actor uses, and not with one that is linked."""
    return known.written is not None and known.written.owner == own(context)


def shadowed_by(context: Context, macro: WrittenMacro) -> Sequence[KnownMacro]:
    """Those of its name which it goes before, wherever its owner uses it: a team's, and that of desk.yaml."""
    name = macro.macro.name.casefold()
    is_own = macro.owner.scope is MacroScope.PERSON
    of_teams = written_macros(context, context.desk.teams_of(context.actor)) if is_own else ()
    others = (*(each for each in of_teams if each.team is not None), *_of_file(context))
    return [each for each in others if each.macro.name.casefold() == name]


def own(context: Context) -> MacroOwner:
    return MacroOwner(MacroScope.PERSON, context.actor.key)


def own_accounts(context: Context) -> Sequence[MacroOwner]:
    """What was made with any account of the actor's is theirs."""
    return [MacroOwner(MacroScope.PERSON, each) for each in sorted(context.accounts)]


def find_macro(context: Context, words: str, ticket: Ticket | None) -> KnownMacro:
    """By its name or title, in any letter case. Raises Refused with the macros there are."""
    return macro_called(words, macros_for(context, ticket))


def macro_called(words: str, macros: Sequence[KnownMacro]) -> KnownMacro:
    """A name comes before another macro's title. Raises Refused with the macros there are."""
    named = next((each for each in macros if each.macro.name.casefold() == words.casefold()), None)
    found = named or next((each for each in macros if each.macro.is_called(words)), None)
    if found is not None:
        return found
    names = tuple(sorted(each.macro.name for each in macros))
    if not names:
        raise Refused("macros.none_here")
    if meant := nearest(words, names):
        raise Refused("answers.no_macro_meant", text=words, word=meant, names=names)
    raise Refused("answers.no_macro", text=words, names=names)


def _of_file(context: Context) -> Iterable[KnownMacro]:
    return (KnownMacro(macro=each) for each in context.desk.macros.values())


def _exists(context: Context, team: str | None) -> bool:
    """Whether the team that it moves tickets to is still there."""
    return team is None or team in context.desk.teams
