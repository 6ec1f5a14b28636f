"""Suggestions on a card: what, how sure and by which words, and a button that accepts each; and unhappy requests."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.sorting.policy import SortedField
from bot.domain.sorting.suggestion import Suggestion
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.view import View
from bot.services.sorting.suggestions import percent, suggestions_shown
from bot.text import terms
from bot.text.amounts import listed, share
from bot.text.sentences import words

FIELD = "field"
"""The option that says which suggestion is accepted."""
LONGEST_LABEL = 40
"""Characters on a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLines:
    """`lines` are labels and texts for the card; the surest has a button, the others an entry in the menu.

    Tags are accepted together by one press, and where there are several, each by an entry of its own.
    """

    lines: tuple[tuple[str, str], ...] = ()
    buttons: tuple[Button, ...] = ()
    menu: tuple[Button, ...] = ()


def suggestion_lines(view: View, ticket: Ticket) -> SuggestionLines:
    found = suggestions_shown(view.uow, view.desk, ticket)
    by_field: dict[SortedField, list[Suggestion]] = {}
    for each in found:
        by_field.setdefault(each.field, []).append(each)
    accepts = [_button(view, ticket, several) for several in by_field.values()]
    tags = by_field.get(SortedField.TAGS, [])
    if len(tags) > 1:
        accepts += [_button(view, ticket, [each], asked=each.label) for each in tags]
    return SuggestionLines(
        lines=tuple(_line(view, several) for several in by_field.values()),
        buttons=tuple(accepts[:1]),
        menu=tuple(accepts[1:]),
    )


def unhappy_line(view: View, ticket: Ticket, *, text: str) -> tuple[tuple[str, str], ...]:
    """A flag for a person; nothing follows from it."""
    sorting = view.desk.sorting
    if (
        not sorting.flags_unhappy
        or not ticket.status.is_live
        or not (ticket.is_unhappy or sorting.flags(text))
    ):
        return ()
    return ((words(view.language, "team.mood"), words(view.language, "team.sounds_unhappy")),)


def label_of(view: View, field: SortedField, label: str) -> str:
    """What people read for it: a team's title, a priority in their language."""
    if field is SortedField.TEAM:
        return view.desk.title_of(label)
    return terms.priority(label, view.language) if field is SortedField.PRIORITY else label


def _line(view: View, several: Sequence[Suggestion]) -> tuple[str, str]:
    """Of one field."""
    texts = (
        words(
            view.language,
            "team.suggestion",
            label=label_of(view, each.field, each.label),
            share=share(percent(each.sureness), 100, view.language),
            words=listed(_shortened(each.words), view.language),
        )
        for each in several
    )
    name = "tags_together" if len(several) > 1 else str(several[0].field)
    return words(view.language, f"team.suggested_{name}"), "\n".join(texts)


def _shortened(found: Sequence[str]) -> list[str]:
    return [word if len(word) <= LONGEST_LABEL else f"{word[:LONGEST_LABEL]}…" for word in found]


def _button(view: View, ticket: Ticket, several: Sequence[Suggestion], *, asked: str = "") -> Button:
    """Accepts these, which are of one field; `asked` is what of it, where that is not all."""
    labels = listed([label_of(view, each.field, each.label) for each in several], view.language)
    (label,) = _shortened([labels])
    return Button(
        label=words(view.language, "team.button_accept", label=label),
        verb=verbs.ACCEPT,
        ticket=ticket.reference,
        options={FIELD: asked or str(several[0].field)},
    )
