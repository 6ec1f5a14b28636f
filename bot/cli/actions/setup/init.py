"""A first desk in two minutes: what is asked, what is written, and what comes next."""

import getpass
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import typer

from adapters.web.capabilities import PLATFORM as WEB
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.check import check_file
from bot.cli.actions.database import migrate_database
from bot.cli.actions.environment import DOTENV, load_settings, set_variables
from bot.cli.actions.run import run_desk
from bot.cli.actions.setup import answers
from bot.cli.actions.setup.answers import PAGE, answers_in
from bot.cli.actions.setup.first_desk import FirstDesk, dotenv_text
from bot.cli.actions.setup.new_files import NewFile, save
from bot.cli.actions.setup.platform_looks import Approach
from bot.cli.actions.setup.questions import Questions
from bot.cli.terminal import say
from bot.config import load_configuration
from bot.domain.errors import UsageError
from bot.domain.sentence import sentence
from bot.ports.first_look import Choice, FirstLook
from bot.settings import variable_for

DESK, PREFIX, TEAM = "Help desk", "HELP", "Support"
FIRST_AGENT: Final = "Bo Berg"
HOURS: Final = "mon-fri 9:00-17:00"
PAGE_CHANNELS: Final[Mapping[str, str]] = {
    "inbox": "help",
    "team-channel": "support",
    "escalation-channel": "alerts",
}
USUAL_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "inbox": ("help", "support", "question"),
    "team-channel": ("team", "agents", "service", "support"),
    "escalation-channel": ("escalation", "alert", "alarm"),
}
"""What such channels have in their names."""


