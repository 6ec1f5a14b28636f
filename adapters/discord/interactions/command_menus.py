"""The desk's commands as Discord takes them, made from its own registry.

https://discord.com/developers/docs/interactions/application-commands. Discord shows or hides top-level commands
alone: the agents' to whoever may manage messages, the admins' to whoever may manage the server; rights are checked
by the desk in any case.
"""

from collections.abc import Mapping, Sequence

import discord
import structlog

from adapters.discord.api.addresses import Json
from adapters.discord.interactions.inbound import FILE, TICKET
from adapters.discord.permissions import bits_of
from adapters.kit.text import cut
from bot.ports.intake import CommandHelp, OptionHelp, ShortcutOn
from bot.text.catalogue import FALLBACK
from bot.text.sentences import translations, words

log = structlog.get_logger(__name__)

DESCRIPTION_LIMITS = (100, 60, 40, 25, 15)
"""Characters of a description: Discord's limit, and fewer for a command with very many verbs."""
MOST_CHARACTERS = 8_000
"""Of all names, descriptions (each in the language in which it is longest) and values of one command:
https://discord.com/developers/docs/interactions/application-commands#slash-commands"""
MOST_VERBS = 25
"""Verbs and groups of a command together, and verbs of a group:
https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups"""
MOST_OPTIONS = 25
MOST_CHOICES = 25
CHAT = 1
_USER_MENU, _MESSAGE_MENU = 2, 3
_SUBCOMMAND, _SUBCOMMAND_GROUP, _STRING, _USER, _ATTACHMENT = 1, 2, 3, 6, 11
_GUILD, _BOT_DM = 0, 1
_VISIBLE_TO = {"desk": "manage_messages", "desk-admin": "manage_guild"}
_MENUS = {ShortcutOn.MESSAGE: _MESSAGE_MENU, ShortcutOn.PERSON: _USER_MENU}


def commands(helps: Sequence[CommandHelp], *, language: str) -> list[Json]:
    """All of them: a slash command for each group, and the entries of menus."""
    keys = list(dict.fromkeys(each.key for each in helps))
    return [
        *(_fitting([each for each in helps if each.key == key], language) for key in keys),
        *(
            _menu_entry(kind, each.label, command)
            for on, kind in _MENUS.items()
            for command in helps
            for each in command.shortcuts
            if each.on is on
        ),
    ]


def characters(command: Json) -> int:
    """What counts towards `MOST_CHARACTERS`."""
    described = [command.get("description") or "", *(command.get("description_localizations") or {}).values()]
    own = len(command["name"]) + max(map(len, described))
    chosen = sum(len(each["name"]) + len(each["value"]) for each in command.get("choices") or ())
    return own + chosen + sum(characters(each) for each in command.get("options") or ())


def _menu_entry(kind: int, label: str, command: CommandHelp) -> Json:
    entry: Json = {"type": kind, "name": label, "contexts": [_GUILD]}
    return entry | (_permissions(command.key) if command.for_agents else {})


def _permissions(key: str) -> Json:
    permission = _VISIBLE_TO.get(key)
    return {} if permission is None else {"default_member_permissions": str(bits_of([permission]))}


def _fitting(helps: Sequence[CommandHelp], language: str) -> Json:
    """The command of these verbs, with descriptions as long as there is room for."""
    for limit in DESCRIPTION_LIMITS:
        command = _Draft(limit, language).command(helps)
        if characters(command) <= MOST_CHARACTERS:
            return command
    log.error("Discord has no room for so many verbs in a command", command=helps[0].group)
    return command


class _Draft:
    """`limit`: the most characters of a description."""

    def __init__(self, limit: int, language: str) -> None:
        self._limit = limit
        self._language = language

    def command(self, helps: Sequence[CommandHelp]) -> Json:
        key = helps[0].key
        groups = dict.fromkeys(each.menu_group for each in helps if each.menu_group)
        options = [
            *map(self._verb, [each for each in helps if not each.menu_group]),
            *(self._group(name, [each for each in helps if each.menu_group == name]) for name in groups),
        ]
        command: Json = {
            "type": CHAT,
            "name": helps[0].group,
            **self._words(f"commands.group_{key.replace('-', '_')}"),
            "contexts": [_GUILD, _BOT_DM],
            "options": _at_most(options, command=helps[0].group),
        }
        return command | _permissions(key)

    def _group(self, name: str, helps: Sequence[CommandHelp]) -> Json:
        verbs = [self._verb(each) for each in helps]
        return {
            "type": _SUBCOMMAND_GROUP,
            "name": name,
            "description": self._cut(
                f"{name.capitalize()}: {', '.join(each.place_in_menu[1] for each in helps)}"
            ),
            "options": _at_most(verbs, command=f"{helps[0].group} {name}"),
        }

    def _verb(self, command: CommandHelp) -> Json:
        """Required options come before the others: Discord wants it so. What a form asks for may be left out."""
        needed = [option for option in command.options if option.is_required and not command.has_form]
        made = [self._option(option, is_required=True) for option in needed]
        made += [
            self._option(option, is_required=False) for option in command.options if option not in needed
        ]
        if command.takes_ticket:
            ticket = {
                "type": _STRING,
                "name": TICKET,
                **self._words("commands.ticket_option"),
                "required": False,
                "autocomplete": True,
            }
            required = [each for each in made if each["required"]]
            made = [*required, ticket, *made[len(required) :]]
        if command.takes_files:
            made.append(
                {
                    "type": _ATTACHMENT,
                    "name": FILE,
                    **self._words("commands.file_option"),
                    "required": False,
                }
            )
        return {
            "type": _SUBCOMMAND,
            "name": command.place_in_menu[1],
            **self._described(command.summary, command.translations),
            "options": made[:MOST_OPTIONS],
        }

    def _option(self, option: OptionHelp, *, is_required: bool) -> Json:
        made: Json = {
            "type": _USER if option.kind == "person" else _STRING,
            "name": option.name,
            **self._described(option.summary, option.translations),
            "required": is_required,
        }
        if 0 < len(option.choices) <= MOST_CHOICES and not option.is_suggested:
            made["choices"] = [
                {"name": cut(label, 100), "value": value[:100]} for value, label in option.choices
            ]
        elif option.is_suggested or option.choices:
            made["autocomplete"] = True
        return made

    def _words(self, key: str) -> Json:
        return self._described(words(FALLBACK, key), translations(key))

    def _described(self, summary: str, translated: Mapping[str, str]) -> Json:
        """In English, and for readers whose Discord speaks another language in theirs."""
        localised = {
            locale.value: self._cut(translated[language])
            for locale in discord.Locale
            if (language := locale.value.partition("-")[0]) in translated
        }
        made: Json = {"description": self._cut(summary)}
        return made | ({"description_localizations": localised} if localised else {})

    def _cut(self, words: str) -> str:
        return cut(words, self._limit)


def _at_most(verbs: list[Json], *, command: str) -> list[Json]:
    if len(verbs) > MOST_VERBS:
        log.error("Discord shows no more verbs of a command than it takes", command=command, most=MOST_VERBS)
    return verbs[:MOST_VERBS]
