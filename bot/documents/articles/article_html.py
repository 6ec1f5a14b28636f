"""Markdown that people wrote, as HTML: its words are never markup of theirs, and nothing is loaded from elsewhere."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from markdown_it.token import Token

_ON_THE_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_FILE: Final = ".md"

_APART: Final = "noopener"

Address = Callable[[str], str]


def article_html(body: str, *, name: str, pictures: Mapping[str, str], page_of: Address) -> str:
    """`pictures` are addresses by how the text refers to them; `page_of` is the address of another article."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")

    def image(_: Any, tokens: Sequence["Token"], at: int, *__: object) -> str:  # noqa: ANN401
        token = tokens[at]
        source = str(token.attrGet("src") or "")
        description = token.content or unquote(source).rpartition("/")[2]
        address = pictures.get(unquote(source))
        if address is None:
            return f"🖼 {escape(description)}"
        return _tag("img", src=address, alt=description, loading="lazy")

    def link(_: Any, tokens: Sequence["Token"], at: int, *__: object) -> str:  # noqa: ANN401
        address = _address(str(tokens[at].attrGet("href") or ""), name, page_of)
        return _tag("a", href=address, rel=_APART) if address else _tag("a")

    parser.add_render_rule("image", image)
    parser.add_render_rule("link_open", link)
    return str(parser.render(body))


def _tag(name: str, **attributes: str) -> str:
    given = (f'{key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{' '.join((name, *given))}>"


def _address(written: str, name: str, page_of: Address) -> str:
    """On the web as it is; of a file of the same folder, its article's; nothing for anything else."""
    if _ON_THE_WEB.match(written):
        return written
    path = unquote(written.partition("#")[0])
    if not path.lower().endswith(_FILE) or path.startswith("/") or ":" in path:
        return ""
    meant = posixpath.normpath(posixpath.join(posixpath.dirname(name), path[: -len(_FILE)]))
    return "" if meant.startswith("..") else page_of(meant)
