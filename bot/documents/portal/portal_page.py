"""What all pages of requests share: their frame, their style, and the sentences that they say."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.documents.portal.words_as_html import linked, rich
from bot.messages.outbound import RichText, Span
from bot.ports.request_pages import Visitor
from bot.text.page_templates import PageTemplates
from bot.text.sentences import say, words

TEMPLATES: Final = Path(__file__).parent / "templates"


class PortalPage:
    def __init__(self) -> None:
        self._templates = PageTemplates(TEMPLATES)

    def render(self, template: str, visitor: Visitor, *, desk: str, **values: Any) -> str:  # noqa: ANN401
        def rich_words(key: str, **facts: Span | RichText | int) -> Any:  # noqa: ANN401
            return rich(say(visitor.language, key, **facts))

        return self._templates.render(
            template,
            visitor=visitor,
            desk=desk,
            version=self._templates.version,
            say=partial(words, visitor.language),
            rich_words=rich_words,
            rich=rich,
            linked=linked,
            **values,
        )

    @property
    def style(self) -> bytes:
        return self._templates.style
