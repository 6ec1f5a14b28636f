"""Which rules can never decide anything, because an earlier rule takes all they would match."""

from collections.abc import Iterator

from bot.domain.routing.conditions import AllOf, Always, AnyOf, Condition, Not
from bot.domain.routing.router import Router


def shadowed(router: Router) -> Iterator[tuple[int, int]]:
    """Pairs of positions: a rule, and the first earlier one that leaves it nothing.

    A rule for one server's team takes nothing from those for another's.
    """
    for position, rule in enumerate(router.rules):
        for earlier, other in enumerate(router.rules[:position]):
            if router.reach(other) not in (None, router.reach(rule)):
                continue
            if covers(other.condition, rule.condition):
                yield position, earlier
                break


def covers(wide: Condition, narrow: Condition) -> bool:
    """Whether `wide` surely holds for every request `narrow` holds for; False when that cannot be seen."""
    match wide, narrow:
        case Always(), _:
            return True
        case _, AnyOf(choices):
            return all(covers(wide, choice) for choice in choices)
        case AnyOf(choices), _ if any(covers(choice, narrow) for choice in choices):
            return True
        case AllOf(parts), _ if all(covers(part, narrow) for part in parts):
            return True
        case _, AllOf(parts) if any(covers(wide, part) for part in parts):
            return True
        case Not(unwanted), Not(less):
            return covers(less, unwanted)
        case _:
            if type(wide) is not type(narrow):
                return False
            return wide == narrow or (bool(narrow.choices()) and wide.choices() >= narrow.choices())
