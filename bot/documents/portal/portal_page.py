"""What all pages of requests share: their frame, their style, and the sentences that they say."""

from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.documents.portal.words_as_html import linked, rich
from bot.messages.outbound import Moment, RichText, Span
from bot.ports.request_pages import Visitor
from bot.text.instants import in_words, known_zone
from bot.text.page_templates import PageTemplates
from bot.text.sentences import say, words

TEMPLATES: Final = Path(__file__).parent / "templates"


class PortalPage:
    def __init__(self) -> None:
        self._templates = PageTemplates(TEMPLATES)

    def render(
        self,
        template: str,
        visitor: Visitor,
        *,
        desk: str,
        zone: ZoneInfo,
        **values: Any,  # noqa: ANN401
    ) -> str:
        """`zone` is the one of all times on the page, which says so where it is not the reader's own."""
        is_own = known_zone(visitor.person.time_zone) is not None

        def told(moment: Moment) -> str:
            return in_words(moment.at, zone=zone, language=visitor.language)

        def rich_words(key: str, **facts: Span | RichText | int) -> Any:  # noqa: ANN401
            return rich(say(visitor.language, key, **facts))

        return self._templates.render(
            template,
            visitor=visitor,
            desk=desk,
            version=self._templates.version,
            say=partial(words, visitor.language),
            rich_words=rich_words,
            rich=partial(rich, told=told),
            zone="" if is_own else zone.key,
            linked=linked,
            **values,
        )

    @property
    def style(self) -> bytes:
        return self._templates.style
