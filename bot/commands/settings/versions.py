"""`/desk-admin settings`, and its `versions`, `diff`, `undo` and `set`: every change is shown before it is saved."""

from collections.abc import Sequence
from typing import Final

from bot.commands.framework.command import ADMINS, ByMention, Call, Command, Option, OptionKind, Role
from bot.domain.errors import ConfigurationError, Refused
from bot.domain.settings.desk_version import FIRST, DeskVersion, VersionOrigin, digest_of
from bot.domain.settings.file_change import SetValue, path_in
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, Preformatted, PrivateReply, RichText
from bot.messages.typed_words import marked
from bot.ports.console.pages import ConsoleSection
from bot.services.settings.preview import diff_lines, preview
from bot.services.settings.preview_text import preview_sentences
from bot.services.settings.versions import is_edited_since, save_version, version_to_restore
from bot.text.error_text import in_english, tell
from bot.text.sentences import joined, words

SHOWN = 10
MOST_LINES = 40
"""Of what changes; the terminal shows all."""
_GROUP: Final = f"{ADMINS} settings"
_NUMBER_LENGTH = 9


def overview(call: Call) -> PrivateReply:
    """The version that is in force, and the ways to change it."""
    context = call.context
    newest = context.uow.desk_versions.newest()
    lines = [call.say("settings.no_versions") if newest is None else _line(call, newest)]
    if newest is not None and is_edited_since(newest, digest_of(call.operations.settings_file.text())):
        lines.append(call.say("settings.edited_since"))
    names = context.desk.command_names
    ways = call.say(
        "settings.ways",
        set=verbs.typed(names, f"{_GROUP} set"),
        diff=verbs.typed(names, f"{_GROUP} diff"),
        undo=verbs.typed(names, f"{_GROUP} undo"),
        versions=verbs.typed(names, f"{_GROUP} versions"),
    )
    button = Button(
        label=words(context.language, "settings.button_forms"),
        verb=call.command.name,
        url=f"{context.public_url}{ConsoleSection.SETTINGS.path}",
    )
    text = joined(*lines, ways, by="\n")
    return PrivateReply(text=text, buttons=(button,) if context.public_url else ())


def versions(call: Call) -> PrivateReply:
    """The newest first, with who saved each and why."""
    found = call.context.uow.desk_versions.latest(limit=SHOWN)
    if not found:
        return call.answer("settings.no_versions")
    is_edited = is_edited_since(found[0], digest_of(call.operations.settings_file.text()))
    lines = [call.say("settings.edited_since")] if is_edited else []
    return PrivateReply(text=joined(*lines, *(_line(call, each) for each in found), by="\n"), is_page=True)


def diff(call: Call) -> PrivateReply:
    """What a version changed, or the newest."""
    held = call.context.uow.desk_versions
    number = _number(call)
    version = held.newest() if number is None else held.get(number)
    if version is None:
        raise Refused("settings.no_version", number=str(number or 0))
    before = held.get(version.number - 1)
    changed = diff_lines(before.text if before is not None else "", version.text)
    return PrivateReply(text=joined(_line(call, version), _lines(call, changed), by="\n"), is_page=True)


def undo(call: Call) -> PrivateReply:
    """Shows what going back changes; its button does it."""
    version = version_to_restore(call.context.uow, call.operations.settings_file, _number(call))
    return _shown(call, version.text, {"number": str(version.number)}, "settings.button_undo")


def set_value(call: Call) -> PrivateReply:
    """Shows what a new value changes; its button saves it."""
    base = call.operations.settings_file.text()
    options = {name: call.option(name) for name in ("path", "value")}
    return _shown(call, _with_value(call, base), options, "settings.button_save")


def save(call: Call) -> PrivateReply:
    """What was shown; `over` is the digest of the file that it was shown for, and nothing is written over another."""
    file, context = call.operations.settings_file, call.context
    number = _number(call)
    try:
        text = (
            _with_value(call, file.text())
            if number is None
            else version_to_restore(context.uow, file, number).text
        )
        saved = save_version(
            context.uow,
            file,
            text,
            over=call.option("over"),
            by=context.actor.key,
            now=context.now,
            restored=number,
        )
    except ConfigurationError as error:
        return _unusable(call, error)
    return call.answer("settings.saved", number=str(saved.number), file=file.name)


