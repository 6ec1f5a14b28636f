"""The desk's own commands as Discord takes them, and when they are sent there."""

from dataclasses import replace

import pytest

from adapters.discord.api.addresses import Json
from adapters.discord.interactions.command_menus import MOST_CHARACTERS, characters, commands
from adapters.discord.interactions.command_sync import CommandsSync
from bot.commands.catalogue import all_commands
from bot.commands.framework.registry import Registry
from bot.ports.intake import CommandHelp, OptionHelp
from tests.adapters.discord.delivery.sending_side import Sending
from tests.adapters.discord.discord_in_use import DiscordInUse, discord_in_use
from tests.fakes.discord.rules.command_rules import check_commands
from tests.fakes.discord.rules.refusals import Problems
from tests.said import said
from tests.text.more_words import add_words

NAMES = {"ticket": "help", "desk": "desk", "desk-admin": "desk-admin"}


def offered(*helps: CommandHelp) -> list[Json]:
    """As a Discord takes them that refuses what does not fit."""
    made = commands(helps, language="en")
    problems = Problems()
    check_commands(problems, made)
    problems.raise_if_any()
    return made


def help_of(verb: str = "tag", *options: OptionHelp, **more: object) -> CommandHelp:
    known: dict[str, object] = {"group": "desk", "key": "desk", "for_agents": True, "summary": "A verb."}
    return CommandHelp(verb=verb, usage=verb, options=options, **(known | more))  # type: ignore[arg-type]


def options_of(command: CommandHelp) -> dict[str, Json]:
    (group,) = [each for each in offered(command) if each["name"] == "desk"]
    return {option["name"]: option for option in group["options"][0]["options"]}


def option(name: str, kind: str = "text", **more: object) -> OptionHelp:
    known: dict[str, object] = {"summary": name.capitalize(), "is_required": True}
    return OptionHelp(name=name, kind=kind, **(known | more))  # type: ignore[arg-type]


def paths(command: Json, *above: str) -> list[str]:
    """The command's verbs as one chooses them: `desk claim`, `desk team away`."""
    way = (*above, command["name"])
    inside = [each for each in command.get("options") or () if each["type"] in (1, 2)]
    return [path for each in inside for path in paths(each, *way)] if inside else [" ".join(way)]


def many(count: int, *, group: str = "", summary: str = "Does one thing more.") -> list[CommandHelp]:
    return [
        help_of(f"{group or 'verb'}-{number}", menu_group=group, takes_ticket=True, summary=summary)
        for number in range(count)
    ]


def test_discord_takes_every_command_and_the_rarer_ones_stand_in_groups() -> None:
    helps = Registry(all_commands()).helps_by_name(NAMES)
    made = offered(*helps)
    chosen = [path for each in made if each["type"] == 1 for path in paths(each)]
    assert sorted(chosen) == sorted(
        " ".join(word for word in (each.group, each.menu_group, each.menu_verb) if word) for each in helps
    )
    assert "desk claim" in chosen
    assert "desk team away" in chosen
    assert "desk macro send" in chosen, "what is typed `/desk macro`"
    assert "desk macro new" in chosen
    assert "desk ticket history" in chosen
    assert [each["name"] for each in made if each["type"] != 1] == [
        "Make this a ticket",
        "Who is this?",
        "Open a ticket for…",
    ]


def test_every_command_has_room_for_more_verbs_in_discord() -> None:
    for command in offered(*Registry(all_commands()).helps_by_name(NAMES)):
        assert len(command.get("options") or ()) <= 24, "one more fits beside these"
        assert characters(command) <= MOST_CHARACTERS


def test_a_hundred_and_more_verbs_fit_in_one_command() -> None:
    groups = [many(25, group=name) for name in ("sla", "view", "team", "alert")]
    (made,) = offered(*many(20), *(each for group in groups for each in group))
    assert len(paths(made)) == 120
    assert characters(made) <= MOST_CHARACTERS


def test_very_many_verbs_have_shorter_descriptions(capsys: pytest.CaptureFixture[str]) -> None:
    long = "Does one thing more, which takes quite a few words to describe in full to a reader."
    groups = [many(25, group=name, summary=long) for name in ("sla", "view", "team", "alert")]
    (made,) = offered(*(each for group in groups for each in group))
    assert len(paths(made)) == 100
    described = made["options"][0]["options"][0]["description"]
    assert described.startswith("Does one thing")
    assert described.endswith("…")
    assert capsys.readouterr().out == ""


def test_more_verbs_than_discord_takes_side_by_side_are_named_in_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (made,) = offered(*many(26))
    assert len(paths(made)) == 25
    assert "Discord shows no more verbs of a command than it takes" in capsys.readouterr().out


def test_only_agents_and_admins_see_what_is_theirs() -> None:
    seen = {
        each["name"]: each.get("default_member_permissions")
        for each in commands(Registry(all_commands()).helps_by_name(NAMES), language="en")
    }
    manage_messages, manage_guild = str(1 << 13), str(1 << 5)
    assert seen == {
        "help": None,
        "desk": manage_messages,
        "kb": None,
        "desk-admin": manage_guild,
        "Make this a ticket": None,
        "Who is this?": manage_messages,
        "Open a ticket for…": manage_messages,
    }


def test_people_are_picked_choices_are_chosen_and_what_is_suggested_is_completed() -> None:
    options = options_of(
        help_of(
            "assign",
            option("person", "person"),
            option("priority", "priority", choices=(("low", "Low"), ("high", "High"))),
            option("tags", "tags", is_suggested=True),
            option("reason", is_required=False),
            takes_ticket=True,
        )
    )
    assert options["person"]["type"] == 6
    assert options["priority"]["choices"] == [
        {"name": "Low", "value": "low"},
        {"name": "High", "value": "high"},
    ]
    assert options["tags"]["autocomplete"]
    assert options["ticket"]["autocomplete"]
    assert not options["reason"].get("autocomplete")


