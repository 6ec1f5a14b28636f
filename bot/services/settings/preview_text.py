"""What a change of the settings would do, in sentences."""

from collections.abc import Iterator

from bot.domain.desk import Desk
from bot.domain.sentence import Sentence, sentence
from bot.services.settings.preview import MissedTargets, RouteMoves, SettingsPreview


def preview_sentences(found: SettingsPreview, desk: Desk) -> Iterator[Sentence]:
    """`desk` has the titles of teams."""
    if found.leaves_admin:
        yield sentence("settings.leaves_admin")
    if found.sections:
        yield sentence("settings.changes_sections", sections=tuple(found.sections))
    if found.routes is not None:
        yield from _of_routes(found.routes, desk)
    if found.targets is not None and found.targets.looked_at:
        yield _of_targets(found.targets)
    yield from found.warnings


def _of_routes(routes: RouteMoves, desk: Desk) -> Iterator[Sentence]:
    if not routes.looked_at:
        return
    if not routes.count:
        yield sentence("settings.no_routes", count=routes.looked_at)
        return
    yield sentence("settings.routes", number=routes.count, count=routes.looked_at)
    for (before, after), many in routes.moved:
        yield sentence(
            "settings.route",
            number=str(many),
            before=desk.title_of(before),
            after=desk.title_of(after),
        )
    yield sentence("settings.routes_such_as", references=tuple(routes.first))


def _of_targets(targets: MissedTargets) -> Sentence:
    if targets.before == targets.after:
        return sentence("settings.no_targets", count=targets.looked_at)
    return sentence(
        "settings.targets",
        count=targets.looked_at,
        before=str(targets.before),
        after=str(targets.after),
    )