def _with_value(call: Call, base: str) -> str:
    path = path_in(call.option("path"))
    if path is None:
        raise Refused("settings.no_path", text=call.option("path"))
    return call.operations.settings_file.edited(base, [SetValue(path=path, value=call.option("value"))])


def _shown(call: Call, text: str, options: dict[str, str], label: str) -> PrivateReply:
    file, context = call.operations.settings_file, call.context
    base = file.text()
    if text == base:
        return call.answer("settings.same")
    try:
        before, after = (base, file.checked(base)), (text, file.checked(text))
    except ConfigurationError as error:
        return _unusable(call, error)
    found = preview(context.uow, before, after, now=context.now, by=context.actor)
    told = [tell(context.language, each) for each in preview_sentences(found, context.desk)]
    button = Button(
        label=words(context.language, label),
        verb=verbs.SAVE_SETTINGS,
        options={**options, "over": digest_of(base)},
        is_primary=True,
    )
    return PrivateReply(text=joined(_lines(call, found.lines), *told, by="\n"), buttons=(button,))


def _unusable(call: Call, error: ConfigurationError) -> PrivateReply:
    problem = joined(call.say("settings.unusable"), marked(in_english(error)))
    return PrivateReply(text=problem, is_error=True)


def _lines(call: Call, lines: Sequence[str]) -> RichText:
    shown: RichText = (Preformatted("\n".join(lines[:MOST_LINES])),)
    if len(lines) <= MOST_LINES:
        return shown
    return (*shown, *call.say("settings.more_lines", count=len(lines) - MOST_LINES))


def _line(call: Call, version: DeskVersion) -> RichText:
    person = call.context.uow.people.find(version.author)
    from_file = "settings.version_first" if version.number == FIRST else "settings.version_by_hand"
    key = from_file if version.origin is VersionOrigin.FILE else "settings.version"
    facts: dict[str, str | Moment] = {
        "number": str(version.number),
        "at": Moment(version.at, call.context.actor.time_zone),
    }
    if version.origin is not VersionOrigin.FILE:
        facts["name"] = person.name if person is not None else version.author.partition(":")[2]
    line = call.say(key, **facts)
    return joined(line, (version.reason,), by=" · ") if version.reason else line


def _number(call: Call) -> int | None:
    text = call.option("number").lstrip("#")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _NUMBER_LENGTH):
        raise Refused("settings.no_version", number=text)
    return int(text)


_OF_VERSION = Option(name="number", kind=OptionKind.WORD, is_required=False)
_PRESSED = tuple(
    Option(name=name, kind=OptionKind.WORD, is_required=False, is_form_only=True)
    for name in ("path", "value", "number", "over")
)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=_GROUP,
        place=59,
        who=Role.ADMIN,
        handler=overview,
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        menu_group="settings",
        menu_verb="overview",
    ),
    Command(
        name=f"{_GROUP} versions",
        place=60,
        who=Role.ADMIN,
        handler=versions,
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
    ),
    Command(
        name=f"{_GROUP} diff",
        place=61,
        who=Role.ADMIN,
        handler=diff,
        options=(_OF_VERSION,),
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        example="settings diff 7",
    ),
    Command(
        name=f"{_GROUP} undo",
        place=62,
        who=Role.ADMIN,
        handler=undo,
        options=(_OF_VERSION,),
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        example="settings undo",
    ),
    Command(
        name=f"{_GROUP} set",
        place=63,
        who=Role.ADMIN,
        handler=set_value,
        has_form=True,
        options=(
            Option(name="path", kind=OptionKind.WORD),
            Option(name="value"),
        ),
        reads=True,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        example="settings set teams.support.title Support team",
    ),
    Command(
        name=verbs.SAVE_SETTINGS,
        who=Role.ADMIN,
        handler=save,
        options=_PRESSED,
        by_mention=ByMention.NEVER,
        replies_privately=True,
        is_listed=False,
    ),
)