def test_what_must_be_given_comes_first_and_what_a_form_asks_for_may_be_left_out() -> None:
    asked = (option("why", is_required=False), option("text"))
    typed = options_of(help_of("note", *asked, takes_ticket=True))
    assert list(typed) == ["text", "ticket", "why"]
    assert typed["text"]["required"]
    with_form = options_of(help_of("note", *asked, takes_ticket=True, has_form=True))
    assert not any(each["required"] for each in with_form.values())


def test_more_choices_than_discord_shows_are_completed_instead() -> None:
    many = tuple((str(number), f"Category {number}") for number in range(26))
    options = options_of(help_of("open", option("category", "category", choices=many)))
    assert options["category"]["autocomplete"]
    assert "choices" not in options["category"]


def test_descriptions_are_in_each_language_that_discord_has() -> None:
    translations = {"de": "Ein Ticket verschlagworten.", "pt": "Marcar um ticket.", "xx": "Zzz."}
    (made,) = offered(
        help_of("tag", option("tags", translations={"es": "Cuáles"}), translations=translations)
    )
    (verb,) = made["options"]
    assert verb["description"] == "A verb."
    assert verb["description_localizations"] == {"de": translations["de"], "pt-BR": translations["pt"]}
    (tags,) = verb["options"]
    assert tags["description_localizations"] == {"es-ES": "Cuáles", "es-419": "Cuáles"}


def test_the_longest_language_counts_where_there_is_little_room() -> None:
    groups = [
        [replace(each, translations={"de": "Wort " * 19}) for each in many(25, group=name)]
        for name in ("sla", "view", "team", "alert")
    ]
    (made,) = offered(*(each for group in groups for each in group))
    verb = made["options"][0]["options"][0]
    assert verb["description"] == "Does one thing more."
    assert verb["description_localizations"]["de"].endswith("…")
    assert len(verb["description_localizations"]["de"]) < 95


def test_the_desks_own_words_are_translated_too() -> None:
    (made,) = offered(help_of("claim", takes_ticket=True))
    assert made["description"] == said("commands.group_desk")
    assert made["description_localizations"] == in_every_language("commands.group_desk")
    (ticket,) = made["options"][0]["options"]
    assert ticket["description_localizations"] == in_every_language("commands.ticket_option")


def in_every_language(key: str) -> dict[str, str]:
    """By Discord's locale, in the languages that Deskbell speaks beside English."""
    locales = {"de": "de", "fr": "fr", "es-ES": "es", "es-419": "es", "pt-BR": "pt"}
    return {locale: said(key, language=language) for locale, language in locales.items()}


def puts(in_use: DiscordInUse) -> int:
    return len([call for call in in_use.server.calls if call.method == "PUT" and "commands" in call.path])


async def test_commands_that_change_are_renewed_and_others_are_not_sent_again() -> None:
    before, after = help_of("claim"), help_of("release")
    async with discord_in_use(helps=(before,)) as in_use:
        server, boss = in_use.server, in_use.server.person("boss")
        server.role("moderators", [boss], permissions=1 << 13)
        await server.until(lambda: boss.sees_commands("help") == ["/desk claim"], "it is there")
        in_use.intake.helps = (after,)
        await server.until(lambda: boss.sees_commands("help") == ["/desk release"], "it is renewed")
        assert puts(in_use) == 2
        assert in_use.ana.sees_commands("help") == []


async def test_somebody_reads_of_a_command_in_the_language_of_their_discord() -> None:
    claim = help_of("claim", translations={"de": "Ein Ticket übernehmen."}, for_agents=False, key="ticket")
    async with discord_in_use(helps=(claim,)) as in_use:
        german, english = in_use.server.person("gerda", locale="de"), in_use.server.person("ella")
        await in_use.server.until(lambda: english.sees_commands("help") != [], "it is there")
        assert german.reads_about("/desk claim", "help") == "Ein Ticket übernehmen."
        assert english.reads_about("/desk claim", "help") == "A verb."
        in_use.intake.helps = (replace(claim, translations={"de": "Ein Ticket nehmen."}),)
        await in_use.server.until(
            lambda: german.reads_about("/desk claim", "help") == "Ein Ticket nehmen.", "it is renewed"
        )


async def test_a_desk_that_starts_anew_sends_nothing_that_is_there(
    side: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"commands.desk_claim_summary": "Übernehmen.", "commands.desk_note_text_label": "Notiz"}
    add_words(monkeypatch, words, language="de")
    helps = Registry(all_commands()).helps_by_name(NAMES)
    for _ in range(2):
        assert await CommandsSync(side.calls, identity=side.identity).sync(helps, language="en")
    requests = [call.method for call in side.server.calls if call.path.endswith("/commands")]
    assert requests == ["GET", "PUT", "GET"]


async def test_commands_that_discord_does_not_take_are_named_in_the_log(
    side: Sending, capsys: pytest.CaptureFixture[str]
) -> None:
    await CommandsSync(side.calls, identity=side.identity).sync([help_of("Not A Name")], language="en")
    assert "Discord does not take the desk's commands" in capsys.readouterr().out


def test_a_command_that_takes_files_has_an_option_for_one() -> None:
    made = commands(Registry(all_commands()).helps_by_name({}), language="en")
    desk = next(each for each in made if each["name"] == "desk")
    reply, claim = (
        next(each for each in desk["options"] if each["name"] == verb) for verb in ("reply", "claim")
    )
    kinds = {each["name"]: each["type"] for each in reply["options"]}
    assert kinds["file"] == 11
    assert "file" not in [each["name"] for each in claim["options"]]
