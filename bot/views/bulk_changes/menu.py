"""What can be done with the tickets that somebody chose, and what a change would do, with the buttons that do it."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.domain.bulk_changes.bulk_change import MOST_TICKETS, BulkAction, BulkChange
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply, RichText
from bot.ports.storage.search import FoundTickets
from bot.services.bulk_changes.preview import ChangePreview
from bot.services.bulk_changes.ticket_actions import UNANSWERED, WITH_UNANSWERED
from bot.services.context.context import Context
from bot.text.sentences import joined, say, words
from bot.views.bulk_changes.change_text import (
    assignee_away,
    change_title,
    left_lines,
    preview_lines,
    whose_lines,
)

CHANGE: Final = "change"
"""The option of a button or form that says which change it belongs to."""
PAGE: Final = "page"

_RUN: Final[Mapping[BulkAction | None, str]] = {
    BulkAction.RESOLVE: "bulk.button_run_resolve",
    BulkAction.TRANSFER: "bulk.button_run_transfer",
}
"""What does it says what it does, where that is not easily seen to be undone; the others only change tickets."""
_VERBS: Final = {
    verbs.BULK_CLAIM: False,
    verbs.BULK_ASSIGN: True,
    verbs.BULK_RELEASE: False,
    verbs.BULK_TAG: True,
    verbs.BULK_PRIORITY: True,
    verbs.BULK_CATEGORY: True,
    verbs.BULK_SET: True,
    verbs.BULK_TRANSFER: True,
    verbs.BULK_SNOOZE: True,
    verbs.BULK_RESOLVE: True,
}
"""What can be done, and whether a form asks for the rest."""


def menu_of(
    context: Context, change: BulkChange, *, chosen: int, total: int, hints: RichText = (), page: int = 0
) -> PrivateReply:
    """`hints`: what else was found or left out; `page`: what was chosen from last."""
    language = context.language
    title: RichText = (Bold(words(language, "bulk.selected", count=chosen)),)
    of_all = say(language, "bulk.selected_of", chosen=chosen, total=total) if chosen < total else ()
    query: RichText = (change.query,) if change.query else ()
    what = say(language, "bulk.what_to_do" if chosen else "bulk.choose_some")
    return PrivateReply(
        text=joined(title, query, of_all, hints, what, by="\n"),
        buttons=(
            *(_action_buttons(context, change) if chosen else ()),
            *choose_buttons(context, change, total=total, page=page),
        ),
        is_turned=page > 0,
    )


def cut_line(found: FoundTickets | None, total: int, *, language: str) -> RichText:
    """Said where more was found than a change takes."""
    if found is None or found.count <= total:
        return ()
    key = "bulk.selected_first_of_more" if found.is_more else "bulk.selected_first"
    return say(language, key, most=MOST_TICKETS, total=found.count)


def preview_of(context: Context, change: BulkChange, found: ChangePreview) -> PrivateReply:
    """What will change, what stays as it is and why; a button does it."""
    language = context.language
    title = change_title(change, uow=context.uow, desk=context.desk, language=language)
    will = say(language, "bulk.will_change", count=len(found.changed))
    away = assignee_away(change, context.uow, context.desk, now=context.now, language=language)
    named = preview_lines(context, found.changed)
    colleagues = whose_lines(context, found.changed)
    left = left_lines(found.left, action=change.action, language=language)
    run = Button(
        label=words(language, _RUN.get(change.action, "bulk.button_run"), count=len(found.changed)),
        verb=verbs.BULK_RUN,
        options={CHANGE: str(change.id)},
        is_primary=True,
    )
    unanswered = sum(reason.key == UNANSWERED for _, reason in found.left)
    take = Button(
        label=words(language, "bulk.button_with_unanswered", count=unanswered),
        verb=verbs.BULK_RESOLVE,
        options={CHANGE: str(change.id), WITH_UNANSWERED: "yes"},
    )
    total = len(context.uow.bulk_changes.items(change.id))
    other = Button(
        label=words(language, "bulk.button_other"),
        verb=verbs.BULK,
        options={CHANGE: str(change.id), "query": change.query},
    )
    return PrivateReply(
        text=(
            *joined(title, will, away, named, colleagues, _read_by_requesters(change, language), by="\n"),
            *left,
        ),
        buttons=(
            *((run,) if found.changed else ()),
            *((take,) if unanswered else ()),
            *choose_buttons(context, change, total=total, page=0),
            other,
            Button(
                label=words(language, "bulk.button_cancel"),
                verb=verbs.BULK_CANCEL,
                options={CHANGE: str(change.id)},
            ),
        ),
    )


def _read_by_requesters(change: BulkChange, language: str) -> RichText:
    """The words that come with it, before anybody reads them."""
    resolution = change.details.get("resolution", "") if change.action is BulkAction.RESOLVE else ""
    return say(language, "bulk.requesters_read", text=resolution) if resolution else ()


def choose_buttons(context: Context, change: BulkChange, *, total: int, page: int) -> tuple[Button, ...]:
    """The first page to choose from, and the one after `page`; a way to choose none where there are several."""
    size, language = context.most_form_choices(context.actor.platform), context.language
    pages = -(-total // size)
    if total < 2:
        return ()
    offered = dict.fromkeys([1, *([page + 1] if 1 <= page < pages else [])])
    buttons = [
        Button(
            label=words(
                language,
                "bulk.button_choose" if pages == 1 else "bulk.button_choose_page",
                **({} if pages == 1 else {"first": (each - 1) * size + 1, "last": min(each * size, total)}),
            ),
            verb=verbs.BULK_CHOOSE,
            options={CHANGE: str(change.id), PAGE: str(each)},
        )
        for each in offered
    ]
    if pages > 1:
        none = words(language, "bulk.button_choose_none")
        buttons.append(
            Button(label=none, verb=verbs.BULK_CHOOSE, options={CHANGE: str(change.id), "none": "yes"})
        )
    return tuple(buttons)


def _action_buttons(context: Context, change: BulkChange) -> Iterator[Button]:
    fields = context.desk.custom_fields
    has_fields = bool(fields.defined or fields.by_category or fields.by_inbox or fields.by_team)
    for verb, has_form in _VERBS.items():
        if verb == verbs.BULK_CATEGORY and not context.desk.categories:
            continue
        if verb == verbs.BULK_SET and not has_fields:
            continue
        name = verbs.word(verb).removeprefix("bulk-")
        yield Button(
            label=words(context.language, f"bulk.do_{name}"),
            verb=verb,
            options={CHANGE: str(change.id)},
            opens_form=has_form,
        )
