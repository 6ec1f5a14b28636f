"""What people wrote in Markdown, as HTML: never markup of theirs, and nothing from elsewhere."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.articles.article_html import article_html


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser.found


def html_of(body: str, name: str = "network/vpn") -> str:
    pictures = {"vpn settings.png": "/kb/network/vpn?picture=ab"}
    return article_html(body, name=name, pictures=pictures, page_of=lambda meant: f"/kb/{meant}")


def test_blocks_of_markdown_look_as_meant() -> None:
    html = html_of("## Steps\n\n1. **Open**\n2. `ssh`\n\n| a |\n|---|\n| b |\n\n> said\n")
    found = [tag for tag, _ in tags(html)]
    assert {"h2", "ol", "li", "strong", "code", "table", "blockquote"} <= set(found)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        '![x" onerror="alert(1)](https://evil.example/x.png)',
        "![x](data:image/png;base64,AAAA)",
        '[x](https://example.com/"onclick="alert(1))',
        "<img src=x onerror=alert(1)>",
        "![<b>](vpn%20settings.png)",
    ],
)
def test_nothing_that_somebody_writes_runs_or_is_loaded_from_elsewhere(body: str) -> None:
    for tag, attributes in tags(html_of(body)):
        assert tag not in ("script", "b", "iframe")
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("src") or "/kb/").startswith("/kb/")
        assert (attributes.get("href") or "https://").startswith(("https://", "mailto:", "/kb/"))


@given(st.text(alphabet='<>&"![]()javscript:onerd=/.#`* \n', max_size=60))
def test_whatever_is_written_brings_no_tags_or_handlers_of_its_own(body: str) -> None:
    known = {"p", "a", "em", "strong", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr"}
    for tag, attributes in tags(html_of(body)):
        assert tag in known | {"ul", "ol", "li", "blockquote"}
        assert not any(name.startswith("on") for name in attributes)


def test_pictures_are_the_articles_own_and_others_are_described() -> None:
    found = dict(tags(html_of("![The settings](vpn%20settings.png)")))
    assert found["img"] == {
        "src": "/kb/network/vpn?picture=ab",
        "alt": "The settings",
        "loading": "lazy",
    }
    assert "A logo" in html_of("![A logo](https://example.com/logo.png)")
    assert "img" not in dict(tags(html_of("![A logo](https://example.com/logo.png)")))


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("wifi.md", "/kb/network/wifi"),
        ("../printer.md#tray", "/kb/printer"),
        ("https://example.com/a", "https://example.com/a"),
        ("mailto:it@example.com", "mailto:it@example.com"),
        ("../../etc/passwd.md", None),
        ("/etc/passwd.md", None),
        ("notes.txt", None),
    ],
)
def test_links_lead_to_articles_and_the_web_alone(written: str, leads: str | None) -> None:
    assert dict(tags(html_of(f"[there]({written})")))["a"].get("href") == leads
