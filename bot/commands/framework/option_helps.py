"""A command's options as platforms with typed options offer them: what kind each is, and what may be chosen."""

from bot.commands.framework.command import Command, Option, OptionKind
from bot.commands.framework.forms import choices_of
from bot.domain.desk import Desk
from bot.ports.intake import OptionHelp
from bot.text.catalogue import FALLBACK
from bot.text.sentences import translations

SUGGESTED = frozenset(
    {
        OptionKind.TAGS,
        OptionKind.MACRO,
        OptionKind.OWN_MACRO,
        OptionKind.TEAM,
        OptionKind.AGENT,
        OptionKind.FIELDS,
        OptionKind.SEARCH,
        OptionKind.VIEW,
        OptionKind.SAVED_VIEW,
        OptionKind.ARTICLE,
        OptionKind.OWN_ARTICLE,
    }
)
CHOSEN_IN_FORMS = frozenset({OptionKind.CATEGORY, OptionKind.YES_NO})
"""What a form offers and a typed line does not, but a platform with typed options can."""


def option_helps(command: Command, desk: Desk | None) -> tuple[OptionHelp, ...]:
    """In the command's own order. Without a desk nothing is known of its teams, categories and macros."""
    return tuple(_help(command, option, desk) for option in command.options if _is_offered(option, desk))


def _is_offered(option: Option, desk: Desk | None) -> bool:
    if option.kind is OptionKind.CATEGORY and (desk is None or not desk.categories):
        return False
    return not option.is_form_only or option.kind in CHOSEN_IN_FORMS


def _help(command: Command, option: Option, desk: Desk | None) -> OptionHelp:
    is_suggested = option.kind in SUGGESTED
    return OptionHelp(
        name=option.name,
        kind=option.kind.value,
        summary=command.label(option, FALLBACK),
        translations=translations(command.key(option.name, "label")),
        is_required=option.is_required,
        choices=() if is_suggested or desk is None else choices_of(option, desk, language=FALLBACK),
        is_suggested=is_suggested,
    )