def set_up(given: Mapping[str, str], file: Path | None, *, is_replaced: bool, is_opened: bool) -> None:
    """`given` win over the answers of the file. Nothing is written before everything is answered and checked."""
    questions = Questions({**(answers_in(file) if file is not None else {}), **given})
    try:
        platform = _ask(questions, is_opened=is_opened)
        is_written = save(platform.files, questions, is_replaced=is_replaced)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("", err=True)
        say(sentence("terminal.init_ended"), is_error=True)
        raise typer.Exit(1) from None
    if not is_written:
        say(sentence("terminal.init_kept"))
        raise typer.Exit(1)
    check_file(None, None, is_strict=False, is_demo=False)
    if is_opened and platform.name == PAGE:
        migrate_database(load_settings(is_telling=False))
        run_desk(None, is_opened=True)
    else:
        say(sentence(f"terminal.init_next_{platform.name}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewDesk:
    name: str
    files: list[NewFile]


def _ask(questions: Questions, *, is_opened: bool) -> _NewDesk:
    environ = set_variables()
    if questions.is_terminal:
        say(sentence("terminal.init_begin"))
    platform = questions.text("platform", default=PAGE, check=answers.platform)
    tokens: Mapping[str, str] = {}
    if platform == PAGE:
        desk = _asked(questions, _PagePlace(questions))
        if any(environ.get(variable_for(f"{each}_bot_token")) for each in answers.PLATFORMS if each != PAGE):
            tokens = {variable_for("web_enabled"): "true"}
    else:
        questions.need(("inbox", "team-channel", "members"))
        approach = Approach(platform=platform, questions=questions, environ=environ, is_opened=is_opened)
        connection = approach.connect()
        tokens = connection.tokens
        desk = _asked(questions, _ChatPlace(questions, platform, connection.look))
    config = Path(environ.get(variable_for("config")) or "desk.yaml").expanduser()
    text = desk.text()
    load_configuration(config, KNOWN_PLATFORMS, text=text)
    files = [NewFile(path=config, text=text)]
    if tokens:
        before = NewFile(path=DOTENV, text="", is_secret=True).before or ""
        files.append(NewFile(path=DOTENV, text=dotenv_text(before, tokens), is_secret=True))
    return _NewDesk(name=platform, files=files)


def _asked(questions: Questions, place: "_PagePlace | _ChatPlace") -> FirstDesk:
    name = questions.text("desk", default=DESK, check=answers.name)
    prefix = questions.text("prefix", default=PREFIX, check=answers.prefix)
    inbox = place.channel("inbox")
    team = questions.text("team", default=TEAM, check=answers.name)
    team_channel = place.channel("team-channel", taken=(inbox,))
    escalation_channel = place.channel("escalation-channel", taken=(inbox,), otherwise=team_channel)
    members = place.members()
    lead = place.lead(members)
    return FirstDesk(
        name=name,
        prefix=prefix,
        inbox=inbox,
        team_channel=team_channel,
        escalation_channel=escalation_channel,
        team=team,
        members=members,
        lead=lead,
        week=questions.text("hours", default=HOURS, check=answers.week),
        zone=questions.text("zone", default=answers.local_zone(set_variables()), check=answers.zone),
        has_page=isinstance(place, _PagePlace),
    )


@dataclass(frozen=True, slots=True)
class _PagePlace:
    """The browser workspace, whose channels and people come about by being named."""

    questions: Questions

    def channel(self, name: str, *, taken: Sequence[Choice] = (), otherwise: Choice | None = None) -> Choice:
        del otherwise
        wanted = answers.key_of(self.questions.given.get(name, ""), otherwise=PAGE_CHANNELS[name])
        if any(each.name == f"#{wanted}" for each in taken):
            raise UsageError(sentence("terminal.init_taken", option=f"--{name}", channel=f"#{wanted}"))
        return Choice(reference=f"{WEB}:{wanted}", name=f"#{wanted}")

    def members(self) -> list[Choice]:
        names = self.questions.text("members", default=_own_name(), check=answers.name)
        people: dict[str, Choice] = {}
        for name in (each.strip() for each in names.split(",") if each.strip()):
            people.setdefault(name.casefold(), _page_person(name, list(people.values())))
        return list(people.values())

    def lead(self, members: Sequence[Choice]) -> Choice:
        named = self.questions.text("lead", default=members[0].name, check=answers.name)
        known = (each for each in members if each.name.casefold() == named.casefold())
        return next(known, _page_person(named, members))


@dataclass(frozen=True)
class _ChatPlace:
    """A platform, with what it showed."""

    questions: Questions
    platform: str
    look: FirstLook

    @cached_property
    def _server(self) -> str:
        """The one the desk is for; of several, the one that was chosen."""
        places = [Choice(reference=each, name=each) for each in self.look.places]
        return places[0].name if len(places) == 1 else self.questions.choice("server", places).name

    def channel(self, name: str, *, taken: Sequence[Choice] = (), otherwise: Choice | None = None) -> Choice:
        """`otherwise` is offered where no channel is called as such a one usually is."""
        here = [each for each in self._here(self.look.channels) if each not in taken]
        usual = (each for word in USUAL_NAMES[name] for each in here if word in each.name)
        return self.questions.choice(name, here, default=next(usual, otherwise), unlisted=self._unlisted)

    def members(self) -> list[Choice]:
        return self.questions.choices("members", self._here(self.look.people), unlisted=_reference)

    def lead(self, members: Sequence[Choice]) -> Choice:
        people = [*members, *(each for each in self._here(self.look.people) if each not in members)]
        return self.questions.choice("lead", people, default=members[0], unlisted=_reference)

    def _here(self, choices: Sequence[Choice]) -> list[Choice]:
        return [each for each in choices if each.place in ("", self._server)]

    def _unlisted(self, text: str) -> Choice | None:
        """A channel that the desk does not see yet, by its id."""
        ids = KNOWN_PLATFORMS[self.platform].channel_ids
        channel = text.removeprefix(f"{self.platform}:")
        if ids is None or not re.fullmatch(ids.pattern, channel):
            return None
        return Choice(reference=f"{self.platform}:{channel}", name=channel)


def _reference(text: str) -> Choice | None:
    """Somebody who is not listed, as `desk.yaml` names them."""
    if ":" not in text and "@" not in text[1:]:
        return None
    return Choice(reference=answers.person(text), name=text)


def _page_person(name: str, others: Sequence[Choice]) -> Choice:
    """Somebody whose id none of the others has."""
    taken = {each.reference.partition(":")[2] for each in others}
    return Choice(reference=f"{WEB}:{answers.key_of(name, otherwise='agent', taken=taken)}", name=name)


def _own_name() -> str:
    """Of whoever sets up the desk, as far as the machine knows."""
    try:
        return getpass.getuser().replace(".", " ").title()
    except (OSError, KeyError):
        return FIRST_AGENT
