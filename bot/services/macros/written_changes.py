"""Macros made, changed and removed in chat: one's own, and those of teams that one is an agent of.

One's own are those of all accounts that are linked. Every agent of a team may change what it says in a macro, as each
may answer its tickets; who did it last is kept.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import events as happened
from bot.domain.errors import FieldsRefused, NotAllowed, Refused
from bot.domain.macros.macro import LONGEST_NAME, TAKEN_NAMES, Macro
from bot.domain.macros.written_macro import (
    LONGEST_TEXT,
    MOST_OF_ONE_OWNER,
    MacroOwner,
    MacroScope,
    WrittenMacro,
)
from bot.domain.sentence import sentence
from bot.services.context.context import Context
from bot.services.macros.filled_text import TEXT, check_placeholders
from bot.services.macros.known_macros import KnownMacro, own_accounts, written_macros

NAME = "name"
"""The field of a form that a name is written in."""


def writable_macros(context: Context) -> Sequence[KnownMacro]:
    """The actor's own, then their teams'."""
    return written_macros(context, context.desk.teams_of(context.actor))


def add_macro(context: Context, owner: MacroOwner, macro: Macro) -> WrittenMacro:
    """Raises FieldsRefused for a name that cannot be used or is taken, and for what the text may not hold."""
    _check_owner(context, owner)
    _check_name(macro.name)
    _check_texts(context, macro)
    if len(context.uow.macros.of([owner])) >= MOST_OF_ONE_OWNER:
        raise Refused("macros.too_many", number=MOST_OF_ONE_OWNER)
    written = WrittenMacro(
        id=context.uow.new_id(),
        owner=owner,
        macro=macro,
        changed_by=context.actor.key,
        changed_at=context.now,
    )
    if _is_used_by_own(context, written) or not context.uow.macros.add(written):
        key = "macros.name_used_by_you" if owner.scope is MacroScope.PERSON else "macros.name_used_by_team"
        raise FieldsRefused({NAME: sentence(key, name=macro.name, team=context.desk.title_of(owner.key))})
    _note(context, written, "made")
    return written


def change_macro(context: Context, written: WrittenMacro, macro: Macro) -> WrittenMacro:
    """`written` is the version that its writer saw. Raises Refused where somebody changed it since."""
    _check_owner(context, written.owner)
    _check_texts(context, macro)
    changed = replace(
        written,
        macro=macro,
        version=written.version + 1,
        changed_by=context.actor.key,
        changed_at=context.now,
    )
    if not context.uow.macros.replace(changed):
        raise Refused("macros.changed_by_another", name=macro.name)
    _note(context, changed, "changed")
    return changed


def remove_macro(context: Context, written: WrittenMacro) -> None:
    """`written` is the version that was seen. Raises Refused where somebody changed it since."""
    _check_owner(context, written.owner)
    if not context.uow.macros.remove(written):
        raise Refused("macros.changed_by_another", name=written.macro.name)
    _note(context, written, "removed")


def _note(context: Context, written: WrittenMacro, what: str) -> None:
    """Of a team's in the audit log; somebody's own is nobody else's business."""
    if written.owner.scope is MacroScope.TEAM:
        changed = happened.TeamMacroChanged(
            actor=context.actor.key,
            at=context.now,
            team=written.owner.key,
            macro=written.macro.name,
            what=what,
        )
        context.uow.audit_log.append(None, [changed])


def _is_used_by_own(context: Context, written: WrittenMacro) -> bool:
    """Whether another account of the actor's has one of that name."""
    if written.owner.scope is not MacroScope.PERSON:
        return False
    name = written.macro.name.casefold()
    return any(each.macro.name.casefold() == name for each in context.uow.macros.of(own_accounts(context)))


def _check_owner(context: Context, owner: MacroOwner) -> None:
    if owner.scope is MacroScope.PERSON:
        is_theirs = owner.key in context.accounts
    else:
        team = context.desk.teams.get(owner.key)
        is_theirs = team is not None and team.has_agent(context.actor)
    if not is_theirs:
        raise NotAllowed("macros.not_yours")


def _check_name(name: str) -> None:
    """It is typed as one word after a ticket's number, so it is none."""
    if not name or any(each.isspace() for each in name):
        raise FieldsRefused({NAME: sentence("macros.name_of_one_word", name=name)})
    if name.casefold() in TAKEN_NAMES or name.isdecimal():
        raise FieldsRefused({NAME: sentence("macros.name_taken", name=name)})
    if len(name) > LONGEST_NAME:
        raise FieldsRefused({NAME: sentence("macros.name_too_long", number=LONGEST_NAME)})


def _check_texts(context: Context, macro: Macro) -> None:
    for text in macro.every_text:
        if not text.strip():
            raise FieldsRefused({TEXT: sentence("macros.no_text")})
        if len(text) > LONGEST_TEXT:
            raise FieldsRefused({TEXT: sentence("macros.text_too_long", number=LONGEST_TEXT)})
        check_placeholders(context.desk.custom_fields, text)
