"""What all pages of requests share: their frame, their style, and the sentences that they say."""

import hashlib
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.documents.portal.words_as_html import linked, rich
from bot.messages.outbound import RichText, Span
from bot.ports.request_pages import Visitor
from bot.text.sentences import say, words

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"


class PortalPage:
    def render(self, template: str, visitor: Visitor, *, desk: str, **values: Any) -> str:  # noqa: ANN401
        def rich_words(key: str, **facts: Span | RichText | int) -> Any:  # noqa: ANN401
            return rich(say(visitor.language, key, **facts))

        return self._templates.get_template(template).render(
            visitor=visitor,
            desk=desk,
            version=self._version,
            say=partial(words, visitor.language),
            rich_words=rich_words,
            rich=rich,
            linked=linked,
            **values,
        )

    @cached_property
    def style(self) -> bytes:
        return (TEMPLATES / "page.css").read_bytes()

    @cached_property
    def _version(self) -> str:
        return hashlib.sha256(self.style).hexdigest()[:12]

    @cached_property
    def _templates(self) -> "Environment":
        """Loaded with the first page: three megabytes that an idle desk does without."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


Values = Mapping[str, Any]
