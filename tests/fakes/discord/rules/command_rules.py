"""What a command may look like.

https://discord.com/developers/docs/interactions/application-commands#application-command-object
"""

import re
from collections import Counter
from typing import Any

from tests.fakes.discord.rules.refusals import Json, Problems

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
MOST = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
OPTIONS = 25
CHOICES = 25
CHARACTERS = 8000
LONGEST_STRING = 6000
_ONLY_FOR = {
    "choices": (STRING, INTEGER, NUMBER),
    "autocomplete": (STRING, INTEGER, NUMBER),
    "min_length": (STRING,),
    "max_length": (STRING,),
    "min_value": (INTEGER, NUMBER),
    "max_value": (INTEGER, NUMBER),
    "channel_types": (CHANNEL,),
}
LOCALES = frozenset(
    {
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
    }
    | {
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    }
)
"""https://discord.com/developers/docs/reference#locales"""
NAME = re.compile(r"[-_'\w]{1,32}")


def check_commands(problems: Problems, commands: Any) -> None:
    """All of one scope together, as a bulk overwrite brings them."""
    if not isinstance(commands, list):
        problems.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    kinds = Counter(command.get("type", CHAT_INPUT) for command in commands)
    for kind, count in kinds.items():
        if count > MOST.get(kind, 0):
            problems.add("", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST.get(kind, 0)} or fewer in length.")
    names = Counter((command.get("type", CHAT_INPUT), command.get("name")) for command in commands)
    for number, command in enumerate(commands):
        check_command(problems, str(number), command)
        if names[command.get("type", CHAT_INPUT), command.get("name")] > 1:
            problems.add(
                f"{number}.name",
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            )


def check_command(problems: Problems, path: str, command: Json) -> None:
    kind = command.get("type", CHAT_INPUT)
    name = str(command.get("name") or "")
    if kind != CHAT_INPUT:
        problems.length(_at(path, "name"), name, 1, 32)
        if command.get("description"):
            problems.add(
                _at(path, "description"),
                "APPLICATION_COMMAND_DESCRIPTION_INVALID",
                "Context menu commands cannot have description",
            )
        if command.get("options"):
            problems.add(
                _at(path, "options"),
                "APPLICATION_COMMAND_OPTIONS_INVALID",
                "Context menu commands cannot have options",
            )
    else:
        _check_named(problems, path, command)
        _check_options(problems, path, command.get("options") or [], depth=0)
        if characters(command) > CHARACTERS:
            problems.add(
                path,
                "APPLICATION_COMMAND_TOO_LARGE",
                f"Command exceeds maximum size ({CHARACTERS})",
            )
    held = command.get("default_member_permissions")
    if held is not None and not str(held).isdecimal():
        problems.add(_at(path, "default_member_permissions"), "NUMBER_TYPE_COERCE", "Value is not int.")
    for context in command.get("contexts") or []:
        if context not in (0, 1, 2):
            problems.choice(_at(path, "contexts"), context, "(0, 1, 2)")


def characters(command: Json) -> int:
    """Names, descriptions and values, of the command and everything in it.

    Of a description that is localised its longest form counts:
    https://discord.com/developers/docs/interactions/application-commands#slash-commands
    """
    forms = [command.get("description") or "", *(command.get("description_localizations") or {}).values()]
    own = len(str(command.get("name", ""))) + max(map(len, forms))
    chosen = sum(
        len(str(choice["name"])) + len(str(choice["value"])) for choice in command.get("choices") or []
    )
    return own + chosen + sum(characters(option) for option in command.get("options") or [])


def _check_named(problems: Problems, path: str, named: Json) -> None:
    name, description = str(named.get("name") or ""), str(named.get("description") or "")
    if not NAME.fullmatch(name) or name != name.lower():
        problems.add(_at(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    problems.length(_at(path, "description"), description, 1, 100)
    at = _at(path, "description_localizations")
    for locale, localised in (named.get("description_localizations") or {}).items():
        if locale not in LOCALES:
            problems.choice(at, locale, sorted(LOCALES))
        problems.length(f"{at}.{locale}", localised, 1, 100)


def _check_options(problems: Problems, path: str, options: list[Json], *, depth: int) -> None:
    problems.too_long(_at(path, "options"), len(options), OPTIONS)
    names = Counter(option.get("name") for option in options)
    may_be_required = True
    for number, option in enumerate(options):
        at = _at(path, f"options.{number}")
        _check_named(problems, at, option)
        if names[option.get("name")] > 1:
            problems.add(
                f"{at}.name",
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            )
        if option.get("required") and not may_be_required:
            problems.add(
                at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        may_be_required = may_be_required and bool(option.get("required"))
        _check_option(problems, at, option, depth=depth)
    is_nested = [option.get("type") in (SUBCOMMAND, GROUP) for option in options]
    if any(is_nested) and not all(is_nested):
        problems.add(
            _at(path, "options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        )


def _check_option(problems: Problems, at: str, option: Json, *, depth: int) -> None:
    kind = option.get("type")
    if kind not in range(SUBCOMMAND, ATTACHMENT + 1):
        problems.choice(f"{at}.type", kind, "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")
    elif kind in (SUBCOMMAND, GROUP):
        # https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups
        if (kind == GROUP and depth > 0) or depth > 1:
            problems.add(
                f"{at}.type",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command groups cannot be nested",
            )
            return
        deeper = depth + 1 if kind == GROUP else 2
        _check_options(problems, at, option.get("options") or [], depth=deeper)
    elif depth == 1:
        problems.add(
            f"{at}.type",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command groups hold sub-commands alone",
        )
    else:
        _check_value(problems, at, option)


def _check_value(problems: Problems, at: str, option: Json) -> None:
    """https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure."""
    kind = option.get("type")
    for key, kinds in _ONLY_FOR.items():
        if option.get(key) and kind not in kinds:
            problems.add(
                f"{at}.{key}",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                f"{key} is only for options of the types {kinds}",
            )
    for key, least in (("min_length", 0), ("max_length", 1)):
        length = option.get(key)
        if length is not None and not least <= length <= LONGEST_STRING:
            problems.add(
                f"{at}.{key}",
                "NUMBER_TYPE_MAX",
                f"int value should be less than or equal to {LONGEST_STRING}.",
            )
    _check_choices(problems, at, option)


def _check_choices(problems: Problems, at: str, option: Json) -> None:
    choices = option.get("choices") or []
    problems.too_long(f"{at}.choices", len(choices), CHOICES)
    if choices and option.get("autocomplete"):
        problems.add(
            f"{at}.choices",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_INVALID",
            "Autocomplete and choices are mutually exclusive",
        )
    for number, choice in enumerate(choices):
        problems.length(f"{at}.choices.{number}.name", str(choice.get("name") or ""), 1, 100)
        if option.get("type") == STRING:
            problems.length(f"{at}.choices.{number}.value", str(choice.get("value") or ""), 1, 100)


def _at(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
