"""What all pages of the console share: their frame with the navigation, their files, and the sentences they say."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.documents.console.console_files import FolderConsoleFiles
from bot.documents.portal.portal_page import TEMPLATES as SHARED
from bot.documents.portal.words_as_html import linked, rich_with_links
from bot.domain.desk import Desk
from bot.messages.outbound import Moment, RichText, Span
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.text.instants import known_zone, stamp
from bot.text.page_templates import PageTemplates
from bot.text.sentences import say, words

TEMPLATES: Final = Path(__file__).parent / "templates"
UTC: Final = ZoneInfo("UTC")
SECTIONS: Final = tuple(ConsoleSection)
"""Those that there are, in the order of the navigation."""
SCRIPT_WORDS: Final = (
    "console.lost",
    "console.back_online",
)
"""Sentences without facts that scripts say by themselves, by key; all others come with what the desk answers."""


class ConsoleFrame:
    """`desk` is the one in force."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk
        self._templates = PageTemplates(TEMPLATES, SHARED)
        self.files = FolderConsoleFiles()

    def page(
        self,
        template: str,
        visitor: ConsoleVisitor,
        *,
        section: ConsoleSection | None = None,
        is_found: bool = True,
        **values: Any,  # noqa: ANN401
    ) -> ConsolePage:
        """`section` is where the navigation says that somebody is.

        `at` may be among the values: the line of the audit log up to which the page was read, for its stream.
        """
        values.setdefault("at", "")
        values["said"] = _markup(values.get("said", ""))
        html = self.part(template, visitor, section=section, **values)
        return ConsolePage(html=html, is_found=is_found)

    def missing(self, visitor: ConsoleVisitor) -> ConsolePage:
        """The same for what there is not and for what they may not see."""
        return self.page("missing.html", visitor, is_found=False)

    def row(self, language: str, row: object) -> str:
        """A row of a table of tickets, without an excerpt: the same for all who read this language."""
        return self._templates.render("table_rows.html", rows=[row], say=partial(words, language))

    def part(
        self,
        template: str,
        visitor: ConsoleVisitor,
        *,
        section: ConsoleSection | None = None,
        **values: Any,  # noqa: ANN401
    ) -> str:
        """A template that is no page by itself, such as rows that a script puts into one."""
        desk = self._desk()
        rich = partial(rich_with_links, tickets=ConsoleSection.TICKETS.path, told=_clock_of(visitor, desk))

        def rich_words(key: str, **facts: Span | RichText | int) -> Any:  # noqa: ANN401
            return rich(say(visitor.language, key, **facts))

        return self._templates.render(
            template,
            visitor=visitor,
            desk=desk.name,
            section=section,
            sections=[each for each in SECTIONS if visitor.may_open(each)],
            is_live=visitor.may_open(ConsoleSection.TICKETS),
            version=self.files.version,
            scripts=self.files.scripts,
            script_words=partial(_script_words, visitor.language),
            say=partial(words, visitor.language),
            rich_words=rich_words,
            rich=rich,
            linked=linked,
            **values,
        )


def _clock_of(visitor: ConsoleVisitor, desk: Desk) -> Callable[[Moment], str]:
    """In their own zone, else their first team's; where neither is known it says which."""
    teams = desk.teams_of(visitor.person)
    zone = known_zone(visitor.person.time_zone) or (teams[0].calendar.zone if teams else None)

    def told(moment: Moment) -> str:
        at = stamp(moment.at, zone=zone or UTC, language=visitor.language)
        return at if zone is not None else f"{at} {UTC.key}"

    return told


def _markup(html: str) -> Any:  # noqa: ANN401
    """What a template of ours made before."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704  its values were escaped when it was made


def _script_words(language: str) -> Any:  # noqa: ANN401
    """As JSON that stands within a page."""
    from markupsafe import Markup

    said = {key.partition(".")[2]: words(language, key) for key in SCRIPT_WORDS}
    text = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  no `<` is left in it
