"""Pictures beside articles: taken in where they can be shown, else told by file and line, and the article stays."""

from hashlib import sha256
from pathlib import Path

import pytest

from bot.config.knowledge.folder import ArticleFile, read_folder
from bot.domain.knowledge.picture import LARGEST_PICTURE, MOST_PICTURES, pictures_of
from bot.text.error_text import in_english
from tests.sample_pictures import GIF, PNG, WEBP


def written(folder: Path, body: str, pictures: dict[str, bytes]) -> ArticleFile:
    for name, content in {"network/vpn.md": body.encode(), **pictures}.items():
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (file,) = read_folder(folder / "articles").files.values()
    return file


def problems(folder: Path, body: str, pictures: dict[str, bytes] | None = None) -> list[tuple[int, str]]:
    """Lines, and the keys of what is said of them."""
    file = written(folder, body, pictures or {})
    if file.picture_problems:
        told = in_english(read_folder(folder / "articles").picture_errors["network/vpn"])
        assert f"vpn.md:{file.picture_problems[0].line}" in told or "line" in told
    return [(each.line, each.sentence.key.removeprefix("configuration.")) for each in file.picture_problems]


def test_pictures_of_the_folder_are_the_articles_own(tmp_path: Path) -> None:
    body = (
        "# VPN\n\n![Settings](vpn.png)\n\n| a |\n|---|\n| ![](../shared/my%20logo.gif) |\n\n![W](./w.webp)\n"
    )
    pictures = {"network/vpn.png": PNG, "shared/my logo.gif": GIF, "network/w.webp": WEBP}
    file = written(tmp_path, body, pictures)
    assert file.picture_problems == ()
    found = [each.picture for each in file.pictures]
    assert [each.source for each in found] == ["vpn.png", "../shared/my logo.gif", "./w.webp"]
    assert [each.file.media_type for each in found] == ["image/png", "image/gif", "image/webp"]
    assert found[0].file.digest == sha256(PNG).hexdigest()
    shown = pictures_of(file.body, found)
    assert [each.name for each in shown] == ["Settings.png", "my logo.gif", "W.webp"]
    assert pictures_of("No picture", found) == ()


def test_a_picture_on_the_web_is_no_file(tmp_path: Path) -> None:
    assert problems(tmp_path, "![Logo](https://example.com/logo.png) ![L](//example.com/l.png)") == []


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("vpm.png", "picture_missing_meant"),
        ("other/wholly-different.jpg", "picture_missing"),
        ("../../secret.png", "picture_outside"),
        ("/etc/passwd", "picture_outside"),
        ("notes.png", "picture_kind"),
        ("large.png", "picture_too_large"),
        ("link.png", "picture_outside"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told_with_its_line_and_the_article_stays(
    tmp_path: Path, source: str, key: str
) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "articles" / "network").mkdir(parents=True)
    (tmp_path / "articles" / "network" / "link.png").symlink_to(tmp_path / "secret.png")
    pictures = {
        "network/vpn.png": PNG,
        "network/notes.png": b"<svg onload=alert(1)>",
        "network/large.png": PNG + bytes(LARGEST_PICTURE),
    }
    body = f"---\ntags: [vpn]\n---\n\n# VPN\n\nPress\n![Settings]({source}) and wait.\n"
    assert problems(tmp_path, body, pictures) == [(8, key)]


def test_more_pictures_than_a_message_takes_are_told_once(tmp_path: Path) -> None:
    names = [f"{number}.png" for number in range(MOST_PICTURES + 2)]
    body = "\n".join(f"![p]({name})" for name in names)
    pictures = {f"network/{name}": PNG + name.encode() for name in names}
    assert problems(tmp_path, body, pictures) == [(MOST_PICTURES + 1, "pictures_too_many")]
